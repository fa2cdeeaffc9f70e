// The stores of the merchants' API on DynamoDB, as its use cases name them.
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { MerchantWorld } from '../../domain/merchant-api/ports.ts';
import { dynamoApiCalls } from './api-calls.ts';
import { dynamoApiKeys } from './api-keys.ts';
import { dynamoDeliveries } from './deliveries.ts';
import { dynamoMerchantEvents } from './merchant-events.ts';
import { dynamoRates } from './rates.ts';
import type { TableNames } from './stores.ts';
import { tableOf } from './table.ts';
import { dynamoWebhookEndpoints } from './webhook-endpoints.ts';

export type MerchantStores = Omit<MerchantWorld, 'webhookQueue' | 'webhookSender'>;

export function dynamoMerchantStores(
  documents: DynamoDBDocumentClient,
  names: TableNames,
): MerchantStores {
  const users = tableOf(documents, names.users);
  const transactions = tableOf(documents, names.transactions);
  return {
    apiKeys: dynamoApiKeys(users),
    apiCalls: dynamoApiCalls(transactions),
    rates: dynamoRates(users),
    webhookEndpoints: dynamoWebhookEndpoints(users),
    merchantEvents: dynamoMerchantEvents(transactions),
    deliveries: dynamoDeliveries(transactions),
  };
}
