// Everybody at once, one thing after the other, until told to stop.
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../simulation/random.ts';
import { asks } from './acts/asking.ts';
import { buys } from './acts/buying.ts';
import { sends, sendsByLink } from './acts/sending.ts';
import { serves } from './acts/serving.ts';
import type { Town } from './town.ts';

type Act = () => Promise<void>;

/** Resolves when all have put their phones away. */
export async function keepBusy(town: Town, random: Random, stopping: AbortSignal): Promise<void> {
  const members = town.members.map((who) => {
    const player = { town, who, random: random.fork() };
    return (): Promise<void> =>
      player.random.weighed([
        [5, sends],
        [2, asks],
        [1, sendsByLink],
      ] as const)[1](player);
  });
  const customers = town.customers.map((who) => {
    const player = { town, who, random: random.fork() };
    return () => buys(player);
  });
  const joe = { town, who: town.joe, random: random.fork() };
  const everybody: Act[] = [...members, ...customers, () => serves(joe)];
  await Promise.all(everybody.map((act) => again(act, { town, stopping })));
}

async function again(
  act: Act,
  { town, stopping }: { readonly town: Town; readonly stopping: AbortSignal },
): Promise<void> {
  while (!stopping.aborted) {
    await town.lives.up();
    // Who does not see what they wait for goes on to something else: what became of it is found at the end.
    await act().catch((cause: unknown) => town.tally.givenUp.push(String(cause)));
    await delay(100);
  }
}
