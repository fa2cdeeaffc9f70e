// Money adds up, and refuses what would lose some of it.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  add,
  compare,
  isPositive,
  isSameMoney,
  isZero,
  money,
  negate,
  percentOf,
  shareOf,
  subtract,
  sum,
  times,
  zero,
} from '../../../lambdas/domain/money/money.ts';

const usd = (minor: number) => money(minor, 'USD');
const amounts = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }).map(usd);

test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 53), 19.99 * 100 + 0.1])(
  '%d minor units are refused',
  (minor) => {
    expect(() => usd(minor)).toThrow(/not a whole, safe number/u);
  },
);

test('a sum that is no longer safe is refused, not rounded', () => {
  expect(() => add(usd(Number.MAX_SAFE_INTEGER), usd(1))).toThrow(RangeError);
  expect(() => subtract(usd(-Number.MAX_SAFE_INTEGER), usd(1))).toThrow(RangeError);
});

test('two currencies are never counted together', () => {
  const euro = money(1, 'EUR');

  for (const mix of [add, subtract, compare])
    expect(() => mix(usd(1), euro)).toThrow(/USD and EUR/u);
  expect(() => sum([usd(1), euro])).toThrow(TypeError);
  expect(isSameMoney(usd(1), euro)).toBe(false);
});

test('amounts are compared as their numbers are, and are the same only when both parts are', () => {
  expect(compare(usd(1), usd(2))).toBe(-1);
  expect(compare(usd(2), usd(1))).toBe(1);
  expect(compare(usd(2), usd(2))).toBe(0);
  expect(isSameMoney(usd(2), usd(2))).toBe(true);
  expect(isSameMoney(usd(2), usd(1))).toBe(false);
  fc.assert(
    fc.property(fc.array(fc.integer()), (numbers) => {
      const sorted = numbers
        .map(usd)
        .toSorted(compare)
        .map(({ minor }) => minor);
      expect(sorted).toEqual(numbers.toSorted((one, other) => one - other));
    }),
  );
});

test('what is added can be taken away again', () => {
  fc.assert(
    fc.property(amounts, amounts, (left, right) => {
      expect(subtract(add(left, right), right)).toEqual(left);
      expect(add(left, negate(left))).toEqual(zero('USD'));
      expect(compare(left, right) + compare(right, left)).toBe(0);
    }),
  );
});

test('zero has no sign', () => {
  expect(Object.is(negate(zero('USD')).minor, 0)).toBe(true);
  expect(isZero(negate(zero('USD')))).toBe(true);
  expect(isZero(usd(1))).toBe(false);
  expect(isPositive(zero('USD'))).toBe(false);
  expect(isPositive(usd(1))).toBe(true);
});

test('a sum has a currency even of nothing, when it is told which', () => {
  expect(sum([], 'JPY')).toEqual({ minor: 0, currency: 'JPY' });
  expect(sum([usd(1), usd(2), usd(-3)])).toEqual(usd(0));
  expect(() => sum([])).toThrow(/has no currency/u);
});

test.each([
  [1000, 2.9, 29],
  [1000, 0, 0],
  [1000, 100, 1000],
  [50, 1, 1],
  [49, 1, 0],
  [-50, 1, -1],
  [150, 1, 2],
  [250, 1, 3],
  [1_005, 10, 101],
  [9_007_199_254_740_991, 100, 9_007_199_254_740_991],
  [1_000_000, 0.0125, 125],
])('of %d cents, %d percent is %d cents', (minor, percent, expected) => {
  expect(percentOf(usd(minor), percent)).toEqual(usd(expected));
});

test('a percentage finer than a ten-thousandth is refused', () => {
  expect(() => percentOf(usd(100), 0.00001)).toThrow(/four decimals/u);
  expect(() => percentOf(usd(100), Number.NaN)).toThrow(/four decimals/u);
});

test.each([
  { minor: 100, part: 1, whole: 3, falls: 33 },
  { minor: 200, part: 1, whole: 3, falls: 67 },
  { minor: 5, part: 1, whole: 2, falls: 3 },
  { minor: -5, part: 1, whole: 2, falls: -3 },
  { minor: 100, part: 0, whole: 3, falls: 0 },
  { minor: 9_007_199_254_740_991, part: 7, whole: 7, falls: 9_007_199_254_740_991 },
])('of $minor cents, $falls fall on $part of $whole', ({ minor, part, whole, falls }) => {
  expect(shareOf(usd(minor), { part: usd(part), whole: usd(whole) })).toEqual(usd(falls));
  expect(() => shareOf(usd(minor), { part: money(part, 'EUR'), whole: usd(whole) })).toThrow(
    TypeError,
  );
});

test('so many of the same are as much as adding them up, and never a fraction or an unsafe number', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.nat(50), (minor, count) => {
      const each = Array.from({ length: count }, () => usd(minor));
      expect(times(usd(minor), count)).toEqual(sum(each, 'USD'));
    }),
  );
  expect(() => times(usd(1), 0.5)).toThrow(RangeError);
  expect(() => times(usd(Number.MAX_SAFE_INTEGER), 2)).toThrow(RangeError);
});
