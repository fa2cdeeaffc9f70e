// What a shop's account at Stripe says of its money: the kinds that the stand-in never makes, and rows that cannot be read.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createShopMoney } from '../../../lambdas/adapters/stripe/shop-money.ts';
import { money } from '../../../lambdas/domain/money/money.ts';
import { listObject } from './objects.ts';
import { type ScriptedStripe, startScriptedStripe } from './scripted-stripe.ts';

let stripe: ScriptedStripe;
beforeEach(async () => {
  stripe = await startScriptedStripe();
});
afterEach(() => stripe.close());

const noon = Date.UTC(2026, 10, 22, 12);

const movement = (type: string, more: object = {}) => ({
  id: `txn_${type}`,
  type,
  created: noon / 1000,
  amount: -1200,
  fee: 0,
  net: -1200,
  currency: 'usd',
  fee_details: [],
  source: null,
  ...more,
});

const movementsOf = async (...raws: object[]) => {
  stripe.script({ body: listObject(...raws) });
  const period = { fromMs: noon - 1, toMs: noon + 1, limit: 10 };
  const found = await createShopMoney(stripe.client).movements('acct_1', period);
  if (found.kind !== 'found') throw new Error(found.kind);
  return found.thing.things;
};

// docs.stripe.com/reports/balance-transaction-types
it.each([
  ['payment', 'sale'],
  ['payment_refund', 'refund'],
  ['refund_failure', 'refund_failed'],
  ['payment_failure_refund', 'sale_failed'],
  ['payout_cancel', 'payout_failed'],
  ['tax_fee', 'provider_fee'],
  ['topup', 'other'],
])('a %s is a %s', async (type, kind) => {
  expect(await movementsOf(movement(type))).toMatchObject([{ id: `txn_${type}`, kind }]);
});

it('a sale is what the buyer paid, the operator’s part, the provider’s part, and the rest', async () => {
  const fees = [
    { amount: 12, type: 'application_fee' },
    { amount: 65, type: 'stripe_fee' },
  ];
  const sale = movement('charge', { amount: 1200, fee: 77, net: 1123, fee_details: fees });

  expect(await movementsOf(sale)).toEqual([
    {
      id: 'txn_charge',
      kind: 'sale',
      atMs: noon,
      amount: money(1200, 'USD'),
      operatorFee: money(12, 'USD'),
      providerFee: money(65, 'USD'),
      net: money(1123, 'USD'),
    },
  ]);
});

it('a row in a currency that we do not know is left out, and the others stay', async () => {
  const odd = movement('charge', { id: 'txn_odd', currency: 'xxx' });

  expect(await movementsOf(odd, movement('refund'))).toMatchObject([{ kind: 'refund' }]);
});
