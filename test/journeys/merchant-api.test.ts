// A merchant's own programs against the whole machine: the deployed functions, the stream, the queue, real HTTP both ways.
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOCAL_AWS } from '../../local/cloud/local-cloud.ts';
import { newDocumentClient } from '../../lambdas/adapters/dynamodb/client.ts';
import { dynamoMerchantStores } from '../../lambdas/adapters/dynamodb/merchant-stores.ts';
import { dynamoStores } from '../../lambdas/adapters/dynamodb/stores.ts';
import { scopes } from '../../lambdas/domain/merchant-api/api-key.ts';
import { makeApiKey } from '../../lambdas/domain/merchant-api/manage-api-keys.ts';
import type { Order } from '../../lambdas/domain/orders/order.ts';
import { derivedIds, randomTokens } from '../../lambdas/wiring/randomness.ts';
import { json, type LocalServer, startLocalServer } from '../builders/local-server.ts';
import { wholeOrderLife } from '../builders/orders.ts';
import { someSettings } from '../builders/payments.ts';
import { aProduct, aShop } from '../builders/shops.ts';
import { eventually } from './driver/eventually.ts';
import { openWallet, seconds, type Wallet } from './driver/wallet.ts';

let wallet: Wallet;
let till: LocalServer;
let key: string;
let secret: string;
let endpointId: string;

const shop = aShop({
  pageId: '2999',
  account: { accountId: 'acct_none', status: 'active', missing: [] },
});
const coffee = aProduct({ shopId: shop.id });

function stores() {
  const names = {
    users: wallet.machine.cloud.tableName('UsersTable'),
    transactions: wallet.machine.cloud.tableName('TransactionsTable'),
  };
  const documents = newDocumentClient({ endpoint: wallet.machine.dynamoDbUrl, ...LOCAL_AWS });
  return { ...dynamoStores(documents, names), ...dynamoMerchantStores(documents, names) };
}

beforeAll(async () => {
  wallet = await openWallet();
  till = await startLocalServer();
  const { shops, products, apiKeys } = stores();
  await shops.create(shop);
  await products.save(coffee, undefined);
  const made = await makeApiKey(
    {
      apiKeys,
      clock: wallet.machine.clock,
      ids: derivedIds,
      tokens: randomTokens,
      settings: someSettings,
    },
    { shopId: shop.id, name: 'till', scopes, madeBy: 'form' },
  );
  key = made.kind === 'made' ? made.text : '';
});
afterAll(async () => {
  await wallet.close();
  await till.close();
});

// oxlint-disable-next-line typescript/no-explicit-any -- JSON that a test takes apart
type Json = any;

async function call(
  method: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
) {
  const response = await fetch(`${wallet.machine.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const read: Json = text.startsWith('{') ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, body: read };
}

async function aPaidOrder(): Promise<Order> {
  const { orders } = stores();
  const life = wholeOrderLife({ shopId: shop.id });
  const paid = life.findIndex(({ order }) => order.state === 'paid');
  const steps = life.slice(0, paid + 1);
  for (const { order, entry } of steps) await orders.commit({ order, entry });
  const last = steps.at(-1)?.order;
  if (last === undefined) throw new Error('No order is paid in this life.');
  return last;
}

test('the document and its page are there for everybody, a key for the rest', async () => {
  const document = await fetch(`${wallet.machine.url}/v1/openapi.json`);
  const page = await fetch(`${wallet.machine.url}/v1/docs`);

  expect([document.status, page.status]).toEqual([200, 200]);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect((await call('GET', '/v1/products')).body.data).toMatchObject([{ id: coffee.id }]);
  expect((await fetch(`${wallet.machine.url}/v1/products`)).status).toBe(401);
  expect((await call('PUT', '/v1/products')).headers.get('allow')).toBe('GET, POST');
  expect((await call('GET', `/v1/products?key=${key}`)).body.code).toBe('key_in_url');
  expect(JSON.stringify(wallet.logs)).not.toContain(key.slice(-43));
});

test('what happens to an order is posted, signed, again under the same id when it fails', async () => {
  const added = await call('POST', '/v1/webhook-endpoints', { body: { url: `${till.url}/hooks` } });
  ({ secret, id: endpointId } = added.body);
  till.answer = json(500, { error: 'out of paper' });
  const order = await aPaidOrder();
  await eventually(
    () => till.received[0],
    () => 'Nothing was posted.',
  );
  await wallet.settled();
  till.answer = json(200, {});

  await wallet.later(seconds(8));

  const posts = await eventually(
    () => (till.received.length >= 2 ? till.received : undefined),
    () => 'Nothing was posted again.',
  );
  const ids = posts.map(({ headers }) => headers['webhook-id']);
  const [first] = posts;
  const headers = {
    'webhook-id': String(first?.headers['webhook-id']),
    'webhook-timestamp': String(first?.headers['webhook-timestamp']),
    'webhook-signature': String(first?.headers['webhook-signature']),
  };
  expect(new Set(ids).size).toBe(1);
  expect(new Webhook(secret).verify(first?.body ?? '', headers)).toMatchObject({
    type: 'order.paid',
    data: { order: order.id, state: 'paid' },
  });
  await wallet.settled();
  const log = await call('GET', `/v1/webhook-endpoints/${endpointId}/deliveries`);
  expect(log.body.data).toMatchObject([
    { state: 'delivered', attempts: [{ status: 500 }, { status: 200 }] },
  ]);
  expect((await call('GET', '/v1/events')).body.data[0].id).toBe(ids[0]);
});

test('an order is moved on and refunded once, and the merchant hears of the move', async () => {
  const order = await aPaidOrder();
  await call('POST', `/v1/orders/${order.id}/moves`, { body: { to: 'ready' } });
  const refund = {
    order: order.id,
    reason: 'requested_by_customer',
    amount: { amount: 100, currency: 'USD' },
  };
  const asked = await Promise.all(
    Array.from({ length: 5 }, () =>
      call('POST', '/v1/refunds', { body: refund, headers: { 'idempotency-key': order.id } }),
    ),
  );
  const heard = await eventually(
    () => till.received.map(({ body }) => body).find((body) => body.includes('order.ready')),
    () => 'Nobody heard that it is ready.',
  );

  expect(JSON.parse(heard).data).toMatchObject({ order: order.id, state: 'ready' });
  expect(asked.every(({ status }) => status === 201 || status === 409)).toBe(true);
  const listed = await call('GET', `/v1/refunds?order=${order.id}`);
  expect(listed.body.data).toHaveLength(1);
});
