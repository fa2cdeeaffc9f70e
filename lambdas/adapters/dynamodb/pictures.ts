// Pictures of products in the Users table, each an item of its own under the name that follows from its bytes.
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { PictureStore } from '../../domain/shops/picture.ts';
import { ask } from './ask.ts';
import { pictureItem } from './items/pictures.ts';
import { pictureKey } from './keys.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';
import { outcomeOf, put } from './write.ts';

/** Nobody can name another shop's picture and have it kept or removed. */
const ofShop = 'attribute_exists(pk) AND shopId = :shopId';

export function dynamoPictures(users: Table): PictureStore {
  return {
    async get(id) {
      const item = await getItem(users, pictureKey(id));
      return item === undefined ? undefined : pictureItem.read(item);
    },
    async put(picture) {
      await put(users, pictureItem.write(picture), {
        ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(expiresAtSeconds)',
      });
    },
    async keep(shopId, id) {
      const command = new UpdateCommand({
        TableName: users.name,
        Key: pictureKey(id),
        UpdateExpression: 'REMOVE expiresAtSeconds, expiresAtMs',
        ConditionExpression: ofShop,
        ExpressionAttributeValues: { ':shopId': shopId },
      });
      return (await outcomeOf(() => ask(users, () => users.documents.send(command)))) === 'saved';
    },
    async remove(shopId, id) {
      const command = new DeleteCommand({
        TableName: users.name,
        Key: pictureKey(id),
        ConditionExpression: ofShop,
        ExpressionAttributeValues: { ':shopId': shopId },
      });
      await outcomeOf(() => ask(users, () => users.documents.send(command)));
    },
  };
}
