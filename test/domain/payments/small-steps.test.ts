// The small rules around a payment's steps: due dates, limits, cards, the request it answers, who may stop it.
import { beforeEach, describe, expect, it } from 'vitest';
import { draftPayment } from '../../../lambdas/domain/payments/draft-payment.ts';
import { dueAfter } from '../../../lambdas/domain/payments/due-dates.ts';
import {
  forgetInstrument,
  rememberCustomer,
} from '../../../lambdas/domain/payments/instruments.ts';
import { leftOf, limitsFor } from '../../../lambdas/domain/payments/limits.ts';
import { withRequestStep } from '../../../lambdas/domain/payments/linked-changes.ts';
import type { Payment } from '../../../lambdas/domain/payments/payment.ts';
import { noticeReadyPayee } from '../../../lambdas/domain/payments/ready-payee.ts';
import { continueRefund, settleRefund } from '../../../lambdas/domain/payments/refund.ts';
import { returnFromBank } from '../../../lambdas/domain/payments/return-from-bank.ts';
import { settleCharge } from '../../../lambdas/domain/payments/settle-charge.ts';
import { stopPayment } from '../../../lambdas/domain/payments/stop-payment.ts';
import { takeRequestStep } from '../../../lambdas/domain/requests/take-request-step.ts';
import { aDraft, anAskedRequest, next, noonMs, someSettings } from '../../builders/payments.ts';
import { aMember, aPerson } from '../../builders/people.ts';
import { openWallet, type Wallet } from '../../builders/wallet.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

let wallet: Wallet;
beforeEach(async () => {
  wallet = await openWallet();
});

describe('an open check by the payer’s bank is looked at again', () => {
  const context = { settings: someSettings, nowMs: noonMs, isPayeeReady: false };
  const inMs = (changes: Partial<Payment>) => {
    const payment = { ...aDraft().payment, state: 'needs_action', ...changes } as const;
    return (dueAfter(payment, context) ?? 0) - noonMs;
  };

  it.each<[string, Partial<Payment>, number]>([
    ['after ten minutes, to remind', { asked: 0 }, 10 * minuteMs],
    ['an hour after the reminder, to give it up', { asked: 1, remindedAtMs: noonMs }, hourMs],
    ['ever more seldom where the bank takes its time', { asked: 1 }, 30_000],
    ['after two looks in five minutes', { asked: 2 }, 5 * minuteMs],
    [
      'a while after the reminder, like what was asked once less',
      { asked: 3, remindedAtMs: noonMs - hourMs },
      5 * minuteMs,
    ],
  ])('%s', (_when, changes, expected) => {
    expect(inMs(changes)).toBe(expected);
  });
});

describe('limits', () => {
  it('are none in a currency that the wallet does not take', () => {
    expect(() => limitsFor('new', 'SEK')).toThrow('The wallet does not take SEK.');
  });

  it('do not count what was spent in a currency that the wallet takes no more', () => {
    const day = new Date(noonMs).toISOString().slice(0, 10);
    const spending = { personId: 'per_1', version: 1, days: { [day]: { SEK: 5000 } } } as const;

    expect(leftOf(limitsFor('new', 'USD'), spending, noonMs)).toEqual(limitsFor('new', 'USD'));
  });
});

describe('the provider’s customer', () => {
  it('of a person is kept once and never replaced', async () => {
    const zoe = aPerson();
    await wallet.world.people.create(zoe);
    await rememberCustomer(wallet.world, zoe.id, 'cus_1');
    await rememberCustomer(wallet.world, zoe.id, 'cus_2');

    expect(await wallet.world.people.byId(zoe.id)).toMatchObject({
      customerId: 'cus_1',
      version: 2,
    });
  });

  it('stays as it is when a card that is not there is removed', async () => {
    await forgetInstrument(wallet.world, wallet.ann.id, 'pm_none');

    expect(await wallet.world.people.byId(wallet.ann.id)).toEqual(wallet.ann);
  });
});

