// What a locale says about how its people write amounts.
import { describe, expect, test } from 'vitest';
import {
  currencyOfLocalSymbol,
  numberSigns,
  regionOf,
  safeLocale,
} from '../../../lambdas/domain/money/speaker.ts';

describe('the signs between digits', () => {
  test.each([
    ['en-US', '.', ','],
    ['en_US', '.', ','],
    ['de-DE', ',', '.'],
    ['fr-FR', ',', ' '],
    ['fr-CH', '.', "'"],
    ['de-CH', '.', "'"],
    ['ar-EG', '.', ','],
  ])('in %s are %j and %j, with plain digits', (locale, decimal, group) => {
    expect(numberSigns(locale)).toEqual({ decimal, group });
    // Remembered, and still the same.
    expect(numberSigns(locale)).toEqual({ decimal, group });
  });

  test('are told for any number of locales, also when no more are remembered', () => {
    for (let at = 0; at < 250; at += 1) {
      const region = `de-x-shop${at}`;
      expect(numberSigns(region).decimal).toBe(',');
    }
    expect(numberSigns('de-x-shop249')).toEqual({ decimal: ',', group: '.' });
  });
});

test('a sign of one country alone is known there, whatever its case', () => {
  expect(currencyOfLocalSymbol('$US', 'fr-FR')).toBe('USD');
  expect(currencyOfLocalSymbol('$us', 'fr_FR')).toBe('USD');
  expect(currencyOfLocalSymbol('د.ك.', 'ar')).toBe('KWD');
  expect(currencyOfLocalSymbol('$US', 'en-US')).toBeUndefined();
  expect(currencyOfLocalSymbol('', 'en-US')).toBeUndefined();
});

test('a locale that is none is read as American, and a language stands for its likeliest country', () => {
  expect(safeLocale('not a locale')).toBe('en-US');
  expect(safeLocale('')).toBe('en-US');
  expect(safeLocale('zh_hans_cn')).toBe('zh-Hans-CN');
  expect(regionOf('ja')).toBe('JP');
  expect(regionOf('de_AT')).toBe('AT');
  expect(regionOf('not a locale')).toBe('US');
});
