// What typed digits amount to: money, or the reason why they must be asked about.
import type { Currency } from './currency.ts';
import { exponentOf } from './currency.ts';
import { money } from './money.ts';
import type { Money } from './money.ts';
import type { Decimal } from './read-decimal.ts';

export type MoneyReading =
  | { readonly kind: 'money'; readonly money: Money }
  /** To be asked: every way to read it, likeliest first. A single one is to be confirmed ("5k" is surely 5000, but say so). */
  | { readonly kind: 'ambiguous'; readonly readings: readonly Money[] }
  | { readonly kind: 'unknown_currency'; readonly text: string }
  /** More decimals than the currency has: 0.001 USD, 0.5 JPY. */
  | { readonly kind: 'too_precise' }
  | { readonly kind: 'not_positive' }
  /** A thousand million and more, in whole units. */
  | { readonly kind: 'too_large' }
  /** Digits, but no amount: 1.2.3, 20%, 5-10. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'none' };

/** One way to read the digits in one currency. */
export interface Candidate {
  readonly decimal: Decimal;
  readonly currency: Currency;
  /** The digits count cents. */
  readonly isMinor: boolean;
  /** Powers of ten on top: 3 for "5k". */
  readonly scale: number;
}

/** More whole digits than these are a slip of the finger; also keeps every sum of amounts a safe integer. */
const mostWholeDigits = 9;

type Counted =
  | { readonly kind: 'counted'; readonly money: Money }
  | { readonly kind: 'too_precise' }
  | { readonly kind: 'too_large' };

/** `isDoubtful`: to be confirmed even when there is one way to read it. */
export function readCandidates(
  candidates: readonly Candidate[],
  isDoubtful: boolean,
): MoneyReading {
  const all = candidates.map(countMinor);
  const [first] = all;
  if (first === undefined) return { kind: 'unreadable' };
  const readings = all.flatMap((one) => (one.kind === 'counted' ? [one.money] : []));
  const [likeliest] = readings;
  if (likeliest === undefined) return first.kind === 'counted' ? { kind: 'none' } : first;
  if (readings.every((reading) => reading.minor === 0)) return { kind: 'not_positive' };
  if (all.length > 1 || isDoubtful) return { kind: 'ambiguous', readings };
  return { kind: 'money', money: likeliest };
}

/** Digit by digit, never through a float. */
function countMinor(candidate: Candidate): Counted {
  const { decimal, currency, scale } = candidate;
  const places = (candidate.isMinor ? 0 : exponentOf(currency)) + scale;
  if (/[1-9]/u.test(decimal.fraction.slice(places))) return { kind: 'too_precise' };
  const digits = decimal.whole + decimal.fraction.slice(0, places).padEnd(places, '0');
  const significant = digits.replace(/^0+/u, '');
  if (significant.length - exponentOf(currency) > mostWholeDigits) return { kind: 'too_large' };
  return { kind: 'counted', money: money(Number(significant), currency) };
}
