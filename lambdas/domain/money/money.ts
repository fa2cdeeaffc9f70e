// Money as whole minor units of one currency, and the only arithmetic that is allowed on it.
import type { Currency } from './currency.ts';

/** `minor` is a safe integer count of the currency's smallest unit: 2000 USD is $20.00, 500 JPY is ¥500. */
export type Money = { readonly minor: number; readonly currency: Currency };

/** Throws when `minor` is not a safe integer: such a number has already lost money. */
export function money(minor: number, currency: Currency): Money {
  if (!Number.isSafeInteger(minor)) {
    throw new RangeError(`${minor} ${currency} is not a whole, safe number of minor units`);
  }
  return { minor: minor === 0 ? 0 : minor, currency };
}

export function zero(currency: Currency): Money {
  return money(0, currency);
}

export function add(left: Money, right: Money): Money {
  requireSameCurrency(left, right);
  return money(left.minor + right.minor, left.currency);
}

export function subtract(left: Money, right: Money): Money {
  requireSameCurrency(left, right);
  return money(left.minor - right.minor, left.currency);
}

/** So many of the same: `count` is whole. */
export function times(amount: Money, count: number): Money {
  return money(amount.minor * count, amount.currency);
}

export function negate(amount: Money): Money {
  return money(-amount.minor, amount.currency);
}

/** Below zero when `left` is less, above zero when it is more: fits `Array.sort`. */
export function compare(left: Money, right: Money): -1 | 0 | 1 {
  requireSameCurrency(left, right);
  if (left.minor === right.minor) return 0;
  return left.minor < right.minor ? -1 : 1;
}

export function isSameMoney(left: Money, right: Money): boolean {
  return left.currency === right.currency && left.minor === right.minor;
}

export function isZero(amount: Money): boolean {
  return amount.minor === 0;
}

export function isPositive(amount: Money): boolean {
  return amount.minor > 0;
}

/** Give the currency where there may be nothing to sum; without it, nothing is a bug. */
export function sum(amounts: readonly Money[], currency = amounts[0]?.currency): Money {
  if (currency === undefined) throw new TypeError('The sum of nothing has no currency');
  return amounts.reduce(add, zero(currency));
}

/**
 * `percent` of an amount, rounded to the nearest minor unit, halves away from zero (2.5 cents become 3, -2.5 become -3).
 * `percent` may have four decimals (2.9, 0.0125); the product is exact, never a float.
 */
export function percentOf(amount: Money, percent: number): Money {
  const product = BigInt(amount.minor) * BigInt(tenThousandths(percent));
  return money(Number(divideHalfAwayFromZero(product, 1_000_000n)), amount.currency);
}

/** What falls on `part` of `whole` when `amount` is spread over it, rounded as percentages are; `whole` is not zero. */
export function shareOf(
  amount: Money,
  { part, whole }: { readonly part: Money; readonly whole: Money },
): Money {
  requireSameCurrency(part, whole);
  const product = BigInt(amount.minor) * BigInt(part.minor);
  return money(Number(divideHalfAwayFromZero(product, BigInt(whole.minor))), amount.currency);
}

function tenThousandths(percent: number): number {
  const scaled = percent * 10_000;
  const whole = Math.round(scaled);
  if (!Number.isSafeInteger(whole) || Math.abs(scaled - whole) > 1e-6) {
    throw new RangeError(`${percent} is not a percentage of at most four decimals`);
  }
  return whole;
}

function divideHalfAwayFromZero(dividend: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return (dividend < 0n ? dividend - half : dividend + half) / divisor;
}

function requireSameCurrency(left: Money, right: Money): void {
  if (left.currency !== right.currency) {
    throw new TypeError(`${left.currency} and ${right.currency} cannot be counted together`);
  }
}
