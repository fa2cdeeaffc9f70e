// Makes the plan of a run from its seed: who lives in the town, what is done there, and what goes wrong meanwhile.
import type { Act, Deed } from './acts/act.ts';
import { type Fault, faultsOf, faultsOfMoney } from './fault.ts';
import type { Resident } from './people/residents.ts';
import { anyDeed } from './plan/any-deed.ts';
import { aCard } from './plan/chances.ts';
import { stories } from './plan/stories.ts';
import { type Random, randomFrom } from './random.ts';

export interface Plan {
  readonly name: string;
  readonly residents: readonly Resident[];
  readonly mugs: number;
  readonly acts: readonly Act[];
  /** Whoever does not find what they look for waits a little and looks again. */
  readonly arePatient?: true;
}

const people = [
  ['ann', 'Ann Archer'],
  ['bob', 'Bob Stone'],
  ['zoe', 'Zoe Hill'],
  ['max', 'Max Moon'],
] as const;

export function planOf(seed: number, run: number): Plan {
  const random = randomFrom(seed, run);
  const residents = people.slice(0, 2 + random.below(3)).map(
    ([handle, name], index): Resident => ({
      handle,
      name,
      isAround: random.chance(0.85),
      ...(index === 3 ? { isStranger: true } : {}),
      isReadyToBePaid: index === 1 ? random.chance(0.7) : random.chance(0.3),
      ...(random.chance(0.6) ? { card: aCard(random) } : {}),
    }),
  );
  const wrong = random.pick([0, 0.2, 0.4, 0.7]);
  const isSilent = random.chance(0.03);
  const deeds = random.chance(0.5) ? chapters(random, residents) : loose(random, residents);
  const planned = deeds.map((deed) => actOf(deed, random, wrong));
  return {
    name: `${seed}/${run}`,
    residents,
    mugs: 1 + random.below(3),
    acts: isSilent ? whileStripeIsSilent(planned, random) : planned,
  };
}

function actOf(deed: Deed, random: Random, wrong: number): Act {
  const faults: Fault[] = [];
  while (random.chance(wrong) && faults.length < 4) {
    faults.push(aFault(random, deed));
  }
  const isCut = random.chance(0.35);
  return {
    deed,
    faults,
    seed: 1 + random.below(1_000_000),
    ...(isCut ? { turns: random.below(40) } : {}),
  };
}

/** From the first call of each act on, or from its second, until somebody has to look. */
function whileStripeIsSilent(acts: readonly Act[], random: Random): Act[] {
  const days: Act = { deed: { does: 'passes', ms: 8 * 86_400_000 }, faults: [], seed: 1 };
  return [...acts, days].map((act) => {
    const kind = random.pick(['lost_before', 'lost_after'] as const);
    return { ...act, faults: [{ kind, on: 'stripe', at: 1 + random.below(2), times: 400 }] };
  });
}

/** Vendors are called seldom, tables at every turn: so much later may a fault come. An outage lasts. */
function aFault(random: Random, { does }: Deed): Fault {
  const isOfMoney = (does === 'pays' || does === 'buys' || does === 'passes') && random.chance(0.4);
  const [, on, kinds] = isOfMoney ? faultsOfMoney : random.weighed(faultsOf);
  const kind = random.pick(kinds);
  const isSeldom = on !== 'any' && on !== 'tables';
  const at = 1 + random.below(isSeldom ? 3 : random.pick([4, 12, 40]));
  const isOutage = on === 'stripe' && random.chance(0.4);
  return { kind, on, at, ...(isOutage ? { times: random.pick([2, 5, 40, 400]) } : {}) };
}

/** Stories that people live, with something in between. */
function chapters(random: Random, residents: readonly Resident[]): Deed[] {
  const told: Deed[] = [];
  const count = 1 + random.below(3);
  for (let at = 0; at < count; at += 1) {
    for (const deed of random.pick(stories)(random, residents)) {
      told.push(deed);
      if (random.chance(0.25)) told.push(anyDeed(random, residents));
    }
  }
  return told.slice(0, 25);
}

function loose(random: Random, residents: readonly Resident[]): Deed[] {
  return Array.from({ length: 5 + random.below(16) }, () => anyDeed(random, residents));
}
