// Events as they are kept: snapshots of v1 objects, and thin events about v2 objects.
import type Stripe from 'stripe';

/** A v1 event: the object as it was at that moment. */
export interface SnapshotEvent {
  id: string;
  object: 'event';
  account?: string;
  api_version: string;
  created: number;
  data: { object: object; previous_attributes?: Record<string, unknown> };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: Stripe.Event.Type;
}

/** A v2 event as GET /v2/core/events/{id} answers it. What is delivered leaves `data` out. */
export interface ThinEvent {
  id: string;
  object: 'v2.core.event';
  type: ThinEventType;
  created: string;
  livemode: false;
  reason?: { type: 'request'; request: { id: string; idempotency_key: string } };
  related_object?: { id: string; type: string; url: string };
  data?: Record<string, unknown>;
}

export type ThinEventType =
  | 'v2.core.account.created'
  | 'v2.core.account.updated'
  | 'v2.core.account.closed'
  | 'v2.core.account[requirements].updated'
  | 'v2.core.account[configuration.recipient].updated'
  | 'v2.core.account[configuration.recipient].capability_status_updated'
  | 'v2.core.account[configuration.merchant].capability_status_updated'
  | 'v2.core.account_link.returned';

/** What is posted for an event: the snapshot itself, or the thin notification. */
export function notificationOf(event: SnapshotEvent | ThinEvent): object {
  if (event.object === 'event') return event;
  const { data: _onlyByFetching, ...thin } = event;
  return thin;
}
