// Numbers in English words: each below a million is one number, and what nobody says is none.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNumberWords } from '../../../lambdas/domain/money/number-words.ts';

const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** As a cheque is written out: "nine hundred and ninety-nine thousand and one". */
function inWords(number: number): string {
  if (number < 20) return units[number] ?? '';
  if (number < 100) return joined(tens[Math.floor(number / 10)], '-', number % 10);
  if (number < 1000) {
    return joined(`${inWords(Math.floor(number / 100))} hundred`, ' and ', number % 100);
  }
  return joined(`${inWords(Math.floor(number / 1000))} thousand`, ' ', number % 1000);
}

function joined(first: string | undefined, link: string, rest: number): string {
  return rest === 0 ? `${first}` : `${first}${link}${inWords(rest)}`;
}

test('whatever is written out below a million is read back', () => {
  fc.assert(
    fc.property(fc.oneof(fc.nat(999), fc.nat(999_999)), (number) => {
      expect(readNumberWords(inWords(number))).toBe(number);
      expect(readNumberWords(inWords(number).toUpperCase())).toBe(number);
    }),
  );
});

describe('as people say it', () => {
  test.each([
    ['a hundred', 100],
    ['hundred', 100],
    ['hundred and one', 101],
    ['a thousand', 1000],
    ['an hundred', 100],
    ['thousand five', 1005],
    ['twelve hundred', 1200],
    ['nineteen hundred', 1900],
    ['two hundred and five', 205],
    ['fourty two', 42],
    ['twenty - one', 21],
    ['fiver', 5],
    ['a tenner', 10],
  ])('"%s" is %d', (text, number) => {
    expect(readNumberWords(text)).toBe(number);
  });

  test.each([
    '',
    'two fifty',
    'two three',
    'twenty thirty',
    'twenty ten',
    'twenty zero',
    'twenty one two',
    'ten one',
    'zero hundred',
    'twenty hundred',
    'bob hundred',
    'two fifty hundred',
    'hundred two three',
    'hundred hundred',
    'two fifty thousand',
    'thousand two fifty',
    'thousand thousand',
    'tenner five',
    'fiver hundred',
    'bob',
  ])('"%s" is no number', (text) => {
    expect(readNumberWords(text)).toBeUndefined();
  });
});
