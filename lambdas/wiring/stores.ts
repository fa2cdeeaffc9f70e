// The tables as the use cases name them, and what every use case needs besides.
import { newDocumentClient } from '../adapters/dynamodb/client.ts';
import { dynamoStores } from '../adapters/dynamodb/stores.ts';
import { systemClock } from './clock.ts';
import type { Outside } from './outside.ts';
import { derivedIds, randomTokens } from './randomness.ts';
import { readEnvironment, readSettings } from './read-environment.ts';

export function storesAndClock(outside: Outside = {}) {
  const { documents = newDocumentClient(), pause } = outside;
  const { usersTable, transactionsTable, publicUrl } = readEnvironment([
    'usersTable',
    'transactionsTable',
    'publicUrl',
  ]);
  return {
    ...dynamoStores(documents, { users: usersTable, transactions: transactionsTable }, pause),
    clock: outside.clock ?? systemClock,
    ids: derivedIds,
    tokens: outside.tokens ?? randomTokens,
    settings: readSettings(),
    publicUrl,
  };
}
