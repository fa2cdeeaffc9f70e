// What is due, from the sparse index of Transactions: only what waits is in there.
import * as z from 'zod/mini';
import type { DueIndex } from '../../domain/payments/ports.ts';
import { dueShard, dueShards, subjectOfKey } from './keys.ts';
import { queryUpTo } from './read.ts';
import type { Table } from './table.ts';

const indexEntry = z.object({ pk: z.string() });

export function dynamoDueIndex(transactions: Table): DueIndex {
  return {
    shards: dueShards,
    async dueBefore(shard, nowMs, { end, limit }) {
      const items = await queryUpTo(transactions, limit, {
        TableName: transactions.name,
        IndexName: 'due',
        KeyConditionExpression: 'dueShard = :shard AND dueAtMs <= :now',
        ScanIndexForward: end === 'earliest',
        ExpressionAttributeValues: { ':shard': dueShard(shard), ':now': nowMs },
      });
      return items.map((item) => subjectOfKey(indexEntry.parse(item).pk));
    },
  };
}
