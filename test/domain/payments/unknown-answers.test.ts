// The provider does not answer, before or after doing what it was asked: never twice, never forgotten.
import { describe, expect, it } from 'vitest';
import type {
  ProviderCall,
  ProviderFault,
} from '../../../lambdas/adapters/memory/payment-provider.ts';
import { confirmPayment } from '../../../lambdas/domain/payments/confirm-payment.ts';
import {
  aDraft,
  aHeldPayment,
  annAndBob,
  aPaidPayment,
  dayMs,
  hourMs,
  minuteMs,
  moved,
  secondMs,
  stepsOf,
} from '../../builders/scenes.ts';

/** When a provider that never answers is asked, after the first time; then a person looks. */
const rhythm = [30 * secondMs, 5 * minuteMs, hourMs, dayMs, dayMs, dayMs, dayMs, dayMs];

/** A provider that loses every call of these kinds from now on, and counts them. */
function losing(...calls: ProviderCall[]) {
  const fault: { now: ProviderFault | undefined; asked: number } = { now: undefined, asked: 0 };
  return {
    fault,
    faultFor: (call: ProviderCall) => {
      if (fault.now === undefined || !calls.includes(call)) return undefined;
      fault.asked += 1;
      return fault.now;
    },
  };
}

describe('a charge without an answer', () => {
  it.each(['lost_before', 'lost_after'] as const)(
    'is asked for again and charged once (%s)',
    async (how) => {
      const scene = await annAndBob();
      await aDraft(scene);
      scene.town.holdEvents();
      scene.town.provider.failNext('charge', how);

      const page = await scene.ann.pays();

      expect(page).toContain('We are finding out');
      expect(await scene.town.paymentOf(scene.ann)).toMatchObject({ state: 'unknown' });
      expect(scene.ann.heard().at(-1)).toContain('We do not know yet');

      await scene.town.later(30 * secondMs);

      expect(await scene.town.paymentOf(scene.ann)).toMatchObject({ state: 'held' });
      expect(moved(scene.town)).toEqual(['charge']);
      await scene.town.letEventsIn();
      await scene.town.untilNothingIsDue();
      expect(moved(scene.town)).toEqual(['charge', 'payout']);
      expect(scene.ann.heard()).toContain('Bob got your $20.00.');
      await scene.town.checkBooks();
    },
  );

  it('is known by the event alone when the event is quicker', async () => {
    const scene = await annAndBob();
    await aDraft(scene);
    scene.town.provider.failNext('charge', 'lost_after');

    await scene.ann.pays();

    expect(await scene.town.paymentOf(scene.ann)).toMatchObject({ state: 'held' });
    expect(moved(scene.town)).toEqual(['charge']);
  });

  it('is charged once when the process died before it could write the answer down', async () => {
    const scene = await annAndBob();
    const { payment } = await aDraft(scene);
    const { world } = scene.town;
    const commit = world.payments.commit;
    const dying = {
      ...world,
      payments: {
        ...world.payments,
        commit: async (...said: Parameters<typeof commit>) => {
          if (said[0].entry.step === 'charged') throw new Error('killed');
          return commit(...said);
        },
      },
    };
    const { id, instruments } = await scene.ann.member();
    scene.town.holdEvents();

    await expect(
      confirmPayment(dying, {
        paymentId: payment.id,
        personId: id,
        instrumentId: instruments[0]?.id ?? '',
        pin: { newPin: '258013', newPinAgain: '258013' },
      }),
    ).rejects.toThrow('killed');
    expect(await scene.town.paymentOf(scene.ann)).toMatchObject({ state: 'charging' });
    await scene.town.later(minuteMs);

    expect(await scene.town.paymentOf(scene.ann)).toMatchObject({ state: 'held' });
    expect(moved(scene.town)).toEqual(['charge']);
  });

  it('is asked about after 30 s, 5 min, an hour and five days, and then a person looks', async () => {
    const { fault, faultFor } = losing('charge', 'lookUp.chargeOf', 'lookUp.charge');
    const scene = await annAndBob({ faultFor });
    await aDraft(scene);
    fault.now = 'lost_before';
    await scene.ann.pays();

    for (const [index, waitMs] of rhythm.entries()) {
      expect(fault.asked).toBe(index + 1);
      await scene.town.later(waitMs - secondMs);
      expect(fault.asked, `too early at ${index}`).toBe(index + 1);
      await scene.town.later(secondMs);
    }

    expect(fault.asked).toBe(rhythm.length + 1);
    expect(await scene.town.paymentOf(scene.ann)).toMatchObject({
      state: 'review',
      reason: 'charge_never_known',
    });
    expect(scene.ann.heard().at(-1)).toContain('A person is looking at it');
    expect(moved(scene.town)).toEqual([]);
    await scene.town.checkBooks();
  });

  it('is looked up, not asked for, once the provider may have forgotten the key: no late charge', async () => {
    const { fault, faultFor } = losing('charge');
    const scene = await annAndBob({ faultFor });
    await aDraft(scene);
    fault.now = 'lost_before';
    await scene.ann.pays();
    await scene.town.later(30 * secondMs);
    await scene.town.later(5 * minuteMs);
    await scene.town.later(hourMs);
    fault.now = undefined;

    await scene.town.later(dayMs);

    expect(await scene.town.paymentOf(scene.ann)).toMatchObject({
      state: 'declined',
      reason: 'try_again_later',
    });
    expect(moved(scene.town)).toEqual([]);
    expect(scene.ann.heard().at(-1)).toContain('nothing was charged');
  });

  it('is found by the look-up after the key has lapsed, where it was done', async () => {
    const { fault, faultFor } = losing('charge');
    const scene = await annAndBob({ faultFor });
    await aDraft(scene);
    scene.town.holdEvents();
    fault.now = 'lost_after';
    await scene.ann.pays();
    await scene.town.later(30 * secondMs);
    await scene.town.later(5 * minuteMs);
    await scene.town.later(hourMs);

    await scene.town.later(dayMs);
    fault.now = undefined;
    await scene.town.later(dayMs);

    expect(moved(scene.town)).toEqual(['charge', 'payout']);
    await scene.town.checkBooks();
  });

  it('of another amount than asked is never held: a person looks at once', async () => {
    const scene = await annAndBob();
    const { payment } = await aDraft(scene);
    scene.town.holdEvents();
    scene.town.provider.failNext('charge', 'lost_before');
    await scene.ann.pays();
    const { customerId = '' } = await scene.ann.member();
    const charged = await scene.town.world.provider.charge({
      paymentId: payment.id,
      total: { minor: 200_000, currency: 'USD' },
      customerId,
      instrumentId: 'pm_card_visa',
      returnUrl: 'https://tender.example',
    });
    const intentId = 'intentId' in charged ? charged.intentId : '';

    await scene.town.hint({ kind: 'charge_changed', intentId: intentId ?? '' });

    expect(await scene.town.paymentOf(scene.ann)).toMatchObject({
      state: 'review',
      reason: 'amount_mismatch',
    });
    expect(await stepsOf(scene.town, scene.ann)).not.toContain('charged');
  });
});

