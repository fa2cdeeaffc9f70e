// All tables as the merchants' API needs them, through one client.
import { newDocumentClient } from '../adapters/dynamodb/client.ts';
import { dynamoMerchantStores } from '../adapters/dynamodb/merchant-stores.ts';
import { placeOfHost } from '../adapters/outgoing-address.ts';
import type { AddressBook } from '../domain/merchant-api/whose-address.ts';
import type { Outside } from './outside.ts';
import { readEnvironment } from './read-environment.ts';
import { storesAndClock } from './stores.ts';

export function merchantStoresAndClock(outside: Outside = {}) {
  const { usersTable, transactionsTable } = readEnvironment(['usersTable', 'transactionsTable']);
  const { documents = newDocumentClient(), pause } = outside;
  const names = { users: usersTable, transactions: transactionsTable };
  return {
    ...storesAndClock({ ...outside, documents }),
    ...dynamoMerchantStores(documents, names, pause),
  };
}

/** How addresses are looked at that merchants write down. */
export function addressBook(): AddressBook {
  return { isLocal: isLocalStage(), placeOf: placeOfHost };
}

/** On a developer's machine endpoints may be on that machine, and no other stage may call there. */
export function isLocalStage(): boolean {
  const { stage } = readEnvironment(['stage']);
  return stage === 'local' || stage === 'test';
}
