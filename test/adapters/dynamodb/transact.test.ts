// What becomes of a transaction that DynamoDB cancels, by each of its reasons: asked again, told, or thrown as a bug.
import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { type AwsClientStub, mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { newDocumentClient } from '../../../lambdas/adapters/dynamodb/client.ts';
import { tableOf } from '../../../lambdas/adapters/dynamodb/table.ts';
import { transact, transactPut } from '../../../lambdas/adapters/dynamodb/transact.ts';
import { localConnection } from '../../builders/tables.ts';

let dynamoDb: AwsClientStub<DynamoDBDocumentClient>;
let pauses: number[];
let run: (token?: string) => ReturnType<typeof transact>;
beforeEach(() => {
  const documents = newDocumentClient(localConnection('http://127.0.0.1:1'));
  dynamoDb = mockClient(documents);
  pauses = [];
  const table = tableOf(documents, 'Users', async (ms) => void pauses.push(ms));
  const put = (name: string) =>
    transactPut(table, name, { item: { pk: name, sk: name, entity: 'Thing' } });
  run = (token) => transact(table, [put('first'), put('second')], token);
});

const stood = { pk: { S: 'second' }, count: { N: '3' } };

const canceled = (...reasons: readonly (string | CancellationReason)[]) =>
  new TransactionCanceledException({
    $metadata: {},
    message: 'Transaction cancelled',
    CancellationReasons: reasons.map((each) => (typeof each === 'string' ? { Code: each } : each)),
  });

const tries = () => dynamoDb.commandCalls(TransactWriteCommand);

describe('a transaction', () => {
  it('carries the token that it is given, and else leaves one to the SDK', async () => {
    dynamoDb.on(TransactWriteCommand).resolves({});

    expect(await run('token-1')).toEqual({ kind: 'done' });
    expect(await run()).toEqual({ kind: 'done' });
    const [first, second] = tries().map(({ args }) => args[0].input);
    expect(first).toHaveProperty('ClientRequestToken', 'token-1');
    expect(second).not.toHaveProperty('ClientRequestToken');
  });

  it('that another is in the way of is tried again, after ever longer pauses, four times in all', async () => {
    dynamoDb.on(TransactWriteCommand).rejects(canceled('TransactionConflict', 'None'));

    expect(await run()).toEqual({ kind: 'refused', failed: new Map() });
    expect(tries()).toHaveLength(4);
    expect(pauses).toEqual([10, 30, 90]);
  });

  it('that another was in the way of is done when that one has ended', async () => {
    dynamoDb
      .on(TransactWriteCommand)
      .rejectsOnce(canceled('None', 'TransactionConflict'))
      .resolves({});

    expect(await run()).toEqual({ kind: 'done' });
    expect(pauses).toEqual([10]);
  });

  it('one of whose conditions does not hold is refused at once, with what stood there', async () => {
    dynamoDb
      .on(TransactWriteCommand)
      .rejects(canceled('None', { Code: 'ConditionalCheckFailed', Item: stood }));

    expect(await run()).toEqual({
      kind: 'refused',
      failed: new Map([['second', { pk: 'second', count: 3 }]]),
    });
    expect(tries()).toHaveLength(1);
  });

  it('is refused, too, where nothing stood there or another was in the way as well', async () => {
    dynamoDb
      .on(TransactWriteCommand)
      .rejects(canceled('ConditionalCheckFailed', 'TransactionConflict'));

    expect(await run()).toEqual({ kind: 'refused', failed: new Map([['first', undefined]]) });
    expect(tries()).toHaveLength(1);
  });

  it.each(['ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'that is throttled (%s) comes later, whatever else is said of it',
    async (code) => {
      for (const other of ['None', 'ConditionalCheckFailed', 'TransactionConflict']) {
        const cause = canceled(other, code);
        dynamoDb.on(TransactWriteCommand).rejects(cause);
        await expect(run()).rejects.toMatchObject({ reason: 'store_throttled', cause });
      }
    },
  );

  it.each([
    [['ValidationError', 'None']],
    [['ConditionalCheckFailed', 'ItemCollectionSizeLimitExceeded']],
    [['TransactionConflict', 'DuplicateItem']],
    [['None', 'None']],
    [[]],
  ])('that is cancelled for %j is a bug of ours, and thrown', async (codes) => {
    dynamoDb.on(TransactWriteCommand).rejects(canceled(...codes));

    await expect(run()).rejects.toThrow('Transaction cancelled');
    expect(tries()).toHaveLength(1);
  });

  it('that fails in another way is thrown as it is', async () => {
    dynamoDb.on(TransactWriteCommand).rejects(new TypeError('no such thing'));

    await expect(run()).rejects.toThrow(TypeError);
  });
});
