// API keys in the Users table, each beside an entry in the list of its shop.
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ApiKeyStore } from '../../domain/merchant-api/ports.ts';
import { ask } from './ask.ts';
import { apiKeyItem, apiKeyOfShopItem } from './items/merchant-api.ts';
import { apiKeyKey, keysOfShop } from './merchant-keys.ts';
import { getItem, getItems, queryPartition } from './read.ts';
import type { Table } from './table.ts';
import { transact, transactPut } from './transact.ts';
import { ifAbsent, outcomeOf, overVersionBefore, put } from './write.ts';

export function dynamoApiKeys(users: Table): ApiKeyStore {
  return {
    async get(id) {
      const item = await getItem(users, apiKeyKey(id));
      return item === undefined ? undefined : apiKeyItem.read(item);
    },
    async ofShop(shopId) {
      const entries = await queryPartition(users, { pk: keysOfShop(shopId) });
      const ids = entries.map((entry) => apiKeyOfShopItem.read(entry).keyId);
      return (await getItems(users, ids.map(apiKeyKey))).map(apiKeyItem.read);
    },
    async save(key) {
      const item = apiKeyItem.write(key);
      if (key.version > 1) return put(users, item, overVersionBefore(key.version));
      const entry = apiKeyOfShopItem.write({ shopId: key.shopId, keyId: key.id });
      const { kind } = await transact(users, [
        transactPut(users, 'key', { item, condition: ifAbsent }),
        transactPut(users, 'entry', { item: entry, condition: ifAbsent }),
      ]);
      return kind === 'done' ? 'saved' : 'conflict';
    },
    async noteUse(id, day) {
      const command = new UpdateCommand({
        TableName: users.name,
        Key: apiKeyKey(id),
        UpdateExpression: 'SET lastUsedOn = :day',
        ConditionExpression:
          'attribute_exists(pk) AND (attribute_not_exists(lastUsedOn) OR lastUsedOn < :day)',
        ExpressionAttributeValues: { ':day': day },
      });
      // Refused: another call of this day has noted it.
      await outcomeOf(() => ask(users, () => users.documents.send(command)));
    },
  };
}
