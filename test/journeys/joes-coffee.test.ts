// Buying at Joe's Coffee: from words in the thread to the bill, Stripe's page, the receipt, the goods and part of the money back.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from './driver/browser.ts';
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

/** Joe's list of orders once it says so. */
async function joeSees(words: RegExp): Promise<Page> {
  const look = async () => {
    const orders = await shop.joe.browser.open(console.url);
    return words.test(orders.words) ? orders : undefined;
  };
  return eventually(look, () => `Joe's console does not show ${words}`);
}

const orderOf = async (number: string): Promise<Page> => {
  const { html, url } = await joeSees(new RegExp(number, 'u'));
  const [, path = ''] =
    new RegExp(`href="(/console/orders/ord_[^"]+)">\\s*<span class="title">${number}`, 'u').exec(
      html,
    ) ?? [];
  return shop.joe.browser.open(new URL(path, url).href);
};

test('a customer orders by words, pays, is served, and gets part of the money back', async () => {
  const cora = await shop.customer();
  await cora.writes('order two flat whites');
  await cora.sees(/2 × Flat white/u);
  await cora.writes('add a croissant');
  await cora.sees(/1 × Croissant/u);
  await cora.writes('checkout');
  const { words } = await cora.sees(/Total · \$12\.79/u);
  const number = /Order ([A-Z0-9]{3}-[A-Z0-9]{3})/u.exec(words)?.[1] ?? '';

  const bill = await cora.opens('Review and pay');
  const stripe = await bill.press('Pay $12.79');
  expect(stripe.words).toContain('Flat white × 2 $8.50');
  const paid = await stripe.press('Pay $12.79', { card: cards.good });

  expect(paid.words).toContain(`Your order number ${number}`);
  await cora.sees(new RegExp(`received your order ${number} and \\$12\\.79`, 'u'));
  const [receipt] = await cora.seesReceipts(1);
  expect(receipt?.words).toContain('Visa •• 4242');
  await shop.joe.sees(new RegExp(`New order ${number}.*2 × Flat white, 1 × Croissant`, 'u'));

  const order = await orderOf(number);
  const preparing = await order.press('Start preparing');
  await cora.sees(new RegExp(`is preparing your order ${number}`, 'u'));
  const ready = await preparing.press('Ready for pick-up');
  await cora.sees(new RegExp(`order ${number} is ready to be picked up`, 'u'));
  const handedOver = await ready.press('Handed over');
  await cora.sees(/was handed over/u);
  await handedOver.press('Refund', { how: 'part', amount: '3.54' });

  await cora.sees(/giving you back \$3\.54/u);
  await cora.sees(/\$3\.54 .*is on its way back to your card/u);
  await cora.writes('where is my order');
  await cora.sees(new RegExp(`${number}[^]*handed over`, 'u'));
  await wallet.settled();
  expect(await cora.timesHeard(/is on its way back/u)).toBe(1);
});
