// A request and what can become of it: paid, declined, withdrawn, reminded of, run out, or opened again.
import { describe, expect, it } from 'vitest';
import type { Act } from '../../builders/interleavings.ts';
import { inEveryOrder } from '../../builders/interleavings.ts';
import { annAndBob, dayMs, minuteMs, moved, secondMs } from '../../builders/scenes.ts';
import {
  declineRequest,
  withdrawRequest,
} from '../../../lambdas/domain/requests/answer-request.ts';
import type { MoneyRequest, RequestState } from '../../../lambdas/domain/requests/money-request.ts';
import type { Speaking } from '../../../lambdas/domain/chat/turn.ts';
import type { Member } from '../../../lambdas/domain/people/person.ts';
import type { Neighbour, Town } from '../../builders/town.ts';

/** Bob has asked Ann for $15. */
async function askedForPizza() {
  const scene = await annAndBob();
  await scene.bob.says('ask @ann for $15 for pizza');
  return scene;
}

async function requestOf(town: Town, who: Neighbour): Promise<MoneyRequest> {
  const [request] = await town.world.requests.ofPerson(await who.id(), { limit: 1 });
  if (request === undefined) throw new Error('There is no request.');
  return request;
}

const stateOf = async (town: Town, who: Neighbour): Promise<RequestState> =>
  (await requestOf(town, who)).state;

describe('a request', () => {
  it('accepted leads to the same review and page as sending, and is paid', async () => {
    const { town, ann, bob } = await askedForPizza();
    expect(ann.heard().at(-1)).toBe(
      'Bob (@bob) asks you for $15.00 for “pizza”. It is yours to decide, until Sun, Dec 6.',
    );

    await ann.taps('Pay');
    expect(ann.heard().at(-1)).toContain('Send $15.00 to Bob Stone (@bob) for “pizza”?');
    await ann.pays();
    expect(await stateOf(town, bob)).toBe('paid');
    expect(bob.heard()).toContain('Ann paid your request for $15.00.');
    await town.later(10 * secondMs);

    expect(moved(town)).toEqual(['charge', 'payout']);
    await ann.taps('Pay');
    expect(ann.heard().at(-1)).toBe('That request is paid.');
    await town.checkBooks();
  });

  it('accepted twice shows the same draft, and is paid once', async () => {
    const { town, ann } = await askedForPizza();
    await ann.taps('Pay');
    const first = await town.paymentOf(ann);
    await ann.taps('Pay');
    expect((await town.paymentOf(ann)).id).toBe(first.id);

    await ann.pays();
    await town.untilNothingIsDue();

    expect(moved(town)).toEqual(['charge', 'payout']);
  });

  it('declined, and declined again', async () => {
    const { town, ann, bob } = await askedForPizza();

    await ann.taps('Decline');
    expect(ann.heard().at(-1)).toBe('Declined. Bob is told; nothing was charged.');
    expect(bob.heard().at(-1)).toBe('Ann declined your request for $15.00.');
    await ann.taps('Decline');
    expect(ann.heard().at(-1)).toBe('That request is declined.');
    expect(await stateOf(town, bob)).toBe('declined');
  });

  it('withdrawn by whoever asked, and by nobody else', async () => {
    const { town, ann, bob } = await askedForPizza();
    const payload = bob.payload('Withdraw');
    await ann.does({ kind: 'postback', payload });
    expect(await stateOf(town, bob)).toBe('open');

    await bob.taps('Withdraw');

    expect(ann.heard().at(-1)).toBe('Bob withdrew the request for $15.00.');
    await ann.taps('Pay');
    expect(ann.heard().at(-1)).toBe('That request is withdrawn.');
    expect(moved(town)).toEqual([]);
  });

  it('is not answered by a stranger who got hold of the button', async () => {
    const { town, ann, bob } = await askedForPizza();
    const eve = await town.member('Eve Dropper', 'eve');

    for (const title of ['Pay', 'Decline'])
      await eve.does({ kind: 'postback', payload: ann.payload(title) });

    expect(eve.heard().at(-1)).toContain('There is no open request');
    expect(await stateOf(town, bob)).toBe('open');
  });

  it('is reminded of once a day by the asker, and tells who was reminded', async () => {
    const { town, ann, bob } = await askedForPizza();

    await bob.taps('Remind');
    expect(bob.heard().at(-1)).toBe('Reminded.');
    expect(ann.heard().at(-1)).toContain('Bob still waits for your answer about $15.00');
    await bob.taps('Remind');
    expect(bob.heard().at(-1)).toContain('One reminder a day is enough');
    await town.later(dayMs);
    await bob.taps('Remind');
    expect(bob.heard().at(-1)).toBe('Reminded.');
  });

  it('is reminded of by name: the one that was named, not the latest', async () => {
    const { town, ann, bob } = await askedForPizza();
    const zoe = await town.member('Zoe Hill', 'zoe');
    await bob.says('ask @zoe for $3');

    await bob.says('remind @ann');

    expect(ann.heard().at(-1)).toContain('still waits');
    expect(zoe.heard().some((each) => each.includes('still waits'))).toBe(false);
    await bob.says('remind nobody we know');
    expect(bob.heard().at(-1)).not.toBe('Reminded.');
  });

  it('is reminded of by itself halfway, and runs out', async () => {
    const { town, ann, bob } = await askedForPizza();

    await town.later(7 * dayMs);
    expect(ann.heard().filter((each) => each.includes('still waits'))).toHaveLength(1);
    await town.later(7 * dayMs);

    expect(await stateOf(town, bob)).toBe('expired');
    expect(bob.heard().at(-1)).toBe('Your request to Ann for $15.00 has run out.');
    await ann.taps('Pay');
    expect(ann.heard().at(-1)).toBe('That request is run out.');
  });

  it.each([
    { how: 'cancelled', end: async (_town: Town, ann: Neighbour) => ann.taps('Cancel') },
    { how: 'run out', end: async (town: Town) => town.later(31 * minuteMs) },
    {
      how: 'declined by the card',
      end: async (_town: Town, ann: Neighbour) => ann.pays({ card: 'pm_card_chargeDeclined' }),
    },
  ])('opens again when its draft is $how, and can be paid then', async ({ end }) => {
    const { town, ann, bob } = await askedForPizza();
    await ann.taps('Pay');

    await end(town, ann);
    expect(await stateOf(town, bob)).toBe('open');
    await ann.taps('Pay');
    await ann.pays({ card: 'pm_card_visa' });

    expect(await stateOf(town, bob)).toBe('paid');
    await town.untilNothingIsDue();
    expect(moved(town)).toEqual(['charge', 'payout']);
  });

  it('whose card was declined is tried again as the same request, and so never paid beside it', async () => {
    const { town, ann, bob } = await askedForPizza();
    await ann.taps('Pay');
    await ann.pays({ card: 'pm_card_chargeDeclined' });

    await ann.taps('Try again');
    await ann.pays({ card: 'pm_card_visa' });

    expect(await stateOf(town, bob)).toBe('paid');
  });

  it('of someone who asked to be forgotten is paid no more', async () => {
    const { town, ann, bob } = await askedForPizza();
    await bob.says('delete my data');
    await bob.taps('Yes, delete');

    await ann.taps('Pay');

    expect(ann.heard().at(-1)).toContain('There is no open request');
    expect(moved(town)).toEqual([]);
  });

  it.each(['ann', 'bob'] as const)(
    'ends when %s blocks the other, and nobody is reminded',
    async (who) => {
      const scene = await askedForPizza();
      const { town, ann, bob } = scene;
      const before = ann.heard().length;

      await scene[who].says(`block @${who === 'ann' ? 'bob' : 'ann'}`);
      await bob.taps('Remind');
      await town.later(14 * dayMs);

      expect(await stateOf(town, bob)).toBe(who === 'ann' ? 'declined' : 'cancelled');
      expect(
        ann
          .heard()
          .slice(before)
          .some((each) => each.includes('still waits')),
      ).toBe(false);
    },
  );
});

