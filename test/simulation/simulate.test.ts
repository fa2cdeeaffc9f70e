// A fixed number of simulated runs: no rule is broken, and the same seed gives the same trace, byte for byte.
import './cloud/environment.ts';
import { expect, test } from 'vitest';
import { openCoverage } from './coverage.ts';
import { planOf } from './plan.ts';
import { runPlan } from './run.ts';
import { storyOf } from './story.ts';
import { muted } from './muted.ts';

muted();

const seed = 2026;
const runs = 60;

test(`no cent is lost or doubled in ${runs} runs of seed ${seed}, whatever fails`, async () => {
  const coverage = openCoverage();
  for (let run = 0; run < runs; run += 1) {
    const plan = planOf(seed, run);
    const { violation } = await runPlan(plan, { coverage });
    expect(violation, violation && storyOf({ plan, violation })).toBeUndefined();
  }
  // Runs in which nothing happens would prove nothing.
  for (const step of ['held payout_started', 'paying_out paid_out', 'refunding refunded'])
    expect(coverage.counts.get(`payment ${step} none`) ?? 0, step).toBeGreaterThan(1);
  expect(coverage.counts.get('order awaiting_payment paid none') ?? 0).toBeGreaterThan(2);
}, 60_000);

test('the same seed gives the same trace, byte for byte', async () => {
  for (let run = 0; run < 5; run += 1) {
    const [once, again] = [
      await runPlan(planOf(seed, run), { isTold: true }),
      await runPlan(planOf(seed, run), { isTold: true }),
    ];
    expect(once.lines.length).toBeGreaterThan(20);
    expect(again.lines).toEqual(once.lines);
    expect(again.hash).toBe(once.hash);
  }
});
