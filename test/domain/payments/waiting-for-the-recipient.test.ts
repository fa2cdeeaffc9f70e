// Money that is held: undone, declined, claimed, reminded of, expired, or paid out once its recipient can take it.
import { describe, expect, it } from 'vitest';
import type { PaymentChange } from '../../../lambdas/domain/payments/ports.ts';
import {
  aHeldPayment,
  anOpenClaim,
  annAndBob,
  annAndBobNotSetUp,
  dayMs,
  minuteMs,
  moved,
  secondMs,
  stepsOf,
} from '../../builders/scenes.ts';
import { openTown } from '../../builders/town.ts';

describe('the undo window', () => {
  it('lets the payer take it back until its last moment, and not after', async () => {
    const early = await annAndBob();
    await aHeldPayment(early);
    await early.town.later(10 * secondMs - 2);
    await early.ann.taps('Undo');
    expect(early.ann.heard().at(-2)).toContain('Taken back. $20.00 goes back to your Visa •• 4242');
    expect(early.ann.heard().at(-1)).toContain('is on its way back to your Visa •• 4242');
    expect(early.bob.heard().at(-1)).toBe('Ann took back the $20.00. Nothing will be paid.');
    expect(moved(early.town)).toEqual(['charge', 'refund']);
    await early.town.checkBooks();

    const late = await annAndBob();
    await aHeldPayment(late);
    await late.town.later(10 * secondMs);
    await late.ann.taps('Undo');
    expect(late.ann.heard().at(-1)).toBe('It is too late for that: the payment is paid.');
    expect(moved(late.town)).toEqual(['charge', 'payout']);
  });

  it('is as long as the stage says', async () => {
    const { town, ann, bob } = await annAndBob({ settings: { undoSeconds: 120 } });
    await aHeldPayment({ town, ann, bob });

    expect(ann.heard().at(-1)).toContain('It goes out in 2 minutes');
    await town.later(119 * secondMs);
    expect(moved(town)).toEqual(['charge']);
    await town.later(secondMs);
    expect(moved(town)).toEqual(['charge', 'payout']);
  });

  it('is for the payee too: declining gives it all back', async () => {
    const { town, ann, bob } = await annAndBob();
    await aHeldPayment({ town, ann, bob });

    await bob.taps('Decline');

    expect(bob.heard().at(-1)).toBe('Declined. The $20.00 goes back.');
    expect(ann.heard().slice(-2)).toEqual([
      'Bob declined your $20.00. It is going back to your Visa •• 4242.',
      'Your $20.00 is on its way back to your Visa •• 4242. Banks take 5 to 10 days to show it.',
    ]);
    expect(moved(town)).toEqual(['charge', 'refund']);
  });
});

describe('a recipient who is not set up', () => {
  it('is paid as soon as they are', async () => {
    const { town, ann, bob } = await annAndBobNotSetUp();
    await aHeldPayment({ town, ann, bob });
    expect(bob.heard().at(-1)).toContain('Tell us where to pay it');
    await town.later(3 * dayMs);

    await bob.setsUpPayouts();

    expect(moved(town)).toEqual(['charge', 'payout']);
    expect(bob.heard().at(-2)).toBe('$20.00 from Ann is on its way to your account.');
    await town.checkBooks();
  });

  it('is paid at the end of the undo window when they set up within it', async () => {
    const { town, ann, bob } = await annAndBobNotSetUp();
    await aHeldPayment({ town, ann, bob });

    await bob.setsUpPayouts();
    expect(moved(town)).toEqual(['charge']);
    await town.later(10 * secondMs);

    expect(moved(town)).toEqual(['charge', 'payout']);
    expect(await stepsOf(town, ann)).toContain('payee_ready');
  });

  it('is not forgotten when they get ready in the very moment of the charge', async () => {
    const { town, ann, bob } = await annAndBobNotSetUp();
    await bob.says('who am i');
    await ann.says('send $20 to @bob');
    await ann.addsCard(ann.link('Review and pay'), 'pm_card_visa');
    const { payments } = town.world;
    const { commit } = payments;
    // Between the charge and its being written down.
    Object.assign(payments, {
      commit: async (change: PaymentChange) => {
        if (change.entry.step === 'charged') {
          Object.assign(payments, { commit });
          await bob.setsUpPayouts('Set up payouts');
        }
        return commit(change);
      },
    });

    await ann.pays();
    await town.later(10 * secondMs);

    expect(moved(town)).toEqual(['charge', 'payout']);
  });

  it('is reminded once, two days before the end; then the money goes back', async () => {
    const { town, ann, bob } = await annAndBobNotSetUp();
    await aHeldPayment({ town, ann, bob });

    await town.later(5 * dayMs - 1);
    expect(bob.heard().some((each) => each.includes('still waits'))).toBe(false);
    await town.later(1);
    expect(bob.heard().at(-1)).toBe(
      '$20.00 from Ann still waits for you. After Sun, Nov 29 it goes back.',
    );
    await town.later(2 * dayMs);

    expect(await town.paymentOf(ann)).toMatchObject({ state: 'refunded' });
    expect(ann.heard().slice(-2)).toEqual([
      'Nobody took your $20.00 to Bob in time. It is going back to your Visa •• 4242.',
      'Your $20.00 is on its way back to your Visa •• 4242. Banks take 5 to 10 days to show it.',
    ]);
    expect(bob.heard().at(-1)).toBe('The $20.00 from Ann waited too long and goes back.');
    expect(bob.heard().filter((each) => each.includes('still waits'))).toHaveLength(1);
    await town.checkBooks();
  });

  it('of whom thirty payments wait is paid all of them', async () => {
    const { town, bob } = await annAndBobNotSetUp();
    for (let each = 0; each < 30; each += 1) {
      const payer = await town.member(`Payer ${each}`, `payer${each}`);
      await payer.says('send $5 to @bob');
      await payer.pays();
    }
    await town.later(minuteMs);

    await bob.setsUpPayouts();

    expect(moved(town).filter((each) => each === 'payout')).toHaveLength(30);
  });
});

