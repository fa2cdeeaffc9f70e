// Money on its way back: refunds that wait or fail, banks that dispute, and what both sides are told of it.
import { describe, expect, it } from 'vitest';
import {
  aHeldPayment,
  annAndBob,
  annAndBobNotSetUp,
  aPaidPayment,
  anOpenClaim,
  dayMs,
  moved,
  secondMs,
  stepsOf,
} from '../../builders/scenes.ts';

describe('a refund', () => {
  it('that the bank takes its time for is followed until it is done', async () => {
    const { town, ann, bob } = await annAndBob();
    await aHeldPayment({ town, ann, bob }, 'pm_card_pendingRefund');
    await ann.taps('Undo');
    expect(await town.paymentOf(ann)).toMatchObject({ state: 'refunding' });
    expect(ann.heard().some((each) => each.includes('on its way back'))).toBe(false);

    const { refundId = '' } = (await town.paymentOf(ann)).trail;
    town.provider.hands.endRefund(refundId, true);
    await town.settle();

    expect(await town.paymentOf(ann)).toMatchObject({ state: 'refunded' });
    expect(ann.heard().at(-1)).toContain('is on its way back');
    await town.checkBooks();
  });

  it('that stays pending is looked at by a person in the end', async () => {
    const { town, ann, bob } = await annAndBob();
    await aHeldPayment({ town, ann, bob }, 'pm_card_pendingRefund');
    await ann.taps('Undo');

    await town.untilNothingIsDue();

    expect(await town.paymentOf(ann)).toMatchObject({
      state: 'review',
      reason: 'refund_pending_too_long',
    });
    expect(moved(town)).toEqual(['charge']);
  });

  it.each([true, false])(
    'that fails goes to a person, and the payer is told (looked done: %s)',
    async (lookedDone) => {
      const { town, ann, bob } = await annAndBob();
      await aHeldPayment(
        { town, ann, bob },
        lookedDone ? 'pm_card_refundFail' : 'pm_card_pendingRefund',
      );
      await ann.taps('Undo');
      const { refundId = '' } = (await town.paymentOf(ann)).trail;

      town.provider.hands.endRefund(refundId, false);
      await town.settle();
      await town.later(60 * secondMs);

      expect(await town.paymentOf(ann)).toMatchObject({ state: 'review' });
      expect(await stepsOf(town, ann)).toContain('refund_failed');
      expect(ann.heard().at(-1)).toContain('A person is looking at it');
      await town.checkBooks();
    },
  );
});

