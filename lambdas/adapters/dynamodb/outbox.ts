// The outbox in the Users table: every bubble from decided to sent, found by its id or by what it answers.
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { withoutWordsOnceSent } from '../../domain/chat/outbox.ts';
import type { OutboxStore } from '../../domain/chat/ports.ts';
import { ask } from './ask.ts';
import { outboxItem } from './items/chat.ts';
import { outboxGroup, outboxKey } from './keys.ts';
import { getItem, queryPartition } from './read.ts';
import type { Table } from './table.ts';
import { outcomeOf, overVersionBefore, put } from './write.ts';

export function dynamoOutbox(users: Table): OutboxStore {
  return {
    async get(id) {
      const item = await getItem(users, outboxKey(id));
      return item === undefined ? undefined : outboxItem.read(item);
    },
    async save(item) {
      const kept = withoutWordsOnceSent(item);
      return put(users, outboxItem.write(kept), overVersionBefore(item.version));
    },
    async confirm(id, messageId) {
      const command = new UpdateCommand({
        TableName: users.name,
        Key: outboxKey(id),
        UpdateExpression:
          'SET #state = :sent, messageId = :messageId, #version = #version + :one REMOVE reply',
        ConditionExpression: 'attribute_exists(pk) AND #state <> :sent',
        ExpressionAttributeNames: { '#state': 'state', '#version': 'version' },
        ExpressionAttributeValues: { ':sent': 'sent', ':messageId': messageId, ':one': 1 },
      });
      await outcomeOf(() => ask(users, () => users.documents.send(command)));
    },
    async ofEvent(eventId) {
      const items = await queryPartition(users, { pk: outboxGroup(eventId) });
      return items.map(outboxItem.read);
    },
  };
}
