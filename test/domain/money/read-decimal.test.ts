// What dots, commas, quotes and spaces between digits mean, by who writes them.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDecimal } from '../../../lambdas/domain/money/read-decimal.ts';

const american = { decimal: '.', group: ',', exponent: 2 };
const german = { decimal: ',', group: '.', exponent: 2 };
const french = { decimal: ',', group: ' ', exponent: 2 };
const inDinars = { ...american, exponent: 3 };

const readings = (text: string, habits = american) =>
  readDecimal(text, habits).map(({ whole, fraction }) => `${whole}|${fraction}`);

describe('digits and signs', () => {
  test.each([
    ['20', ['20|']],
    ['20.5', ['20|5']],
    ['.5', ['0|5']],
    ['20,50', ['20|50']],
    ['1,234', ['1234|']],
    ['1,234.56', ['1234|56']],
    ['1.234,56', ['1234|56']],
    ['1,234,567', ['1234567|']],
    ['12,34,567', ['1234567|']],
    ['1,23,45,678', ['12345678|']],
    ["1'234'567.5", ['1234567|5']],
    ['1 234 567', ['1234567|']],
    ['1٬234٫5', ['1234|5']],
    ['1٫234', ['1|234']],
    ['0,234', ['0|234']],
  ])('%s is %j to an American', (text, expected) => {
    expect(readings(text)).toEqual(expected);
  });

  test.each([
    '1.2.3',
    '1,234.5.6',
    '1.234,56,78',
    '1,234 567',
    '1,23.45',
    "1'23",
    '1 23',
    '1.234,567.8',
    "1,234'567.8",
    "1,234.567'890",
    '1,234,56',
    '12345,678,901',
    '0,123,456',
    '12,3456,789',
    '123,45,678',
    '12,34,5678',
  ])('%s is no number', (text) => {
    expect(readings(text)).toEqual([]);
  });
});

describe('three digits after one sign', () => {
  test('are thousands after the sign that groups, a fraction after the decimal sign', () => {
    expect(readings('1.234', german)).toEqual(['1234|']);
    expect(readings('1.234')).toEqual(['1|234']);
    expect(readings('1.234', inDinars)).toEqual(['1|234']);
  });

  test('may be either where the sign is neither', () => {
    expect(readings('1.234', french)).toEqual(['1234|', '1|234']);
  });

  test('that end in more zeros than the currency has decimals may have been thousands', () => {
    expect(readings('20.500')).toEqual(['20|500', '20500|']);
    expect(readings('20.000')).toEqual(['20|000', '20000|']);
    expect(readings('20.500', inDinars)).toEqual(['20|500']);
    expect(readings('20.000', { ...american, exponent: 0 })).toEqual(['20|000', '20000|']);
  });
});

test('a number grouped and pointed as its country does is read back, digit for digit', () => {
  const fractions = fc.string({
    unit: fc.constantFrom(...Array.from('0123456789')),
    minLength: 1,
    maxLength: 2,
  });

  fc.assert(
    fc.property(
      fc.nat(999_999_999),
      fractions,
      fc.constantFrom('en', 'de'),
      (whole, fraction, language) => {
        const habits = language === 'en' ? american : german;
        const text = `${whole.toLocaleString(language)}${habits.decimal}${fraction}`;

        expect(readings(text, habits)).toEqual([`${whole}|${fraction}`]);
      },
    ),
  );
});
