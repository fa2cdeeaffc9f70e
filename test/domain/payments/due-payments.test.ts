// What a due date asks for in each state, also where nobody told us anything: early, late, and from two sides at once.
import { describe, expect, it } from 'vitest';
import type { ProviderCall } from '../../../lambdas/adapters/memory/payment-provider.ts';
import { advancePayment } from '../../../lambdas/domain/payments/advance-payment.ts';
import type { Payment } from '../../../lambdas/domain/payments/payment.ts';
import type { PaymentChange } from '../../../lambdas/domain/payments/ports.ts';
import { changePerson } from '../../../lambdas/domain/people/change-person.ts';
import {
  aDraft,
  aHeldPayment,
  annAndBob,
  annAndBobNotSetUp,
  aPaidPayment,
  dayMs,
  hourMs,
  minuteMs,
  moved,
  secondMs,
  stepsOf,
  type Scene,
} from '../../builders/scenes.ts';
import { next } from '../../builders/payments.ts';

/** A provider that notes what it is asked. */
function listening() {
  const calls: ProviderCall[] = [];
  const faultFor = (call: ProviderCall) => {
    calls.push(call);
    return undefined;
  };
  return { calls, faultFor };
}

/** An answer is lost, and only the provider's id of the charge is known. */
async function unknownWithAnIntent(scene: Scene): Promise<Payment> {
  await aDraft(scene);
  scene.town.holdEvents();
  scene.town.provider.failNext('charge', 'lost_after');
  await scene.ann.pays();
  const payment = await scene.town.paymentOf(scene.ann);
  const [intent] = [...scene.town.provider.books.intents.values()];
  const change: PaymentChange = next(payment, 'charge_asked', {
    trail: { intentId: intent?.id ?? '' },
  });
  expect(await scene.town.world.payments.commit(change)).toBe('done');
  return change.payment;
}

it('a payment that is not there is not advanced', async () => {
  const { town } = await annAndBob();
  await advancePayment(town.world, 'pay_none');
  expect(town.entries).toEqual([]);
});

describe('a charge that nobody knows of', () => {
  it('is looked up by its id where that is known, however old its key is, and never made again', async () => {
    for (const lateMs of [hourMs, 2 * dayMs]) {
      const { calls, faultFor } = listening();
      const scene = await annAndBob({ faultFor });
      const { id } = await unknownWithAnIntent(scene);
      calls.length = 0;
      scene.town.pass(lateMs);

      await advancePayment(scene.town.world, id);

      expect(calls).toEqual(['lookUp.charge']);
      expect((await scene.town.paymentOf(scene.ann)).state).toBe('held');
    }
  });

  it('needs its payer where the bank still asks them', async () => {
    const scene = await annAndBob();
    const { id, trail } = await unknownWithAnIntent(scene);
    const intent = scene.town.provider.books.intents.get(trail.intentId ?? '');
    if (intent === undefined) throw new Error('There is no intent.');
    intent.answer = { kind: 'needs_action', intentId: intent.id, url: 'https://bank.test' };
    scene.town.pass(hourMs);

    await advancePayment(scene.town.world, id);

    expect((await scene.town.paymentOf(scene.ann)).state).toBe('needs_action');
  });

  it('is not made where the payer is not there any more', async () => {
    const { calls, faultFor } = listening();
    const scene = await annAndBob({ faultFor });
    await aDraft(scene);
    scene.town.provider.failNext('charge', 'lost_before');
    await scene.ann.pays();
    const { id, state } = await scene.town.paymentOf(scene.ann);
    expect(state).toBe('unknown');
    calls.length = 0;
    scene.town.pass(minuteMs);
    const people = { ...scene.town.world.people, byId: async () => undefined };

    await advancePayment({ ...scene.town.world, people }, id);

    expect(calls).toEqual([]);
    expect(await scene.town.paymentOf(scene.ann)).toMatchObject({ state: 'unknown', asked: 1 });
  });
});

describe('from two sides at once', () => {
  it('a draft that is confirmed at that moment does not expire', async () => {
    const scene = await annAndBob();
    const { payment } = await aDraft(scene);
    const { payments } = scene.town.world;
    let isFirst = true;
    const commit = async (change: PaymentChange) => {
      if (!isFirst) return payments.commit(change);
      isFirst = false;
      await payments.commit(next(payment, 'confirmed', { confirmedAtMs: payment.createdAtMs }));
      return 'conflict' as const;
    };
    scene.town.pass(31 * minuteMs);

    await advancePayment({ ...scene.town.world, payments: { ...payments, commit } }, payment.id);

    expect((await payments.get(payment.id))?.state).toBe('charging');
  });

  it('what has moved meanwhile is left to whoever moved it', async () => {
    const scene = await annAndBobNotSetUp();
    const { payment } = await aHeldPayment(scene);
    const { payments } = scene.town.world;
    let tries = 0;
    const commit = async () => {
      tries += 1;
      await payments.commit(next(payment, 'claim_reminded', { remindedAtMs: 1 }));
      return 'conflict' as const;
    };
    scene.town.pass((payment.dueAtMs ?? 0) - scene.town.world.clock.now());

    await advancePayment({ ...scene.town.world, payments: { ...payments, commit } }, payment.id);

    expect(tries).toBe(1);
    expect((await payments.get(payment.id))?.version).toBe(payment.version + 1);
  });
});