describe('the request that a payment answers', () => {
  /** It is being paid by `paymentId`. */
  async function aRequestPaidBy(paymentId: Payment['id']) {
    const asked = anAskedRequest();
    const step = { actor: 'payer', nowMs: noonMs } as const;
    const paying = takeRequestStep(asked.request, {
      ...step,
      step: 'accepted',
      changes: { paymentId },
    });
    for (const change of [asked, paying]) await wallet.world.requests.commit(change);
    return paying.request;
  }
  const reopened = (payment: Payment) =>
    withRequestStep(wallet.world, next(payment, 'draft_cancelled'), 'reopened');

  it('is open again when the payment comes to nothing', async () => {
    const { id } = await aRequestPaidBy('pay_1');
    const { payment } = aDraft({ id: 'pay_1', requestId: id });

    expect((await reopened(payment)).request?.request).toMatchObject({ id, state: 'open' });
  });

  it('is left alone where another payment answers it by now', async () => {
    const { id } = await aRequestPaidBy('pay_2');
    const { payment } = aDraft({ id: 'pay_1', requestId: id });

    expect(await reopened(payment)).not.toHaveProperty('request');
  });

  it('is left alone where it has ended', async () => {
    const request = await aRequestPaidBy('pay_1');
    const ended = takeRequestStep(request, { step: 'fulfilled', actor: 'clock', nowMs: noonMs });
    await wallet.world.requests.commit(ended);
    const { payment } = aDraft({ id: 'pay_1', requestId: request.id });

    expect(await reopened(payment)).not.toHaveProperty('request');
  });
});

describe('a draft', () => {
  const wanted = () => ({
    id: 'pay_new' as const,
    payer: aMember(),
    to: { kind: 'person', personId: wallet.bob.id } as const,
    amount: { minor: 500, currency: 'USD' } as const,
  });
  const tokens = { newToken: () => 'token', fingerprint: (token: string) => token };

  it('without a note has none, and answers no request', async () => {
    const drafted = await draftPayment({ ...wallet.world, tokens }, wanted());
    if (drafted.kind !== 'drafted') throw new Error(drafted.kind);

    expect(Object.keys(drafted.payment)).not.toContain('note');
    expect(Object.keys(drafted.payment)).not.toContain('requestId');
  });

  it('that cannot be written, with nothing in its way, is a bug and says of which payment', async () => {
    const payments = { ...wallet.world.payments, commit: async () => 'conflict' as const };

    await expect(draftPayment({ ...wallet.world, tokens, payments }, wanted())).rejects.toThrow(
      'Payment pay_new conflicts with nothing.',
    );
  });

  it('is not the payee’s to stop: they do not know of it', async () => {
    const draft = await wallet.paymentAfter('drafted');
    const stop = (personId: typeof wallet.ann.id) =>
      stopPayment(wallet.world, { paymentId: draft.id, personId });

    expect(await stop(wallet.bob.id)).toEqual({ kind: 'not_yours' });
    expect(await stop('per_stranger')).toEqual({ kind: 'not_yours' });
    expect(await wallet.latest(draft)).toEqual(draft);
    expect(await stop(wallet.ann.id)).toMatchObject({ kind: 'cancelled' });
    expect(await stop(wallet.ann.id)).toMatchObject({ kind: 'already_stopped' });
  });

  it('that was declined is stopped already', async () => {
    const charging = await wallet.paymentAfter('confirmed');
    const declined = await wallet.take(charging, 'charge_declined');

    expect(
      await stopPayment(wallet.world, { paymentId: declined.id, personId: wallet.ann.id }),
    ).toMatchObject({ kind: 'already_stopped' });
  });
});

