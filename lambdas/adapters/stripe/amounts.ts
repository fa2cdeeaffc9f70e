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
const scales: Readonly<Record<string, Scale>> = {
  ISK: { stripe: 100, iso: 1 },
  UGX: { stripe: 100, iso: 1 },
  MGA: { stripe: 1, iso: 100 },
};

/** So many of Stripe's units are so many of ISO's. */
interface Scale {
  readonly stripe: number;
  readonly iso: number;
}

const same: Scale = { stripe: 1, iso: 1 };

/** Three-decimal currencies must end in 0 at Stripe: the card networks round to two. */
const threeDecimals: ReadonlySet<string> = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** Four decimals, or not moved by cards at all. */
const unsupported: ReadonlySet<string> = new Set(['CLF', 'UYW', 'IQD', 'LYD']);

/** Undefined when Stripe cannot express the amount. */
export function toStripeAmount({ minor, currency }: Money): StripeAmount | undefined {
  if (unsupported.has(currency)) return undefined;
  if (threeDecimals.has(currency) && minor % 10 !== 0) return undefined;
  const { stripe, iso } = scales[currency] ?? same;
  const amount = (minor * stripe) / iso;
  return Number.isSafeInteger(amount) ? { amount, currency: currency.toLowerCase() } : undefined;
}

/** Undefined when it is no amount of a currency that we count in. */
export function fromStripeAmount(told: StripeAmount): Money | undefined {
  const currency = readCurrency(told.currency);
  if (currency === undefined) return undefined;
  const { stripe, iso } = scales[currency] ?? same;
  const minor = (told.amount * iso) / stripe;
  return Number.isSafeInteger(minor) ? money(minor, currency) : undefined;
}
