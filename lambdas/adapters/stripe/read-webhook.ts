// Reads what a Stripe webhook is about and forgets the rest: the truth is looked up, never taken from the event.
import * as z from 'zod/mini';
import type { ProviderEventHint } from '../../domain/payments/ports.ts';

export type StripeWebhookReading =
  | { readonly kind: 'read'; readonly hint: ProviderEventHint }
  | { readonly kind: 'refused'; readonly reason: 'not_json' | 'not_an_event' };

/** Stripe's ids and types: closed, because they go into messages, look-ups and logs. */
const word = z.string().check(z.regex(/^[\w.[\]-]{1,255}$/u));

/** The whole object as it was at that moment. */
export const snapshotSchema = z.object({
  object: z.literal('event'),
  id: word,
  type: word,
  account: z.nullish(word),
  data: z.object({ object: z.object({ id: z.nullish(word), object: z.nullish(word) }) }),
});

type Snapshot = z.output<typeof snapshotSchema>;

/** A v2 event: only what it is about. */
const thinSchema = z.object({
  object: z.literal('v2.core.event'),
  id: word,
  type: word,
  context: z.nullish(word),
  related_object: z.nullish(z.object({ id: word, type: z.nullish(word) })),
});

export function readStripeWebhook(body: Buffer): StripeWebhookReading {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    return { kind: 'refused', reason: 'not_json' };
  }
  const snapshot = z.safeParse(snapshotSchema, json);
  if (snapshot.success) return { kind: 'read', hint: hintOfSnapshot(snapshot.data) };
  const thin = z.safeParse(thinSchema, json);
  if (thin.success) {
    const { id, type, context, related_object: related } = thin.data;
    const about = { objectId: related?.id, objectType: related?.type };
    return { kind: 'read', hint: hintOf({ id, type, account: context, ...about }) };
  }
  return { kind: 'refused', reason: 'not_an_event' };
}

type Found = {
  readonly [Key in keyof ProviderEventHint]: ProviderEventHint[Key] | null | undefined;
} & Pick<ProviderEventHint, 'id' | 'type'>;

/** Also of an event that was listed instead of delivered. */
export function hintOfSnapshot({ id, type, account, data }: Snapshot): ProviderEventHint {
  return hintOf({ id, type, account, objectId: data.object.id, objectType: data.object.object });
}

function hintOf({ id, type, account, objectId, objectType }: Found): ProviderEventHint {
  return {
    id,
    type,
    ...(account ? { account } : {}),
    ...(objectId ? { objectId } : {}),
    ...(objectType ? { objectType } : {}),
  };
}
