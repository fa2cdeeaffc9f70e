// Amounts as people type them.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Currency } from '../../../lambdas/domain/money/currency.ts';
import { currencies } from '../../../lambdas/domain/money/currency.ts';
import { formatForTemplate, formatMoney } from '../../../lambdas/domain/money/format-money.ts';
import { money } from '../../../lambdas/domain/money/money.ts';
import type { MoneyReading } from '../../../lambdas/domain/money/money-reading.ts';
import { parseMoney } from '../../../lambdas/domain/money/parse-money.ts';
import { amountPhrasings } from './amount-phrasings.ts';

const locales =
  'en-US en-GB de-DE fr-FR fr-CH ja-JP en-IN ar ar-EG es-ES pt-BR en-ZA de-CH en-CA sv-SE pl-PL hi-IN zh-CN mr-IN'.split(
    ' ',
  );

const typedAmounts = fc
  .tuple(fc.integer({ min: 1, max: 999_999_999 }), fc.constantFrom(...currencies))
  .map(([minor, currency]) => money(minor, currency));

describe(`${amountPhrasings.length} ways to type an amount`, () => {
  test.each(amountPhrasings)(
    '$speaker.locale, $speaker.currency: $text',
    ({ speaker, text, reading }) => {
      expect(parseMoney(text, speaker)).toEqual(reading);
    },
  );
});

test('what we write is read back as the same money, in every currency and locale', () => {
  const lost: string[] = [];
  for (const locale of locales) {
    for (const currency of currencies) {
      for (const minor of [5, 123_456, 99_999_999]) {
        const text = formatMoney(money(minor, currency), locale);
        const reading = parseMoney(text, { locale, currency });
        if (!isReading(reading, minor, currency)) lost.push(`${locale} ${text}`);
      }
    }
  }

  expect(lost).toEqual([]);
});

test('any amount survives, as the locale writes it and as a template does, whoever reads the code', () => {
  fc.assert(
    fc.property(typedAmounts, fc.constantFrom(...locales), (amount, locale) => {
      const { minor, currency } = amount;
      const formatted = parseMoney(formatMoney(amount, locale), { locale, currency });
      const inTemplate = parseMoney(formatForTemplate(amount), {
        locale: 'en-US',
        currency: 'USD',
      });

      expect(formatted).toEqual({ kind: 'money', money: amount });
      expect(isReading(inTemplate, minor, currency) || inTemplate.kind === 'ambiguous').toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('any text at all is read without throwing, and only ever as a positive, safe amount', () => {
  const speakers = fc.record({
    locale: fc.oneof(fc.constantFrom(...locales), fc.string()),
    currency: fc.constantFrom(...currencies),
  });
  const digitish = fc.string({
    unit: fc.constantFrom(...Array.from("0123456789٢２.,' \u00A0-$€¥ke"), 'usd'),
    maxLength: 20,
  });

  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), digitish), speakers, (text, speaker) => {
      for (const { minor } of moneyIn(parseMoney(text, speaker))) {
        expect(Number.isSafeInteger(minor)).toBe(true);
        expect(minor).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 1000 },
  );
});

function isReading(reading: MoneyReading, minor: number, currency: Currency): boolean {
  return (
    reading.kind === 'money' && reading.money.minor === minor && reading.money.currency === currency
  );
}

function moneyIn(reading: MoneyReading) {
  if (reading.kind === 'money') return [reading.money];
  return reading.kind === 'ambiguous' ? reading.readings : [];
}
