// Who has blocked whom, in the Users table.
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { BlockStore } from '../../domain/people/ports.ts';
import { ask } from './ask.ts';
import { blockItem } from './items/people.ts';
import { blockKey, blockPrefix, personKey } from './keys.ts';
import { getItems, queryPartition } from './read.ts';
import type { Table } from './table.ts';
import { ifAbsent, put } from './write.ts';

export function dynamoBlocks(users: Table): BlockStore {
  return {
    async block(owner, blocked, atMs) {
      await put(users, blockItem.write({ ownerId: owner, blockedId: blocked, atMs }), ifAbsent);
    },
    async unblock(owner, blocked) {
      const command = new DeleteCommand({ TableName: users.name, Key: blockKey(owner, blocked) });
      await ask(users, () => users.documents.send(command));
    },
    async isBlockedBetween(one, other) {
      const either = await getItems(users, [blockKey(one, other), blockKey(other, one)]);
      return either.length > 0;
    },
    async blockedBy(owner) {
      const items = await queryPartition(users, { pk: personKey(owner).pk, prefix: blockPrefix });
      return items.map((item) => blockItem.read(item).blockedId);
    },
  };
}
