// Reads one event of a webhook into our words: who wrote, when, and what it is; or says why it is dropped.
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { InboundContent, InboundEvent } from '../../domain/chat/inbound-event.ts';
import {
  editSchema,
  envelopeSchema,
  handoverSchema,
  messageSchema,
  optinSchema,
  policySchema,
  postbackSchema,
  reactionSchema,
  referralSchema,
  watermarkSchema,
} from './event-schemas.ts';
import { pageInboxAppId } from './page-inbox.ts';
import { readText, withoutControls } from './read-text.ts';

/** Why an event goes no further. Ours, so that nothing from outside reaches a log. */
export type DropCode =
  | 'malformed_event'
  | 'unknown_type'
  /** A type that Meta documents and that means nothing to us, such as a handover between apps. */
  | 'unused_type'
  | 'nothing_to_read'
  | 'standby'
  | 'page_change';

export type EventReading =
  | { readonly kind: 'event'; readonly event: InboundEvent }
  | { readonly kind: 'dropped'; readonly code: DropCode };

/** What the entry around an event says, for events that do not say it themselves. */
export interface EntryFacts {
  readonly pageId: string | undefined;
  readonly timeMs: number | undefined;
  readonly receivedAtMs: number;
}

/** What a reader makes of one body. `id` is the vendor's own; without it, the event's hash is its id. */
type Body =
  | { readonly kind: 'content'; readonly content: InboundContent; readonly id?: string | undefined }
  | { readonly kind: 'dropped'; readonly code: DropCode };

const nothingToRead: Body = { kind: 'dropped', code: 'nothing_to_read' };
const malformed: Body = { kind: 'dropped', code: 'malformed_event' };
const unused: Body = { kind: 'dropped', code: 'unused_type' };

type BodyReader = (body: unknown) => Body;

function reader<Schema extends z.ZodMiniType>(
  schema: Schema,
  read: (body: z.output<Schema>) => Body,
): BodyReader {
  return (body) => {
    const parsed = z.safeParse(schema, body);
    return parsed.success ? read(parsed.data) : malformed;
  };
}

/** By the key under which Meta puts the body. */
const readers: Readonly<Record<string, BodyReader>> = {
  message: reader(messageSchema, readMessage),
  postback: reader(postbackSchema, readPostback),
  referral: reader(referralSchema, (body) => content(readRef(body))),
  message_edit: reader(editSchema, (body) => ({
    kind: 'content',
    content: { kind: 'edit' },
    id: `${body.mid}:edit:${body.num_edit ?? 0}`,
  })),
  reaction: reader(reactionSchema, () => content({ kind: 'reaction' })),
  delivery: reader(watermarkSchema, (body) =>
    content({ kind: 'delivered', watermarkMs: body.watermark }),
  ),
  read: reader(watermarkSchema, (body) => content({ kind: 'read', watermarkMs: body.watermark })),
  optin: reader(optinSchema, readOptin),
  pass_thread_control: reader(handoverSchema, readPass),
  take_thread_control: reader(handoverSchema, (body) =>
    isInbox(body.new_owner_app_id) ? content({ kind: 'taken_over' }) : unused,
  ),
  policy_enforcement: reader(policySchema, readPolicy),
  'policy-enforcement': reader(policySchema, readPolicy),
};

const unusedTypes: readonly string[] = [
  'account_linking',
  'app_roles',
  'game_play',
  'message_template_status_update',
  'messaging_customer_information',
  'messaging_feedback',
  'messenger_template_status_update',
  'order',
  'request_thread_control',
  'response_feedback',
];

/** One element of `entry[].messaging[]`. Never throws: whatever is wrong with it stays its own affair. */
export function readEvent(raw: unknown, entry: EntryFacts): EventReading {
  const envelope = z.safeParse(envelopeSchema, raw);
  if (!envelope.success || !isRecord(raw)) return { kind: 'dropped', code: 'malformed_event' };

  const type = Object.keys(readers).find((key) => raw[key] !== undefined);
  if (type === undefined) {
    const isUnused = unusedTypes.some((key) => raw[key] !== undefined);
    return { kind: 'dropped', code: isUnused ? 'unused_type' : 'unknown_type' };
  }
  const body = readers[type]?.(raw[type]) ?? malformed;
  if (body.kind === 'dropped') return body;

  const address = addressOf(envelope.data, body.content, entry.pageId);
  if (address === undefined) return { kind: 'dropped', code: 'malformed_event' };
  const saidAtMs = envelope.data.timestamp ?? entry.timeMs ?? entry.receivedAtMs;
  const id = body.id ?? hashOf([address.pageId, address.psid, type, raw['timestamp'], raw[type]]);
  // Nobody has written in the future: it would keep the messaging window open for too long.
  const atMs = Math.min(saidAtMs, entry.receivedAtMs);
  return { kind: 'event', event: { id, address, atMs, ...body.content } };
}

