// Which events Meta tells a page about when something happens, in the shapes of its webhook reference.
import * as z from 'zod/mini';
import { findItem, isNew } from '../record/apply-happening.ts';
import type {
  Happening,
  InboxReplied,
  PageSent,
  PersonAttachment,
  PersonTapped,
  PersonWrote,
  ThreadMoved,
} from '../record/happening.ts';
import { ownerOf } from '../record/thread-owner.ts';
import { type World, psidOf, threadKey, threadOf } from '../record/world.ts';
import type { Webhook, WebhookField } from './webhook.ts';

/** Meta's own, of the inbox behind every Page. */
const INBOX_APP_ID = '263902037430900';

export interface Moment {
  /** As it was before this happening. */
  readonly world: World;
  readonly atMs: number;
  readonly sequence: number;
  readonly appId: string;
}

interface FieldEvent {
  readonly field: WebhookField;
  readonly event: unknown;
}

/** Only the fields that the page is subscribed to. */
export function webhooksOf(happening: Happening, moment: Moment): Webhook[] {
  const { world, atMs, sequence } = moment;
  if (!('pageId' in happening)) return [];
  const { pageId } = happening;
  const subscribed = world.subscriptions.get(pageId) ?? [];
  const lane = 'personId' in happening ? threadKey(pageId, happening.personId) : pageId;
  return asHeard(happening, moment)
    .filter(({ field }) => subscribed.includes(field))
    .map(({ field, event }, index) => ({
      id: `${sequence}-${index}`,
      pageId,
      lane,
      field,
      atMs,
      event,
    }));
}

/** Whoever does not own a thread hears on standby what is said there, without what only the sender of a button may know. */
function asHeard(happening: Happening, moment: Moment): FieldEvent[] {
  const events = eventsOf(happening, moment);
  if (!('personId' in happening) || happening.kind === 'thread_moved') return events;
  const { world, atMs } = moment;
  const thread = threadOf(world, happening.pageId, happening.personId);
  const owner = happening.kind === 'inbox_replied' ? 'inbox' : ownerOf(world, thread, atMs);
  if (owner !== 'inbox' || !world.defaultApps.has(happening.pageId)) return events;
  return events.map(({ field, event }) =>
    // How the thread went over is told outside of it.
    field === 'messaging_handovers'
      ? { field, event }
      : { field: 'standby', event: withoutPayload(event) },
  );
}

function withoutPayload(event: unknown): unknown {
  if (typeof event !== 'object' || event === null || !('postback' in event)) return event;
  const { postback, ...rest } = event;
  const { payload: _stripped, ...kept } = z.parse(z.looseObject({}), postback);
  return { ...rest, postback: kept };
}

function eventsOf(happening: Happening, moment: Moment): FieldEvent[] {
  switch (happening.kind) {
    case 'person_joined':
    case 'person_blocked':
    case 'page_saw':
    case 'page_reacted':
    case 'profile_set':
    case 'profile_cleared':
    case 'page_subscribed':
    case 'template_approved':
    case 'default_app_set':
      return [];
    case 'thread_moved':
      return afterThreadMoved(happening, moment);
    case 'inbox_replied':
      return afterInboxReplied(happening, moment);
    case 'event_injected':
      return [{ field: happening.field, event: happening.event }];
    case 'page_sent':
      return afterPageSent(happening, moment);
    case 'person_wrote':
      return afterPersonWrote(happening, moment);
    case 'person_tapped':
    case 'person_reacted':
    case 'person_edited':
    case 'person_read':
      return [afterPersonActed(happening, moment)];
    case 'person_opened_link':
      return afterLinkOpened(happening, moment);
    default:
      return happening satisfies never;
  }
}

type PersonActed = Extract<
  Happening,
  { kind: 'person_tapped' | 'person_reacted' | 'person_edited' | 'person_read' }
>;

function afterPersonActed(happening: PersonActed, moment: Moment): FieldEvent {
  const common = fromPerson(happening, moment);
  switch (happening.kind) {
    case 'person_tapped':
      return { field: 'messaging_postbacks', event: { ...common, postback: postback(happening) } };
    case 'person_reacted': {
      const { reaction, emoji, action, mid } = happening;
      return {
        field: 'message_reactions',
        event: { ...common, reaction: { reaction, emoji, action, mid } },
      };
    }
    case 'person_edited':
      return {
        field: 'message_edits',
        event: {
          ...common,
          message_edit: { mid: happening.mid, text: happening.text, num_edit: happening.editCount },
        },
      };
    case 'person_read':
      return { field: 'message_reads', event: { ...common, read: { watermark: moment.atMs } } };
    default:
      return happening satisfies never;
  }
}

/** The page hears of a link into a new thread only with Get Started. */
function afterLinkOpened(
  happening: Extract<Happening, { kind: 'person_opened_link' }>,
  moment: Moment,
): FieldEvent[] {
  if (isNew(threadOf(moment.world, happening.pageId, happening.personId))) return [];
  const event = { ...fromPerson(happening, moment), referral: referral(happening.ref) };
  return [{ field: 'messaging_referrals', event }];
}

