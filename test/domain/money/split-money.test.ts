// Shares always sum to the whole.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { currencies } from '../../../lambdas/domain/money/currency.ts';
import { money, sum } from '../../../lambdas/domain/money/money.ts';
import { splitByWeights, splitEvenly } from '../../../lambdas/domain/money/split-money.ts';

const wholes = fc
  .tuple(
    fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
    fc.constantFrom(...currencies),
  )
  .map(([minor, currency]) => money(minor, currency));

const minors = (shares: readonly { minor: number }[]): number[] => shares.map(({ minor }) => minor);

test('$10.00 in three is 3.34, 3.33 and 3.33', () => {
  expect(minors(splitEvenly(money(1000, 'USD'), 3))).toEqual([334, 333, 333]);
  expect(minors(splitEvenly(money(-1000, 'USD'), 3))).toEqual([-334, -333, -333]);
  expect(minors(splitEvenly(money(2, 'JPY'), 3))).toEqual([1, 1, 0]);
});

test('the largest remainder gets the unit, the earlier of two equals', () => {
  expect(minors(splitByWeights(money(100, 'USD'), [1, 2, 3]))).toEqual([17, 33, 50]);
  expect(minors(splitByWeights(money(5, 'USD'), [1, 1]))).toEqual([3, 2]);
  expect(minors(splitByWeights(money(5, 'USD'), [1, 0, 1]))).toEqual([3, 0, 2]);
  expect(minors(splitByWeights(money(100, 'USD'), [1, 2]))).toEqual([33, 67]);
  expect(minors(splitByWeights(money(100, 'USD'), [3, 1, 2]))).toEqual([50, 17, 33]);
  expect(minors(splitByWeights(money(10, 'USD'), [1, 1, 4]))).toEqual([2, 2, 6]);
  expect(minors(splitByWeights(money(11, 'USD'), [2, 3, 2]))).toEqual([3, 5, 3]);
});

test('even shares sum to the whole and differ by one unit at most', () => {
  fc.assert(
    fc.property(wholes, fc.integer({ min: 1, max: 200 }), (whole, ways) => {
      const shares = splitEvenly(whole, ways);

      expect(shares).toHaveLength(ways);
      expect(sum(shares)).toEqual(whole);
      expect(Math.max(...minors(shares)) - Math.min(...minors(shares))).toBeLessThanOrEqual(1);
    }),
  );
});

test('weighted shares sum to the whole, and nobody without weight gets any', () => {
  const weights = fc
    .array(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), { minLength: 1, maxLength: 30 })
    .filter((list) => list.some((weight) => weight > 0));

  fc.assert(
    fc.property(wholes, weights, (whole, parts) => {
      const shares = splitByWeights(whole, parts);

      expect(sum(shares)).toEqual(whole);
      expect(shares.filter((share, at) => parts[at] === 0 && share.minor !== 0)).toEqual([]);
    }),
  );
});

test('no share is a unit or more away from its exact part', () => {
  const weights = fc.array(fc.nat(1000), { minLength: 1, maxLength: 8 });

  fc.assert(
    fc.property(fc.integer({ min: -1e6, max: 1e6 }), weights, (minor, parts) => {
      const total = parts.reduce((one, other) => one + other, 0);
      fc.pre(total > 0);
      const shares = minors(splitByWeights(money(minor, 'USD'), parts));
      const away = shares.map((share, at) => Math.abs(share - (minor * (parts[at] ?? 0)) / total));

      expect(Math.max(...away)).toBeLessThan(1);
    }),
  );
});

test('nobody, fractions and negative weights are refused', () => {
  for (const ways of [0, -1, 1.5, Number.NaN]) {
    expect(() => splitEvenly(money(100, 'USD'), ways)).toThrow(/cannot be split in/u);
  }
  for (const weights of [[], [0, 0]]) {
    expect(() => splitByWeights(money(100, 'USD'), weights)).toThrow(/Somebody must get a share/u);
  }
  for (const weights of [[-1, 2], [0.5], [Number.NaN]]) {
    expect(() => splitByWeights(money(100, 'USD'), weights)).toThrow(/whole numbers/u);
  }
});
