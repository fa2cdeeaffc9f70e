// How much a person may send: per payment, per day and per week, by how well we know them.
import { type Currency, readCurrency } from '../money/currency.ts';
import { add, compare, type Money } from '../money/money.ts';
import type { PersonId, PersonLevel } from '../people/person.ts';
import { dayMs } from './due-dates.ts';
import type { Spending } from './spending.ts';

export interface Limits {
  readonly perPayment: Money;
  readonly perDay: Money;
  readonly perWeek: Money;
}

/** In whole major units of a currency worth about a US dollar, euro or pound. */
const byLevel: Record<PersonLevel, { perPayment: number; perDay: number; perWeek: number }> = {
  new: { perPayment: 100, perDay: 200, perWeek: 500 },
  known: { perPayment: 500, perDay: 1000, perWeek: 3000 },
  verified: { perPayment: 2000, perDay: 4000, perWeek: 10000 },
};

/**
 * Minor units of each wallet currency that stand for one unit of the table above, and so which currencies the wallet
 * takes at all. Rough on purpose: limits guard against loss, they are not exchange rates.
 */
export const walletCurrencies: Readonly<Partial<Record<Currency, number>>> = {
  USD: 100,
  EUR: 100,
  GBP: 100,
  CAD: 100,
  AUD: 100,
  SGD: 100,
  CHF: 100,
  JPY: 150,
};

export function isWalletCurrency(currency: Currency): boolean {
  return walletCurrencies[currency] !== undefined;
}

export function limitsFor(level: PersonLevel, currency: Currency): Limits {
  const unit = walletCurrencies[currency];
  if (unit === undefined) throw new Error(`The wallet does not take ${currency}.`);
  const { perPayment, perDay, perWeek } = byLevel[level];
  return {
    perPayment: { minor: perPayment * unit, currency },
    perDay: { minor: perDay * unit, currency },
    perWeek: { minor: perWeek * unit, currency },
  };
}

/** Above this the PIN is asked for, also to people paid before. */
export function pinFreeUpTo(currency: Currency): Money {
  return { minor: 50 * (walletCurrencies[currency] ?? 0), currency };
}

export type Exceeded = {
  readonly which: keyof Limits;
  readonly limit: Money;
  readonly left: Money;
};

/** The first limit that one more payment of `amount` would break, or undefined. */
export function exceededBy(
  amount: Money,
  spending: Spending | undefined,
  at: { level: PersonLevel; nowMs: number },
): Exceeded | undefined {
  const limits = limitsFor(at.level, amount.currency);
  const left = leftOf(limits, spending, at.nowMs);
  for (const which of ['perPayment', 'perDay', 'perWeek'] as const) {
    if (compare(amount, left[which]) > 0) return { which, limit: limits[which], left: left[which] };
  }
  return undefined;
}

/** What may still be sent today and this week; never less than zero. */
export function leftOf(limits: Limits, spending: Spending | undefined, nowMs: number): Limits {
  const currency = limits.perDay.currency;
  const spent = (days: number) => spentOver(spending, currency, { days, nowMs });
  return {
    perPayment: limits.perPayment,
    perDay: { minor: Math.max(0, limits.perDay.minor - spent(1)), currency },
    perWeek: { minor: Math.max(0, limits.perWeek.minor - spent(7)), currency },
  };
}

function spentOver(
  spending: Spending | undefined,
  currency: Currency,
  over: { days: number; nowMs: number },
): number {
  let total = 0;
  for (let ago = 0; ago < over.days; ago += 1) {
    const day = spending?.days[dayOf(over.nowMs - ago * dayMs)] ?? {};
    for (const [name, minor] of Object.entries(day)) total += inCurrency(currency, name, minor);
  }
  return total;
}

/** One purse: else each further currency would be a whole limit more. Rounded up, by the table's rough worth. */
function inCurrency(wanted: Currency, name: string, minor: number): number {
  const currency = readCurrency(name);
  const from = currency === undefined ? undefined : walletCurrencies[currency];
  const to = walletCurrencies[wanted];
  if (from === undefined || to === undefined) return 0;
  return Math.ceil((minor * to) / from);
}

/** Spending with `amount` on top of today; days that no limit looks at any more are dropped. */
export function spend(
  before: Spending | undefined,
  personId: PersonId,
  payment: { amount: Money; nowMs: number },
): Spending {
  return changed(before, personId, { ...payment, sign: 1 });
}

/** Spending after a payment came to nothing: what was counted on `spentAtMs` counts no longer. */
export function giveBack(
  before: Spending | undefined,
  personId: PersonId,
  payment: { amount: Money; nowMs: number; spentAtMs: number },
): Spending {
  return changed(before, personId, { ...payment, sign: -1 });
}

function changed(
  before: Spending | undefined,
  personId: PersonId,
  payment: { amount: Money; nowMs: number; spentAtMs?: number; sign: 1 | -1 },
): Spending {
  const day = dayOf(payment.spentAtMs ?? payment.nowMs);
  const { currency } = payment.amount;
  const oldest = dayOf(payment.nowMs - 7 * dayMs);
  const kept = Object.entries(before?.days ?? {}).filter(([each]) => each > oldest);
  const today = before?.days[day] ?? {};
  const spent = { minor: today[currency] ?? 0, currency };
  const total = add(spent, { minor: payment.sign * payment.amount.minor, currency });
  return {
    personId,
    version: (before?.version ?? 0) + 1,
    days: {
      ...Object.fromEntries(kept),
      [day]: { ...today, [currency]: Math.max(0, total.minor) },
    },
  };
}

function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
