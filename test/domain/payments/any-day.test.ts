// Any day in town: random acts, faults, late and doubled events, jumps of the clock. The books hold after each of them.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  memoryCards,
  type MemoryCardName,
} from '../../../lambdas/adapters/memory/provider-cards.ts';
import { isFinal } from '../../../lambdas/domain/payments/payment.ts';
import type { ProviderCall } from '../../../lambdas/adapters/memory/payment-provider.ts';
import { dayMs, hourMs, minuteMs, secondMs } from '../../builders/scenes.ts';
import { type Neighbour, openTown, type Town } from '../../builders/town.ts';

type Act = (town: Town, people: People) => Promise<unknown>;

interface People {
  readonly ann: Neighbour;
  readonly bob: Neighbour;
  readonly zoe: Neighbour;
}

const names = ['ann', 'bob', 'zoe'] as const;
type Name = (typeof names)[number];

const someone = fc.constantFrom<Name>(...names);
const cards = Object.keys(memoryCards).filter(
  (name): name is MemoryCardName => name in memoryCards,
);
const faulty: ProviderCall[] = [
  'charge',
  'abandonCharge',
  'payOut',
  'refund',
  'reversePayOut',
  'lookUp.charge',
  'lookUp.chargeOf',
  'lookUp.refund',
  'lookUp.dispute',
  'lookUp.recipient',
];

/** Each act is shown by its words when a run fails. */
function act(words: string, run: Act): { words: string; run: Act; toString(): string } {
  return { words, run, toString: () => words };
}

/** A button may not be there, a link may have run out: people try all the same. */
function triesTo(
  words: string,
  who: Name,
  what: (self: Neighbour, town: Town) => Promise<unknown>,
) {
  return act(`${who} ${words}`, async (town, people) => {
    try {
      await what(people[who], town);
    } catch (error) {
      if (
        !(error instanceof Error) ||
        !/^(?:No link|Nothing to tap|Not a member)/.test(error.message)
      )
        throw error;
    }
  });
}

const sends = fc
  .tuple(
    someone,
    fc.constantFrom('@ann', '@bob', '@zoe', 'my plumber'),
    fc.integer({ min: 1, max: 120 }),
  )
  .map(([who, to, dollars]) =>
    triesTo(`sends $${dollars} to ${to}`, who, (self) => self.says(`send $${dollars} to ${to}`)),
  );
const asks = fc
  .tuple(someone, fc.constantFrom('@ann', '@bob', '@zoe'))
  .map(([who, from]) =>
    triesTo(`asks ${from} for $5`, who, (self) => self.says(`ask ${from} for $5`)),
  );
const pays = fc
  .tuple(someone, fc.constantFrom('pm_card_visa' as const, ...cards))
  .map(([who, card]) => triesTo(`pays with ${card}`, who, (self) => self.pays({ card })));
const taps = fc
  .tuple(
    someone,
    fc.constantFrom(
      'Undo',
      'Take it back',
      'Cancel',
      'Decline',
      'Pay',
      'Withdraw',
      'Try again',
      'Remind',
    ),
  )
  .map(([who, title]) => triesTo(`taps ${title}`, who, (self) => self.taps(title)));
const setsUp = someone.map((who) =>
  triesTo('sets up payouts', who, async (self) => {
    await self.says('who am i');
    await self.setsUpPayouts('Set up payouts');
  }),
);
const claims = fc.tuple(someone, someone).map(([who, whose]) =>
  act(`${who} opens the newest link of ${whose}`, async (_town, people) => {
    const ref = /ref=(claim-\w+)/u.exec(people[whose].heard().join(' '))?.[1];
    if (ref !== undefined) await people[who].does({ kind: 'referral', ref });
  }),
);
const timePasses = fc
  .constantFrom(
    secondMs,
    10 * secondMs,
    30 * secondMs,
    11 * minuteMs,
    hourMs,
    dayMs,
    3 * dayMs,
    8 * dayMs,
  )
  .map((ms) => act(`${ms / secondMs} s later`, (town) => town.later(ms)));
