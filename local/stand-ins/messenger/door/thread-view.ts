// A thread as its person sees it: bubbles of both sides, what the page offers, who has read what.
import type { MessengerProfile } from '../limits/messenger-profile.ts';
import type { Message } from '../limits/send-request.ts';
import { isWindowOpen } from '../graph/reply-window.ts';
import { isNew } from '../record/apply-happening.ts';
import type { Person } from '../record/happening.ts';
import { type Page, type ThreadItem, psidOf, threadOf } from '../record/world.ts';
import type { DoorSite } from './door-call.ts';

/** `last`: so many of its newest messages, where not all are wanted. */
export function threadView(
  page: Page,
  person: Person,
  { site, last }: { readonly site: DoorSite; readonly last: number },
): object {
  const { world } = site.history;
  const thread = threadOf(world, page.id, person.id);
  const nowMs = site.clock.now();
  return {
    pageId: page.id,
    pageName: page.name,
    personId: person.id,
    psid: psidOf(person, page.id),
    isNew: isNew(thread),
    isBlocked: thread.blocked,
    isWindowOpen: isWindowOpen(thread, nowMs),
    pendingRef: thread.pendingRef ?? null,
    typingUntilMs: site.presence.typingUntilMs(page.id, person.id) ?? null,
    pageSawAtMs: thread.pageSawAtMs,
    personReadAtMs: thread.personReadAtMs,
    nowMs,
    profile: profileFor(world.profiles.get(page.id) ?? {}, person.locale),
    messages: thread.items
      .slice(-last)
      .map((item, index, shown) => messageView(item, index === shown.length - 1)),
  };
}

/** One line of the list of chats. */
export function threadSummary(page: Page, person: Person, site: DoorSite): object {
  const thread = threadOf(site.history.world, page.id, person.id);
  const last = thread.items.at(-1);
  return {
    pageId: page.id,
    pageName: page.name,
    lastWords: last === undefined ? null : wordsOf(last),
    lastFrom: last?.from ?? null,
    lastAtMs: last?.atMs ?? null,
    unread: thread.items.filter((item) => item.from === 'page' && item.atMs > thread.personReadAtMs)
      .length,
  };
}

const forLocale = <T extends { readonly locale: string }>(
  entries: readonly T[] | undefined,
  locale: string,
) =>
  entries?.find((entry) => entry.locale === locale) ??
  entries?.find((entry) => entry.locale === 'default');

function profileFor(profile: MessengerProfile, locale: string): object {
  const menu = forLocale(profile.persistent_menu, locale);
  return {
    getStarted: profile.get_started ?? null,
    greeting: forLocale(profile.greeting, locale)?.text ?? null,
    iceBreakers: forLocale(profile.ice_breakers, locale)?.call_to_actions ?? [],
    menu: menu?.call_to_actions ?? [],
    composerDisabled: menu?.composer_input_disabled ?? false,
  };
}

function messageView(item: ThreadItem, isLast: boolean): object {
  const common = {
    mid: item.mid,
    from: item.from,
    atMs: item.atMs,
    words: wordsOf(item),
    reactions: item.reactions,
    replyTo: item.replyTo ?? null,
  };
  if (item.from === 'person') {
    const { text = null, attachments = [], payload = null, editCount } = item;
    return { ...common, text, attachments, payload, editCount };
  }
  const { message, utility } = item;
  const files =
    message.attachments ?? (message.attachment === undefined ? [] : [message.attachment]);
  return {
    ...common,
    text: message.text ?? null,
    attachments: files,
    stickerId: message.sticker_id ?? null,
    utility: utility ?? null,
    metadata: message.metadata ?? null,
    // Quick replies vanish with the next message.
    quickReplies: isLast ? (message.quick_replies ?? []) : [],
  };
}

/** What one reads in the bubble, as plain text. */
export function wordsOf(item: ThreadItem): string {
  if (item.from === 'person') return item.text ?? item.attachments?.[0]?.type ?? '';
  const { message, utility } = item;
  if (utility !== undefined) {
    return lines([utility.header, utility.body, ...utility.buttons.map((b) => `[${b.title}]`)]);
  }
  return (
    message.text ?? lines((message.attachment ? [message.attachment] : []).flatMap(attachmentWords))
  );
}

const lines = (parts: readonly (string | undefined)[]) =>
  parts.filter((part) => part !== undefined).join('\n');

type Attachment = NonNullable<Message['attachment']>;

const buttonWords = (buttons: readonly { readonly type: string; readonly title?: string }[] = []) =>
  buttons.map((button) => `[${button.title ?? button.type}]`);

function attachmentWords(attachment: Attachment): (string | undefined)[] {
  if (attachment.type !== 'template') return [`(${attachment.type})`];
  const { payload } = attachment;
  switch (payload.template_type) {
    case 'button':
      return [payload.text, ...buttonWords(payload.buttons)];
    case 'generic':
      return payload.elements.flatMap((card) => [
        card.title,
        card.subtitle,
        ...buttonWords(card.buttons),
      ]);
    case 'media':
      return payload.elements.flatMap((media) => [
        `(${media.media_type})`,
        ...buttonWords(media.buttons),
      ]);
    case 'receipt':
      return [
        `Receipt ${payload.order_number}`,
        ...(payload.elements ?? []).map((line) => `${line.title} ${line.price}`),
        `Total ${payload.summary.total_cost} ${payload.currency}`,
        payload.payment_method,
      ];
    case 'customer_feedback':
      return [payload.title, payload.subtitle];
    default:
      return payload satisfies never;
  }
}
