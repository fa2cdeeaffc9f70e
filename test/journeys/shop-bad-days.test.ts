// Bad days at Joe's Coffee over HTTP: two tabs, two buyers, another price, another brand, two of the staff, a wish for money back.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Page } from './driver/browser.ts';
import { type CoffeeShop, openCoffeeShop } from './driver/coffee-shop.ts';
import { buys, type JoesConsole, openJoesConsole, orders } from './driver/joes-console.ts';
import { joesBooks } from './driver/joes-stripe.ts';
import { cards } from './driver/steps.ts';
import { openWallet, type Wallet } from './driver/wallet.ts';

// Whole stories, on a machine that may be busy.
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

test('paid in two tabs at once, an order is charged once', async () => {
  const cora = await shop.customer();
  const { bill, number } = await orders(cora, 'order an americano');
  const tabs = await Promise.all([bill.press('Pay $'), bill.press('Pay $')]);
  expect(new Set(tabs.map(({ url }) => url)).size).toBe(1);

  const ends = await Promise.allSettled(
    tabs.map((tab) => tab.press('Pay $', { card: cards.good })),
  );
  expect(ends.some(({ status }) => status === 'fulfilled')).toBe(true);
  await cora.sees(new RegExp(`received your order ${number}`, 'u'));
  await wallet.settled();

  // By Stripe's own books: one charge, nothing given back, and one bill for it here.
  const { charges, refunds } = await joesBooks(wallet);
  expect(charges).toMatchObject([{ status: 'succeeded', refunded: 0 }]);
  expect(refunds).toEqual([]);
  expect(await cora.timesHeard(/received your order/u)).toBe(1);
  const total = `$${((charges[0]?.amount ?? 0) / 100).toFixed(2)}`;
  expect((await joes.order(number)).words).toContain(`Total ${total}`);
});

test('the last one is sold to one of two buyers, and the other hears it before paying', async () => {
  await joes.does(await joes.product('Banana bread'), 'stock', { level: '1' });
  const [ann, ben] = [await shop.customer(), await shop.customer()];
  const both = [await orders(ann, 'order a banana bread'), await orders(ben, 'a banana bread')];

  const pages = await Promise.all(both.map(({ bill }) => bill.press('Pay $')));
  const sold = pages.filter(({ words }) => words.includes('sold out'));
  expect(sold).toHaveLength(1);
  expect(sold[0]?.words).toContain('Nothing was charged');
  const going = pages.find(({ words }) => !words.includes('sold out'));
  await going?.press('Pay $', { card: cards.good });
  await wallet.settled();
  const heard = [ann, ben].map((each) => each.timesHeard(/received your order/u));
  const [one = 0, other = 0] = await Promise.all(heard);
  expect(one + other).toBe(1);
});

test('a price that changed since is shown, and is not charged unseen', async () => {
  const cora = await shop.customer();
  const { bill } = await orders(cora, 'order a mint tea');
  await joes.does(await joes.product('Fresh mint tea'), 'save', { price: '4.25' });

  const page = await bill.press('Pay $');
  expect(page.status).toBe(409);
  expect(page.words).toMatch(/4\.25/u);
  expect(page.words).toContain('Nothing was charged');
  const stripe = await page.press('Pay $');
  expect(stripe.words).toContain('$4.25');
});

test('a shop that takes one brand alone refuses others at Checkout, in words', async () => {
  const settings = await joes.open('/console/settings');
  await joes.does(settings, 'brands', { brand: 'mastercard' });
  const cora = await shop.customer();
  const { bill, number } = await orders(cora, 'order an earl grey');
  expect(bill.words).toContain('Mastercard');
  const stripe = await bill.press('Pay $');

  const refused = await stripe.press('Pay $', { card: cards.good });
  expect(refused.words).toContain('Visa is not accepted here');
  const paid = await refused.press('Pay $', { card: '5555555555554444' });

  expect(paid.words).toContain(number);
  await cora.sees(new RegExp(`received your order ${number}`, 'u'));
  for (const brand of ['visa', 'mastercard'])
    await joes.does(await joes.open('/console/settings'), 'brands', { brand });
});

