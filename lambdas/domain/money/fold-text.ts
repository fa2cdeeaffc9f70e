// Folds the many ways in which keyboards write digits, spaces, dashes and quotes into one, and takes out what cannot be seen.
import { withPlainDigits } from './digits.ts';

/** The order counts: what is invisible goes first, so that spaces are collapsed last. */
const folds: readonly (readonly [RegExp, string | ((match: string) => string)])[] = [
  // Marks that only steer the writing direction, zero-width spaces and soft hyphens: joiners stay, emoji and Persian need them.
  [/[\u200E\u200F\u061C\u200B\u2060\uFEFF\u00AD]/gu, ''],
  [/\r\n?|[\u0085\u2028\u2029]/gu, '\n'],
  // Control characters, null among them, and what overrides the writing direction: never glue what stood on both sides.
  // oxlint-disable-next-line no-control-regex
  [/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/gu, ' '],
  [/[\uFF01-\uFF5E]/gu, (wide) => String.fromCodePoint((wide.codePointAt(0) ?? 0) - 0xfee0)],
  [/￥/gu, '¥'],
  [/￡/gu, '£'],
  [/￠/gu, '¢'],
  [/￦/gu, '₩'],
  [/[‘’‚‛ʼ′`´]/gu, "'"],
  [/[“”„‟«»″]/gu, '"'],
  [/[‐‑‒–—―−]/gu, '-'],
  [/[^\S\n]+/gu, ' '],
  [/ ?\n[ \n]*/gu, '\n'],
];

/** For reading, and for names and notes taken from what was read. Line breaks stay, one at a time. */
export function foldText(text: string): string {
  const folded = folds.reduce(
    (rest, [pattern, by]) =>
      typeof by === 'string' ? rest.replaceAll(pattern, by) : rest.replaceAll(pattern, by),
    text.toWellFormed(),
  );
  return withPlainDigits(folded).trim();
}
