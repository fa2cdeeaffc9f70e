// Our money in Stripe's units and back.
import { assert, constantFrom, nat, pre, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromStripeAmount, toStripeAmount } from '../../../lambdas/adapters/stripe/amounts.ts';
import { currencies, type Currency } from '../../../lambdas/domain/money/currency.ts';
import { money } from '../../../lambdas/domain/money/money.ts';

describe('an amount at Stripe', () => {
  it.each<[number, Currency, number]>([
    [2000, 'USD', 2000],
    [500, 'JPY', 500],
    [500, 'ISK', 50_000],
    [500, 'UGX', 50_000],
    [2000, 'MGA', 20],
    [12_340, 'KWD', 12_340],
    [12_340, 'BHD', 12_340],
    [12_340, 'JOD', 12_340],
    [12_340, 'OMR', 12_340],
    [12_340, 'TND', 12_340],
  ])('of %i %s is %i, and back', (minor, currency, amount) => {
    const told = { amount, currency: currency.toLowerCase() };
    expect(toStripeAmount(money(minor, currency))).toEqual(told);
    expect(fromStripeAmount(told)).toEqual(money(minor, currency));
  });

  it.each<[number, Currency]>([
    [12_345, 'KWD'],
    [12_345, 'BHD'],
    [12_345, 'JOD'],
    [12_345, 'OMR'],
    [12_345, 'TND'],
    [2050, 'MGA'],
    [10_000, 'CLF'],
    [10_000, 'UYW'],
    [10_000, 'IQD'],
    [10_000, 'LYD'],
    [Number.MAX_SAFE_INTEGER, 'ISK'],
  ])('cannot be %i %s', (minor, currency) => {
    expect(toStripeAmount(money(minor, currency))).toBeUndefined();
  });

  it('comes back as it went, in every currency', () => {
    assert(
      property(nat(), constantFrom(...currencies), (minor, currency) => {
        const sent = toStripeAmount(money(minor, currency));
        pre(sent !== undefined);
        expect(fromStripeAmount(sent)).toEqual(money(minor, currency));
      }),
    );
  });

  it('of a currency or a fraction that we cannot count is refused', () => {
    expect(fromStripeAmount({ amount: 100, currency: 'zzz' })).toBeUndefined();
    expect(fromStripeAmount({ amount: 150, currency: 'isk' })).toBeUndefined();
  });
});
