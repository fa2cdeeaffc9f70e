// The reads that the stores are made of. All are strongly consistent but those of an index, which cannot be.
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { RetryLater } from '../../domain/retry-later.ts';
import { ask } from './ask.ts';
import type { Key } from './keys.ts';
import type { Table } from './table.ts';

type StoredItem = Readonly<Record<string, unknown>>;

export async function getItem(table: Table, key: Key): Promise<StoredItem | undefined> {
  const command = new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true });
  return (await ask(table, () => table.documents.send(command))).Item;
}

/** What DynamoDB takes in one BatchGetItem. */
const mostKeysInBatch = 100;
/** Keys that DynamoDB had no time for are asked for again after these. */
const unprocessedPausesMs = [20, 80, 320, 1_000] as const;

/** Those that exist, in no particular order; a key given twice is read once. */
export async function getItems(table: Table, keys: readonly Key[]): Promise<StoredItem[]> {
  const distinct = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, key])).values()];
  const items: StoredItem[] = [];
  for (let start = 0; start < distinct.length; start += mostKeysInBatch) {
    items.push(...(await getBatch(table, distinct.slice(start, start + mostKeysInBatch))));
  }
  return items;
}

async function getBatch(table: Table, keys: readonly Key[]): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  let wanted: BatchGetCommandInput['RequestItems'] = {
    [table.name]: { Keys: [...keys], ConsistentRead: true },
  };
  for (const pauseMs of [...unprocessedPausesMs, undefined]) {
    const command = new BatchGetCommand({ RequestItems: wanted });
    const answer = await ask(table, () => table.documents.send(command));
    items.push(...(answer.Responses?.[table.name] ?? []));
    wanted = answer.UnprocessedKeys ?? {};
    if (Object.keys(wanted).length === 0) return items;
    if (pauseMs !== undefined) await table.pause(pauseMs);
  }
  throw new RetryLater('store_throttled');
}

export interface Partition {
  readonly pk: string;
  readonly prefix?: string;
  /** Only what sorts after it; never together with a prefix. */
  readonly after?: string;
  /** Without it, all of them. */
  readonly limit?: number;
}

/** The items of one partition in the order of their sort keys. */
export async function queryPartition(table: Table, partition: Partition): Promise<StoredItem[]> {
  const { pk, prefix, after, limit } = partition;
  const ofPrefix = prefix === undefined ? '' : ' AND begins_with(sk, :prefix)';
  const ofRest = after === undefined ? '' : ' AND sk > :after';
  return queryUpTo(table, limit, {
    TableName: table.name,
    ConsistentRead: true,
    KeyConditionExpression: `pk = :pk${ofPrefix}${ofRest}`,
    ExpressionAttributeValues: {
      ':pk': pk,
      ...(prefix === undefined ? {} : { ':prefix': prefix }),
      ...(after === undefined ? {} : { ':after': after }),
    },
  });
}

/** Follows the pages (DynamoDB ends one at 1 MB) until there are `limit` or no more. */
export async function queryUpTo(
  table: Table,
  limit: number | undefined,
  query: QueryCommandInput,
): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  const isShort = () => limit === undefined || items.length < limit;
  let from: QueryCommandInput['ExclusiveStartKey'];
  do {
    const command = new QueryCommand({
      ...query,
      ...(limit === undefined ? {} : { Limit: limit - items.length }),
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const answer = await ask(table, () => table.documents.send(command));
    items.push(...(answer.Items ?? []));
    from = answer.LastEvaluatedKey;
  } while (from !== undefined && isShort());
  return items;
}
