// The stores that every contract suite runs against: the twins, and DynamoDB Local.
import { inject } from 'vitest';
import { dynamoStores, type Stores } from '../../lambdas/adapters/dynamodb/stores.ts';
import { memoryStores } from '../../lambdas/adapters/memory/stores.ts';
import { makeTables } from '../builders/tables.ts';

export const storeKinds = ['in memory', 'on DynamoDB'] as const;

/** Empty stores of their own. */
export async function openStores(kind: (typeof storeKinds)[number]): Promise<Stores> {
  if (kind === 'in memory') return memoryStores();
  const { documents, names } = await makeTables(inject('dynamoDbUrl'));
  return dynamoStores(documents, names);
}

/** The words of a row of outcomes, sorted, so that who won a race does not matter. */
export function sorted(outcomes: readonly string[]): string[] {
  return [...outcomes].sort();
}
