// The twin of the due index; its shards are dealt out in its own way, which nobody may rely on.
import type { DueIndex } from '../../domain/payments/ports.ts';
import type { Books } from './books.ts';
import type { OrderBooks } from './order-books.ts';

const shards = 8;

export function memoryDueIndex(books: Books, { orders }: Pick<OrderBooks, 'orders'>): DueIndex {
  return {
    shards,
    dueBefore: async (shard, nowMs, { end, limit }) =>
      [...books.payments.all(), ...books.requests.all(), ...orders.all()]
        .filter(({ id }) => shardOf(id) === shard)
        .map(({ id, dueAtMs = Number.POSITIVE_INFINITY }) => ({ id, dueAtMs }))
        .filter(({ dueAtMs }) => dueAtMs <= nowMs)
        .sort((one, other) => (one.dueAtMs - other.dueAtMs) * (end === 'earliest' ? 1 : -1))
        .slice(0, limit)
        .map(({ id }) => id),
  };
}

function shardOf(id: string): number {
  let total = 0;
  for (const byte of Buffer.from(id)) total = (total * 31 + byte) % 65_536;
  return total % shards;
}