const referral = (ref: string) => ({ ref, source: 'SHORTLINK', type: 'OPEN_THREAD' });

function postback({ mid, title, payload, ref }: PersonTapped): object {
  return { mid, title, payload, ...(ref === undefined ? {} : { referral: referral(ref) }) };
}

/** Someone who came by a link and wrote instead of tapping Get Started: the link is told first. */
function afterPersonWrote(happening: PersonWrote, moment: Moment): FieldEvent[] {
  const common = fromPerson(happening, moment);
  const thread = threadOf(moment.world, happening.pageId, happening.personId);
  const { mid, text, quickReplyPayload, attachments, replyTo } = happening;
  const message = {
    mid,
    ...(text === undefined ? {} : { text }),
    ...(quickReplyPayload === undefined ? {} : { quick_reply: { payload: quickReplyPayload } }),
    ...(attachments === undefined ? {} : { attachments: attachments.map(inboundAttachment) }),
    ...(replyTo === undefined
      ? {}
      : {
          reply_to: { mid: replyTo, is_self_reply: findItem(thread, replyTo)?.from === 'person' },
        }),
  };
  const told: FieldEvent = { field: 'messages', event: { ...common, message } };
  if (thread.pendingRef === undefined) return [told];
  const opened = { ...common, referral: referral(thread.pendingRef) };
  return [{ field: 'messaging_referrals', event: opened }, told];
}

function inboundAttachment({ type, url, stickerId }: PersonAttachment): object {
  return {
    type,
    payload: { url, ...(stickerId === undefined ? {} : { sticker_id: Number(stickerId) }) },
  };
}

function afterPageSent(happening: PageSent, moment: Moment): FieldEvent[] {
  const { mid, replyTo } = happening;
  const echo = {
    is_echo: true,
    app_id: Number(moment.appId),
    ...(happening.message.metadata === undefined ? {} : { metadata: happening.message.metadata }),
    mid,
    ...(replyTo === undefined ? {} : { reply_to: { mid: replyTo } }),
    ...echoContent(happening),
  };
  const delivery = { watermark: moment.atMs, mids: [mid] };
  return [
    { field: 'message_echoes', event: { ...fromPage(happening, moment), message: echo } },
    { field: 'message_deliveries', event: { ...fromPerson(happening, moment), delivery } },
  ];
}

function echoContent({ message, utility }: PageSent): object {
  const { text, attachment, attachments } = message;
  if (utility !== undefined) return { text: utility.body };
  if (text !== undefined) return { text };
  if (attachment !== undefined) return { attachments: [attachment] };
  return attachments === undefined ? {} : { attachments };
}

/** Passed to us, we are told as its new owner; taken from us, as the one before. */
function afterThreadMoved(happening: ThreadMoved, moment: Moment): FieldEvent[] {
  const { to, how } = happening;
  const owners = { tender: moment.appId, inbox: INBOX_APP_ID };
  const control = {
    previous_owner_app_id: owners[to === 'inbox' ? 'tender' : 'inbox'],
    new_owner_app_id: owners[to],
    metadata: '',
  };
  const isTold = how === 'passed' ? to === 'tender' : to === 'inbox';
  if (!isTold) return [];
  const key = how === 'passed' ? 'pass_thread_control' : 'take_thread_control';
  const event = { ...fromPerson(happening, moment), [key]: control };
  return [{ field: 'messaging_handovers', event }];
}

/** To answer is to take. */
function afterInboxReplied(happening: InboxReplied, moment: Moment): FieldEvent[] {
  const { mid, text, pageId, personId } = happening;
  const { world, atMs } = moment;
  const thread = threadOf(world, pageId, personId);
  const isTaken = ownerOf(world, thread, atMs) === 'tender';
  const echo = { is_echo: true, app_id: Number(INBOX_APP_ID), mid, text };
  const told: FieldEvent = {
    field: 'message_echoes',
    event: { ...fromPage(happening, moment), message: echo },
  };
  const moved: ThreadMoved = { kind: 'thread_moved', pageId, personId, to: 'inbox', how: 'taken' };
  return isTaken ? [...afterThreadMoved(moved, moment), told] : [told];
}

interface Sides {
  readonly pageId: string;
  readonly personId: string;
}

function psidIn(sides: Sides, { world }: Moment): string {
  const person = world.people.get(sides.personId);
  if (person === undefined) throw new Error(`nobody has the id ${sides.personId}`);
  return psidOf(person, sides.pageId);
}

function fromPerson(sides: Sides, moment: Moment) {
  return {
    sender: { id: psidIn(sides, moment) },
    recipient: { id: sides.pageId },
    timestamp: moment.atMs,
  };
}

function fromPage(sides: Sides, moment: Moment) {
  return {
    sender: { id: sides.pageId },
    recipient: { id: psidIn(sides, moment) },
    timestamp: moment.atMs,
  };
}
