// Splits an amount so that the shares always sum to the whole.
import { money } from './money.ts';
import type { Money } from './money.ts';

/** Shares as equal as minor units allow, the larger ones first: $10.00 in three is 3.34, 3.33, 3.33. */
export function splitEvenly(whole: Money, ways: number): Money[] {
  if (!Number.isSafeInteger(ways) || ways < 1) {
    throw new RangeError(`An amount cannot be split in ${ways}`);
  }
  return splitByWeights(
    whole,
    Array.from({ length: ways }, () => 1),
  );
}

/**
 * Shares in proportion to whole, non-negative weights, by the largest remainder; of equal remainders the earlier one gets
 * the unit. A weight of zero gets nothing, and a negative amount splits as its positive does.
 */
export function splitByWeights(whole: Money, weights: readonly number[]): Money[] {
  const total = totalWeight(weights);
  const sign = whole.minor < 0 ? -1 : 1;
  const shares = weights.map((weight, index) => {
    const product = BigInt(Math.abs(whole.minor)) * BigInt(weight);
    return { index, units: product / total, remainder: product % total };
  });
  const given = shares.reduce((sum, share) => sum + share.units, 0n);
  const left = Number(BigInt(Math.abs(whole.minor)) - given);
  // Sorting is stable: of equal remainders the earlier one stays first.
  const luckiest = shares.toSorted((one, other) => Number(other.remainder - one.remainder));
  const withOneMore = new Set(luckiest.slice(0, left).map((share) => share.index));
  return shares.map(({ index, units }) =>
    money(sign * (Number(units) + (withOneMore.has(index) ? 1 : 0)), whole.currency),
  );
}

function totalWeight(weights: readonly number[]): bigint {
  if (!weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0)) {
    throw new RangeError('Weights are whole numbers, none below zero');
  }
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total === 0n) throw new RangeError('Somebody must get a share');
  return total;
}
