// Pain: DynamoDB's contention and throttling taken for something else. Contention is tried again, throttling waits, a bug is loud.
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { newDocumentClient } from '../../lambdas/adapters/dynamodb/client.ts';
import { dynamoStores } from '../../lambdas/adapters/dynamodb/stores.ts';
import {
  failure,
  type FakeDynamoDb,
  startFakeDynamoDb,
} from '../adapters/dynamodb/fake-dynamodb.ts';
import { aDraft } from '../builders/payments.ts';
import { localConnection, makeTables, type TestTables } from '../builders/tables.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await makeTables(inject('dynamoDbUrl'));
});

/** Stores whose first transactions are cancelled for these reasons, and which then reach the tables. */
function openCancelling(...reasons: readonly (readonly string[])[]) {
  const documents = newDocumentClient(localConnection(inject('dynamoDbUrl')));
  const tries = { count: 0 };
  mockClient(documents)
    .on(TransactWriteCommand)
    .callsFake((input) => {
      const codes = reasons[tries.count];
      tries.count += 1;
      if (codes === undefined) return tables.documents.send(new TransactWriteCommand(input));
      throw new TransactionCanceledException({
        $metadata: {},
        message: 'Transaction cancelled',
        CancellationReasons: codes.map((Code) => ({ Code })),
      });
    });
  return { stores: dynamoStores(documents, tables.names), tries };
}

describe('a cancelled transaction', () => {
  it('for contention is tried again and done (pynamodb/PynamoDB#1264, guregu/dynamo#203)', async () => {
    const contended = ['TransactionConflict', 'None'];
    const { stores, tries } = openCancelling(contended, contended);
    const change = aDraft();

    expect(await stores.payments.commit(change)).toBe('done');

    expect(tries.count).toBe(3);
    const { payments } = dynamoStores(tables.documents, tables.names);
    expect(await payments.get(change.payment.id)).toEqual(change.payment);
  });

  it('for a condition and contention at once is a conflict, whoever reads again knows (antiwork/gumroad#7452)', async () => {
    const { stores } = openCancelling(['ConditionalCheckFailed', 'TransactionConflict']);

    expect(await stores.payments.commit(aDraft())).toBe('conflict');
  });

  it.each(['ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'for contention and %s is not hammered: it comes again later (antiwork/gumroad#7454)',
    async (code) => {
      const { stores, tries } = openCancelling(['TransactionConflict', code]);

      await expect(stores.payments.commit(aDraft())).rejects.toMatchObject({
        reason: 'store_throttled',
      });
      expect(tries.count).toBe(1);
    },
  );

  it.each(['TransactionConflict', 'ConditionalCheckFailed'])(
    'for %s beside a mistake of ours is that mistake, loudly and at once (antiwork/gumroad#7454)',
    async (code) => {
      const { stores, tries } = openCancelling([code, 'ValidationError']);

      await expect(stores.payments.commit(aDraft())).rejects.toThrow('Transaction cancelled');
      expect(tries.count).toBe(1);
    },
  );
});

describe('a throttled table', () => {
  let server: FakeDynamoDb;
  afterEach(() => server.stop());

  it.each(['ProvisionedThroughputExceededException', 'ThrottlingException'])(
    'is “later”, never “not found” (%s) (aws-samples/sample-voice-of-customer-datalake#350, aws-samples/sample-voice-of-customer-datalake#383)',
    async (type) => {
      server = await startFakeDynamoDb(failure(400, type));
      const documents = newDocumentClient({ ...localConnection(server.url), maxAttempts: 1 });
      const stores = dynamoStores(documents, { users: 'Users', transactions: 'Transactions' });

      for (const asked of [
        stores.payments.get('pay_1'),
        stores.orders.get('ord_1'),
        stores.links.get('token'),
        stores.payments.commit(aDraft()),
      ])
        await expect(asked).rejects.toMatchObject({ reason: 'store_throttled' });
    },
  );
});
