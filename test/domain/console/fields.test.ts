// What people type into the console's fields: amounts, options, hours, promotion codes; and back as we write them.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHours, writeHours } from '../../../lambdas/domain/console/hours-text.ts';
import { readOptions, writeOptions } from '../../../lambdas/domain/console/option-text.ts';
import { readPromotions, writePromotions } from '../../../lambdas/domain/console/promotion-text.ts';
import { readTypedAmount } from '../../../lambdas/domain/console/typed-amount.ts';
import { currencies, exponentOf } from '../../../lambdas/domain/money/currency.ts';
import { decimalText } from '../../../lambdas/domain/money/format-money.ts';
import { money } from '../../../lambdas/domain/money/money.ts';

const speaker = { locale: 'en-US', currency: 'USD' } as const;
const usd = (minor: number) => ({ minor, currency: 'USD' }) as const;

describe('an amount', () => {
  it('that we wrote is read back exactly, in every currency and for every language', () => {
    const locale = fc.constantFrom('en-US', 'de-DE', 'fr-FR', 'ar-EG', 'en-IN', 'nonsense');
    fc.assert(
      fc.property(
        fc.constantFrom(...currencies),
        locale,
        fc.integer({ min: 1, max: 999_999 }),
        (currency, locale, minor) => {
          const amount = money(minor, currency);

          const read = readTypedAmount(decimalText(amount), { locale, currency });

          expect(exponentOf(currency)).toBeGreaterThanOrEqual(0);
          expect(read).toEqual({ kind: 'amount', amount });
        },
      ),
    );
  });

  it.each([
    ['3.5', 350],
    ['$3.50', 350],
    ['3', 300],
    [' 1,234.50 ', 123_450],
    ['3.50 USD', 350],
  ])('may be written as people do: %s', (text, minor) => {
    expect(readTypedAmount(text, speaker)).toEqual({ kind: 'amount', amount: usd(minor) });
  });

  it.each(['', '0', '0.00', '-1', '1.234', '€1', 'x', '1e3', '5k', '99999999999', '1 2', '½x'])(
    'that is none, or not clear, is told: %j',
    (text) => {
      expect(readTypedAmount(text, speaker)).toMatchObject({
        kind: 'wrong',
        why: expect.stringMatching(/\.$/u),
      });
    },
  );

  it('may be nothing only where that is meant', () => {
    for (const text of ['0', '0.00', '0,00'])
      expect(readTypedAmount(text, speaker, 'may_be_zero')).toMatchObject({ amount: usd(0) });
  });
});

describe('options', () => {
  it('are one a line, the first choice free', () => {
    expect(readOptions('Size: Small, Large +1.00\nMilk: Whole; Oat +$0.60', speaker)).toEqual({
      kind: 'read',
      options: [
        {
          name: 'Size',
          choices: [
            { name: 'Small', extra: usd(0) },
            { name: 'Large', extra: usd(100) },
          ],
        },
        {
          name: 'Milk',
          choices: [
            { name: 'Whole', extra: usd(0) },
            { name: 'Oat', extra: usd(60) },
          ],
        },
      ],
    });
  });

  it('keep a comma in an amount, and part sizes by commas alone', () => {
    const german = { locale: 'de-DE', currency: 'EUR' } as const;
    const read = readOptions('Größe: Klein, Groß +1,50\nSchuh: 38,39,40', german);

    expect(read).toMatchObject({
      options: [
        { choices: [{ name: 'Klein' }, { name: 'Groß', extra: { minor: 150 } }] },
        { choices: [{ name: '38' }, { name: '39' }, { name: '40' }] },
      ],
    });
  });

  it.each([
    'Size',
    'Size:',
    ': Small',
    'Size: Small, small',
    'Size: Small\nsize: Large',
    'Size: Large +much',
    'Size: Large +€1',
    'A: x\nB: x\nC: x\nD: x\nE: x',
    `Size: ${Array.from({ length: 12 }, (_, index) => `c${index}`).join(', ')}`,
    `${'x'.repeat(41)}: y`,
  ])('that cannot be shown are told: %j', (text) => {
    expect(readOptions(text, speaker)).toMatchObject({
      kind: 'wrong',
      why: expect.stringMatching(/\.$/u),
    });
  });

  it('of products that came another way are read back too, whatever their names', () => {
    const options = [
      { name: 'A: b', choices: [{ name: 'x, y; z | w + \\', extra: usd(5) }] },
    ] as const;

    expect(readOptions(writeOptions(options), speaker)).toEqual({ kind: 'read', options });
  });
});

describe('opening hours', () => {
  it.each([
    ['8:00-17:30', [{ from: 480, to: 1050 }]],
    [
      '8-12, 13-18',
      [
        { from: 480, to: 720 },
        { from: 780, to: 1080 },
      ],
    ],
    ['8am to 5pm', [{ from: 480, to: 1020 }]],
    ['12pm-12am', [{ from: 720, to: 1440 }]],
    ['0:00-24:00', [{ from: 0, to: 1440 }]],
    ['24 hours', [{ from: 0, to: 1440 }]],
    [
      '13–18 and 8–12',
      [
        { from: 480, to: 720 },
        { from: 780, to: 1080 },
      ],
    ],
    ['', []],
    ['Closed', []],
  ])('as people write them: %j', (text, spans) => {
    expect(readHours(text)).toEqual(spans);
    expect(readHours(writeHours(spans))).toEqual(spans);
  });

  it.each(['8', '8-', '25-26', '8:99-9', '17-8', '8-12, 11-13', 'always', '13pm-14pm', '1-2-3'])(
    'that are none are told: %j',
    (text) => {
      expect(readHours(text)).toEqual(expect.stringMatching(/\.$/u));
    },
  );
});

describe('promotion codes', () => {
  const shop = { timeZone: 'America/New_York' } as const;

  it('take off a percentage or an amount, until the end of a day on the shop’s wall', () => {
    const promotions = readPromotions(
      'beans10 10%\nWELCOME $5 until 2026-12-31\nHALF 12,5 %',
      shop,
      speaker,
    );

    expect(promotions).toEqual([
      { code: 'BEANS10', off: { kind: 'percent', percent: 10 } },
      {
        code: 'WELCOME',
        off: { kind: 'amount', amount: usd(500) },
        endsAtMs: Date.UTC(2027, 0, 1, 5),
      },
      { code: 'HALF', off: { kind: 'percent', percent: 12.5 } },
    ]);
    if (typeof promotions === 'string') throw new Error(promotions);
    expect(readPromotions(writePromotions({ ...shop, promotions }), shop, speaker)).toEqual(
      promotions,
    );
  });

  it.each([
    'BEANS',
    'B 10%',
    'BEANS-10 10%',
    'BEANS 0%',
    'BEANS 101%',
    'BEANS free',
    'BEANS 5 until soon',
    'BEANS 5 until 2026-02-30',
    'BEANS 5\nbeans 6',
  ])('that make no sense are told: %j', (text) => {
    expect(readPromotions(text, shop, speaker)).toEqual(expect.stringMatching(/\.$/u));
  });
});
