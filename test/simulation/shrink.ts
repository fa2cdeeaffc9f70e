// Makes a failing plan as small as it can be and still fail: acts out, faults out, chance out, people out.
import type { Plan } from './plan.ts';
import { runPlan } from './run.ts';

export interface Shrunk {
  readonly plan: Plan;
  readonly violation: string;
}

/** More tries than this are not worth the wait. */
const mostTries = 600;

export async function shrink(failing: Shrunk): Promise<Shrunk> {
  let best = failing;
  let tries = 0;
  const kind = kindOf(failing.violation);
  const keepIfFailing = async (plan: Plan): Promise<boolean> => {
    if (tries >= mostTries) return false;
    tries += 1;
    const { violation } = await runPlan(plan);
    if (violation === undefined || kindOf(violation) !== kind) return false;
    best = { plan, violation };
    return true;
  };
  let before: Plan | undefined;
  while (before !== best.plan) {
    before = best.plan;
    await dropActs(() => best.plan, keepIfFailing);
    for (const simpler of simplerPlans(best.plan)) {
      // Each is tried on top of what has been dropped so far.
      await keepIfFailing(simpler(best.plan));
    }
  }
  return best;
}

/** The same rule, of whatever subject: a smaller story about something else is another story. */
function kindOf(violation: string): string {
  return violation
    .replaceAll(/\b[a-z]{2,4}_\w+/gu, 'x')
    .replaceAll(/\d+/gu, '0')
    .slice(0, 60);
}

/** Halves, quarters, and then one by one. */
async function dropActs(
  now: () => Plan,
  keepIfFailing: (plan: Plan) => Promise<boolean>,
): Promise<void> {
  for (let size = Math.ceil(now().acts.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < now().acts.length; ) {
      const acts = now().acts.filter((_, index) => index < from || index >= from + size);
      if (!(await keepIfFailing({ ...now(), acts }))) from += size;
    }
  }
}

type Simpler = (plan: Plan) => Plan;

function simplerPlans(plan: Plan): Simpler[] {
  const perAct = plan.acts.flatMap((act, at): Simpler[] => [
    ...act.faults.map((fault) =>
      changed(at, (now) => ({ ...now, faults: now.faults.filter((each) => each !== fault) })),
    ),
    changed(at, ({ turns: _turns, ...now }) => now),
    changed(at, (now) => ({ ...now, seed: 0 })),
  ]);
  const perPerson = plan.residents.map(
    ({ handle }): Simpler =>
      (now) => ({ ...now, residents: now.residents.filter((each) => each.handle !== handle) }),
  );
  return [...perAct, ...perPerson];
}

function changed(at: number, change: (act: Plan['acts'][number]) => Plan['acts'][number]): Simpler {
  return (plan) => ({
    ...plan,
    acts: plan.acts.map((act, index) => (index === at ? change(act) : act)),
  });
}
