// Limits guard against loss, so they cannot be stretched by paying in one currency after another.
import { expect, test } from 'vitest';
import { exceededBy, leftOf, limitsFor, spend } from '../../../lambdas/domain/payments/limits.ts';

const nowMs = Date.UTC(2026, 10, 22, 12);
const dayMs = 24 * 60 * 60 * 1000;

test('What was sent in one currency counts against the limit in another', () => {
  const spending = spend(undefined, 'per_eve', {
    amount: { minor: 20_000, currency: 'USD' },
    nowMs,
  });

  const inEuros = exceededBy({ minor: 1, currency: 'EUR' }, spending, { level: 'new', nowMs });
  const inYen = exceededBy({ minor: 1, currency: 'JPY' }, spending, { level: 'new', nowMs });

  expect(inEuros).toMatchObject({ which: 'perDay', left: { minor: 0, currency: 'EUR' } });
  expect(inYen).toMatchObject({ which: 'perDay', left: { minor: 0, currency: 'JPY' } });
});

test('What is left is told in the currency that is asked about, rounded against the spender', () => {
  const spending = spend(undefined, 'per_eve', { amount: { minor: 1, currency: 'JPY' }, nowMs });
  const left = leftOf(limitsFor('new', 'USD'), spending, nowMs);

  expect(left.perDay).toEqual({ minor: 19_999, currency: 'USD' });
});

test('Days count apart, and a week counts them together in every currency', () => {
  const monday = spend(undefined, 'per_eve', {
    amount: { minor: 20_000, currency: 'USD' },
    nowMs: nowMs - 2 * dayMs,
  });
  const tuesday = spend(monday, 'per_eve', {
    amount: { minor: 30_000, currency: 'JPY' },
    nowMs: nowMs - dayMs,
  });
  const left = leftOf(limitsFor('new', 'GBP'), tuesday, nowMs);

  expect(left.perDay.minor).toBe(20_000);
  expect(left.perWeek.minor).toBe(10_000);
});