describe('a payout without an answer', () => {
  it.each(['lost_before', 'lost_after'] as const)('is paid once (%s)', async (how) => {
    const scene = await annAndBob();
    await aHeldPayment(scene);
    scene.town.provider.failNext('payOut', how);

    await scene.town.later(10 * secondMs);
    expect(await scene.town.paymentOf(scene.ann)).toMatchObject({ state: 'paying_out' });
    await scene.ann.taps('Undo');
    expect(scene.ann.heard().at(-1)).toContain('It is too late for that');
    await scene.town.later(30 * secondMs);

    expect(await scene.town.paymentOf(scene.ann)).toMatchObject({ state: 'paid' });
    expect(moved(scene.town)).toEqual(['charge', 'payout']);
    await scene.town.checkBooks();
  });

  it('is not made anew when somebody has taken it back by hand and its key is forgotten', async () => {
    const { fault, faultFor } = losing('payOut', 'lookUp.payOutOf');
    const scene = await annAndBob({ faultFor });
    const { payment } = await aHeldPayment(scene);
    const { id: paymentId, amount } = payment;
    const { provider, books } = scene.town.provider;
    scene.town.holdEvents();
    fault.now = 'lost_after';
    await scene.town.later(10 * secondMs);
    const [made] = [...books.transfers.values()];
    await provider.reversePayOut({ paymentId, payOutId: made?.id ?? '', amount });

    await scene.town.later(dayMs + hourMs);
    fault.now = undefined;
    await scene.town.later(dayMs);

    expect(moved(scene.town)).toEqual(['charge', 'payout', 'reversal']);
    expect(await scene.town.paymentOf(scene.ann)).toMatchObject({
      state: 'paid',
      trail: { payOutId: made?.id },
    });
  });

  it('is asked for in the same rhythm, then a person looks and both are told', async () => {
    const { fault, faultFor } = losing('payOut', 'lookUp.payOutOf');
    const scene = await annAndBob({ faultFor });
    await aHeldPayment(scene);
    fault.now = 'lost_after';
    await scene.town.later(10 * secondMs);

    for (const [index, waitMs] of rhythm.entries()) {
      expect(fault.asked).toBe(index + 1);
      await scene.town.later(waitMs - secondMs);
      expect(fault.asked, `too early at ${index}`).toBe(index + 1);
      await scene.town.later(secondMs);
    }

    expect(await scene.town.paymentOf(scene.ann)).toMatchObject({
      state: 'review',
      reason: 'payout_never_known',
    });
    expect(scene.ann.heard().at(-1)).toContain('A person is looking at it');
    expect(scene.bob.heard().at(-1)).toContain('is held up');
    expect(moved(scene.town)).toEqual(['charge', 'payout']);
  });
});

