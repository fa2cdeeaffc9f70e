// Reading events back: v1 snapshots, listed and filtered, and v2 events by id.
import type Stripe from 'stripe';
import { PLATFORM, type Desk } from '../desk.ts';
import { invalidParameter, noSuch } from '../server/api-error.ts';
import type { SnapshotEvent, ThinEvent } from '../webhooks/event.ts';
import { listPage } from './list-page.ts';
import { onlyImitated } from './only-imitated.ts';

/** How many deliveries of the event have not been answered yet. */
function withPending(desk: Desk, event: SnapshotEvent): SnapshotEvent {
  const pending = desk.at(PLATFORM).shelves.deliveries.all();
  const open = pending.filter((delivery) => delivery.eventId === event.id).length;
  return { ...event, pending_webhooks: open };
}

export function getEvent(desk: Desk, id: string): SnapshotEvent {
  const event = desk.shelves.events.get(id);
  if (!event) throw noSuch('event', id);
  return withPending(desk, event);
}

export function listEvents(desk: Desk, params: Stripe.EventListParams) {
  onlyImitated(params, [
    ...(['limit', 'starting_after', 'ending_before', 'created'] as const),
    ...(['type', 'types', 'delivery_success'] as const),
  ]);
  if (params.type !== undefined && params.types !== undefined) {
    const message = 'You may only specify one of these parameters: type, types.';
    throw invalidParameter({ param: 'types', code: 'parameters_exclusive', message });
  }
  const wanted = params.type === undefined ? params.types : [params.type];
  const fitting = desk.shelves.events
    .all()
    .filter((event) => wanted === undefined || wanted.some((type) => matches(event.type, type)))
    .map((event) => withPending(desk, event))
    .filter(
      (event) =>
        params.delivery_success === undefined ||
        params.delivery_success === (event.pending_webhooks === 0),
    );
  return listPage(fitting, params, '/v1/events');
}

/** `charge.*` names every event about charges. */
function matches(type: string, wanted: string): boolean {
  return wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

export function getThinEvent(desk: Desk, id: string): ThinEvent {
  const event = desk.shelves.thinEvents.get(id);
  if (!event) throw noSuch('v2.core.event', id);
  return event;
}
