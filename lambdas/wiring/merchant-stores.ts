// All tables as the merchants' API needs them, through one client.
import { newDocumentClient } from '../adapters/dynamodb/client.ts';
import { dynamoMerchantStores } from '../adapters/dynamodb/merchant-stores.ts';
import { readEnvironment } from './read-environment.ts';
import { storesAndClock } from './stores.ts';

export function merchantStoresAndClock() {
  const { usersTable, transactionsTable } = readEnvironment(['usersTable', 'transactionsTable']);
  const documents = newDocumentClient();
  const names = { users: usersTable, transactions: transactionsTable };
  return { ...storesAndClock(documents), ...dynamoMerchantStores(documents, names) };
}

/** On a developer's machine endpoints may be on that machine, and no other stage may call there. */
export function isLocalStage(): boolean {
  const { stage } = readEnvironment(['stage']);
  return stage === 'local' || stage === 'test';
}