describe('a payee who became ready unseen', () => {
  it('at the very moment of the charge is paid when the undo window ends', async () => {
    const charging = await wallet.paymentAfter('confirmed');
    const { people } = wallet.world;
    let looks = 0;
    const byId = async (id: Payment['payerId']) => {
      looks += 1;
      const { recipientAccount: _notYet, ...before } = wallet.bob;
      return looks === 1 ? before : people.byId(id);
    };
    const answer = { kind: 'done', intentId: 'pi_1', chargeId: 'ch_1' } as const;

    await settleCharge({ ...wallet.world, people: { ...people, byId } }, charging, {
      answer,
      actor: 'provider',
    });

    expect((await wallet.latest(charging)).dueAtMs).toBe(
      wallet.time.nowMs + someSettings.undoSeconds * 1000,
    );
    expect((await wallet.stepsOf(charging)).slice(-2)).toEqual(['charged', 'payee_ready']);
  });

  const heldFor = async (personId: Payment['payerId']) => {
    const held = await wallet.paymentAfter('charged', { payee: { kind: 'person', personId } });
    const { payment, entry } = next(held, 'payee_ready');
    // As it would be had they not been ready: due days later.
    const late = { ...payment, dueAtMs: noonMs + 5 * dayMs };
    await wallet.world.payments.commit({ payment: late, entry });
    return late;
  };

  it('is paid when the undo window ends', async () => {
    const held = await heldFor(wallet.bob.id);

    const now = await noticeReadyPayee(wallet.world, held);

    expect(now).toEqual(await wallet.latest(held));
    expect(now.dueAtMs).toBe(wallet.time.nowMs);
  });

  it('is left alone where they are not ready, are nobody, or it is due by then anyway', async () => {
    const zoe = aPerson();
    await wallet.world.people.create(zoe);
    for (const id of [zoe.id, 'per_gone'] as const) {
      const held = await heldFor(id);
      expect(await noticeReadyPayee(wallet.world, held)).toBe(held);
    }
    const due = await wallet.paymentAfter('charged');
    expect(await noticeReadyPayee(wallet.world, due)).toBe(due);
    expect(await wallet.latest(due)).toEqual(due);
  });
});

describe('a refund', () => {
  it('of what was never charged is a bug, and says of which payment', async () => {
    const held = await wallet.paymentAfter('charged');
    const refunding = await wallet.take(held, 'undone', { trail: {} });

    await expect(continueRefund(wallet.world, refunding)).rejects.toThrow(
      `Payment ${held.id} refunds without a charge.`,
    );
  });

  it('that is known is looked up, and never asked for again', async () => {
    const held = await wallet.paymentAfter('charged');
    const trail = { ...held.trail, refundId: 're_1' };
    const refunding = await wallet.take(held, 'undone', { trail });
    const answers = [
      { kind: 'unknown', why: 'no_answer' },
      { kind: 'found', thing: { answer: { kind: 'done', refundId: 're_1' } } },
    ] as const;
    let looks = 0;
    const world = wallet.answering({
      refund: async () => {
        throw new Error('It was asked for before.');
      },
      lookUp: {
        refund: async () => answers[looks++ === 0 ? 0 : 1],
      },
    });

    await continueRefund(world, refunding);
    expect(await wallet.latest(held)).toMatchObject({ state: 'refunding', asked: 1 });
    await continueRefund(world, await wallet.latest(held));
    expect(await wallet.latest(held)).toMatchObject({ state: 'refunded' });
  });

  it('of which there is news changes nothing where nothing is refunded', async () => {
    const held = await wallet.paymentAfter('charged');
    for (const answer of [
      { kind: 'done', refundId: 're_1' },
      { kind: 'declined', why: 'expired' },
      { kind: 'pending', refundId: 're_1' },
    ] as const)
      await settleRefund(wallet.world, held.id, answer);

    expect(await wallet.latest(held)).toEqual(held);
  });
});

describe('a payer back from their bank', () => {
  it.each(['confirmed', 'charge_unknown', 'action_needed'] as const)(
    'is told how the charge stands, after %s',
    async (step) => {
      const charging = await wallet.paymentAfter('confirmed', {
        trail: { intentId: 'pi_1' },
      });
      const open = step === 'confirmed' ? charging : await wallet.take(charging, step);
      const total = open.amount;
      const answer = { kind: 'done', intentId: 'pi_1', chargeId: 'ch_1' } as const;
      const world = wallet.answering({
        lookUp: { charge: async () => ({ kind: 'found', thing: { total, answer } }) as const },
      });

      expect(await returnFromBank(world, open.id)).toMatchObject({ payment: { state: 'held' } });
    },
  );

  it('who is still asked by it stays where they are, whatever else is told', async () => {
    const charging = await wallet.paymentAfter('confirmed');
    const open = await wallet.take(charging, 'action_needed', { trail: { intentId: 'pi_1' } });
    for (const answer of [
      { kind: 'unknown', why: 'no_answer' },
      { kind: 'pending', intentId: 'pi_1' },
      { kind: 'needs_action', intentId: 'pi_1', url: 'https://bank.test' },
    ] as const)
      await settleCharge(wallet.world, open.id, { answer, actor: 'provider' });

    expect(await wallet.latest(open)).toEqual(open);
  });
});
