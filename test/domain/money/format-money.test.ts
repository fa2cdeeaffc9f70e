// Amounts are written exactly, for people, templates and machines.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { currencies, exponentOf } from '../../../lambdas/domain/money/currency.ts';
import {
  decimalText,
  formatForTemplate,
  formatMoney,
} from '../../../lambdas/domain/money/format-money.ts';
import { money } from '../../../lambdas/domain/money/money.ts';

test.each([
  [2000, 'USD', 'en-US', '$20.00'],
  [2000, 'USD', 'en_US', '$20.00'],
  [2000, 'USD', 'not a locale', '$20.00'],
  [123456, 'EUR', 'de-DE', '1.234,56 €'],
  [500, 'JPY', 'en-US', '¥500'],
  [1234, 'KWD', 'en-US', 'KWD 1.234'],
  [5, 'USD', 'en-US', '$0.05'],
  [-5, 'USD', 'en-US', '-$0.05'],
  [50000, 'HUF', 'en-US', 'HUF 500.00'],
  [Number.MAX_SAFE_INTEGER, 'USD', 'en-US', '$90,071,992,547,409.91'],
] as const)('%d %s in %s is %s', (...[minor, currency, locale, text]) => {
  expect(formatMoney(money(minor, currency), locale).replaceAll('\u00A0', ' ')).toBe(text);
});

test.each([
  [2000, 'USD', 'USD 20.00'],
  [500, 'JPY', 'JPY 500'],
  [1, 'KWD', 'KWD 0.001'],
  [-1, 'CLF', 'CLF -0.0001'],
  [0, 'USD', 'USD 0.00'],
  [0, 'JPY', 'JPY 0'],
] as const)('a template gets %d %s as %s', (minor, currency, text) => {
  expect(formatForTemplate(money(minor, currency))).toBe(text);
});

test('the decimal text holds every minor unit of every currency', () => {
  const amounts = fc
    .tuple(fc.maxSafeInteger(), fc.constantFrom(...currencies))
    .map(([minor, currency]) => money(minor, currency));

  fc.assert(
    fc.property(amounts, (amount) => {
      const text = decimalText(amount);
      const [, fraction = ''] = text.split('.');

      expect(fraction).toHaveLength(exponentOf(amount.currency));
      expect(BigInt(text.replace('.', ''))).toBe(BigInt(amount.minor));
    }),
  );
});
