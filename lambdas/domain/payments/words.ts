// Phrases that the bubbles about payments share: amounts, people, notes and cards in words.
import { formatMoney } from '../money/format-money.ts';
import type { Money } from '../money/money.ts';
import { type Instrument, nameAndHandle, type Person, shortName } from '../people/person.ts';
import type { Payment } from './payment.ts';

export function amountFor(reader: Pick<Person, 'locale'>, amount: Money): string {
  return formatMoney(amount, reader.locale);
}

/** ` for “lunch”`, or nothing. */
export function forNote(note: string | undefined): string {
  return note === undefined ? '' : ` for “${note}”`;
}

/** "Visa •• 4242". */
export function cardWords(instrument: Instrument | undefined): string {
  if (instrument === undefined) return 'card';
  const brand = instrument.brand.charAt(0).toUpperCase() + instrument.brand.slice(1);
  return `${brand} •• ${instrument.last4}`;
}

/** The other side as it may be named before, or without, knowing them. */
export function payeeWords(payment: Pick<Payment, 'payee'>, payee: Person | undefined): string {
  if (payee !== undefined) return nameAndHandle(payee);
  return payment.payee.kind === 'claim' ? payment.payee.calledName : 'someone';
}

export function payeeShort(payment: Pick<Payment, 'payee'>, payee: Person | undefined): string {
  if (payee !== undefined) return shortName(payee);
  return payment.payee.kind === 'claim' ? payment.payee.calledName : 'someone';
}

/** "10 seconds", "2 minutes", "7 days": the largest unit that is whole enough to say. */
export function durationWords(seconds: number): string {
  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
    ['second', 1],
  ] as const;
  const [unit, length] = units.find(([, each]) => seconds >= each) ?? ['second', 1];
  const count = Math.max(1, Math.round(seconds / length));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** "Sun, 29 Nov" in the reader's language. The thread does not tell a time zone, so dates are UTC days. */
export function dayWords(reader: Pick<Person, 'locale'>, atMs: number): string {
  return new Intl.DateTimeFormat(reader.locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(atMs);
}
