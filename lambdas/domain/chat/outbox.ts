// The outbox: how the replies to an event become bubbles with ids of their own, and what is kept of one that is out.
import type { HandledEvent, OutboxItem } from './ports.ts';
import type { Reply } from './reply.ts';

/** `group` is the event answered, or `<pay id>:<sequence>:<person id>` for an announcement; `position` counts from 1. */
export function outboxId(group: string, position: number): string {
  return `${group}:${position}`;
}

/** A bubble that is marked as being sent: only whoever wrote the mark may send it without waiting. */
export interface MarkedItem extends OutboxItem {
  readonly state: 'sending';
  readonly reply: Reply;
}

/**
 * A new bubble, marked before it is first written: it is sent right after, and a mark written then would be a second
 * write. After a crash in between it is taken for doubtful: said late, never twice.
 */
export function newBubble(
  bubble: Pick<MarkedItem, 'id' | 'to' | 'reply' | 'atMs'>,
  nowMs: number,
): MarkedItem {
  return { ...bubble, version: 1, state: 'sending', attempts: 1, lastAttemptAtMs: nowMs };
}

/**
 * One item for each reply, in the order in which they are to be said; those to others come last. What is said to others
 * waits: it is sent from their own queue, where one whom Messenger refuses holds up nobody but themselves.
 */
export function outboxOf(handled: HandledEvent): (MarkedItem | OutboxItem)[] {
  const { eventId, address, replies, toOthers = [], atMs } = handled;
  const own = replies.map((reply, index) =>
    newBubble({ id: outboxId(eventId, index + 1), to: address, reply, atMs }, atMs),
  );
  const others = toOthers.map(
    (said, index): OutboxItem => ({
      id: outboxId(eventId, replies.length + index + 1),
      ...said,
      atMs,
      version: 1,
      state: 'waiting',
      attempts: 0,
    }),
  );
  return [...own, ...others];
}

export function isMarked(item: OutboxItem): item is MarkedItem {
  return item.state === 'sending' && item.reply !== undefined;
}

/** What was said is in the thread; there is no reason to keep the words here too. */
export function withoutWordsOnceSent(item: OutboxItem): OutboxItem {
  if (item.state !== 'sent') return item;
  const { reply: _said, ...kept } = item;
  return kept;
}
