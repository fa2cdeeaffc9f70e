// Pain: a cent lost in a split, yen counted in hundredths, a comma taken for thousands. Whole minor units, each currency its own.
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromStripeAmount, toStripeAmount } from '../../lambdas/adapters/stripe/amounts.ts';
import { refundOrder } from '../../lambdas/adapters/stripe/order-refunds.ts';
import { readTypedAmount } from '../../lambdas/domain/console/typed-amount.ts';
import { currencies } from '../../lambdas/domain/money/currency.ts';
import { type Money, money, sum } from '../../lambdas/domain/money/money.ts';
import { parseMoney } from '../../lambdas/domain/money/parse-money.ts';
import { splitByWeights, splitEvenly } from '../../lambdas/domain/money/split-money.ts';
import { refundObject } from '../adapters/stripe/objects.ts';
import { type ScriptedStripe, startScriptedStripe } from '../adapters/stripe/scripted-stripe.ts';

const anyAmount = fc
  .tuple(fc.integer({ min: 1, max: 99_999_999 }), fc.constantFrom(...currencies))
  .map(([minor, currency]) => money(minor, currency));

describe('shares', () => {
  it.each([
    { whole: money(100, 'USD'), ways: 3, shares: [34, 33, 33] },
    { whole: money(3000, 'EUR'), ways: 7, shares: [429, 429, 429, 429, 428, 428, 428] },
    { whole: money(103, 'JPY'), ways: 3, shares: [35, 34, 34] },
  ])(
    'of $whole.minor $whole.currency in $ways are the whole again (spliit-app/spliit#374, julien-nc/cospend-nc#206, Expensify/App#42870)',
    ({ whole, ways, shares }) => {
      expect(splitEvenly(whole, ways).map(({ minor }) => minor)).toEqual(shares);
    },
  );

  it('by any weights, of any amount, lose and invent nothing (spliit-app/spliit#85, spliit-app/spliit#605)', () => {
    const weights = fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(anyAmount, weights, (whole, given) => {
        const shares = splitByWeights(whole, [...given, 1]);
        expect(sum(shares)).toEqual(whole);
      }),
    );
  });
});

describe('an amount that is typed', () => {
  it.each([
    ['24,70', 'de-DE'],
    ['24.70', 'en-US'],
    ['24,70 €', 'fr-FR'],
  ])('%s in %s is 24.70, never 2,470 (spliit-app/spliit#298)', (text, locale) => {
    expect(parseMoney(text, { locale, currency: 'EUR' })).toEqual({
      kind: 'money',
      money: money(2470, 'EUR'),
    });
  });

  it('that could be either is asked about', () => {
    const reading = parseMoney('1,234', { locale: 'en-US', currency: 'EUR' });
    expect(reading).not.toMatchObject({ money: { minor: 123 } });
  });
});

describe('an amount at Stripe', () => {
  let stripe: ScriptedStripe;
  beforeEach(async () => {
    stripe = await startScriptedStripe();
  });
  afterEach(() => stripe.close());

  const askedToRefund = async (amount: Money) => {
    stripe.script({ body: refundObject({ payment_intent: 'pi_1' }) });
    const refundId = 'rfd_1';
    const reason = 'requested_by_customer';
    const ids = { orderId: 'ord_1', accountId: 'acct_1', intentId: 'pi_1' } as const;
    await refundOrder(stripe.client, { ...ids, refundId, reason, amount });
    return stripe.requests.at(-1)?.params['amount'];
  };

  it('gives back ¥5,800 as ¥5,800, as the shop typed it (antiwork/gumroad#3749)', async () => {
    const typed = readTypedAmount('5,800', { locale: 'ja-JP', currency: 'JPY' });
    expect(typed).toEqual({ kind: 'amount', amount: money(5800, 'JPY') });

    expect(await askedToRefund(money(5800, 'JPY'))).toBe('5800');
  });

  it('gives back $9.60 as 960 cents, not a hundred times that (stripe/stripe-sfcc-b2c-connector#31)', async () => {
    const typed = readTypedAmount('9.60', { locale: 'en-US', currency: 'USD' });
    expect(typed).toEqual({ kind: 'amount', amount: money(960, 'USD') });

    expect(await askedToRefund(money(960, 'USD'))).toBe('960');
  });

  it('of yen has no cents: ¥20,000 is asked for as 20000, and known again (Dolibarr/dolibarr#37650, activemerchant/active_merchant#1943)', () => {
    const yen = money(20_000, 'JPY');
    expect(toStripeAmount(yen)).toEqual({ amount: 20_000, currency: 'jpy' });
    expect(fromStripeAmount({ amount: 20_000, currency: 'jpy' })).toEqual(yen);

    fc.assert(
      fc.property(anyAmount, (amount) => {
        const told = toStripeAmount(amount);
        // What Stripe cannot say is not asked for at all.
        expect(told === undefined ? amount : fromStripeAmount(told)).toEqual(amount);
      }),
    );
  });
});