describe('a refund without an answer', () => {
  it.each(['lost_before', 'lost_after'] as const)('is refunded once (%s)', async (how) => {
    const scene = await annAndBob();
    await aHeldPayment(scene);
    scene.town.holdEvents();
    scene.town.provider.failNext('refund', how);

    await scene.ann.taps('Undo');
    expect(await scene.town.paymentOf(scene.ann)).toMatchObject({ state: 'refunding' });
    await scene.town.later(30 * secondMs);

    expect(await scene.town.paymentOf(scene.ann)).toMatchObject({ state: 'refunded' });
    await scene.town.letEventsIn();
    await scene.town.later(dayMs);
    expect(moved(scene.town)).toEqual(['charge', 'refund']);
    expect(scene.ann.heard().filter((each) => each.includes('on its way back'))).toHaveLength(1);
    await scene.town.checkBooks();
  });

  it('is asked for in the same rhythm, then a person looks', async () => {
    const { fault, faultFor } = losing('refund', 'lookUp.refund');
    const scene = await annAndBob({ faultFor });
    await aHeldPayment(scene);
    scene.town.holdEvents();
    fault.now = 'lost_after';
    await scene.ann.taps('Undo');

    for (const [index, waitMs] of rhythm.entries()) {
      expect(fault.asked).toBe(index + 1);
      await scene.town.later(waitMs - secondMs);
      expect(fault.asked, `too early at ${index}`).toBe(index + 1);
      await scene.town.later(secondMs);
    }

    expect(await scene.town.paymentOf(scene.ann)).toMatchObject({
      state: 'review',
      reason: 'refund_never_known',
    });
    expect(moved(scene.town)).toEqual(['charge', 'refund']);
  });
});

describe('a reversal without an answer', () => {
  it.each(['lost_before', 'lost_after'] as const)('is reversed once (%s)', async (how) => {
    const scene = await annAndBob();
    const { payment } = await aPaidPayment(scene);
    scene.town.provider.failNext('reversePayOut', how);

    scene.town.provider.hands.openDispute(payment.id);
    await scene.town.settle();
    expect(await stepsOf(scene.town, scene.ann)).not.toContain('payout_reversed');
    await scene.town.later(dayMs);
    await scene.town.later(dayMs);

    expect(
      (await stepsOf(scene.town, scene.ann)).filter((each) => each === 'payout_reversed'),
    ).toHaveLength(1);
    expect(moved(scene.town)).toEqual(['charge', 'payout', 'dispute', 'reversal']);
    await scene.town.checkBooks();
  });
});
