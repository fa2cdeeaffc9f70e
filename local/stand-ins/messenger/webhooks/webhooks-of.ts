// Which events Meta tells a page about when something happens, in the shapes of its webhook reference.
import { findItem, isNew } from '../record/apply-happening.ts';
import type {
  Happening,
  PageSent,
  PersonAttachment,
  PersonTapped,
  PersonWrote,
} from '../record/happening.ts';
import { type World, psidOf, threadKey, threadOf } from '../record/world.ts';
import type { Webhook, WebhookField } from './webhook.ts';

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
  return eventsOf(happening, moment)
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
      return [];
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