/** A person writes to the page; an echo goes the other way; a policy notice has no person. */
function addressOf(
  envelope: z.output<typeof envelopeSchema>,
  content: InboundContent,
  entryPageId: string | undefined,
): InboundEvent['address'] | undefined {
  const isEcho = content.kind === 'echo';
  const page = isEcho ? envelope.sender : envelope.recipient;
  const person = isEcho ? envelope.recipient : envelope.sender;
  const pageId = page?.id ?? entryPageId;
  const psid = content.kind === 'policy' ? '' : person?.id;
  return pageId === undefined || psid === undefined || psid === null ? undefined : { pageId, psid };
}

function readMessage(message: z.output<typeof messageSchema>): Body {
  if (message.is_deleted === true) return nothingToRead;
  if (message.is_echo === true) return readEcho(message);
  const id = message.mid ?? undefined;
  const tapped = message.quick_reply?.payload ?? undefined;
  if (isBlank(message.text) && tapped === undefined) {
    return { kind: 'content', content: { kind: 'attachment' }, id };
  }
  const ref = readRef(message.referral);
  return {
    kind: 'content',
    id,
    content: {
      kind: 'message',
      ...readText(message.text ?? ''),
      ...(tapped === undefined ? {} : { payload: tapped }),
      ...(ref === undefined ? {} : { ref: ref.ref }),
    },
  };
}

function readEcho(message: z.output<typeof messageSchema>): Body {
  if (message.mid === undefined || message.mid === null) return malformed;
  const outboxId = message.metadata ?? '';
  return {
    kind: 'content',
    id: `${message.mid}:echo`,
    content: {
      kind: 'echo',
      messageId: message.mid,
      ...(outboxId === '' || outboxId.length > 999 ? {} : { outboxId }),
    },
  };
}

/** Given to the inbox, its people have it; given by anybody to us, who are told, it is ours. */
function readPass(body: z.output<typeof handoverSchema>): Body {
  return content(
    isInbox(body.new_owner_app_id) ? { kind: 'taken_over' } : { kind: 'handed_back', by: 'inbox' },
  );
}

function isInbox(appId: string | null | undefined): boolean {
  return appId === pageInboxAppId;
}

/** A standby copy and some of other apps' buttons come without their payload: nothing can be done with those. */
function readPostback(postback: z.output<typeof postbackSchema>): Body {
  if (postback.payload === undefined || postback.payload === null) return nothingToRead;
  const ref = readRef(postback.referral);
  return {
    kind: 'content',
    id: postback.mid ?? undefined,
    content: {
      kind: 'postback',
      payload: postback.payload,
      ...(ref === undefined ? {} : { ref: ref.ref }),
    },
  };
}

function readOptin(optin: z.output<typeof optinSchema>): Body {
  const isStop = /^stop[ _]notifications$/iu.test(optin.notification_messages_status ?? '');
  return content(isStop ? { kind: 'opt_out' } : readRef(optin));
}

function readPolicy(policy: z.output<typeof policySchema>): Body {
  const reason = withoutControls(policy.reason ?? '').slice(0, 300);
  return content({
    kind: 'policy',
    action: policy.action.replaceAll(/\W/gu, '').slice(0, 40),
    ...(reason === '' ? {} : { reason }),
  });
}

function content(content: InboundContent | undefined): Body {
  return content === undefined ? nothingToRead : { kind: 'content', content };
}

/** Meta lets a `ref` hold letters, digits and -_= only, 2,083 at most; anything else is not from a link of ours. */
function readRef(
  holder: { readonly ref?: unknown } | null | undefined,
): { kind: 'referral'; ref: string } | undefined {
  const ref = holder?.ref;
  return typeof ref === 'string' && /^[\w=-]{1,2083}$/u.test(ref)
    ? { kind: 'referral', ref }
    : undefined;
}

function isBlank(text: string | null | undefined): boolean {
  return text === undefined || text === null || text === '';
}

function hashOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts, sortKeys)).digest('hex');
}

/** The same body however its keys were ordered. */
function sortKeys(_key: string, value: unknown): unknown {
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