describe('a recipient whose account is restricted when it is paid', () => {
  it('is told once, and the money waits until the account is ready again', async () => {
    const { town, ann, bob } = await annAndBob();
    await aHeldPayment({ town, ann, bob });
    const accountId = (await bob.member()).recipientAccount?.accountId ?? '';
    town.holdEvents();
    town.provider.hands.restrictAccount(accountId);

    await town.later(10 * secondMs);

    expect(await town.paymentOf(ann)).toMatchObject({ state: 'held', payOutAttempt: 2 });
    expect((await bob.member()).recipientAccount?.status).toBe('restricted');
    expect(bob.heard().at(-1)).toContain('your payout account needs something from you');
    await town.later(dayMs);
    expect(bob.heard().filter((each) => each.includes('needs something'))).toHaveLength(1);

    town.provider.hands.finishOnboarding(accountId);
    await town.letEventsIn();
    expect(moved(town)).toEqual(['charge', 'payout']);
    await town.checkBooks();
  });

  it('within the undo window is told at its end, and looked at again only when there is a reason', async () => {
    const { town, ann, bob } = await annAndBob();
    await aHeldPayment({ town, ann, bob });
    const accountId = (await bob.member()).recipientAccount?.accountId ?? '';
    town.provider.hands.restrictAccount(accountId);
    await town.settle();

    await town.later(10 * secondMs);

    expect(bob.heard().at(-1)).toContain('your payout account needs something from you');
    const { state, dueAtMs = 0 } = await town.paymentOf(ann);
    expect(state).toBe('held');
    expect(dueAtMs).toBeGreaterThan(town.world.clock.now() + dayMs);
    town.provider.hands.finishOnboarding(accountId);
    await town.settle();
    expect(moved(town)).toEqual(['charge', 'payout']);
  });

  it('for good, with every event about it lost: reminded, and refunded in the end', async () => {
    const { town, ann, bob } = await annAndBob();
    await aHeldPayment({ town, ann, bob });
    town.holdEvents();
    town.provider.hands.restrictAccount((await bob.member()).recipientAccount?.accountId ?? '');

    await town.later(10 * secondMs);
    await town.untilNothingIsDue();

    expect(await town.paymentOf(ann)).toMatchObject({ state: 'refunded' });
    expect(moved(town)).toEqual(['charge', 'refund']);
    await town.checkBooks();
  });

  it('is not taken for unready because of another account of theirs', async () => {
    const { town, ann, bob } = await annAndBob();
    const { provider } = town.world;
    const before = (await bob.member()).recipientAccount;
    await town.later(2 * dayMs);
    const other = await provider.onboardRecipient({
      personId: await bob.id(),
      country: 'US',
      returnUrl: '',
      refreshUrl: '',
    });

    await town.hint({
      kind: 'recipient_changed',
      accountId: other.kind === 'done' ? other.accountId : '',
    });

    expect((await bob.member()).recipientAccount).toEqual(before);
    await aHeldPayment({ town, ann, bob });
    await town.later(10 * secondMs);
    expect(moved(town)).toEqual(['charge', 'payout']);
  });
});

describe('a claim link', () => {
  it('belongs to whoever opens it first, and is forwarded once more before it ends', async () => {
    const town = openTown();
    const ann = await town.member('Ann Archer', 'ann');
    await anOpenClaim({ town, ann });
    expect(ann.heard().at(-1)).toMatch(
      /Forward this link to my plumber.*https:\/\/m\.me\/1000\?ref=claim-\w+/,
    );

    await town.later(5 * dayMs);
    expect(ann.heard().at(-1)).toMatch(/^Nobody has opened your link.*ref=claim-\w+/);
    const zoe = await town.payee('Zoe Hill', 'zoe');
    await zoe.does({ kind: 'referral', ref: refIn(ann.heard().at(-1)) });
    await town.settle();

    expect(zoe.heard()).toContain('It is yours. One moment.');
    expect(ann.heard()).toContain('Zoe Hill (@zoe) opened your link and gets the $20.00.');
    expect(moved(town)).toEqual(['charge', 'payout']);
    await town.checkBooks();
  });

  it('after its end says so to everyone, also to whoever claimed it and never set up', async () => {
    const town = openTown();
    const ann = await town.member('Ann Archer', 'ann');
    await anOpenClaim({ town, ann });
    const ref = refIn(ann.heard().at(-1));
    const zoe = await town.member('Zoe Hill', 'zoe');
    await zoe.does({ kind: 'referral', ref });
    await town.untilNothingIsDue();

    await zoe.does({ kind: 'referral', ref });

    expect(zoe.heard().at(-1)).toBe('This link has ended: the money went back to the sender.');
    expect(moved(town)).toEqual(['charge', 'refund']);
  });
});

function refIn(text: string | undefined): string {
  return /ref=(claim-\w+)/u.exec(text ?? '')?.[1] ?? '';
}
