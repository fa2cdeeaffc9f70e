// Stripe stops a shop that sells, and its owner mends it: what buyers are told, what the console says, and the way back; then the shop leaves.
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { Page } from './driver/browser.ts';
import { type CoffeeShop, openCoffeeShop } from './driver/coffee-shop.ts';
import { eventually } from './driver/eventually.ts';
import { cards } from './driver/steps.ts';
import { openWallet, type Wallet } from './driver/wallet.ts';

let wallet: Wallet;
let shop: CoffeeShop;
let payoutsUrl: string;
beforeAll(async () => {
  wallet = await openWallet();
  shop = await openCoffeeShop(wallet);
  await shop.joe.writes('console');
  const console = await (await shop.joe.opens('Open the console')).press('Sign in');
  payoutsUrl = new URL('/console/payouts', console.url).href;
});
afterAll(() => wallet.close());

async function payoutsSay(words: RegExp): Promise<Page> {
  const look = async () => {
    const page = await shop.joe.browser.open(payoutsUrl);
    return words.test(page.words) ? page : undefined;
  };
  return eventually(look, () => `Joe's payouts do not say ${words}`);
}

const requestsSchema = z.object({
  requests: z.array(z.object({ stripeAccount: z.nullable(z.string()) })),
});

async function joesAccount(): Promise<string> {
  const { requests } = z.parse(requestsSchema, await wallet.stripe('requests'));
  const account = requests.find(({ stripeAccount }) => stripeAccount !== null)?.stripeAccount;
  if (!account) throw new Error('Nothing was asked on an account of a shop.');
  return account;
}

test('a sale, its fees, its payout, a stop, the way back, and the end', async () => {
  const cora = await shop.customer();
  await cora.writes('order two flat whites and a croissant');
  await cora.sees(/2 × Flat white/u);
  await cora.writes('checkout');
  const stripe = await (await cora.opens('Review and pay')).press('Pay $12.79');
  await stripe.press('Pay $12.79', { card: cards.good });
  await cora.sees(/received your order/u);

  // What it cost and what is left, with the order's number.
  await payoutsSay(/Order · [A-Z0-9]{3}-[A-Z0-9]{3} \$\d+\.\d\d .*\$12\.79 less .*for Stripe/u);
  const account = await joesAccount();
  await wallet.stripe(`accounts/${account}/payout`, {});
  await payoutsSay(/On its way Expected/u);

  // Somebody has a bill open when Stripe stops the shop.
  await cora.writes('order a flat white');
  await cora.sees(/1 × Flat white/u);
  await cora.writes('checkout');
  await cora.sees(/Total · \$4\./u);
  const bill = await cora.opens('Review and pay');
  await wallet.stripe(`accounts/${account}/restrict`, {});
  const stopped = await payoutsSay(/Stopped by Stripe.*What it asks for/u);
  const [pay = ''] = /Pay \$\d+\.\d\d/u.exec(bill.words) ?? [];
  const refused = await bill.press(pay);
  expect(refused.words).toContain('cannot take cards at the moment. Nothing was charged.');
  await cora.writes('checkout');
  await cora.sees(/cannot take cards at the moment, so nothing can be paid here/u);

  // The button leads to Stripe, and from there back into business.
  const onboarding = await stopped.press('Give Stripe what it asks for');
  const back = await onboarding.press('Agree and take cards');
  expect(back.words).toContain('Ready');
  await cora.writes('checkout');
  await cora.sees(/Total · \$\d/u);

  await wallet.stripe(`accounts/${account}/deauthorize`, {});
  const gone = await payoutsSay(/No longer connected/u);
  expect(gone.words).toContain('Begin anew at Stripe');
  await cora.writes('checkout');
  await cora.sees(/cannot take cards at the moment, so nothing can be paid here/u);
});
