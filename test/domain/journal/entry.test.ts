// Every entry of the journal is balanced, each currency by itself.
import { describe, expect, it } from 'vitest';
import { assertBalanced, type Posting } from '../../../lambdas/domain/journal/entry.ts';
import { money } from '../../../lambdas/domain/money/money.ts';

const posting = (minor: number, currency: 'USD' | 'EUR' = 'USD'): Posting => ({
  account: 'tender:fees',
  amount: money(minor, currency),
});

describe('an entry', () => {
  it.each([
    [[]],
    [[posting(5), posting(-5)]],
    [[posting(5), posting(7, 'EUR'), posting(-5), posting(-7, 'EUR')]],
  ])('that sums to nothing may be written', (postings) => {
    expect(() => {
      assertBalanced(postings);
    }).not.toThrow();
  });

  it.each([
    [[posting(5)]],
    [[posting(5), posting(-4)]],
    [[posting(5), posting(-5, 'EUR')]],
    [[posting(5), posting(-5), posting(1, 'EUR')]],
  ])('that does not is a bug', (postings) => {
    expect(() => {
      assertBalanced(postings);
    }).toThrow(/do not balance/u);
  });
});
