// What the store of orders does when answers get lost, tables are contended, and the shelf changes under its hands.
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { newDocumentClient } from '../../../lambdas/adapters/dynamodb/client.ts';
import { dynamoStores, type Stores } from '../../../lambdas/adapters/dynamodb/stores.ts';
import type { Order } from '../../../lambdas/domain/orders/order.ts';
import type { ProductId } from '../../../lambdas/domain/shops/product.ts';
import type { ShopId } from '../../../lambdas/domain/shops/shop.ts';
import { RetryLater } from '../../../lambdas/domain/retry-later.ts';
import {
  aBill,
  aLine,
  anOrderDraft,
  checkoutStarted,
  nextOrder,
  orderPaid,
} from '../../builders/orders.ts';
import { aShopId } from '../../builders/shops.ts';
import { localConnection, makeTables, type TestTables } from '../../builders/tables.ts';

const done = { kind: 'done' };
const latte: ProductId = 'prd_latte';

describe('a step of an order', () => {
  let tables: TestTables;
  let plain: Stores;
  beforeAll(async () => {
    tables = await makeTables(inject('dynamoDbUrl'));
    plain = dynamoStores(tables.documents, tables.names);
  });

  type Write = (changes?: { ClientRequestToken: string }) => Promise<unknown>;

  /** Stores whose transactions go through `fake`, which may or may not let them reach the tables. */
  const openWith = (fake: (write: Write, attempt: number) => unknown): Stores => {
    const documents = newDocumentClient(localConnection(inject('dynamoDbUrl')));
    let attempt = 0;
    const mock = mockClient(documents);
    mock
      .on(BatchGetCommand)
      .callsFake((input) => tables.documents.send(new BatchGetCommand(input)));
    mock.on(TransactWriteCommand).callsFake((input) => {
      attempt += 1;
      const write: Write = (changes) =>
        tables.documents.send(new TransactWriteCommand({ ...input, ...changes }));
      return fake(write, attempt);
    });
    return dynamoStores(documents, tables.names);
  };
  const timeOut = () => Object.assign(new Error('no answer'), { name: 'TimeoutError' });
  const levelOf = async (shopId: ShopId) => (await plain.stock.levels(shopId, [latte])).get(latte);
  /** A draft of three lattes, at a shop that has so many. */
  const draftAt = async (shopId: ShopId, level: number | undefined): Promise<Order> => {
    await plain.stock.set(shopId, latte, level);
    const change = anOrderDraft({ shopId, bill: aBill([aLine(latte, 3)]) });
    expect(await plain.orders.commit(change)).toEqual(done);
    return change.order;
  };

  it('takes its stock once when its answer was lost, in and past DynamoDB’s ten minutes', async () => {
    const shopId = aShopId();
    const change = checkoutStarted(await draftAt(shopId, 5));
    const stores = openWith(async (write, attempt) => {
      const answer = await write();
      if (attempt === 1) throw timeOut();
      return answer;
    });

    await expect(stores.orders.commit(change)).rejects.toThrow(RetryLater);
    expect(await levelOf(shopId)).toBe(2);
    expect(await stores.orders.commit(change)).toEqual(done);
    const forgetful = openWith((write) => write({ ClientRequestToken: 'a-token-never-seen' }));
    expect(await forgetful.orders.commit(change)).toEqual(done);
    expect(await levelOf(shopId)).toBe(2);
    expect(await plain.orders.journalOf(change.order.id)).toHaveLength(2);
  });

  it('is done when it was, though the shelf has been emptied or is no longer counted since', async () => {
    const shopId = aShopId();
    const change = checkoutStarted(await draftAt(shopId, 3));
    expect(await plain.orders.commit(change)).toEqual(done);

    expect(await plain.orders.commit(change)).toEqual(done);
    await plain.stock.set(shopId, latte, undefined);
    expect(await plain.orders.commit(change)).toEqual(done);
    expect(await levelOf(shopId)).toBeUndefined();
  });

  it('sells what ceases to be counted between its read and its write, and counts it no more', async () => {
    const shopId = aShopId();
    const change = checkoutStarted(await draftAt(shopId, 1));
    const stores = openWith(async (write, attempt) => {
      if (attempt === 1) await plain.stock.set(shopId, latte, undefined);
      return write();
    });

    expect(await stores.orders.commit(change)).toEqual(done);
    expect(await levelOf(shopId)).toBeUndefined();
    expect(await plain.orders.get(change.order.id)).toEqual(change.order);
  });

  it('was made before the counting began where that begins between its read and its write', async () => {
    const shopId = aShopId();
    const change = checkoutStarted(await draftAt(shopId, undefined));
    const stores = openWith(async (write) => {
      await plain.stock.set(shopId, latte, 1);
      return write();
    });

    expect(await stores.orders.commit(change)).toEqual(done);
    expect(await levelOf(shopId)).toBe(1);
  });

  it('gives up, and writes nothing, where counting starts and stops all the time', async () => {
    const shopId = aShopId();
    const draft = await draftAt(shopId, 9);
    const stores = openWith(async (write) => {
      await plain.stock.set(shopId, latte, undefined);
      try {
        return await write();
      } finally {
        await plain.stock.set(shopId, latte, 9);
      }
    });

    expect(await stores.orders.commit(checkoutStarted(draft))).toEqual({ kind: 'conflict' });
    expect(await plain.orders.get(draft.id)).toEqual(draft);
    expect(await levelOf(shopId)).toBe(9);
  });

  it('goes by what is there when it is written, not by what was read', async () => {
    const shopId = aShopId();
    const draft = await draftAt(shopId, 9);
    const emptied = openWith(async (write) => {
      await plain.stock.set(shopId, latte, 2);
      return write();
    });
    expect(await emptied.orders.commit(checkoutStarted(draft))).toEqual({
      kind: 'sold_out',
      productIds: [latte],
    });

    const filled = openWith(async (write) => {
      await plain.stock.set(shopId, latte, 3);
      return write();
    });
    expect(await filled.orders.commit(checkoutStarted(draft))).toEqual(done);
    expect(await levelOf(shopId)).toBe(0);
  });

  it('is asked again by whoever met others at the same shelf all the time', async () => {
    const shopId = aShopId();
    const draft = await draftAt(shopId, 9);
    let tries = 0;
    const stores = openWith((_write, attempt) => {
      tries = attempt;
      throw new TransactionCanceledException({
        $metadata: {},
        message: 'Transaction cancelled',
        CancellationReasons: ['None', 'None', 'TransactionConflict'].map((Code) => ({ Code })),
      });
    });

    expect(await stores.orders.commit(checkoutStarted(draft))).toEqual({ kind: 'conflict' });
    expect(tries).toBe(4);
    expect(await levelOf(shopId)).toBe(9);
  });

  it('that is paid by another order’s intent is a bug, and is not written', async () => {
    const [one, other] = [anOrderDraft(), anOrderDraft()].map((drafted) => ({
      drafted,
      started: checkoutStarted(drafted.order),
    }));
    if (one === undefined || other === undefined) throw new Error('No orders.');
    for (const change of [one.drafted, one.started, other.drafted, other.started]) {
      expect(await plain.orders.commit(change)).toEqual(done);
    }
    expect(await plain.orders.commit(orderPaid(one.started.order, 'pi_taken'))).toEqual(done);

    await expect(plain.orders.commit(orderPaid(other.started.order, 'pi_taken'))).rejects.toThrow(
      /intent that is of another order/,
    );
    expect((await plain.orders.get(other.started.order.id))?.state).toBe('awaiting_payment');
    expect((await plain.orders.byIntent('pi_taken'))?.id).toBe(one.started.order.id);
  });

  it('is not taken for the one before where the index still says so', async () => {
    const shopId = aShopId();
    const draft = await draftAt(shopId, 9);
    const started = checkoutStarted(draft);
    const sold = orderPaid(started.order);
    for (const change of [started, sold]) expect(await plain.orders.commit(change)).toEqual(done);

    // The index keeps its old entry while the item has moved on.
    await tables.documents.send(
      new UpdateCommand({
        TableName: tables.names.transactions,
        Key: { pk: `ORDER#${draft.id}`, sk: 'ORDER' },
        UpdateExpression: 'SET #state = :state',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':state': nextOrder(sold.order, 'preparing').order.state },
      }),
    );

    expect((await plain.orders.ofShop(shopId, { limit: 5, state: 'paid' })).things).toEqual([]);
    expect((await plain.orders.ofShop(shopId, { limit: 5 })).things).toHaveLength(1);
  });
});
