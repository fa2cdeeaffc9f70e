// A merchant's own system is asked before each charge, over real HTTP: yes, no, silence, and everything that hostile hands answer.
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import {
  type Answering,
  json,
  type LocalServer,
  startLocalServer,
} from '../builders/local-server.ts';
import type { Page } from './driver/browser.ts';
import { type CoffeeShop, openCoffeeShop } from './driver/coffee-shop.ts';
import { type JoesConsole, openJoesConsole, orders } from './driver/joes-console.ts';
import { joesBooks } from './driver/joes-stripe.ts';
import { cards } from './driver/steps.ts';
import { openWallet, type Wallet } from './driver/wallet.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let wallet: Wallet;
let shop: CoffeeShop;
let joes: JoesConsole;
let till: LocalServer;
let secret: string;
beforeAll(async () => {
  wallet = await openWallet();
  shop = await openCoffeeShop(wallet);
  joes = await openJoesConsole(shop);
  till = await startLocalServer();
  const settings = await joes.open('/console/settings');
  const saved = await joes.does(settings, 'last-word', { url: `${till.url}/last-word` });
  secret = /whsec_[A-Za-z0-9+/=]+/u.exec(saved.html)?.[0] ?? '';
  if (secret === '') throw new Error(`It is not asked: ${saved.words}`);
});
afterAll(async () => {
  await wallet.close();
  await till.close();
});

let bill: Page;
let number: string;
let before: number;
beforeEach(async () => {
  const cora = await shop.customer();
  ({ bill, number } = await orders(cora, 'order an americano'));
  till.received.length = 0;
  before = await checkouts();
});

const requests = z.object({
  requests: z.array(z.object({ method: z.string(), path: z.string() })),
});

/** How often Stripe was asked for a page to pay on. */
async function checkouts(): Promise<number> {
  const { requests: all } = z.parse(requests, await wallet.stripe('requests'));
  return all.filter(
    ({ method, path }) => method === 'POST' && path.startsWith('/v1/checkout/sessions'),
  ).length;
}

/** Asked once, nothing charged, and the bill is still there to be paid. */
async function expectNoCharge(page: Page, words: RegExp): Promise<void> {
  expect(till.received).toHaveLength(1);
  expect(page.words).toMatch(words);
  expect(await checkouts()).toBe(before);
  till.answer = json(200, { go: true });
  const stripe = await page.press('Pay $');
  expect(await checkouts()).toBe(before + 1);
  expect(stripe.words).toContain('Pay $');
}

const silence =
  /Joe’s Coffee did not answer whether it can take this order. Please try again in a moment/u;

test('a yes lets it be paid, at the price of the bill whatever the answer says beside it', async () => {
  till.answer = json(200, { go: true, total: 1, currency: 'JPY', url: 'https://evil.example' });
  const stripe = await bill.press('Pay $');
  const [asked] = till.received;
  const headers = {
    'webhook-id': String(asked?.headers['webhook-id']),
    'webhook-timestamp': String(asked?.headers['webhook-timestamp']),
    'webhook-signature': String(asked?.headers['webhook-signature']),
  };
  const told = z.parse(
    z.object({ type: z.string(), data: z.object({ number: z.string(), total: z.number() }) }),
    new Webhook(secret).verify(asked?.body ?? '', headers),
  );
  expect(told).toMatchObject({ type: 'order.last_word', data: { number } });

  await stripe.press('Pay $', { card: cards.good });
  await wallet.settled();
  const { charges } = await joesBooks(wallet);
  expect(charges.map(({ amount }) => amount)).toContain(told.data.total);
});

test('a no is told to the buyer in the shop’s own words, as words', async () => {
  till.answer = json(200, {
    go: false,
    reason: 'The price is $5 now.\n<script>alert(1)</script>\u202e Ask us.',
  });
  const page = await bill.press('Pay $');
  expect(page.html).not.toContain('<script>alert');
  await expectNoCharge(page, /The price is \$5 now\. <script>alert\(1\)<\/script> Ask us\./u);
});

test('a price that the shop changes while it is asked is not charged unseen the next time', async () => {
  till.answer = json(200, { go: false, reason: 'Look again.' });
  const tea = await orders(await shop.customer(), 'order a mint tea');
  const page = await tea.bill.press('Pay $');
  await joes.does(await joes.product('Fresh mint tea'), 'save', { price: '4.75' });
  const again = await page.press('Pay $');
  expect(again.status).toBe(409);
  expect(again.words).toContain('4.75');
  expect(await checkouts()).toBe(before);
});

test('no answer within ten seconds is no charge', async () => {
  const late: (() => void)[] = [];
  till.answer = (response, received) => {
    late.push(() => json(200, { go: true })(response, received));
  };
  const page = await bill.press('Pay $');
  // Said after we have stopped to listen, a yes is nothing.
  for (const answer of late) answer();
  expect(page.status).toBe(502);
  await expectNoCharge(page, silence);
});

const refusesSignature: Answering = (response, received) => {
  const wrong = `whsec_${Buffer.from('another secret, of another shop!').toString('base64')}`;
  try {
    new Webhook(wrong).verify(received.body, {
      'webhook-id': String(received.headers['webhook-id']),
      'webhook-timestamp': String(received.headers['webhook-timestamp']),
      'webhook-signature': String(received.headers['webhook-signature']),
    });
    json(200, { go: true })(response, received);
  } catch {
    json(401, { error: 'wrong signature' })(response, received);
  }
};

const raw =
  (status: number, body: string | Buffer, type = 'application/json'): Answering =>
  (response) => {
    response.writeHead(status, { 'content-type': type });
    response.end(body);
  };

test.each<[string, Answering]>([
  ['a system that holds another secret and refuses our signature', refusesSignature],
  ['a page of HTML', raw(200, '<html><script>{"go":true}</script></html>', 'text/html')],
  ['broken JSON', raw(200, '{"go":tru')],
  ['a yes that is a word', raw(200, '{"go":"true"}')],
  ['bytes that are no text', raw(200, Buffer.from([0xff, 0xfe, 0x00, 0x80]))],
  ['a yes with an error', raw(500, '{"go":true}')],
  ['twenty megabytes', raw(200, `{"go":true,"x":"${'x'.repeat(20_000_000)}"}`)],
  ['a connection that is cut', (response) => response.destroy()],
])('%s is no yes, and nothing is charged', async (_what, answer) => {
  till.answer = answer;
  const page = await bill.press('Pay $');
  expect(page.status).toBe(502);
  await expectNoCharge(page, silence);
});

test('a redirect, to whatever inner address, is not followed and is no yes', async () => {
  const inner = await startLocalServer(json(200, { go: true }));
  till.answer = (response) => {
    response.writeHead(307, { location: `${inner.url}/latest/meta-data` });
    response.end();
  };
  await expectNoCharge(await bill.press('Pay $'), silence);
  expect(inner.received).toEqual([]);
  await inner.close();
});

test('an address of no use is refused when it is written down', async () => {
  for (const url of ['ftp://joe.example/x', 'http://user:pw@joe.example/', 'not an address']) {
    const page = await joes.does(await joes.open('/console/settings'), 'last-word', { url });
    expect(page.words).toMatch(/This address cannot be used\. .* Nothing was saved\./u);
  }
});