describe('two answers at the same moment', () => {
  it('declined while it is withdrawn: one of them, and both are told which', async () => {
    const orders = await inEveryOrder(async () => {
      const { town, ann, bob } = await askedForPizza();
      const request = await requestOf(town, bob);
      const speaking = (person: Member): Speaking<Member> => ({
        world: town.world,
        person,
        conversation: { address: { pageId: '1000', psid: '' }, version: 1, lastInboundAtMs: 0 },
        event: {
          kind: 'referral',
          ref: '',
          id: 'mid.race',
          address: { pageId: '1000', psid: '' },
          atMs: 0,
        },
      });
      const annSpeaks = speaking(await ann.member());
      const bobSpeaks = speaking(await bob.member());
      const acts: Act[] = [
        (world) => declineRequest({ ...annSpeaks, world }, request),
        (world) => withdrawRequest({ ...bobSpeaks, world }, request),
      ];
      return {
        world: town.world,
        acts,
        async finally(turns) {
          await town.settle();
          const state = await stateOf(town, bob);
          const told = JSON.stringify(turns);
          expect(['declined', 'cancelled']).toContain(state);
          expect(told.includes('Declined.')).toBe(state === 'declined');
          expect(told.includes('Withdrawn.')).toBe(state === 'cancelled');
        },
      };
    });
    expect(orders).toBeGreaterThan(2);
  });

  it('accepted in the moment of its reminder: the review card all the same', async () => {
    const { town, ann, bob } = await askedForPizza();
    const { payments } = town.world;
    const { commit } = payments;
    Object.assign(payments, {
      commit: async (...said: Parameters<typeof commit>) => {
        Object.assign(payments, { commit });
        await bob.taps('Remind');
        return commit(...said);
      },
    });

    await ann.taps('Pay');

    expect(ann.heard().at(-1)).toContain('Send $15.00 to Bob Stone (@bob)');
    expect(await stateOf(town, bob)).toBe('paying');
  });

  it('accepted in the moment of its withdrawal: told that it is withdrawn', async () => {
    const { town, ann, bob } = await askedForPizza();
    const { payments } = town.world;
    const { commit } = payments;
    Object.assign(payments, {
      commit: async (...said: Parameters<typeof commit>) => {
        Object.assign(payments, { commit });
        await bob.taps('Withdraw');
        return commit(...said);
      },
    });

    await ann.taps('Pay');

    expect(ann.heard().at(-1)).toBe('That request is withdrawn.');
    expect(await town.payments()).toEqual([]);
  });
});