test('two of the staff who refund at once give the money back once', async () => {
  await joes.does(await joes.open('/console/settings'), 'brands', { brand: 'visa' });
  const cora = await shop.customer();
  const number = await buys(cora, 'order an americano');
  const [first, second] = [await joes.order(number), await joes.order(number)];

  await Promise.all(
    [first, second].map((page) =>
      joes.does(page, 'refund', { how: 'all', reason: 'requested_by_customer' }),
    ),
  );
  await cora.sees(/is on its way back to your card/u);
  await wallet.settled();
  expect(await cora.timesHeard(/is on its way back to your card/u)).toBe(1);
  const { refunds, charges } = await joesBooks(wallet);
  const [refund] = refunds;
  expect(refunds).toHaveLength(1);
  expect(charges.find(({ id }) => id === refund?.charge)?.amount).toBe(refund?.amount);
});

test('a wish for money back is answered with words, and another with the money', async () => {
  const cora = await shop.customer();
  const number = await buys(cora, 'order an americano');
  await cora.writes('refund because it was cold');
  await shop.joe.sees(new RegExp(`asks for a refund of order ${number}.*it was cold`, 'u'));
  expect((await joes.open('/console/orders')).words).toContain('Refund asked');
  await joes.does(await joes.order(number), 'refuse', { words: 'It left us hot.' });
  await cora.sees(/does not refund order .*It left us hot\./u);

  const dora = await shop.customer();
  const other = await buys(dora, 'order an americano');
  await dora.writes('refund');
  await shop.joe.sees(new RegExp(`asks for a refund of order ${other}`, 'u'));
  const order = await joes.order(other);
  await order.press('Refund $');
  await dora.sees(/is on its way back to your card/u);
  await wallet.settled();
  expect((await joes.open('/console/orders')).words).not.toContain('Refund asked');
});

const csv = (content: string) => ({
  field: 'file',
  name: 'catalog.csv',
  type: 'text/csv',
  content,
});

test('a catalog of 5,000 lines with a broken one and a formula is told of, line by line, and imported but for that', async () => {
  const page = await joes.open('/console/catalog/import');
  const lines = Array.from({ length: 5000 }, (_, index) =>
    index === 2500 ? 'Broken,Beans,lots' : `Bean ${index},Beans,12.50`,
  );
  lines[10] = '"=HYPERLINK(""https://evil.example"")",Beans,12.50';
  const content = `name,category,price\n${lines.join('\n')}\n`;
  const shown = await shop.joe.browser.upload(page, csv(content));

  expect(shown.words).toContain('New products 4999');
  expect(shown.words).toContain('2502 price: “lots” is not an amount.');
  expect(shown.html).not.toContain('href="https://evil.example');

  // One press has 20 seconds. What there was no time for is said, and done by pressing again; nothing is added twice.
  const first = await shown.press('Import');
  const added = addedIn(first);
  expect(added).toBeGreaterThan(0);
  const second = first.hasButton('Import') ? await first.press('Import') : undefined;
  const both = added + (second === undefined ? 0 : addedIn(second));
  const left = leftIn(second ?? first);
  expect(both + left).toBe(4999);
  console.log(`  of 5,000 lines, ${added} were imported with one press, ${both} with two`);
  const tried = await shop.joe.browser.upload(page, csv(content));
  expect(tried.words).toMatch(
    new RegExp(`New products ${left} Changed 0 As they are ${both}`, 'u'),
  );
  const cora = await shop.customer();
  await cora.writes('order a bean 17');
  await cora.sees(/Bean 17\b/u);
});

const addedIn = ({ words }: Page) => Number(/(\d+) added, 0 changed/u.exec(words)?.[1]);
const leftIn = ({ words }: Page) => Number(/no time for (\d+) more/u.exec(words)?.[1] ?? 0);

test('a catalog of five megabytes is refused by the console, and ten by the gateway before it', async () => {
  const page = await joes.open('/console/catalog/import');
  const line = 'Bean,Beans,12.50\n';
  const ofBytes = (bytes: number) => line.repeat(Math.ceil(bytes / line.length));

  // Within what a function is given, and more than a catalog may have: our own page, in words.
  const ours = await shop.joe.browser.upload(page, csv(ofBytes(4_200_000)));
  expect(ours.status).toBe(413);
  expect(ours.words).toContain('A catalog file may have 4 MB at most. Nothing was imported');
  // Six megabytes is Lambda's own limit: API Gateway answers, and no function of ours runs.
  const gateways = await shop.joe.browser.upload(page, csv(ofBytes(10_000_000)));
  expect(gateways.status).toBe(413);
  expect(gateways.html).toContain('Request Entity Too Large');
  // The page itself says so before it sends anything.
  expect(page.html).toMatch(/data-most="4000000" data-too-large="The file has more than 4 MB/u);
  expect((await joes.open('/console/orders')).status).toBe(200);
});
