// Cards that buyers have kept at one shop's account, in the Users table beside the rest of what is theirs.
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SavedCardStore } from '../../domain/orders/ports.ts';
import { ask } from './ask.ts';
import { savedCardItem } from './items/shops.ts';
import { savedCardKey } from './keys.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';

export function dynamoSavedCards(users: Table): SavedCardStore {
  return {
    async of(shopId, buyerId) {
      const item = await getItem(users, savedCardKey(shopId, buyerId));
      return item === undefined ? undefined : savedCardItem.read(item);
    },
    async save(card) {
      const command = new PutCommand({ TableName: users.name, Item: savedCardItem.write(card) });
      await ask(users, () => users.documents.send(command));
    },
    async forget(shopId, buyerId) {
      const command = new DeleteCommand({
        TableName: users.name,
        Key: savedCardKey(shopId, buyerId),
      });
      await ask(users, () => users.documents.send(command));
    },
  };
}
