// Reads an amount that a shop typed into a form or a file: in its own currency, as we write it or as people do.
import { exponentOf } from '../money/currency.ts';
import { decimalText } from '../money/format-money.ts';
import { type Money, money } from '../money/money.ts';
import { parseMoney } from '../money/parse-money.ts';
import type { Speaker } from '../money/speaker.ts';

export type TypedAmount =
  | { readonly kind: 'amount'; readonly amount: Money }
  /** A sentence for whoever typed it. */
  | { readonly kind: 'wrong'; readonly why: string };

/** `speaker.currency` is the only one taken; the locale says what commas and dots mean. Zero is `free`, where it may be. */
export function readTypedAmount(
  text: string,
  speaker: Speaker,
  mayBeZero: 'may_be_zero' | 'positive' = 'positive',
): TypedAmount {
  const typed = text.trim();
  if (typed === '') return wrong('An amount is missing.');
  const own = asWeWriteIt(typed, speaker);
  const reading = own ?? read(typed, speaker);
  if (typeof reading === 'string') return wrong(reading);
  if (reading.minor === 0 && mayBeZero === 'positive')
    return wrong('The amount must be more than nothing.');
  if (reading.currency !== speaker.currency)
    return wrong(`“${short(typed)}” is not in ${speaker.currency}.`);
  return { kind: 'amount', amount: reading };
}

/** "3.50" and "500": what our own forms and files hold is read back exactly, whatever the locale. */
function asWeWriteIt(typed: string, { currency }: Speaker): Money | undefined {
  const digits = exponentOf(currency);
  const shape = digits === 0 ? /^\d{1,9}$/u : new RegExp(`^\\d{1,9}\\.\\d{${digits}}$`, 'u');
  if (shape.test(typed)) return money(Number(typed.replace('.', '')), currency);
  return /^0+(?:[.,]0*)?$/u.test(typed) ? money(0, currency) : undefined;
}

function read(typed: string, speaker: Speaker): Money | string {
  const reading = parseMoney(typed, speaker);
  switch (reading.kind) {
    case 'money':
      return reading.money;
    case 'ambiguous': {
      const [first] = reading.readings;
      const as = first === undefined ? '' : ` Write it as ${decimalText(first)}, if that is meant.`;
      return `“${short(typed)}” can be read in more than one way.${as}`;
    }
    case 'too_precise':
      return `“${short(typed)}” has more decimals than ${speaker.currency} has.`;
    case 'too_large':
      return `“${short(typed)}” is too large.`;
    case 'not_positive':
      return 'The amount must be more than nothing.';
    case 'unknown_currency':
    case 'unreadable':
    case 'none':
      return `“${short(typed)}” is not an amount. Write it like ${example(speaker)}.`;
  }
}

function example({ currency }: Speaker): string {
  return decimalText(money(3.5 * 10 ** Math.max(1, exponentOf(currency)), currency));
}

function short(typed: string): string {
  return typed.length <= 30 ? typed : `${typed.slice(0, 29)}…`;
}

function wrong(why: string): TypedAmount {
  return { kind: 'wrong', why };
}