describe('a dispute', () => {
  it('while the money is held stops the payout; won, the recipient is paid', async () => {
    const { town, ann, bob } = await annAndBob();
    const { payment } = await aHeldPayment({ town, ann, bob });
    const disputeId = town.provider.hands.openDispute(payment.id);
    await town.settle();
    await town.later(10 * secondMs);
    expect(await town.paymentOf(ann)).toMatchObject({ state: 'disputed' });
    expect(bob.heard().at(-1)).toContain('waits until that is decided');
    await ann.taps('Undo');
    expect(ann.heard().at(-1)).toBe('It is too late for that: the payment is disputed.');

    town.provider.hands.closeDispute(disputeId, 'won');
    await town.settle();

    expect(await town.paymentOf(ann)).toMatchObject({ state: 'paid' });
    expect(moved(town)).toEqual(['charge', 'dispute', 'dispute_won', 'payout']);
    await town.checkBooks();
  });

  it('while the money is held; lost, the payer has it from their bank and nobody is paid', async () => {
    const { town, ann, bob } = await annAndBob();
    const { payment } = await aHeldPayment({ town, ann, bob });
    const disputeId = town.provider.hands.openDispute(payment.id);
    await town.settle();

    town.provider.hands.closeDispute(disputeId, 'lost');
    await town.settle();
    await town.untilNothingIsDue();

    expect(await town.paymentOf(ann)).toMatchObject({ state: 'lost' });
    expect(moved(town)).toEqual(['charge', 'dispute']);
    await town.checkBooks();
  });

  it('while a claim waits; won late, the money goes back instead of waiting for ever', async () => {
    const { town, ann } = await annAndBobNotSetUp();
    const payment = await anOpenClaim({ town, ann });
    const disputeId = town.provider.hands.openDispute(payment.id);
    await town.settle();
    await town.later(30 * dayMs);

    town.provider.hands.closeDispute(disputeId, 'won');
    await town.settle();
    await town.untilNothingIsDue();

    expect(await town.paymentOf(ann)).toMatchObject({ state: 'refunded' });
    await town.checkBooks();
  });

  it('while somebody who is not set up waits; won early, they still have their days', async () => {
    const { town, ann, bob } = await annAndBobNotSetUp();
    const { payment } = await aHeldPayment({ town, ann, bob });
    const disputeId = town.provider.hands.openDispute(payment.id);
    await town.settle();
    town.provider.hands.closeDispute(disputeId, 'won');
    await town.settle();

    const { state, dueAtMs = 0 } = await town.paymentOf(ann);
    expect(state).toBe('held');
    expect(dueAtMs - town.world.clock.now()).toBeGreaterThan(4 * dayMs);
    await bob.setsUpPayouts();
    await town.later(10 * secondMs);
    expect(moved(town)).toEqual(['charge', 'dispute', 'dispute_won', 'payout']);
  });

  it('after it was paid takes the payout back; won, it is paid out again', async () => {
    const { town, ann, bob } = await annAndBob();
    const { payment } = await aPaidPayment({ town, ann, bob });
    const disputeId = town.provider.hands.openDispute(payment.id);
    await town.settle();
    expect(moved(town)).toEqual(['charge', 'payout', 'dispute', 'reversal']);

    town.provider.hands.closeDispute(disputeId, 'won');
    await town.settle();

    expect(moved(town)).toEqual([
      'charge',
      'payout',
      'dispute',
      'reversal',
      'dispute_won',
      'payout',
    ]);
    expect(await town.paymentOf(ann)).toMatchObject({ state: 'paid', payOutAttempt: 2 });
    await town.checkBooks();
  });

  it.each([
    { isSpent: false, losses: 0 },
    { isSpent: true, losses: -2000 },
  ])(
    'after it was paid; lost (already spent: $isSpent), the loss is in the books',
    async ({ isSpent, losses }) => {
      const { town, ann, bob } = await annAndBob();
      const { payment } = await aPaidPayment({ town, ann, bob });
      if (isSpent)
        town.provider.hands.emptyAccount((await bob.member()).recipientAccount?.accountId ?? '');
      const disputeId = town.provider.hands.openDispute(payment.id);
      await town.settle();
      await town.later(dayMs);

      town.provider.hands.closeDispute(disputeId, 'lost');
      await town.settle();

      expect(await town.paymentOf(ann)).toMatchObject({ state: 'lost' });
      const journal = await town.world.payments.journalOf(payment.id);
      const lost = journal
        .flatMap(({ postings }) => postings)
        .filter(({ account }) => account === 'tender:losses')
        .reduce((sum, { amount }) => sum + amount.minor, 0);
      expect(lost).toBe(losses);
      expect(ann.heard().at(-1)).toContain('the money stays with the payer’s bank');
      expect(bob.heard().at(-1)).toContain('the money stays with the payer’s bank');
      await town.checkBooks();
    },
  );

  it('whose payout can be taken back only later is asked for again each day', async () => {
    const { town, ann, bob } = await annAndBob();
    const { payment } = await aPaidPayment({ town, ann, bob });
    town.provider.failNext('reversePayOut', 'lost_before');
    town.provider.hands.openDispute(payment.id);
    await town.settle();
    expect(moved(town)).not.toContain('reversal');

    await town.later(dayMs);

    expect(moved(town)).toContain('reversal');
  });

  it('of which only the end is heard is opened and closed, and its events may come late and twice', async () => {
    const { town, ann, bob } = await annAndBob();
    const { payment } = await aPaidPayment({ town, ann, bob });
    town.holdEvents();
    const disputeId = town.provider.hands.openDispute(payment.id);
    town.provider.hands.closeDispute(disputeId, 'lost');

    await town.letEventsIn('backwards');
    await town.hint({ kind: 'dispute_changed', disputeId });
    await town.hint({ kind: 'dispute_changed', disputeId });

    const steps = await stepsOf(town, ann);
    expect(steps.filter((each) => each === 'disputed')).toHaveLength(1);
    expect(steps.filter((each) => each === 'dispute_lost')).toHaveLength(1);
    await town.checkBooks();
  });

  it('is not ended by a late event about an earlier one', async () => {
    const { town, ann, bob } = await annAndBob();
    const { payment } = await aPaidPayment({ town, ann, bob });
    const first = town.provider.hands.openDispute(payment.id);
    town.provider.hands.closeDispute(first, 'won');
    await town.settle();
    await town.later(10 * secondMs);
    town.provider.hands.openDispute(payment.id);
    await town.settle();
    expect((await town.paymentOf(ann)).state).toBe('disputed');

    await town.hint({ kind: 'dispute_changed', disputeId: first });

    expect((await town.paymentOf(ann)).state).toBe('disputed');
  });

  it('that comes in the middle of a payout is not lost: it comes again', async () => {
    const { town, ann, bob } = await annAndBob();
    const { payment } = await aHeldPayment({ town, ann, bob });
    town.provider.failNext('payOut', 'lost_before');
    await town.later(10 * secondMs);
    expect((await town.paymentOf(ann)).state).toBe('paying_out');

    town.provider.hands.openDispute(payment.id);
    await town.settle();
    await town.later(30 * secondMs);
    await town.later(60 * secondMs);

    expect((await town.paymentOf(ann)).state).toBe('disputed');
    expect(moved(town)).toContain('reversal');
  });

  it('finds out about a payout that was made without an answer, however far its next look is', async () => {
    const { town, ann, bob } = await annAndBob();
    const { payment } = await aHeldPayment({ town, ann, bob });
    town.provider.failNext('payOut', 'lost_after');
    await town.later(10 * secondMs);
    expect((await town.paymentOf(ann)).state).toBe('paying_out');

    town.provider.hands.openDispute(payment.id);
    await town.settle();

    expect((await town.paymentOf(ann)).state).toBe('disputed');
    expect(moved(town)).toEqual(['charge', 'payout', 'dispute', 'reversal']);
    await town.checkBooks();
  });

  it('of money that went back already is looked at by a person: it must not go back twice', async () => {
    const { town, ann, bob } = await annAndBob();
    const { payment } = await aHeldPayment({ town, ann, bob });
    await ann.taps('Undo');
    expect((await town.paymentOf(ann)).state).toBe('refunded');

    town.provider.hands.openDispute(payment.id);
    await town.settle();

    expect(await town.paymentOf(ann)).toMatchObject({
      state: 'review',
      reason: 'disputed_after_refund',
    });
  });
});
