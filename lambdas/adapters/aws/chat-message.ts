// An inbound event as the body of a message of the chat queue: written by the webhook, read by the worker.
import * as z from 'zod/mini';
import type { InboundEvent } from '../../domain/chat/inbound-event.ts';
import type { SecretKind } from '../../domain/privacy/redact.ts';

export function writeChatMessage(event: InboundEvent): string {
  return JSON.stringify(event);
}

/** As a record, so that a kind that is new to the domain cannot be forgotten here. */
const secretKinds: Readonly<Record<SecretKind, SecretKind>> = {
  card_number: 'card_number',
  card_security_code: 'card_security_code',
  iban: 'iban',
  account_number: 'account_number',
  social_security_number: 'social_security_number',
};

const envelope = {
  id: z.string().check(z.minLength(1)),
  address: z.object({ pageId: z.string(), psid: z.string() }),
  atMs: z.number(),
};

const eventSchema: z.ZodMiniType<InboundEvent> = z.discriminatedUnion('kind', [
  z.object({
    ...envelope,
    kind: z.literal('message'),
    text: z.string(),
    redacted: z.array(z.enum(secretKinds)),
    payload: z.exactOptional(z.string()),
    ref: z.exactOptional(z.string()),
    isStandby: z.exactOptional(z.literal(true)),
  }),
  z.object({ ...envelope, kind: z.literal('taken_over') }),
  z.object({ ...envelope, kind: z.literal('handed_back'), by: z.enum(['inbox', 'console']) }),
  z.object({ ...envelope, kind: z.literal('attachment') }),
  z.object({
    ...envelope,
    kind: z.literal('postback'),
    payload: z.string(),
    ref: z.exactOptional(z.string()),
  }),
  z.object({ ...envelope, kind: z.literal('referral'), ref: z.string() }),
  z.object({
    ...envelope,
    kind: z.literal('echo'),
    outboxId: z.exactOptional(z.string()),
    messageId: z.string(),
  }),
  z.object({ ...envelope, kind: z.literal('unsent'), outboxId: z.string() }),
  z.object({ ...envelope, kind: z.literal('edit') }),
  z.object({ ...envelope, kind: z.literal('reaction') }),
  z.object({ ...envelope, kind: z.literal('delivered'), watermarkMs: z.number() }),
  z.object({ ...envelope, kind: z.literal('read'), watermarkMs: z.number() }),
  z.object({ ...envelope, kind: z.literal('opt_out') }),
  z.object({
    ...envelope,
    kind: z.literal('policy'),
    action: z.string(),
    reason: z.exactOptional(z.string()),
  }),
]);

const echoSchema = z.object({ kind: z.literal('echo') });

/** Whether a body of the chat queue tells what the Page itself has said. */
export function isEcho(body: string): boolean {
  return z.safeParse(echoSchema, JSON.parse(body)).success;
}

/** Throws for anything that `writeChatMessage` did not write: only we write to this queue. */
export function readChatMessage(body: string): InboundEvent {
  const parsed = z.safeParse(eventSchema, JSON.parse(body));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole');
  throw new Error(`Not a message of the chat queue, see ${wrong.join(', ')}`);
}