it('money that is held is paid out early where its recipient has become ready unseen', async () => {
  const scene = await annAndBobNotSetUp();
  const { payment } = await aHeldPayment(scene);
  const { provider, hands } = scene.town.provider;
  const bob = await scene.bob.member();
  const urls = { returnUrl: 'https://tender.test', refreshUrl: 'https://tender.test' };
  const opened = await provider.onboardRecipient({ personId: bob.id, country: 'US', ...urls });
  if (opened.kind !== 'done') throw new Error(opened.why);
  scene.town.holdEvents();
  hands.finishOnboarding(opened.accountId);
  await changePerson(scene.town.world, bob, (now) => ({
    ...now,
    recipientAccount: { accountId: opened.accountId, status: 'ready' },
  }));
  expect(payment.dueAtMs).toBeGreaterThan(scene.town.world.clock.now() + hourMs);
  scene.town.pass(minuteMs);

  await advancePayment(scene.town.world, payment.id);

  expect((await scene.town.paymentOf(scene.ann)).state).toBe('paid');
  expect(moved(scene.town)).toEqual(['charge', 'payout']);
});

it('a payee whose account was ready for a moment is not reminded twice', async () => {
  const scene = await annAndBobNotSetUp();
  const { payment } = await aHeldPayment(scene);
  const { payments, clock } = scene.town.world;
  scene.town.pass((payment.dueAtMs ?? 0) - clock.now());
  await advancePayment(scene.town.world, payment.id);
  expect((await stepsOf(scene.town, scene.ann)).at(-1)).toBe('claim_reminded');
  const reminded = await scene.town.paymentOf(scene.ann);
  expect(await payments.commit(next(reminded, 'payee_ready'))).toBe('done');

  await advancePayment(scene.town.world, payment.id);

  const steps = await stepsOf(scene.town, scene.ann);
  expect(steps.at(-1)).toBe('payout_postponed');
  expect(steps.filter((each) => each === 'claim_reminded')).toHaveLength(1);
  expect((await scene.town.paymentOf(scene.ann)).dueAtMs).toBe(payment.claimBeforeMs);
});

it('a refund that has failed goes to a person, and says so', async () => {
  const scene = await annAndBob();
  const { payment } = await aHeldPayment(scene);
  await scene.ann.taps('Undo');
  await scene.town.later(secondMs);
  const [refund] = [...scene.town.provider.books.refunds.values()];
  scene.town.provider.hands.endRefund(refund?.id ?? '', false);
  await scene.town.settle();
  await scene.town.untilNothingIsDue();

  expect(await scene.town.world.payments.get(payment.id)).toMatchObject({
    state: 'review',
    reason: 'refund_failed',
  });
});

describe('a dispute of which no news comes', () => {
  it.each([
    ['won', 'paid'],
    ['lost', 'lost'],
  ] as const)('that is %s is found out within a day', async (result, state) => {
    const scene = await annAndBob();
    const { payment } = await aPaidPayment(scene);
    const { hands } = scene.town.provider;
    const bob = await scene.bob.member();
    hands.emptyAccount(bob.recipientAccount?.accountId ?? '');
    const disputeId = hands.openDispute(payment.id);
    await scene.town.settle();
    await scene.town.later(dayMs);
    expect((await stepsOf(scene.town, scene.ann)).at(-1)).toBe('dispute_asked');
    scene.town.holdEvents();
    hands.closeDispute(disputeId, result);

    await scene.town.later(dayMs);

    expect((await scene.town.paymentOf(scene.ann)).state).toBe(state);
  });

  it('is asked about again where the provider does not answer', async () => {
    const scene = await annAndBob();
    const { payment } = await aPaidPayment(scene);
    scene.town.provider.hands.openDispute(payment.id);
    await scene.town.settle();
    scene.town.provider.failNext('lookUp.dispute', 'lost_before');

    await scene.town.later(dayMs);

    expect((await scene.town.paymentOf(scene.ann)).state).toBe('disputed');
    expect((await stepsOf(scene.town, scene.ann)).at(-1)).toBe('dispute_asked');
  });

  it('that is none is a bug, and says of which payment', async () => {
    const scene = await annAndBob();
    const { payment } = await aPaidPayment(scene);
    const disputed = next(payment, 'disputed', { trail: { payOutId: 'tr_1' } });
    await scene.town.world.payments.commit(disputed);
    scene.town.pass(2 * dayMs);

    await expect(advancePayment(scene.town.world, payment.id)).rejects.toThrow(
      `Payment ${payment.id} is disputed without a dispute.`,
    );
  });
});
