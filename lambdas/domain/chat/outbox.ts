// The outbox: how the replies to an event become bubbles with ids of their own, and what is kept of one that is out.
import type { HandledEvent, OutboxItem } from './ports.ts';

/** `group` is the event answered, or `<pay id>:<sequence>:<person id>` for an announcement; `position` counts from 1. */
export function outboxId(group: string, position: number): string {
  return `${group}:${position}`;
}

/** One waiting item for each reply, in the order in which they are to be said. */
export function waitingReplies(handled: HandledEvent): OutboxItem[] {
  return handled.replies.map((reply, index) => ({
    id: outboxId(handled.eventId, index + 1),
    version: 1,
    to: handled.address,
    state: 'waiting',
    reply,
    attempts: 0,
    atMs: handled.atMs,
  }));
}

/** What was said is in the thread; there is no reason to keep the words here too. */
export function withoutWordsOnceSent(item: OutboxItem): OutboxItem {
  if (item.state !== 'sent') return item;
  const { reply: _said, ...kept } = item;
  return kept;
}
