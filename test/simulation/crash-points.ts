// Kills a function before and after each call of a journey, and lets the town recover: the rules hold, and all ends as it would have.
import type { Plan } from './plan.ts';
import { runPlan } from './run.ts';

export interface CrashReport {
  readonly journey: string;
  readonly points: number;
  readonly failures: readonly string[];
}

/** `every`: 1 for each call; more to try only each so-many-th. */
export async function crashEverywhere(plan: Plan, every = 1): Promise<CrashReport> {
  const calm = await runPlan(plan);
  const failures: string[] = [];
  if (calm.violation !== undefined) failures.push(`without a crash: ${calm.violation}`);
  let points = 0;
  for (let at = 1; at <= calm.calls.length; at += every) {
    for (const kind of ['crash_before', 'crash_after'] as const) {
      points += 1;
      const told = await runPlan(plan, { fault: { kind, on: 'any', at } });
      const where = `${kind} call ${at}, ${calm.calls[at - 1]}`;
      if (told.violation !== undefined) failures.push(`${where}: ${told.violation}`);
      else if (told.ends.join() !== calm.ends.join())
        failures.push(`${where}: ended ${told.ends.join(', ')} instead of ${calm.ends.join(', ')}`);
    }
  }
  return { journey: plan.name, points, failures };
}
