// Does what a person does on their phone: writes, taps, opens links, reacts, edits, reads, blocks.
import * as z from 'zod/mini';
import type { HttpAnswer } from '../http/exchange.ts';
import { findItem, isNew } from '../record/apply-happening.ts';
import { newMessageId } from '../record/new-id.ts';
import type { Person } from '../record/happening.ts';
import { ownerOf } from '../record/thread-owner.ts';
import { type Page, type Thread, threadOf } from '../record/world.ts';
import { type DoorSite, created, notFound, notPossible, ok } from './door-call.ts';
import { readDoorBody } from './read-door-body.ts';

export interface Acting {
  readonly page: Page;
  readonly person: Person;
  readonly site: DoorSite;
  readonly body: unknown;
}

interface Sides {
  readonly pageId: string;
  readonly personId: string;
}

type Act = (acting: Acting, sides: Sides, thread: Thread) => HttpAnswer;

/** The one place that lists what a person can do; the door's last path segment names it. */
const acts: Readonly<Record<string, Act>> = {
  text: write,
  'quick-reply': tapQuickReply,
  postback: tapButton,
  'get-started': tapGetStarted,
  referral: openLink,
  attachment: sendFile,
  reaction: react,
  edit,
  read: readThread,
  block: (acting, sides) => setBlocked(acting, sides, true),
  unblock: (acting, sides) => setBlocked(acting, sides, false),
  // The people of the Page, in their inbox.
  'inbox-reply': replyFromInbox,
  'inbox-gives-back': giveBack,
};

/** Someone who blocked the page cannot write to it either. */
const ALLOWED_WHILE_BLOCKED = new Set(['block', 'unblock', 'read', 'inbox-gives-back']);

export function actAsPerson(name: string, acting: Acting): HttpAnswer {
  const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
  if (act === undefined) return notFound(`act named ${name}`);
  const sides = { pageId: acting.page.id, personId: acting.person.id };
  const thread = threadOf(acting.site.history.world, sides.pageId, sides.personId);
  if (thread.blocked && !ALLOWED_WHILE_BLOCKED.has(name)) {
    return notPossible(`${acting.person.name} has blocked ${acting.page.name}`);
  }
  return act(acting, sides, thread);
}

const words = () => z.string().check(z.minLength(1), z.maxLength(20_000));

function write({ site, body }: Acting, sides: Sides): HttpAnswer {
  const read = readDoorBody(z.strictObject({ text: words(), replyTo: z.optional(words()) }), body);
  if ('answer' in read) return read.answer;
  const { text, replyTo } = read.value;
  const mid = newMessageId();
  const reply = replyTo === undefined ? {} : { replyTo };
  site.history.append({ kind: 'person_wrote', ...sides, mid, text, ...reply });
  return created({ mid });
}

const tap = z.strictObject({ title: z.optional(words()), payload: words() });

function tapQuickReply({ site, body }: Acting, sides: Sides): HttpAnswer {
  const read = readDoorBody(tap, body);
  if ('answer' in read) return read.answer;
  const { payload, title = payload } = read.value;
  const mid = newMessageId();
  const written = { text: title, quickReplyPayload: payload };
  site.history.append({ kind: 'person_wrote', ...sides, mid, ...written });
  return created({ mid });
}

function tapButton({ site, body }: Acting, sides: Sides, thread: Thread): HttpAnswer {
  const read = readDoorBody(tap, body);
  if ('answer' in read) return read.answer;
  const { payload, title = payload } = read.value;
  return postback(site, { ...sides, title, payload }, thread);
}

function tapGetStarted({ site, page }: Acting, sides: Sides, thread: Thread): HttpAnswer {
  const payload = site.history.world.profiles.get(page.id)?.get_started?.payload;
  if (payload === undefined) return notPossible(`${page.name} has no Get Started button`);
  return postback(site, { ...sides, title: 'Get Started', payload }, thread);
}

function postback(
  site: DoorSite,
  tapped: Sides & { readonly title: string; readonly payload: string },
  { pendingRef }: Thread,
): HttpAnswer {
  const mid = newMessageId();
  const opened = pendingRef === undefined ? {} : { ref: pendingRef };
  site.history.append({ kind: 'person_tapped', ...tapped, mid, ...opened });
  return created({ mid });
}

