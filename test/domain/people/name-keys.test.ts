// Names are found however they are written, and different names stay different.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKeyOf, nameKeysOf } from '../../../lambdas/domain/people/name-keys.ts';

describe('a name key', () => {
  it.each([
    ['JOSÉ  nuñez', 'José Núñez'],
    ['jose nunez', 'José Núñez'],
    ['straße', 'STRASSE'],
    ['Søren Ålund', 'soren alund'],
    ['Łukasz', 'lukasz'],
    ['ΟΔΥΣΣΕΥΣ', 'Οδυσσεύς'],
    ['Ⅷ ｆｕｌｌ', 'viii full'],
    ['Jean-Luc', 'jean luc'],
    ['O’Brien', "o'brien"],
    ['Дмитрий Ёлкин', 'дмитрии елкин'],
    ['İpek', 'ipek'],
    ['مُحَمَّد', 'محمد'],
    ['‏שלום‎', 'שלום'],
    ['  Bob\u0000\u200b ', 'bob'],
  ])('is the same for %s and %s', (one, other) => {
    expect(nameKeyOf(one)).toBe(nameKeyOf(other));
    expect(nameKeyOf(one)).not.toBe('');
  });

  it.each([
    ['Bob', 'Rob'],
    ['が', 'か'],
    ['राम', 'रमा'],
    ['Ann Marie', 'Annmarie'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(nameKeyOf(one)).not.toBe(nameKeyOf(other));
  });

  it.each(['', '   ', '\u0000', '…', '‏'])('is empty for %j', (name) => {
    expect(nameKeyOf(name)).toBe('');
    expect(nameKeysOf(name)).toEqual([]);
  });

  it('is its own key, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(nameKeyOf(nameKeyOf(name))).toBe(nameKeyOf(name));
      }),
    );
  });

  it('has one space between two words, whatever stood between them', () => {
    expect(nameKeyOf('Ann - \u{AD} , Bell')).toBe('ann bell');
    expect(nameKeyOf('Ann\tBell')).toBe('ann bell');
    expect(nameKeyOf('\u{A2}-\u{AD}-\u{A2}')).toBe('\u{A2} \u{A2}');
  });

  it('stands for the full name and the first one', () => {
    expect(nameKeysOf('Bob van der Berg')).toEqual(['bob van der berg', 'bob']);
    expect(nameKeysOf('Cher')).toEqual(['cher']);
    expect(nameKeysOf('🎸 Bob')).toEqual(['🎸 bob', '🎸']);
  });
});
