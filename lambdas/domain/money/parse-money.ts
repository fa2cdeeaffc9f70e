// Reads an amount as people type it, where the text is nothing but the amount.
import { findAmounts } from './find-amounts.ts';
import { foldText } from './fold-text.ts';
import type { MoneyReading } from './money-reading.ts';
import type { Speaker } from './speaker.ts';

/**
 * `$20`, `20 usd`, `20,50 €`, `1'234.50`, `twenty bucks`, `５００円`, `٢٠`. The locale decides what dots and commas are, the
 * person's own currency what a bare number or a shared sign ($, ¥, kr) is; what they cannot decide is `ambiguous`.
 * Shorthand ("5k", "2 million", "1e3") is never taken at its word: it comes back ambiguous, with the one reading to confirm.
 */
export function parseMoney(text: string, speaker: Speaker): MoneyReading {
  const folded = foldText(text);
  const [amount, another] = findAmounts(folded, { speaker, signPlace: 'alone' });
  if (amount === undefined || another !== undefined) return { kind: 'none' };
  const before = folded.slice(0, amount.start).trim();
  const after = folded
    .slice(amount.end)
    .replace(/[.!?]+$/u, '')
    .trim();
  if (before === '' && after === '') return amount.reading;
  // What touches the digits is named, or makes them unreadable, already.
  if (amount.reading.kind === 'unknown_currency' || amount.reading.kind === 'unreadable') {
    return amount.reading;
  }
  const [around] = [before, after].filter((side) => side !== '');
  const isOneWord = before === '' || after === '';
  if (around === undefined || !isOneWord || !/^\p{L}[\p{L}\p{M}.]*$/u.test(around))
    return { kind: 'none' };
  return { kind: 'unknown_currency', text: around };
}
