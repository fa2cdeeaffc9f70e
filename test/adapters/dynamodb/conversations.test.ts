// What a turn leaves in the tables: an event that was handled keeps none of the words that were said because of it.
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { expect, inject, it } from 'vitest';
import { conversationKey } from '../../../lambdas/adapters/dynamodb/keys.ts';
import { dynamoStores } from '../../../lambdas/adapters/dynamodb/stores.ts';
import { say } from '../../../lambdas/domain/chat/reply.ts';
import { anAddress } from '../../builders/people.ts';
import { makeTables } from '../../builders/tables.ts';

it('keeps what was said in the outbox alone, where it goes once it is sent', async () => {
  const { documents, names } = await makeTables(inject('dynamoDbUrl'));
  const { conversations, outbox } = dynamoStores(documents, names);
  const address = anAddress();
  const event = {
    eventId: 'm_1',
    address,
    replies: [say('Ann sent you $20')],
    toOthers: [{ to: anAddress(), reply: say('Bob asked for it') }],
    atMs: 1,
  };
  await conversations.commit(event, { address, version: 1, lastInboundAtMs: 1 });
  expect(await outbox.ofEvent('m_1')).toHaveLength(2);

  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: names.users,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': conversationKey(address).pk },
    }),
  );

  expect(Items.map(({ entity }) => String(entity))).toEqual(['Conversation', 'HandledEvent']);
  expect(JSON.stringify(Items)).not.toMatch(/Ann|Bob/);
});
