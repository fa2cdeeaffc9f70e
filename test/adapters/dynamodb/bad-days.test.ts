// What the stores do when DynamoDB is throttled, contended, silent or gone: nothing is lost, nothing is done twice.
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { newDocumentClient } from '../../../lambdas/adapters/dynamodb/client.ts';
import { dynamoStores, type Stores } from '../../../lambdas/adapters/dynamodb/stores.ts';
import { RetryLater } from '../../../lambdas/domain/retry-later.ts';
import { say } from '../../../lambdas/domain/chat/reply.ts';
import { anAddress } from '../../builders/people.ts';
import { payeeId } from '../../../lambdas/domain/payments/payment.ts';
import { aDraft, anAskedRequest, next, wholeLife } from '../../builders/payments.ts';
import { localConnection, makeTables, type TestTables } from '../../builders/tables.ts';
import { type Answer, failure, type FakeDynamoDb, startFakeDynamoDb } from './fake-dynamodb.ts';

const names = { users: 'Users', transactions: 'Transactions' };
const ok: Answer = { status: 200, body: {} };

const canceled = (...codes: readonly string[]) =>
  new TransactionCanceledException({
    $metadata: {},
    message: 'Transaction cancelled',
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

/** The reason of the RetryLater that `work` ends in. */
async function laterReason(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof RetryLater) return error.reason;
  throw new Error('It did not end in RetryLater.', { cause: error });
}

describe('against a server that fails', () => {
  let server: FakeDynamoDb | undefined;
  afterEach(async () => {
    await server?.stop();
  });

  /** One try a call, so that what the SDK would repeat by itself is not waited for. */
  const openAgainst = async (maxAttempts: number, ...answers: readonly Answer[]) => {
    server = await startFakeDynamoDb(...answers);
    const documents = newDocumentClient({ ...localConnection(server.url), maxAttempts });
    return { stores: dynamoStores(documents, names), server };
  };

  it.each([
    ['ProvisionedThroughputExceededException', 400, 'store_throttled'],
    ['ThrottlingException', 400, 'store_throttled'],
    ['RequestLimitExceeded', 400, 'store_throttled'],
    ['TransactionInProgressException', 400, 'store_throttled'],
    ['InternalServerError', 500, 'store_unavailable'],
    ['ServiceUnavailable', 503, 'store_unavailable'],
  ])('says later to %s, for a read and a write alike', async (type, status, reason) => {
    const { stores } = await openAgainst(1, failure(status, type));

    expect(await laterReason(stores.payments.get('pay_1'))).toBe(reason);
    expect(await laterReason(stores.payments.commit(aDraft()))).toBe(reason);
    expect(await laterReason(stores.links.get('x'))).toBe(reason);
    expect(await laterReason(stores.outbox.confirm('m_1:1', 'm_2'))).toBe(reason);
  });

  it('says later to silence, soon enough for a function to say so', async () => {
    const { stores } = await openAgainst(1, 'never');

    const startedAt = performance.now();
    expect(await laterReason(stores.payments.commit(aDraft()))).toBe('store_unavailable');
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });

  it('says later to a connection that breaks, and to none at all', async () => {
    const { stores, server } = await openAgainst(1, 'hang up');
    expect(await laterReason(stores.payments.get('pay_1'))).toBe('store_unavailable');

    await server.stop();
    expect(await laterReason(stores.payments.get('pay_1'))).toBe('store_unavailable');
  });

  it('does not call a refusal for other reasons "later": that is a bug of ours', async () => {
    const { stores } = await openAgainst(3, failure(400, 'ValidationException'));

    await expect(stores.payments.get('pay_1')).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(stores.payments.commit(aDraft())).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('asks again with the same token when the first answer was lost on the way', async () => {
    const { stores, server } = await openAgainst(3, 'hang up', ok);

    expect(await stores.payments.commit(aDraft())).toBe('done');
    expect(server.operations).toEqual(['TransactWriteItems', 'TransactWriteItems']);
    expect(server.tokens[0]).toBe(server.tokens[1]);
    expect(String(server.tokens[0])).toHaveLength(36);
  });

  it('sends the same change with the same token, another with another', async () => {
    const { stores, server } = await openAgainst(1, ok);
    const draft = aDraft();
    const refused = next(draft.payment, 'draft_cancelled');
    const expired = next(draft.payment, 'draft_expired');

    for (const change of [refused, refused, expired]) await stores.payments.commit(change);

    const [first, again, other] = server.tokens;
    expect(first).toBe(again);
    expect(other).not.toBe(first);
  });

  it('tries a single write again when a transaction is under way on its item', async () => {
    const busy = failure(400, 'TransactionConflictException');
    const { stores, server } = await openAgainst(1, busy, busy, ok);

    await stores.contacts.remember('per_1', { personId: 'per_2', lastPaidAtMs: 1 });

    expect(server.operations).toEqual(['PutItem', 'PutItem', 'PutItem']);
  });

  it('comes back later when that transaction does not end', async () => {
    const { stores, server } = await openAgainst(1, failure(400, 'TransactionConflictException'));

    const work = stores.contacts.remember('per_1', { personId: 'per_2', lastPaidAtMs: 1 });

    expect(await laterReason(work)).toBe('store_throttled');
    expect(server.operations).toHaveLength(4);
  });

  it('asks again for keys that a batch had no time for, and gives up at some point', async () => {
    const left = {
      UnprocessedKeys: { Users: { Keys: [{ pk: { S: 'a' }, sk: { S: 'b' } }] } },
    };
    const { stores, server } = await openAgainst(1, { status: 200, body: left }, ok);
    expect(await stores.blocks.isBlockedBetween('per_1', 'per_2')).toBe(false);
    expect(server.operations).toHaveLength(2);

    const slow = await openAgainst(1, { status: 200, body: left });
    expect(await laterReason(slow.stores.blocks.isBlockedBetween('per_1', 'per_2'))).toBe(
      'store_throttled',
    );
    await server.stop();
  });
});

describe('against tables whose answers get lost', () => {
  let tables: TestTables;
  beforeAll(async () => {
    tables = await makeTables(inject('dynamoDbUrl'));
  });

  type Write = (changes?: { ClientRequestToken: string }) => Promise<unknown>;
  type Fake = (write: Write, attempt: number) => unknown;

  /** Stores whose transactions go through `fake`, which may or may not let them reach the tables. */
  const openWith = (fake: Fake): Stores => {
    const url = inject('dynamoDbUrl');
    const documents: DynamoDBDocumentClient = newDocumentClient(localConnection(url));
    let attempt = 0;
    mockClient(documents)
      .on(TransactWriteCommand)
      .callsFake((input) => {
        attempt += 1;
        const write: Write = (changes) =>
          tables.documents.send(new TransactWriteCommand({ ...input, ...changes }));
        return fake(write, attempt);
      });
    return dynamoStores(documents, tables.names);
  };
  const plain = () => dynamoStores(tables.documents, tables.names);
  const timeOut = () => Object.assign(new Error('no answer'), { name: 'TimeoutError' });
  const losingFirstAnswer: Fake = async (write, attempt) => {
    const answer = await write();
    if (attempt === 1) throw timeOut();
    return answer;
  };

  it('says done to the step that it had written when it heard nothing', async () => {
    const stores = openWith(losingFirstAnswer);
    const change = aDraft();

    expect(await laterReason(stores.payments.commit(change))).toBe('store_unavailable');
    expect(await plain().payments.get(change.payment.id)).toEqual(change.payment);
    expect(await stores.payments.commit(change)).toBe('done');
    expect(await plain().payments.journalOf(change.payment.id)).toEqual([change.entry]);
  });

  it('says done to it also past the ten minutes in which DynamoDB knows the token', async () => {
    const stores = openWith(losingFirstAnswer);
    const change = aDraft();
    await laterReason(stores.payments.commit(change));

    const forgetful = openWith((write) => write({ ClientRequestToken: 'a-token-never-seen' }));
    expect(await forgetful.payments.commit(change)).toBe('done');
  });

  it('says conflict when someone else took the step meanwhile', async () => {
    const drafted = aDraft();
    await plain().payments.commit(drafted);
    const stores = openWith((write, attempt) => {
      if (attempt === 1) throw timeOut();
      return write();
    });
    const ours = next(drafted.payment, 'draft_expired');
    expect(await laterReason(stores.payments.commit(ours))).toBe('store_unavailable');
    expect(await plain().payments.commit(next(drafted.payment, 'draft_cancelled'))).toBe('done');

    expect(await stores.payments.commit(ours)).toBe('conflict');
  });

  it('takes a turn whose answer was lost for handled, with every reply waiting', async () => {
    const stores = openWith(losingFirstAnswer);
    const address = anAddress();
    const event = { eventId: 'm_lost', address, replies: [say('hello')], atMs: 1 };
    const conversation = { address, version: 1, lastInboundAtMs: 1 };

    expect(await laterReason(stores.conversations.commit(event, conversation))).toBe(
      'store_unavailable',
    );
    expect(await stores.conversations.commit(event, conversation)).toBe('handled_before');
    expect(await plain().outbox.ofEvent('m_lost')).toHaveLength(1);
  });

  it('waits for a transaction of another to end, then writes', async () => {
    const stores = openWith((write, attempt) => {
      if (attempt < 3) throw canceled('TransactionConflict', 'None');
      return write();
    });
    const change = aDraft();

    expect(await stores.payments.commit(change)).toBe('done');
    expect(await plain().payments.get(change.payment.id)).toEqual(change.payment);
  });

  it('says conflict when it does not end, so that whoever asked reads again', async () => {
    let tries = 0;
    const stores = openWith((_write, attempt) => {
      tries = attempt;
      throw canceled('TransactionConflict', 'None');
    });
    const change = aDraft();

    expect(await stores.payments.commit(change)).toBe('conflict');
    expect(tries).toBe(4);
    expect(await plain().payments.get(change.payment.id)).toBeUndefined();
  });

  it('says later when a transaction is cancelled by throttling', async () => {
    for (const code of ['ThrottlingError', 'ProvisionedThroughputExceeded']) {
      const stores = openWith(() => {
        throw canceled('None', code);
      });
      expect(await laterReason(stores.payments.commit(aDraft()))).toBe('store_throttled');
    }
  });

  it('does not hide a transaction that is cancelled for being wrong', async () => {
    const stores = openWith(() => {
      throw canceled('ValidationError', 'None');
    });

    await expect(stores.payments.commit(aDraft())).rejects.toThrow('Transaction cancelled');
  });
});

describe('against an index that lags behind its table', () => {
  it('believes the table: what is no longer held or open is not shown as such', async () => {
    const { documents, names } = await makeTables(inject('dynamoDbUrl'));
    const stores = dynamoStores(documents, names);
    const [drafted, charging, held] = wholeLife();
    if (drafted === undefined || charging === undefined || held === undefined) throw new Error();
    for (const change of [drafted, charging, held]) await stores.payments.commit(change);
    const asked = anAskedRequest();
    await stores.requests.commit(asked);
    const payee = payeeId(held.payment) ?? 'per_nobody';
    expect(await stores.payments.heldFor(payee, 5)).toHaveLength(1);
    const openOnes = { limit: 5, openOnly: true };
    expect(await stores.requests.ofPerson(asked.request.payerId, openOnes)).toHaveLength(1);

    // The index keeps its old entries while the items have moved on.
    const move = (pk: string, sk: string, state: string) =>
      documents.send(
        new UpdateCommand({
          TableName: names.transactions,
          Key: { pk, sk },
          UpdateExpression: 'SET #state = :state',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':state': state },
        }),
      );
    await move(`PAY#${held.payment.id}`, 'PAYMENT', 'refunding');
    await move(`REQ#${asked.request.id}`, 'REQUEST', 'declined');

    expect(await stores.payments.heldFor(payee, 5)).toEqual([]);
    expect(await stores.requests.ofPerson(asked.request.payerId, openOnes)).toEqual([]);
  });
});
