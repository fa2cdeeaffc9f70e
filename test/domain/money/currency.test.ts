// The table of currencies agrees with what is known elsewhere.
import { expect, test } from 'vitest';
import { currencies, exponentOf, readCurrency } from '../../../lambdas/domain/money/currency.ts';

test.each([
  ['USD', 2],
  ['EUR', 2],
  ['JPY', 0],
  ['KRW', 0],
  ['KWD', 3],
  ['BHD', 3],
  ['CLF', 4],
  ['UYW', 4],
  ['HUF', 2],
  ['ISK', 0],
  ['MRU', 2],
] as const)('%s has %d decimals', (currency, decimals) => {
  expect(exponentOf(currency)).toBe(decimals);
});

test('the currencies without and with three decimals are those of ISO 4217', () => {
  const withDecimals = (count: number) => currencies.filter((code) => exponentOf(code) === count);

  expect(withDecimals(0).join(' ')).toBe(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF',
  );
  expect(withDecimals(3).join(' ')).toBe('BHD IQD JOD KWD LYD OMR TND');
});

test('every code is one that Intl knows, and none is a metal or a test code', () => {
  const known = new Set([...Intl.supportedValuesOf('currency'), 'CLF', 'UYW', 'VED']);

  expect(currencies.filter((code) => !known.has(code))).toEqual([]);
  expect(currencies.length).toBeGreaterThan(150);
  for (const code of ['XAU', 'XXX', 'XTS', 'BGN', 'HRK', 'ANG', 'ZWL', 'SLL', 'DEM']) {
    expect(readCurrency(code)).toBeUndefined();
  }
});

test.each([
  ['usd', 'USD'],
  [' Eur ', 'EUR'],
  ['$', undefined],
  ['dollars', undefined],
  ['', undefined],
  ['constructor', undefined],
  ['__proto__', undefined],
])('%j is read as %s', (text, expected) => {
  expect(readCurrency(text)).toBe(expected);
});
