// Stripe silent for eight days, from each call of a payment on: it is asked for five of them, and then a person looks, told why.
import './cloud/environment.ts';
import { expect, test } from 'vitest';
import type { Act, Deed } from './acts/act.ts';
import type { Fault } from './fault.ts';
import type { Resident } from './people/residents.ts';
import { runPlan } from './run.ts';
import { muted } from './muted.ts';

muted();

const ann: Resident = {
  handle: 'ann',
  name: 'Ann Archer',
  card: 'pm_card_visa',
  isAround: true,
  isReadyToBePaid: false,
};
const bob: Resident = { handle: 'bob', name: 'Bob Stone', isAround: true, isReadyToBePaid: true };
const newBob: Resident = { ...bob, isReadyToBePaid: false };
const act = (deed: Deed, ...faults: Fault[]): Act => ({ deed, faults, seed: 0 });

const takesBack: Deed = { does: 'taps', who: 'ann', title: 'Take it back' };
const outages = [
  { of: 'the charge', from: 1, payee: bob, next: [] },
  { of: 'the payout', from: 2, payee: bob, next: [] },
  { of: 'the refund', from: 2, payee: newBob, next: [takesBack] },
] as const;
const kinds = ['lost_before', 'lost_after'] as const;

test.each(outages.flatMap((outage) => kinds.map((kind) => ({ ...outage, kind }))))(
  '$of, $kind',
  async ({ from, payee, next, kind }) => {
    const silent = (at: number): Fault => ({ kind, on: 'stripe', at, times: 400 });
    const { ends, violation } = await runPlan({
      name: 'outage',
      residents: [ann, payee],
      mugs: 1,
      acts: [
        act({ does: 'says', who: 'ann', text: 'send $20 to @bob' }),
        act({ does: 'pays', who: 'ann', card: 'pm_card_visa', times: 1 }, silent(from)),
        ...next.map((deed) => act(deed, silent(1))),
        act({ does: 'passes', ms: 8 * 24 * 60 * 60 * 1000 }, silent(1)),
      ],
    });
    expect(violation).toBeUndefined();
    expect(ends).toContain('pay review');
  },
);
