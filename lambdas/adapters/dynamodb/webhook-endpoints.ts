// Webhook endpoints in the Users table, those of one shop side by side.
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { WebhookEndpointStore } from '../../domain/merchant-api/ports.ts';
import { ask } from './ask.ts';
import { webhookEndpointItem } from './items/merchant-api.ts';
import { endpointKey, endpointsOfShop } from './merchant-keys.ts';
import { getItem, queryPartition } from './read.ts';
import type { Table } from './table.ts';
import { overVersionBefore, put } from './write.ts';

export function dynamoWebhookEndpoints(users: Table): WebhookEndpointStore {
  return {
    async get(shopId, id) {
      const item = await getItem(users, endpointKey(shopId, id));
      return item === undefined ? undefined : webhookEndpointItem.read(item);
    },
    async ofShop(shopId) {
      const items = await queryPartition(users, { pk: endpointsOfShop(shopId) });
      return items.map(webhookEndpointItem.read);
    },
    save: (endpoint) =>
      put(users, webhookEndpointItem.write(endpoint), overVersionBefore(endpoint.version)),
    async remove(shopId, id) {
      const command = new DeleteCommand({ TableName: users.name, Key: endpointKey(shopId, id) });
      await ask(users, () => users.documents.send(command));
    },
  };
}