/** Meta's bounds of what an m.me link can carry. */
const reference = z.string().check(
  z.minLength(1),
  z.maxLength(2083),
  z.refine((ref) => /^[A-Za-z0-9\-_=]*$/.test(ref), {
    error: 'ref may hold letters, digits and - _ = only',
  }),
);

function openLink({ site, body }: Acting, sides: Sides, thread: Thread): HttpAnswer {
  const read = readDoorBody(z.strictObject({ ref: reference }), body);
  if ('answer' in read) return read.answer;
  site.history.append({ kind: 'person_opened_link', ...sides, ref: read.value.ref });
  return created({ waitsForGetStarted: isNew(thread) });
}

function sendFile({ site, body }: Acting, sides: Sides): HttpAnswer {
  const read = readDoorBody(
    z.strictObject({
      type: z.enum(['image', 'video', 'audio', 'file', 'sticker', 'fallback']),
      url: words(),
      stickerId: z.optional(words()),
    }),
    body,
  );
  if ('answer' in read) return read.answer;
  const { type, url, stickerId } = read.value;
  const sticker = stickerId === undefined ? {} : { stickerId };
  const mid = newMessageId();
  const attachments = [{ type, url, ...sticker }];
  site.history.append({ kind: 'person_wrote', ...sides, mid, attachments });
  return created({ mid });
}

/** Meta's names of the emoji in the reaction bar; every other emoji is `other`. */
const REACTION_NAMES: Readonly<Record<string, string>> = {
  '❤': 'love',
  '😆': 'smile',
  '😮': 'wow',
  '😢': 'sad',
  '😠': 'angry',
  '👍': 'like',
  '👎': 'dislike',
};

function react({ site, body }: Acting, sides: Sides, thread: Thread): HttpAnswer {
  const read = readDoorBody(z.strictObject({ mid: words(), emoji: z.nullable(words()) }), body);
  if ('answer' in read) return read.answer;
  const { mid } = read.value;
  const item = findItem(thread, mid);
  if (item === undefined) return notFound(`message ${mid}`);
  const emoji = read.value.emoji ?? item.reactions.person;
  if (emoji === undefined) return notPossible('there is no reaction to take back');
  const action = read.value.emoji === null ? 'unreact' : 'react';
  const reaction = REACTION_NAMES[emoji] ?? 'other';
  site.history.append({ kind: 'person_reacted', ...sides, mid, reaction, emoji, action });
  return created({ reaction, action });
}

/** Messenger lets a text be edited this often. */
const MOST_EDITS = 5;

function edit({ site, body }: Acting, sides: Sides, thread: Thread): HttpAnswer {
  const read = readDoorBody(z.strictObject({ mid: words(), text: words() }), body);
  if ('answer' in read) return read.answer;
  const { mid, text } = read.value;
  const item = findItem(thread, mid);
  if (item?.from !== 'person' || item.text === undefined) return notFound(`text ${mid}`);
  const editCount = item.editCount + 1;
  if (editCount > MOST_EDITS) return notPossible('a message can be edited five times');
  site.history.append({ kind: 'person_edited', ...sides, mid, text, editCount });
  return created({ editCount });
}

function readThread({ site }: Acting, sides: Sides, thread: Thread): HttpAnswer {
  const unread = thread.items.some(
    (item) => item.from === 'page' && item.atMs > thread.personReadAtMs,
  );
  if (unread) site.history.append({ kind: 'person_read', ...sides });
  return ok({ unread });
}

function setBlocked({ site }: Acting, sides: Sides, blocked: boolean): HttpAnswer {
  site.history.append({ kind: 'person_blocked', ...sides, blocked });
  return ok({ blocked });
}

function replyFromInbox({ site, body }: Acting, sides: Sides): HttpAnswer {
  const read = readDoorBody(z.strictObject({ text: words() }), body);
  if ('answer' in read) return read.answer;
  const mid = newMessageId();
  site.history.append({ kind: 'inbox_replied', ...sides, mid, text: read.value.text });
  return created({ mid });
}

/** As the inbox's "done" does: whoever is the default app is told that the thread is theirs. */
function giveBack({ site }: Acting, sides: Sides, thread: Thread): HttpAnswer {
  const { world } = site.history;
  if (ownerOf(world, thread, site.clock.now()) !== 'inbox')
    return notPossible('the inbox does not own this thread');
  site.history.append({ kind: 'thread_moved', ...sides, to: 'tender', how: 'passed' });
  return ok();
}
