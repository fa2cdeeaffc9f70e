// Several writes that happen together or not at all, and which of their conditions did not hold.
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { RetryLater } from '../../domain/retry-later.ts';
import { ask, contentionPausesMs } from './ask.ts';
import type { Item } from './item-format.ts';
import type { Key } from './keys.ts';
import type { Table } from './table.ts';
import type { Condition } from './write.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** One of the writes, with a name by which a failed condition is told. */
export interface TransactWrite {
  readonly name: string;
  readonly item: TransactItem;
}

/** `refused`: nothing was written. `failed` names the writes whose condition did not hold, with what stood there. */
export type TransactOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly failed: ReadonlyMap<string, StoredItem | undefined> };

type StoredItem = Readonly<Record<string, unknown>>;

/** The item that stood in the way comes back with the refusal, which saves reading it. */
export function transactPut(
  table: Table,
  name: string,
  write: { item: Item; condition?: Condition },
): TransactWrite {
  return {
    name,
    item: {
      Put: {
        TableName: table.name,
        Item: write.item,
        ...write.condition,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
  };
}

export function transactDelete(
  table: Table,
  name: string,
  write: { key: Key; condition?: Condition },
): TransactWrite {
  return { name, item: { Delete: { TableName: table.name, Key: write.key, ...write.condition } } };
}

/**
 * Writes all or nothing. When another transaction is under way on one of the items, it is tried again a few times;
 * after the last, `refused` with nothing failed: whoever reads again then sees what the other one did. With `token`,
 * the same writes sent again within ten minutes are done once; without it the SDK makes one for the tries of this call.
 */
export async function transact(
  table: Table,
  writes: readonly TransactWrite[],
  token?: string,
): Promise<TransactOutcome> {
  const command = new TransactWriteCommand({
    TransactItems: writes.map(({ item }) => item),
    ...(token === undefined ? {} : { ClientRequestToken: token }),
  });
  for (const pauseMs of [...contentionPausesMs, undefined]) {
    try {
      await ask(table, () => table.documents.send(command));
      return { kind: 'done' };
    } catch (error) {
      const failed = failedIn(error, writes);
      if (failed.size > 0 || pauseMs === undefined) return { kind: 'refused', failed };
      await table.pause(pauseMs);
    }
  }
  return { kind: 'refused', failed: new Map() };
}

/** Nothing wrong, a condition that did not hold, contention: what reading again explains. Any other reason outweighs them. */
const expectedCodes: ReadonlySet<string | undefined> = new Set([
  'None',
  'ConditionalCheckFailed',
  'TransactionConflict',
]);

/** The writes whose condition did not hold; none for mere contention. Throws what is neither, also where it stands beside them. */
function failedIn(
  error: unknown,
  writes: readonly TransactWrite[],
): ReadonlyMap<string, StoredItem | undefined> {
  if (!(error instanceof TransactionCanceledException)) throw error;
  const reasons = error.CancellationReasons ?? [];
  const codes = new Set(reasons.map(({ Code }) => Code));
  if (codes.has('ThrottlingError') || codes.has('ProvisionedThroughputExceeded')) {
    throw new RetryLater('store_throttled', { cause: error });
  }
  if (![...codes].every((code) => expectedCodes.has(code))) throw error;
  const failed = new Map<string, StoredItem | undefined>();
  for (const [index, reason] of reasons.entries()) {
    if (reason.Code !== 'ConditionalCheckFailed') continue;
    // The document client leaves items inside of errors as they came.
    failed.set(
      writes[index]?.name ?? '',
      reason.Item === undefined ? undefined : unmarshall(reason.Item),
    );
  }
  if (failed.size === 0 && !codes.has('TransactionConflict')) throw error;
  return failed;
}
