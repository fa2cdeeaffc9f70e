// Providers' events in the Transactions table, kept for ever: what was settled once is never acted on again.
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { ProviderEventStore } from '../../domain/payments/ports.ts';
import { ask } from './ask.ts';
import { getItems } from './read.ts';
import { providerEventItem } from './items/payments.ts';
import { eventKey } from './keys.ts';
import type { Table } from './table.ts';
import { ifAbsent, outcomeOf } from './write.ts';

export function dynamoProviderEvents(transactions: Table): ProviderEventStore {
  return {
    async begin(eventId, atMs) {
      const command = new PutCommand({
        TableName: transactions.name,
        Item: providerEventItem.write({ eventId, atMs }),
        ...ifAbsent,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        await ask(transactions, () => transactions.documents.send(command));
        return 'new';
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // The document client leaves items inside of errors as they came.
        const known = providerEventItem.read(unmarshall(error.Item ?? {}));
        return known.settledHow === undefined ? 'unsettled' : 'seen';
      }
    },
    async settle(eventId, how) {
      const command = new UpdateCommand({
        TableName: transactions.name,
        Key: eventKey(eventId),
        UpdateExpression: 'SET settledHow = :how',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':how': how },
      });
      const outcome = await outcomeOf(() =>
        ask(transactions, () => transactions.documents.send(command)),
      );
      if (outcome === 'conflict') throw new Error('A provider event was settled before it began.');
    },
    async unsettled(eventIds) {
      const known = (await getItems(transactions, eventIds.map(eventKey))).map(
        providerEventItem.read,
      );
      const settled = new Set(
        known.filter(({ settledHow }) => settledHow !== undefined).map(({ eventId }) => eventId),
      );
      return eventIds.filter((eventId) => !settled.has(eventId));
    },
  };
}
