// The tables as the use cases name them, and what every use case needs besides.
import { newDocumentClient } from '../adapters/dynamodb/client.ts';
import { dynamoStores } from '../adapters/dynamodb/stores.ts';
import { systemClock } from './clock.ts';
import { derivedIds, randomTokens } from './randomness.ts';
import { readEnvironment, readSettings } from './read-environment.ts';

export function storesAndClock(documents = newDocumentClient()) {
  const { usersTable, transactionsTable, publicUrl } = readEnvironment([
    'usersTable',
    'transactionsTable',
    'publicUrl',
  ]);
  return {
    ...dynamoStores(documents, { users: usersTable, transactions: transactionsTable }),
    clock: systemClock,
    ids: derivedIds,
    tokens: randomTokens,
    settings: readSettings(),
    publicUrl,
  };
}
