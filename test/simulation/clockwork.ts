// Lets things happen: one after the other until nothing more can, and then the clock goes on to what is due next.
import type { Ledger } from './checks/ledger.ts';
import type { ProviderBooks } from './checks/provider-books.ts';
import type { Town } from './town.ts';
import { Violation } from './violation.ts';

export interface Ticking {
  readonly town: Town;
  readonly ledger: Ledger;
  readonly books: ProviderBooks;
  /** What went wrong with somebody who acted meanwhile. */
  readonly problems: readonly unknown[];
  steps: number;
}

/** Nothing needs more to come to rest. */
export const mostSteps = 30_000;

export async function turn(run: Ticking, most: number): Promise<void> {
  const { town, books, problems } = run;
  for (let at = 0; at < most; at += 1) {
    const isMoved = await town.engine.step(town.offers);
    books.look();
    if (problems.length > 0) throw problems[0];
    if (!isMoved) return;
    run.steps += 1;
    if (run.steps > mostSteps) throw new Violation('It never comes to rest.');
  }
}

/** Moves the clock from one thing that is due to the next; the sweeper looks at each minute at which it would find something. */
export async function pass(run: Ticking, ms: number): Promise<void> {
  const { town, ledger } = run;
  const { engine, cloud } = town;
  const untilMs = engine.clock.now() + ms;
  for (let rounds = 0; engine.clock.now() < untilMs; rounds += 1) {
    if (rounds > 3000)
      throw new Violation(`Something is due for ever: ${[...ledger.due.keys()].join(', ')}`);
    await turn(run, mostSteps);
    const now = engine.clock.now();
    const sweepAtMs = Math.min(...ledger.due.values());
    const dates = [cloud.nextAtMs(), town.nextPostAtMs(), nextMinute(Math.max(sweepAtMs, now))];
    const nextMs = Math.min(...dates.flatMap((date) => date ?? []));
    engine.pass(Math.max(1, Math.min(untilMs, Math.max(nextMs, now + 1000)) - now));
    if (sweepAtMs <= engine.clock.now()) void town.cloud.sweep();
    await turn(run, mostSteps);
  }
}

function nextMinute(ms: number): number {
  return Number.isFinite(ms) ? (Math.floor(ms / 60_000) + 1) * 60_000 : ms;
}
