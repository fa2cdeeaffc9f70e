// Tables of a test's own on DynamoDB Local, shaped as lib/stacks/data-stack.ts shapes the deployed ones.
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { newDocumentClient } from '../../lambdas/adapters/dynamodb/client.ts';
import type { TableNames } from '../../lambdas/adapters/dynamodb/stores.ts';

type Shape = Pick<
  CreateTableCommandInput,
  'AttributeDefinitions' | 'KeySchema' | 'GlobalSecondaryIndexes' | 'BillingMode'
>;

const keys = [
  { AttributeName: 'pk', KeyType: 'HASH' },
  { AttributeName: 'sk', KeyType: 'RANGE' },
] as const;

const keysOnly = (IndexName: string, partition: string, sort: string) => ({
  IndexName,
  KeySchema: [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ],
  Projection: { ProjectionType: 'KEYS_ONLY' as const },
});

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });

export const usersShape: Shape = {
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [...keys],
  AttributeDefinitions: [text('pk'), text('sk')],
};

export const transactionsShape: Shape = {
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [...keys],
  AttributeDefinitions: [
    ...['pk', 'sk', 'payerKey', 'payeeKey', 'createdAt', 'dueShard'].map(text),
    { AttributeName: 'dueAtMs', AttributeType: 'N' },
  ],
  GlobalSecondaryIndexes: [
    keysOnly('byPayer', 'payerKey', 'createdAt'),
    keysOnly('byPayee', 'payeeKey', 'createdAt'),
    keysOnly('due', 'dueShard', 'dueAtMs'),
  ],
};

/** What DynamoDB Local wants to hear: it checks none of it. */
export function localConnection(url: string) {
  return {
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
}

export interface TestTables {
  readonly documents: DynamoDBDocumentClient;
  readonly names: TableNames;
}

let made = 0;

/** Two empty tables that nothing else uses. DynamoDB Local keeps them until it stops. */
export async function makeTables(url: string): Promise<TestTables> {
  made += 1;
  // A process id alone comes again on a long day.
  const suffix = `${process.pid}-${made}-${crypto.randomUUID().slice(0, 8)}`;
  const names = { users: `Users-${suffix}`, transactions: `Transactions-${suffix}` };
  const client = new DynamoDBClient(localConnection(url));
  await client.send(new CreateTableCommand({ TableName: names.users, ...usersShape }));
  await client.send(
    new CreateTableCommand({ TableName: names.transactions, ...transactionsShape }),
  );
  client.destroy();
  return { documents: newDocumentClient(localConnection(url)), names };
}
