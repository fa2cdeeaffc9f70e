// Reads what a Stripe webhook is about and forgets the rest: the truth is looked up, never taken from the event.
import * as z from 'zod/mini';
import type { ProviderEventHint } from '../aws/provider-event-message.ts';

export type StripeWebhookReading =
  | { readonly kind: 'read'; readonly hint: ProviderEventHint }
  | { readonly kind: 'refused'; readonly reason: 'not_json' | 'not_an_event' };

/** Stripe's ids and types: closed, because they go into messages, look-ups and logs. */
const word = z.string().check(z.regex(/^[\w.[\]-]{1,255}$/u));

/** The whole object as it was at that moment. */
const snapshotSchema = z.object({
  object: z.literal('event'),
  id: word,
  type: word,
  account: z.nullish(word),
  data: z.object({ object: z.object({ id: z.nullish(word), object: z.nullish(word) }) }),
});

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
  if (snapshot.success) {
    const { id, type, account, data } = snapshot.data;
    return read({ id, type, account, objectId: data.object.id, objectType: data.object.object });
  }
  const thin = z.safeParse(thinSchema, json);
  if (thin.success) {
    const { id, type, context, related_object: related } = thin.data;
    return read({ id, type, account: context, objectId: related?.id, objectType: related?.type });
  }
  return { kind: 'refused', reason: 'not_an_event' };
}

type Found = {
  readonly [Key in keyof ProviderEventHint]: ProviderEventHint[Key] | null | undefined;
} & Pick<ProviderEventHint, 'id' | 'type'>;

function read(found: Found): StripeWebhookReading {
  const { id, type, account, objectId, objectType } = found;
  const hint: ProviderEventHint = {
    id,
    type,
    ...(account ? { account } : {}),
    ...(objectId ? { objectId } : {}),
    ...(objectType ? { objectType } : {}),
  };
  return { kind: 'read', hint };
}
