// Chance that a seed repeats: the same seed gives the same numbers for ever, on every machine.

export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number of 0 to `below` - 1. */
  below(below: number): number;
  chance(of: number): boolean;
  pick<Thing>(things: readonly Thing[]): Thing;
  /** As often as its weight says, the first number of each. */
  weighed<Thing extends readonly [number, ...unknown[]]>(things: readonly Thing[]): Thing;
  /** Another stream, which does not depend on how far this one has gone after. */
  fork(): Random;
}

/** Splitmix32, by Guy Steele and others: small, and good enough that no fault follows another by rote. */
export function randomFrom(...seeds: readonly number[]): Random {
  let state = 0x9e3779b9;
  for (const seed of seeds) state = mixed(state ^ mixed(seed));
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    return (mixed(state) >>> 0) / 0x1_0000_0000;
  };
  const below = (most: number) => Math.floor(next() * most);
  return {
    next,
    below,
    chance: (of) => next() < of,
    pick(things) {
      const thing = things[below(things.length)];
      if (thing === undefined) throw new Error('There is nothing to pick from.');
      return thing;
    },
    weighed(things) {
      let at = next() * things.reduce((sum, [weight]) => sum + weight, 0);
      const found = things.find(([weight]) => (at -= weight) < 0);
      if (found === undefined) throw new Error('There is nothing to pick from.');
      return found;
    },
    fork: () => randomFrom(below(0x7fffffff)),
  };
}

function mixed(number: number): number {
  let z = number | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}
