// Reads a whole webhook body: every event of every entry, each on its own, so that a broken one costs nobody else.
import * as z from 'zod/mini';
import type { InboundEvent } from '../../domain/chat/inbound-event.ts';
import { idSchema, timeSchema } from './event-schemas.ts';
import { type DropCode, type EventReading, isRecord, readEvent } from './read-event.ts';
import { readJson } from './webhook-json.ts';

/** Why Meta (or whoever holds the app secret) is answered 400. */
export type RefusalReason =
  | 'not_utf8'
  | 'not_json'
  | 'too_deep'
  | 'not_an_object'
  | 'not_about_a_page'
  | 'no_entries'
  | 'too_many_events';

export type WebhookReading =
  | {
      readonly kind: 'read';
      readonly events: readonly InboundEvent[];
      /** How many events were dropped, by reason. */
      readonly dropped: ReadonlyMap<DropCode, number>;
    }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

/** Ten times the largest batch that Meta documents (1,000 updates). */
export const maxEvents = 10_000;

const bodySchema = z.object({ object: z.string(), entry: z.array(z.unknown()) });

export function readWebhook(bytes: Buffer, receivedAtMs: number): WebhookReading {
  const json = readJson(bytes);
  if (json.kind === 'refused') return json;
  if (!isRecord(json.value)) return { kind: 'refused', reason: 'not_an_object' };
  const body = z.safeParse(bodySchema, json.value);
  if (!body.success) {
    const hasObject = typeof json.value['object'] === 'string';
    return { kind: 'refused', reason: hasObject ? 'no_entries' : 'not_about_a_page' };
  }
  if (body.data.object !== 'page') return { kind: 'refused', reason: 'not_about_a_page' };
  return readEntries(body.data.entry, receivedAtMs);
}

function readEntries(entries: readonly unknown[], receivedAtMs: number): WebhookReading {
  const events: InboundEvent[] = [];
  const dropped = new Map<DropCode, number>();
  const drop = (code: DropCode, count = 1) => {
    if (count > 0) dropped.set(code, (dropped.get(code) ?? 0) + count);
  };
  for (const entry of entries) {
    if (!isRecord(entry)) {
      drop('malformed_event');
      continue;
    }
    const around = {
      pageId: readOrNothing(idSchema, entry['id']),
      timeMs: readOrNothing(timeSchema, entry['time']),
      receivedAtMs,
    };
    for (const raw of listOf(entry['messaging'])) {
      const reading = readEvent(raw, around);
      if (reading.kind === 'event') events.push(reading.event);
      else drop(reading.code);
    }
    for (const raw of listOf(entry['standby'])) {
      const event = overheard(readEvent(raw, around));
      if (event === undefined) drop('standby');
      else events.push(event);
    }
    drop('page_change', listOf(entry['changes']).length);
    if (events.length > maxEvents) return { kind: 'refused', reason: 'too_many_events' };
  }
  return { kind: 'read', events, dropped };
}

/** Others own these threads: what is said there is not said to us, but a word for us may be among it, and our own echoes. */
function overheard(reading: EventReading): InboundEvent | undefined {
  if (reading.kind === 'dropped') return undefined;
  const { event } = reading;
  if (event.kind === 'message') return { ...event, isStandby: true };
  return event.kind === 'echo' && event.outboxId !== undefined ? event : undefined;
}

/** Facts around an event are worth having, never worth losing it for. */
function readOrNothing<Output>(schema: z.ZodMiniType<Output>, value: unknown): Output | undefined {
  const parsed = z.safeParse(schema, value);
  return parsed.success ? parsed.data : undefined;
}

/** Absent is empty; anything else that is no list is one thing that cannot be read. */
function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
