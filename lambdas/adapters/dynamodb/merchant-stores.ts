// The stores of the merchants' API on DynamoDB, as its use cases name them.
import type { MerchantWorld } from '../../domain/merchant-api/ports.ts';
import { dynamoApiCalls } from './api-calls.ts';
import { dynamoApiKeys } from './api-keys.ts';
import { dynamoDeliveries } from './deliveries.ts';
import { dynamoMerchantEvents } from './merchant-events.ts';
import { dynamoRates } from './rates.ts';
import type { TableNames } from './stores.ts';
import { type Documents, type Table, tableOf } from './table.ts';
import { dynamoWebhookEndpoints } from './webhook-endpoints.ts';

export type MerchantStores = Omit<MerchantWorld, 'webhookQueue' | 'webhookSender'>;

export function dynamoMerchantStores(
  documents: Documents,
  names: TableNames,
  pause?: Table['pause'],
): MerchantStores {
  const users = tableOf(documents, names.users, pause);
  const transactions = tableOf(documents, names.transactions, pause);
  return {
    apiKeys: dynamoApiKeys(users),
    apiCalls: dynamoApiCalls(transactions),
    rates: dynamoRates(users),
    webhookEndpoints: dynamoWebhookEndpoints(users),
    merchantEvents: dynamoMerchantEvents(transactions),
    deliveries: dynamoDeliveries(transactions),
  };
}
