// The table that `npm run build` prints, and when it fails.
import { describe, expect, it } from 'vitest';
import { BUDGETS_KB, reportSizes } from '../../../lib/bundling/size-report.ts';
import { FUNCTION_NAMES } from '../../../lib/config/functions.ts';

const bundle = (name: string, bytes: number) => ({
  name,
  bytes,
  gzipBytes: bytes / 4,
  sources: [],
});

describe('the size report', () => {
  it('has a line a function, in kilobytes', () => {
    const { lines } = reportSizes([bundle('pages', 102_400), bundle('sweeper', 2048)]);

    expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['function', 'KB', 'gzip KB', 'budget KB'],
      ['pages', '100.0', '25.0', String(BUDGETS_KB.pages)],
      ['sweeper', '2.0', '0.5', String(BUDGETS_KB.sweeper)],
    ]);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });

  it('names who is over budget, and not who is just at it', () => {
    const budgets = { at: 10, over: 10, free: 10 };
    const bundles = [bundle('at', 10_240), bundle('over', 10_241), bundle('free', 1)];

    expect(reportSizes(bundles, budgets).overBudget).toEqual(['over']);
  });

  it('has a budget for every function', () => {
    expect(Object.keys(BUDGETS_KB).sort()).toEqual([...FUNCTION_NAMES].sort());
  });
});
