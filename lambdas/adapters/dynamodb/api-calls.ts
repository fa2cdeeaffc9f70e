// Calls with an Idempotency-Key in the Transactions table, kept for ever.
import type { ApiCallStore } from '../../domain/merchant-api/ports.ts';
import { apiCallItem } from './items/merchant-api.ts';
import { apiCallKey } from './merchant-keys.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';
import { overVersionBefore, put } from './write.ts';

export function dynamoApiCalls(transactions: Table): ApiCallStore {
  return {
    async get(shopId, key) {
      const item = await getItem(transactions, apiCallKey(shopId, key));
      return item === undefined ? undefined : apiCallItem.read(item);
    },
    save: (call) => put(transactions, apiCallItem.write(call), overVersionBefore(call.version)),
  };
}