const faults = fc
  .tuple(fc.constantFrom(...faulty), fc.constantFrom('lost_before' as const, 'lost_after' as const))
  .map(([call, fault]) =>
    act(`the next ${call} is ${fault}`, async (town) => town.provider.failNext(call, fault)),
  );
const eventsWait = fc.constant(act('events wait', async (town) => town.holdEvents()));
const eventsCome = fc
  .constantFrom('as_sent' as const, 'backwards' as const)
  .map((order) => act(`events come ${order}`, (town) => town.letEventsIn(order)));
const banksDispute = fc.tuple(someone, fc.constantFrom('won', 'lost', 'open')).map(([who, end]) =>
  act(`the bank of ${who} disputes: ${end}`, async (town, people) => {
    const theirs = await town.world.payments.ofPerson(await people[who].id(), { limit: 5 });
    const charged = theirs.find(({ state }) => state === 'held' || state === 'paid');
    if (charged === undefined) return;
    const disputeId = town.provider.hands.openDispute(charged.id);
    await town.settle();
    if (end !== 'open') town.provider.hands.closeDispute(disputeId, end === 'won' ? 'won' : 'lost');
    await town.settle();
  }),
);
const oldNews = fc.tuple(someone, fc.nat(20)).map(([who, at]) =>
  act(`an old event of ${who} again`, async (town, people) => {
    const theirs = await town.world.payments.ofPerson(await people[who].id(), { limit: 20 });
    const { intentId, refundId } = theirs[at % Math.max(1, theirs.length)]?.trail ?? {};
    if (intentId !== undefined) await tryHint(town, { kind: 'charge_changed', intentId });
    if (refundId !== undefined) await tryHint(town, { kind: 'refund_changed', refundId });
  }),
);
const accountsSuffer = fc.tuple(someone, fc.constantFrom('restricted', 'ready')).map(([who, how]) =>
  act(`the account of ${who} is ${how}`, async (town, people) => {
    const accountId = (await people[who].member()).recipientAccount?.accountId;
    if (accountId === undefined) return;
    if (how === 'ready') town.provider.hands.finishOnboarding(accountId);
    else town.provider.hands.restrictAccount(accountId);
    await town.settle();
  }),
);

async function tryHint(town: Town, event: Parameters<Town['hint']>[0]): Promise<void> {
  try {
    await town.hint(event);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'RetryLater') throw error;
  }
}

const anyAct = fc.oneof(
  { weight: 5, arbitrary: sends },
  { weight: 6, arbitrary: pays },
  { weight: 5, arbitrary: taps },
  { weight: 5, arbitrary: timePasses },
  { weight: 3, arbitrary: faults },
  { weight: 2, arbitrary: asks },
  { weight: 2, arbitrary: claims },
  { weight: 1, arbitrary: setsUp },
  { weight: 1, arbitrary: eventsWait },
  { weight: 2, arbitrary: eventsCome },
  { weight: 1, arbitrary: banksDispute },
  { weight: 2, arbitrary: oldNews },
  { weight: 1, arbitrary: accountsSuffer },
);

it('keeps the books whatever happens, and brings every payment to an end', async () => {
  const ends = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: 5, maxLength: 40 }), async (acts) => {
      const town = openTown();
      const people = {
        ann: await town.member('Ann Archer', 'ann'),
        bob: await town.payee('Bob Stone', 'bob'),
        zoe: await town.member('Zoe Hill', 'zoe'),
      };
      for (const each of acts) {
        await each.run(town, people);
        await town.checkBooks();
      }
      await town.letEventsIn();
      await town.later(minuteMs);
      await town.untilNothingIsDue();
      await town.checkBooks();
      for (const payment of await town.payments()) {
        ends.add(payment.state);
        // An open dispute is the bank's to end.
        const isAtItsEnd = isFinal(payment.state) || payment.state === 'disputed';
        expect(isAtItsEnd, `${payment.id} is ${payment.state}`).toBe(true);
      }
    }),
    // The same days each time: others are for `SEED=…` and for the simulation.
    { numRuns: 120, seed: Number(process.env['SEED'] ?? 2026) },
  );
  // Days on which nothing happens would prove nothing.
  for (const state of ['cancelled', 'declined', 'paid', 'refunded']) expect(ends).toContain(state);
}, 60_000);
