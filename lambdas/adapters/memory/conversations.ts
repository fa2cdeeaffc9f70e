// The twins of conversations and their outbox: one commit writes both.
import type { Conversation } from '../../domain/chat/conversation.ts';
import { outboxOf, withoutWordsOnceSent } from '../../domain/chat/outbox.ts';
import type {
  ConversationStore,
  HandledEvent,
  OutboxItem,
  OutboxStore,
} from '../../domain/chat/ports.ts';
import { frozenCopy } from './frozen-copy.ts';
import { newShelf, type Shelf } from './shelf.ts';

export interface MemoryChat {
  readonly conversations: ConversationStore;
  readonly outbox: OutboxStore;
}

export function memoryChat(): MemoryChat {
  const conversations = newShelf<Conversation>('Conversation');
  const handledEvents = newShelf<Omit<HandledEvent, 'replies' | 'toOthers'>>('HandledEvent');
  const outbox = newShelf<OutboxItem>('OutboxItem');
  return {
    outbox: memoryOutbox(outbox),
    conversations: {
      async open({ pageId, psid }, eventId) {
        const conversation = conversations.get(pageId, psid);
        return {
          wasHandled: handledEvents.get(pageId, psid, eventId) !== undefined,
          ...(conversation === undefined ? {} : { conversation }),
        };
      },
      of: async ({ pageId, psid }) => conversations.get(pageId, psid),
      async commit(handled, next) {
        const { eventId, address, atMs } = handled;
        const eventKey = [address.pageId, address.psid, eventId];
        const threadKey = [next.address.pageId, next.address.psid];
        if (handledEvents.get(...eventKey) !== undefined) return 'handled_before';
        if (!conversations.isNext(next.version, ...threadKey)) return 'conflict';
        const replies = outboxOf(handled).map((reply) => frozenCopy('OutboxItem', reply));
        conversations.put(next, ...threadKey);
        handledEvents.put({ eventId, address, atMs }, ...eventKey);
        for (const reply of replies) outbox.put(reply, reply.id);
        return 'done';
      },
      withTheShop: async (pageId) =>
        conversations
          .all()
          .filter(
            ({ address, pending }) =>
              address.pageId === pageId && pending?.kind === 'with_the_shop',
          ),
    },
  };
}

function memoryOutbox(items: Shelf<OutboxItem>): OutboxStore {
  return {
    get: async (id) => items.get(id),
    async save(item) {
      if (!items.isNext(item.version, item.id)) return 'conflict';
      items.put(withoutWordsOnceSent(item), item.id);
      return 'saved';
    },
    async confirm(id, messageId) {
      const item = items.get(id);
      if (item === undefined || item.state === 'sent') return;
      const sent: OutboxItem = { ...item, state: 'sent', messageId, version: item.version + 1 };
      items.put(withoutWordsOnceSent(sent), id);
    },
    ofEvent: async (eventId) =>
      items
        .all()
        .filter(({ id }) => groupOf(id) === eventId.toWellFormed())
        .sort((one, other) => positionOf(one) - positionOf(other)),
  };
}

function groupOf(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf(':')));
}

function positionOf({ id }: OutboxItem): number {
  return Number(id.slice(id.lastIndexOf(':') + 1));
}
