// Proves that words are cut to Meta's limits without breaking a character, and that what must stay whole does.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allOf,
  cutLine,
  cutLines,
  firstOf,
  limits,
  whole,
} from '../../../lambdas/adapters/messenger/messenger-limits.ts';

const graphemes = (text: string) =>
  [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(
    (one) => one.segment,
  );

/** Everything that a name can be made of: emoji families, flags, marks, controls, halves of pairs. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '👨‍👩‍👧‍👦',
        '🇩🇪',
        'e\u0301',
        '\u0600',
        'שָׁ',
        '\u0000',
        '\ud83d',
        ' ',
        '\n',
        '\u202e',
        'a',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('')),
);

describe('words', () => {
  test('of any kind fit, are not blank, and are whole graphemes of what was given', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 30 }), (raw, max) => {
        const cut = cutLines(raw, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut.trim()).not.toBe('');
        expect(cut.isWellFormed()).toBe(true);
        expect(cut).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u);
        const all = graphemes(cutLines(raw, 1999));
        const beginnings = all.map((_, count) => all.slice(0, count).join('').trimEnd());
        expect([all.join(''), ...beginnings.map((kept) => `${kept}…`)]).toContain(cut);
      }),
    );
  });

  test('that fit stay as they are', () => {
    expect(cutLine('Bob Stone', 20)).toBe('Bob Stone');
    expect(cutLines('one\ntwo', 20)).toBe('one\ntwo');
    expect(cutLine('x'.repeat(20), 20)).toBe('x'.repeat(20));
  });

  test('that are too long end in an ellipsis', () => {
    expect(cutLine('x'.repeat(21), 20)).toBe(`${'x'.repeat(19)}…`);
    expect(cutLine('Send money to someone else', 20)).toBe('Send money to someo…');
  });

  test('never lose a member of a family', () => {
    expect(cutLine('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 20)).toBe('👨‍👩‍👧‍👦…');
  });

  test('that are one endless grapheme become an ellipsis', () => {
    expect(cutLine(`a${'\u0301'.repeat(5000)}`, 20)).toBe('…');
  });

  test('that are nothing become an ellipsis, because Meta refuses blanks', () => {
    for (const blank of ['', ' ', '\n\n', '\u0000', '\u202e']) expect(cutLine(blank, 20)).toBe('…');
  });

  test('cannot turn the direction of what follows, and keep their own', () => {
    expect(cutLine('\u202eevil', 20)).toBe('evil');
    expect(cutLine('משה כהן', 20)).toBe('משה כהן');
  });

  test('of a megabyte are cut quickly', () => {
    const cut = cutLines('🍕'.repeat(500_000), limits.text);
    expect(cut.length).toBeLessThanOrEqual(limits.text);
  });
});

describe('payloads and lists', () => {
  test('that are too long or empty are bugs, never cut', () => {
    expect(whole('x'.repeat(1000), limits.payload, 'payload')).toHaveLength(1000);
    expect(() => whole('x'.repeat(1001), limits.payload, 'payload')).toThrow(RangeError);
    expect(() => whole('', limits.payload, 'payload')).toThrow(RangeError);
  });

  test('of choices lose their end, of buttons they are a bug', () => {
    expect(firstOf([1, 2, 3], 2)).toEqual([1, 2]);
    expect(allOf([1, 2], 2, 'buttons')).toEqual([1, 2]);
    expect(() => allOf([1, 2, 3], 2, 'buttons')).toThrow('3 buttons');
  });
});
