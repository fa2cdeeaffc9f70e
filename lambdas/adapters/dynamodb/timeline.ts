// What lies in several partitions of the time-ordered indexes, newest first, a page at a time.
import * as z from 'zod/mini';
import type { Key } from './keys.ts';
import { queryUpTo } from './read.ts';
import type { Table } from './table.ts';

export interface IndexPartition {
  readonly index: 'byPayer' | 'byPayee';
  readonly value: string;
}

export interface Page {
  readonly limit: number;
  readonly beforeMs?: number;
}

const indexEntry = z.object({ pk: z.string(), sk: z.string(), createdAt: z.string() });
type IndexEntry = z.infer<typeof indexEntry>;

/**
 * At most `limit` keys, and those created in the same millisecond as the last of them: the cursor of the next page is a
 * millisecond, so splitting one would lose what is on its far side.
 */
export async function newestFirst(
  table: Table,
  partitions: readonly IndexPartition[],
  page: Page,
): Promise<Key[]> {
  const { limit } = page;
  const range = rangeBefore(page.beforeMs);
  const found = await fromEach(table, partitions, { range, limit: limit + 1 });
  const last = found[limit - 1]?.createdAt;
  if (last === undefined || found[limit]?.createdAt !== last)
    return found.slice(0, limit).map(keyOf);
  const ties = await fromEach(table, partitions, { range: { operator: '=', at: last } });
  return [...found.filter(({ createdAt }) => createdAt > last), ...ties].map(keyOf);
}

/** `limit` keys of one partition, oldest first. */
export async function oldestFirst(
  table: Table,
  partition: IndexPartition,
  limit: number,
): Promise<Key[]> {
  const entries = await fromOne(table, partition, { range: 'all', limit, isForward: true });
  return entries.map(keyOf);
}

type TimeRange = 'all' | { readonly operator: '<' | '='; readonly at: string };

/** The last millisecond that is written with four digits for the year; later ones would sort before all others. */
const lastMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** A cursor comes back from a button, so it may be any number. */
function rangeBefore(beforeMs: number | undefined): TimeRange {
  if (beforeMs === undefined || beforeMs > lastMs) return 'all';
  return { operator: '<', at: new Date(Math.max(beforeMs, 0)).toISOString() };
}

interface Wanted {
  readonly range: TimeRange;
  readonly limit?: number;
  readonly isForward?: boolean;
}

async function fromEach(
  table: Table,
  partitions: readonly IndexPartition[],
  wanted: Wanted,
): Promise<IndexEntry[]> {
  const lists = await Promise.all(partitions.map((each) => fromOne(table, each, wanted)));
  // An index lags: what moved from one partition to another may for a moment be in both.
  const distinct = new Map(lists.flat().map((entry) => [entry.pk, entry]));
  return [...distinct.values()].sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
}

async function fromOne(
  table: Table,
  partition: IndexPartition,
  wanted: Wanted,
): Promise<IndexEntry[]> {
  const { range, limit, isForward = false } = wanted;
  const attribute = partition.index === 'byPayer' ? 'payerKey' : 'payeeKey';
  const items = await queryUpTo(table, limit, {
    TableName: table.name,
    IndexName: partition.index,
    ScanIndexForward: isForward,
    KeyConditionExpression:
      range === 'all'
        ? `${attribute} = :value`
        : `${attribute} = :value AND createdAt ${range.operator} :at`,
    ExpressionAttributeValues: {
      ':value': partition.value,
      ...(range === 'all' ? {} : { ':at': range.at }),
    },
  });
  return items.map((item) => indexEntry.parse(item));
}

function keyOf({ pk, sk }: IndexEntry): Key {
  return { pk, sk };
}
