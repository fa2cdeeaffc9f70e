// What a product is found by.
import { describe, expect, it } from 'vitest';
import {
  foldWords,
  searchWordsOf,
  singularOf,
} from '../../../lambdas/domain/shops/search-words.ts';

describe('search words', () => {
  it('are those of the name and of the category, once each, also in the singular', () => {
    expect(searchWordsOf({ name: 'Flat White', category: 'Hot drinks' })).toEqual([
      'flat',
      'white',
      'hot',
      'drinks',
      'drink',
    ]);
    expect(searchWordsOf({ name: 'Oat oat OATS', category: 'Oat' })).toEqual(['oat', 'oats']);
  });

  it('know no accents, no capitals and no signs', () => {
    expect(foldWords('Crème Brûlée — Joe’s “Spécial” (№ 7)')).toEqual([
      'creme',
      'brulee',
      'joes',
      'special',
      'no',
      '7',
    ]);
  });

  it('have two letters at least', () => {
    expect(searchWordsOf({ name: 'A 7 up', category: 'x' })).toEqual(['up']);
  });

  it('are found in scripts without spaces and without capitals', () => {
    expect(searchWordsOf({ name: 'ラテ', category: 'コーヒー' })).toContain('ラテ');
    expect(searchWordsOf({ name: 'قهوة عربية', category: 'مشروبات' })).toContain('قهوة');
  });

  it.each([
    ['lattes', 'latte'],
    ['whites', 'white'],
    ['berries', 'berry'],
    ['sandwiches', 'sandwich'],
    ['boxes', 'box'],
    ['cookies', 'cookie'],
    ['pies', 'pie'],
    ['juices', 'juice'],
    ['glass', 'glass'],
    ['bus', 'bus'],
    ['us', 'us'],
    ['tea', 'tea'],
    ['oats', 'oat'],
  ])('reads %s as one %s', (plural, singular) => {
    expect(singularOf(plural)).toBe(singular);
  });
});
