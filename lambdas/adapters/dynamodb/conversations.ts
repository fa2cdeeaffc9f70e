// Conversations in the Users table: an event is handled, answered and remembered in one transaction.
import { outboxOf } from '../../domain/chat/outbox.ts';
import type { Conversation } from '../../domain/chat/conversation.ts';
import type { ConversationStore, HandledEvent } from '../../domain/chat/ports.ts';
import { conversationItem, handledEventItem, outboxItem, waitingThreadItem } from './items/chat.ts';
import { conversationKey, handledKey, pagePartition, waitingPrefix } from './keys.ts';
import { getItem, getItems, queryPartition } from './read.ts';
import type { Table } from './table.ts';
import { type TransactWrite, transact, transactPut } from './transact.ts';
import { ifAbsent, overVersionBefore } from './write.ts';

export function dynamoConversations(users: Table): ConversationStore {
  return {
    async open(address, eventId) {
      const [conversation, handled] = [conversationKey(address), handledKey(address, eventId)];
      const items = await getItems(users, [conversation, handled]);
      const known = items.find(({ sk }) => sk === conversation.sk);
      return {
        wasHandled: items.some(({ sk }) => sk === handled.sk),
        ...(known === undefined ? {} : { conversation: conversationItem.read(known) }),
      };
    },
    async of(address) {
      const item = await getItem(users, conversationKey(address));
      return item === undefined ? undefined : conversationItem.read(item);
    },
    async commit(handled, next) {
      const outcome = await transact(users, turnWrites(users, handled, next));
      if (outcome.kind === 'done') return 'done';
      return outcome.failed.has('handled') ? 'handled_before' : 'conflict';
    },
    async withTheShop(pageId) {
      const pk = pagePartition(pageId);
      const waiting = await queryPartition(users, { pk, prefix: waitingPrefix });
      const keys = waiting.map((item) => conversationKey(waitingThreadItem.read(item).address));
      const items = keys.length === 0 ? [] : await getItems(users, keys);
      return items
        .map((item) => conversationItem.read(item))
        .filter(({ pending }) => pending?.kind === 'with_the_shop');
    },
  };
}

export function turnWrites(
  users: Table,
  handled: HandledEvent,
  next: Conversation,
): TransactWrite[] {
  const { eventId, address, atMs } = handled;
  return [
    transactPut(users, 'handled', {
      // Not what was answered: those words go from the outbox once they are said.
      item: handledEventItem.write({ eventId, address, atMs }),
      condition: ifAbsent,
    }),
    transactPut(users, 'conversation', {
      item: conversationItem.write(next),
      condition: overVersionBefore(next.version),
    }),
    // Only a hint, so it may outlive what it hints at, and needs no condition.
    ...(next.pending?.kind === 'with_the_shop'
      ? [transactPut(users, 'waiting', { item: waitingThreadItem.write(next) })]
      : []),
    // No condition: a reply's id is of its event, and that the event is new is a condition above.
    ...outboxOf(handled).map((reply) =>
      transactPut(users, reply.id, { item: outboxItem.write(reply) }),
    ),
  ];
}
