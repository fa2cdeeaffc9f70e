// Whom a person has paid, in the Users table.
import type { ContactStore } from '../../domain/people/ports.ts';
import { blockItem, contactItem } from './items/people.ts';
import { blockKey, contactKey, contactPrefix, personKey } from './keys.ts';
import { getItems, queryPartition } from './read.ts';
import type { Table } from './table.ts';
import { put } from './write.ts';

export function dynamoContacts(users: Table): ContactStore {
  return {
    async of(owner) {
      const items = await queryPartition(users, { pk: personKey(owner).pk, prefix: contactPrefix });
      return items.map((item) => {
        const { personId, lastPaidAtMs } = contactItem.read(item);
        return { personId, lastPaidAtMs };
      });
    },
    async tieBetween(owner, other) {
      const blocks = [blockKey(owner, other), blockKey(other, owner)];
      const found = await getItems(users, [contactKey(owner, other), ...blocks]);
      return {
        isContact: found.some(({ entity }) => entity === contactItem.entity),
        isBlocked: found.some(({ entity }) => entity === blockItem.entity),
      };
    },
    async remember(owner, contact) {
      await put(users, contactItem.write({ ownerId: owner, ...contact }), {
        ConditionExpression: 'attribute_not_exists(pk) OR lastPaidAtMs < :lastPaidAtMs',
        ExpressionAttributeValues: { ':lastPaidAtMs': contact.lastPaidAtMs },
      });
    },
  };
}
