// Bills that Joe makes in his console: one opened in Messenger by two people, one paid by somebody without Messenger.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Page } from './driver/browser.ts';
import { type CoffeeShop, openCoffeeShop } from './driver/coffee-shop.ts';
import { eventually } from './driver/eventually.ts';
import { cards } from './driver/steps.ts';
import { openWallet, type Wallet } from './driver/wallet.ts';

let wallet: Wallet;
let shop: CoffeeShop;
let console: Page;
beforeAll(async () => {
  wallet = await openWallet();
  shop = await openCoffeeShop(wallet);
  await shop.joe.writes('console');
  console = await (await shop.joe.opens('Open the console')).press('Sign in');
});
afterAll(() => wallet.close());

async function newBill(fields: Record<string, string>): Promise<{ ref: string; url: string }> {
  const form = await shop.joe.browser.open(new URL('/console/bills/new', console.url).href);
  const { html } = await form.press('Make the bill', fields);
  const [, ref = ''] = /ref=(b_[\w-]+)/u.exec(html) ?? [];
  const [, path = ''] = /value="[^"]*(\/order\/[\w-]+)"/u.exec(html) ?? [];
  return { ref, url: new URL(path, console.url).href };
}

test('the first to open a bill in Messenger pays it, and the second is told that it is taken', async () => {
  const { ref, url } = await newBill({ name1: 'Birthday cake', price1: '40.00' });
  const [cora, dora] = [await shop.customer('Cora Hill'), await shop.customer('Dora Stone')];

  await cora.phone.follow(ref);
  await cora.sees(/1 × Birthday cake/u);
  await dora.phone.follow(ref);
  await dora.sees(/somebody else’s/u);
  expect((await dora.browser.open(url)).words).toContain('Somebody has taken this bill');

  const bill = await cora.opens('Review and pay');
  const stripe = await bill.press('Pay $');
  expect(stripe.words).toContain('Birthday cake $40.00');
  await stripe.press('Pay $', { card: cards.good });

  await cora.sees(/received your order/u);
  const [receipt] = await cora.seesReceipts(1);
  expect(receipt?.words).toContain('Birthday cake');
  await shop.joe.sees(/New order .* by Cora Hill.*1 × Birthday cake/u);
});

test('somebody without Messenger pays by the plain link, and Joe sees who it was', async () => {
  const { url } = await newBill({
    name1: 'Deposit',
    price1: '25.00',
    name2: 'Hall',
    price2: '5.00',
  });
  const payer = openBrowser();
  await openBrowser().open(url);

  const bill = await payer.open(url);
  expect(bill.words).toContain('Open in Messenger instead');
  const stripe = await bill.press('Pay $');
  const stranger = await openBrowser().open(url);
  expect(stranger.words).not.toContain('Deposit');
  const paid = await stripe.press('Pay $', {
    card: cards.good,
    name: 'Paul Payer',
    email: 'paul@example.com',
  });

  expect(paid.words).toContain('Paid. Thank you!');
  expect((await payer.open(url)).words).toContain('paul@example.com');
  expect((await openBrowser().open(url)).words).not.toMatch(/Paul|paul|Deposit/u);
  await eventually(
    async () => {
      const orders = await shop.joe.browser.open(new URL('/console/orders', console.url).href);
      return orders.words.includes('Paul Payer') ? orders : undefined;
    },
    () => 'Joe does not see who paid',
  );
});
