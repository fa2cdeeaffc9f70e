// Runs two or more acts against each other in every order in which their writes can fall.
import type { World } from '../../lambdas/domain/world.ts';

export type RaceWorld = Pick<World, 'payments' | 'requests' | 'pins' | 'orders'>;

/** Given the world whose calls wait for their turn. */
export type Act<Reached extends RaceWorld = World> = (world: Reached) => Promise<unknown>;

export interface Race<Reached extends RaceWorld = World> {
  readonly acts: readonly Act<Reached>[];
  readonly world: Reached;
  /** After all acts have come to an end, in this order of turns. */
  readonly finally: (results: readonly unknown[]) => Promise<void>;
}

/** A race begins anew for each order; gives how many orders there were. */
export async function inEveryOrder<Reached extends RaceWorld>(
  begin: () => Promise<Race<Reached>>,
): Promise<number> {
  let choices: number[] | undefined = [];
  let orders = 0;
  while (choices !== undefined) {
    const race: Race<Reached> = await begin();
    const taken: Choice[] = await runRace(race, choices);
    orders += 1;
    choices = nextChoices(taken);
  }
  return orders;
}

interface Choice {
  readonly chosen: number;
  readonly of: number;
}

async function runRace<Reached extends RaceWorld>(
  race: Race<Reached>,
  choices: readonly number[],
): Promise<Choice[]> {
  const waiting = race.acts.map((): (() => void) | undefined => undefined);
  const results = race.acts.map((act, index) => {
    const turn = () =>
      new Promise<void>((resolve) => {
        waiting[index] = resolve;
      });
    return turn().then(() => act(takingTurns(race.world, turn)));
  });
  let running = results.length;
  const ended = results.map((result) => result.finally(() => (running -= 1)));
  const taken: Choice[] = [];
  const outcome = Promise.allSettled(ended);
  while (await everyoneWaitsOrEnds(() => running)) {
    const ready = waiting.flatMap((resolve, index) => (resolve === undefined ? [] : [index]));
    if (ready.length === 0) throw new Error('An act waits for something else than its turn.');
    const chosen = choices[taken.length] ?? 0;
    taken.push({ chosen, of: ready.length });
    const index = ready[chosen] ?? 0;
    const resolve = waiting[index];
    waiting[index] = undefined;
    resolve?.();
  }
  const settled = await outcome;
  for (const each of settled) if (each.status === 'rejected') throw each.reason;
  await race.finally(settled.map((each) => (each.status === 'fulfilled' ? each.value : undefined)));
  return taken;
}

/** Everything that can happen without a turn happens before a macrotask does. */
async function everyoneWaitsOrEnds(running: () => number): Promise<boolean> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  return running() > 0;
}

/** Depth first: the last choice that has another way goes that way, and everything after it starts over. */
function nextChoices(taken: readonly Choice[]): number[] | undefined {
  const last = taken.findLastIndex(({ chosen, of }) => chosen + 1 < of);
  if (last === -1) return undefined;
  return taken
    .slice(0, last + 1)
    .map(({ chosen }, index) => (index === last ? chosen + 1 : chosen));
}

/** A write waits for its turn; reads and the provider's answers come right before the write that they are for, or first of all. */
function takingTurns<Reached extends RaceWorld>(
  world: Reached,
  turn: () => Promise<void>,
): Reached {
  const inTurn =
    <Said extends readonly unknown[], Answer>(call: (...said: Said) => Promise<Answer>) =>
    async (...said: Said): Promise<Answer> => {
      await turn();
      return call(...said);
    };
  const { payments, requests, pins, orders } = world;
  return {
    ...world,
    payments: { ...payments, commit: inTurn(payments.commit) },
    requests: { ...requests, commit: inTurn(requests.commit) },
    pins: { ...pins, save: inTurn(pins.save) },
    orders: { ...orders, commit: inTurn(orders.commit) },
  };
}
