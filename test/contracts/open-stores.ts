// The stores that every contract suite runs against: the twins, and the real ones on DynamoDB Local and on the simulated tables.
import { inject } from 'vitest';
import {
  dynamoStores,
  type Stores,
  type TableNames,
} from '../../lambdas/adapters/dynamodb/stores.ts';
import type { Documents } from '../../lambdas/adapters/dynamodb/table.ts';
import { memoryStores } from '../../lambdas/adapters/memory/stores.ts';
import { makeTables } from '../builders/tables.ts';
import { openTables } from '../simulation/cloud/tables.ts';

export const storeKinds = ['in memory', 'on DynamoDB', 'on simulated tables'] as const;

type StoreKind = (typeof storeKinds)[number];

/** Empty stores of their own. */
export async function openStores(kind: StoreKind): Promise<Stores> {
  if (kind === 'in memory') return memoryStores();
  const { documents, names } = await openDocuments(kind);
  return dynamoStores(documents, names);
}

/** Empty tables: DynamoDB Local's, or those of test/simulation, in this process. */
export async function openDocuments(
  kind: StoreKind,
): Promise<{ readonly documents: Documents; readonly names: TableNames }> {
  if (kind !== 'on simulated tables') return makeTables(inject('dynamoDbUrl'));
  const { documents } = openTables({ now: () => Date.now() });
  return { documents, names: { users: 'Users', transactions: 'Transactions' } };
}

/** The words of a row of outcomes, sorted, so that who won a race does not matter. */
export function sorted(outcomes: readonly string[]): string[] {
  return [...outcomes].sort();
}
