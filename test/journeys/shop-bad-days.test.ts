// Bad days at Joe's Coffee over HTTP: two tabs, two buyers, another price, another brand, two of the staff, a wish for money back.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Page } from './driver/browser.ts';
import { type CoffeeShop, openCoffeeShop } from './driver/coffee-shop.ts';
import type { Person } from './driver/person.ts';
import { cards } from './driver/steps.ts';
import { openWallet, type Wallet } from './driver/wallet.ts';

// Whole stories, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let wallet: Wallet;
let shop: CoffeeShop;
let consoleUrl: string;
beforeAll(async () => {
  wallet = await openWallet();
  shop = await openCoffeeShop(wallet);
  await shop.joe.writes('console');
  const orders = await (await shop.joe.opens('Open the console')).press('Sign in');
  consoleUrl = orders.url;
});
afterAll(() => wallet.close());

const inConsole = (path: string) => shop.joe.browser.open(new URL(path, consoleUrl).href);

/** Sends that form of a page of the console that does `act`, as a browser would. */
function does(page: Page, act: string, fields: Readonly<Record<string, string>> = {}) {
  const form = page.forms.find(({ values }) =>
    values.some(([name, value]) => name === 'do' && value === act),
  );
  if (form === undefined) throw new Error(`Nothing does ${act} on: ${page.words}`);
  const { href } = new URL(form.action, page.url);
  return shop.joe.browser.post(href, { ...Object.fromEntries(form.values), ...fields });
}

async function product(name: string): Promise<Page> {
  const { html } = await inConsole('/console/catalog');
  const path = [...html.matchAll(/href="(\/console\/catalog\/prd_[^"]+)"[^]*?<\/a>/gu)].find(
    ([link]) => link.includes(`>${name}<`),
  )?.[1];
  if (path === undefined) throw new Error(`No ${name} in the catalog.`);
  return inConsole(path);
}

async function orders(buyer: Person, text: string): Promise<{ bill: Page; number: string }> {
  await buyer.writes(text);
  await buyer.sees(/Added to your cart/u);
  await buyer.writes('checkout');
  const { words } = await buyer.sees(/Order [A-Z0-9]{3}-[A-Z0-9]{3}/u);
  const number = /Order ([A-Z0-9]{3}-[A-Z0-9]{3})/u.exec(words)?.[1] ?? '';
  return { bill: await buyer.opens('Review and pay'), number };
}

async function orderPage(number: string): Promise<Page> {
  const { html } = await inConsole('/console/orders');
  const path = new RegExp(
    `href="(/console/orders/ord_[^"]+)">\\s*<span class="title">${number}`,
    'u',
  ).exec(html)?.[1];
  if (path === undefined) throw new Error(`Joe has no order ${number}.`);
  return inConsole(path);
}

async function buys(buyer: Person, text: string) {
  const { bill, number } = await orders(buyer, text);
  await (await bill.press('Pay $')).press('Pay $', { card: cards.good });
  await buyer.sees(new RegExp(`received your order ${number}`, 'u'));
  return number;
}

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

  expect(await cora.timesHeard(/received your order/u)).toBe(1);
  const order = await orderPage(number);
  expect(order.words).not.toContain('second time');
  expect(order.words.match(/Paid(?! )/gu)?.length ?? 0).toBeLessThanOrEqual(1);
});

test('the last one is sold to one of two buyers, and the other hears it before paying', async () => {
  await does(await product('Banana bread'), 'stock', { level: '1' });
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
  await does(await product('Fresh mint tea'), 'save', { price: '4.25' });

  const page = await bill.press('Pay $');
  expect(page.status).toBe(409);
  expect(page.words).toMatch(/4\.25/u);
  expect(page.words).toContain('Nothing was charged');
  const stripe = await page.press('Pay $');
  expect(stripe.words).toContain('$4.25');
});

test('a shop that takes one brand alone refuses others at Checkout, in words', async () => {
  const settings = await inConsole('/console/settings');
  await does(settings, 'brands', { brand: 'mastercard' });
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
    await does(await inConsole('/console/settings'), 'brands', { brand });
});

test('two of the staff who refund at once give the money back once', async () => {
  await does(await inConsole('/console/settings'), 'brands', { brand: 'visa' });
  const cora = await shop.customer();
  const number = await buys(cora, 'order an americano');
  const [first, second] = [await orderPage(number), await orderPage(number)];

  await Promise.all(
    [first, second].map((page) =>
      does(page, 'refund', { how: 'all', reason: 'requested_by_customer' }),
    ),
  );
  await cora.sees(/is on its way back to your card/u);
  await wallet.settled();
  expect(await cora.timesHeard(/is on its way back to your card/u)).toBe(1);
});

test('a wish for money back is answered with words, and another with the money', async () => {
  const cora = await shop.customer();
  const number = await buys(cora, 'order an americano');
  await cora.writes('refund because it was cold');
  await shop.joe.sees(new RegExp(`asks for a refund of order ${number}.*it was cold`, 'u'));
  expect((await inConsole('/console/orders')).words).toContain('Refund asked');
  await does(await orderPage(number), 'refuse', { words: 'It left us hot.' });
  await cora.sees(/does not refund order .*It left us hot\./u);

  const dora = await shop.customer();
  const other = await buys(dora, 'order an americano');
  await dora.writes('refund');
  await shop.joe.sees(new RegExp(`asks for a refund of order ${other}`, 'u'));
  const order = await orderPage(other);
  await order.press('Refund $');
  await dora.sees(/is on its way back to your card/u);
  await wallet.settled();
  expect((await inConsole('/console/orders')).words).not.toContain('Refund asked');
});

test('a catalog of 5,000 lines with a broken one and a formula is told of, line by line', async () => {
  const page = await inConsole('/console/catalog/import');
  const lines = Array.from({ length: 5000 }, (_, index) =>
    index === 2500 ? 'Broken,Beans,lots' : `Bean ${index},Beans,12.50`,
  );
  lines[10] = '"=HYPERLINK(""https://evil.example"")",Beans,12.50';
  const file = `name,category,price\n${lines.join('\n')}\n`;
  const form = page.forms.find(({ names }) => names.has('file'));
  if (form === undefined) throw new Error('There is no place for a file.');
  const fields = { ...Object.fromEntries(form.values), file };
  const tried = await shop.joe.browser.post(page.url, fields);

  expect(tried.words).toContain('New products 4999');
  expect(tried.words).toContain('2502 price: “lots” is not an amount.');
  expect(tried.html).not.toContain('href="https://evil.example');
});

test('a body of ten megabytes is refused at the door', async () => {
  const page = await shop.joe.browser.post(new URL('/console/catalog/import', consoleUrl).href, {
    csv: 'x'.repeat(10_000_000),
  });
  expect([413, 403]).toContain(page.status);
  expect((await inConsole('/console/orders')).status).toBe(200);
});
