// A merchant's programs on bad days, over HTTP: another shop's things, keys that may too little or are over, a webhook that sleeps or is gone.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { json, type LocalServer, startLocalServer } from '../builders/local-server.ts';
import { newDocumentClient } from '../../lambdas/adapters/dynamodb/client.ts';
import { dynamoStores } from '../../lambdas/adapters/dynamodb/stores.ts';
import { LOCAL_AWS } from '../../local/cloud/local-cloud.ts';
import { wholeOrderLife } from '../builders/orders.ts';
import { aShop } from '../builders/shops.ts';
import { type CoffeeShop, openCoffeeShop } from './driver/coffee-shop.ts';
import { buys, type JoesConsole, openJoesConsole } from './driver/joes-console.ts';
import { eventually } from './driver/eventually.ts';
import { hours, minutes, openWallet, type Wallet } from './driver/wallet.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let wallet: Wallet;
let shop: CoffeeShop;
let joes: JoesConsole;
beforeAll(async () => {
  wallet = await openWallet();
  shop = await openCoffeeShop(wallet);
  joes = await openJoesConsole(shop);
});
afterAll(() => wallet.close());

// oxlint-disable-next-line typescript/no-explicit-any -- JSON that a test takes apart
type Json = any;

/** `route` is the method and the path. */
async function call(key: string, route: string, body?: unknown) {
  const [method = '', path = ''] = route.split(' ');
  const response = await fetch(`${wallet.machine.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const read: Json = text.startsWith('{') ? JSON.parse(text) : text;
  return { status: response.status, body: read };
}

/** Shown once, in the answer to the press that made it. */
const keyIn = (html: string) => /<p class="code long">([^<]+)</u.exec(html)?.[1] ?? '';

/** Made in the console, by its form, with these scopes alone. */
async function makeKey(name: string, scope: string): Promise<string> {
  const page = await joes.does(await joes.open('/console/api'), 'make-key', { name, scope });
  const key = keyIn(page.html);
  if (key === '') throw new Error(`No key is shown: ${page.words}`);
  return key;
}

test('a key that may only read refunds nothing, and says which scope it takes', async () => {
  const cora = await shop.customer();
  await buys(cora, 'order an americano');
  const key = await makeKey('reader', 'orders:read');
  const listed = await call(key, 'GET /v1/orders');
  expect(listed.status).toBe(200);
  const [{ id }] = listed.body.data;
  const refused = await call(key, 'POST /v1/refunds', {
    order: id,
    reason: 'requested_by_customer',
  });
  expect(refused).toMatchObject({ status: 403, body: { code: 'scope_missing' } });
  expect(JSON.stringify(refused.body)).toContain('refunds:write');
  expect(await cora.timesHeard(/on its way back/u)).toBe(0);
});

test('a rolled key opens beside the new one for its hour, and then no more; in an address none does', async () => {
  const old = await makeKey('till', 'orders:read');
  const page = await joes.open('/console/api');
  const form = page.forms.filter(({ values }) =>
    values.some(([name, value]) => name === 'do' && value === 'roll'),
  );
  const mine = form.find(({ values }) =>
    values.some(([name, value]) => name === 'key' && old.includes(value.replace(/^key_/u, ''))),
  );
  const rolled = await shop.joe.browser.post(joes.url('/console/api'), {
    ...Object.fromEntries((mine ?? form.at(-1))?.values ?? []),
    overlap: 'hour',
  });
  const fresh = keyIn(rolled.html);
  expect(fresh).not.toBe(old);
  const statuses = async () =>
    Promise.all([old, fresh].map(async (key) => (await call(key, 'GET /v1/orders')).status));
  expect(await statuses()).toEqual([200, 200]);
  await wallet.later(hours(1) + minutes(1));
  expect(await statuses()).toEqual([401, 200]);

  const inUrl = await call('', `GET /v1/orders?key=${fresh}`);
  expect(inUrl).toMatchObject({ status: 400, body: { code: 'key_in_url' } });
  expect(JSON.stringify(wallet.logs)).not.toContain(fresh.slice(-40));
});

test('another shop’s order is not there, in the API and in the console, however it is asked for', async () => {
  const names = {
    users: wallet.machine.cloud.tableName('UsersTable'),
    transactions: wallet.machine.cloud.tableName('TransactionsTable'),
  };
  const documents = newDocumentClient({ endpoint: wallet.machine.dynamoDbUrl, ...LOCAL_AWS });
  const { orders, shops } = dynamoStores(documents, names);
  const rival = aShop({ pageId: '2999' });
  await shops.create(rival);
  const life = wholeOrderLife({ shopId: rival.id });
  for (const { order, entry } of life.slice(0, 4)) await orders.commit({ order, entry });
  const theirs = life[3]?.order.id ?? 'ord_none';
  const nobodys = 'ord_0000000000000000';

  const key = await makeKey('curious', 'orders:read');
  const [of, none] = [
    await call(key, `GET /v1/orders/${theirs}`),
    await call(key, `GET /v1/orders/${nobodys}`),
  ];
  expect(of.status).toBe(404);
  expect(of).toEqual(none);
  const pages = await Promise.all(
    [theirs, nobodys].map((id) => joes.open(`/console/orders/${id}`)),
  );
  expect(pages.map(({ status }) => status)).toEqual([404, 404]);
  expect(pages[0]?.words).toBe(pages[1]?.words);
  const acted = await shop.joe.browser.post(joes.url(`/console/orders/${theirs}`), {
    ...Object.fromEntries((await joes.open('/console/settings')).forms[1]?.values ?? []),
    do: 'cancel',
  });
  expect(acted.status).toBe(404);
  expect((await orders.get(theirs))?.state).toBe(life[3]?.order.state);
});

const deliveries = async (key: string, id: string): Promise<Json[]> =>
  (await call(key, `GET /v1/webhook-endpoints/${id}/deliveries`)).body.data;

async function addEndpoint(key: string, url: string): Promise<string> {
  const added = await call(key, 'POST /v1/webhook-endpoints', { url });
  if (added.status !== 201) throw new Error(JSON.stringify(added.body));
  return added.body.id;
}

test('an endpoint that answers after half a minute is given up for now, and asked again', async () => {
  const key = await makeKey('hooks', 'webhooks:write');
  const reader = await makeKey('reader of hooks', 'webhooks:read');
  const till: LocalServer = await startLocalServer();
  const waiting: ReturnType<typeof setTimeout>[] = [];
  till.answer = (response, received) => {
    waiting.push(setTimeout(() => json(200, {})(response, received), 30_000));
  };
  const id = await addEndpoint(key, `${till.url}/slow`);
  await buys(await shop.customer(), 'order an americano');
  await eventually(
    async () => {
      const [first] = (await deliveries(reader, id)).filter(({ attempts }) => attempts.length > 0);
      return first?.attempts[0].why ?? first?.attempts[0].error;
    },
    async () => `Nothing timed out: ${JSON.stringify(await deliveries(reader, id))}`,
  );
  for (const timer of waiting) clearTimeout(timer);
  till.answer = json(200, {});
  await wallet.later(minutes(10));
  await eventually(
    async () => {
      const all = await deliveries(reader, id);
      return all.length > 0 && all.every(({ state }) => state === 'delivered') ? all : undefined;
    },
    async () => JSON.stringify(await deliveries(reader, id)),
  );
  expect(new Set(till.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  await call(key, `DELETE /v1/webhook-endpoints/${id}`);
  await till.close();
});

test('an endpoint that says it is gone is asked no more, and the owner is told in the thread', async () => {
  const key = await makeKey('gone', 'webhooks:write');
  const reader = await makeKey('reader of what is gone', 'webhooks:read');
  const till = await startLocalServer(json(410, {}));
  const id = await addEndpoint(key, `${till.url}/gone`);
  await buys(await shop.customer(), 'order an americano');
  await shop.joe.sees(/Your webhook endpoint at 127\.0\.0\.1:\d+ said that it is gone/u);
  await wallet.settled();
  const asked = till.received.length;
  await buys(await shop.customer(), 'order an americano');
  await wallet.later(hours(1));

  expect(till.received).toHaveLength(asked);
  expect(await shop.joe.timesHeard(/said that it is gone/u)).toBe(1);
  const { body } = await call(reader, `GET /v1/webhook-endpoints/${id}`);
  expect(JSON.stringify(body)).toContain('gone');
  await till.close();
});
