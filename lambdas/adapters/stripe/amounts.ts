// Money as Stripe counts it: minor units too, but not everywhere the minor units of ISO 4217.
import { readCurrency } from '../../domain/money/currency.ts';
import { type Money, money } from '../../domain/money/money.ts';

export interface StripeAmount {
  readonly amount: number;
  /** Lower case. */
  readonly currency: string;
}

/**
 * Where Stripe's unit is not ISO's (docs.stripe.com/currencies, special cases): it counts ISK and UGX in hundredths,
 * for old times' sake, but MGA whole.
 */
const stripeUnitsPerIsoUnit: Readonly<Record<string, number>> = { ISK: 100, UGX: 100, MGA: 0.01 };

/** Three-decimal currencies must end in 0 at Stripe: the card networks round to two. */
const threeDecimals: ReadonlySet<string> = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** Four decimals, or not moved by cards at all. */
const unsupported: ReadonlySet<string> = new Set(['CLF', 'UYW', 'IQD', 'LYD']);

/** Undefined when Stripe cannot express the amount. */
export function toStripeAmount({ minor, currency }: Money): StripeAmount | undefined {
  if (unsupported.has(currency)) return undefined;
  if (threeDecimals.has(currency) && minor % 10 !== 0) return undefined;
  const scale = stripeUnitsPerIsoUnit[currency] ?? 1;
  const amount = scale < 1 ? minor / Math.round(1 / scale) : minor * scale;
  return Number.isSafeInteger(amount) ? { amount, currency: currency.toLowerCase() } : undefined;
}

/** Undefined when it is no amount of a currency that we count in. */
export function fromStripeAmount(told: StripeAmount): Money | undefined {
  const currency = readCurrency(told.currency);
  if (currency === undefined) return undefined;
  const scale = stripeUnitsPerIsoUnit[currency] ?? 1;
  const minor = scale < 1 ? told.amount * Math.round(1 / scale) : told.amount / scale;
  return Number.isSafeInteger(minor) ? money(minor, currency) : undefined;
}
