// What keyboards write in many ways is read in one, and nothing that cannot be seen stays.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldText } from '../../../lambdas/domain/money/fold-text.ts';

test.each([
  ['￡20', '£20'],
  ['￥500', '¥500'],
  ['20￠', '20¢'],
  ['￦900', '₩900'],
  ['＄２０', '$20'],
  ['1’234 1‘2 1`2 1´2 1′2', "1'234 1'2 1'2 1'2 1'2"],
  ['“lunch” «rent» „tea‟', '"lunch" "rent" "tea"'],
  ['5–10 −5 5—6', '5-10 -5 5-6'],
  ['1\u00A0\u202F\t 234', '1 234'],
  ['2\u200B0\u2060 \uFEFFusd\u00AD', '20 usd'],
  ['20\u0000usd', '20 usd'],
  ['a\u202Eb', 'a b'],
  ['٢٠ and २०', '20 and 20'],
  ['  20  ', '20'],
  ['one\r\ntwo\rthree\u2028four\u0085five', 'one\ntwo\nthree\nfour\nfive'],
  ['one \n\n \n  two', 'one\ntwo'],
  ['one\ntwo', 'one\ntwo'],
])('%j is read as %j', (text, folded) => {
  expect(foldText(text)).toBe(folded);
});

// oxlint-disable-next-line no-control-regex
const leftOver = /[\0-\t\v-\x1F]|[^\P{Nd}0-9]|\s\s|^\s|\s$|\u200B/u;

test('folding once is enough, and leaves plain digits, single spaces and nothing unseen', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...Array.from('2٢２ \u00A0\u200B\t\r\n\u2028’″－￥'), '𝟐') }),
  );

  fc.assert(
    fc.property(text, (given) => {
      const folded = foldText(given);

      expect(foldText(folded)).toBe(folded);
      expect(leftOver.exec(folded)).toBeNull();
    }),
  );
});
