// Paying out: each answer of the provider, and what is not asked for at all.
import { beforeEach, describe, expect, it } from 'vitest';
import { continuePayOut, payOut, settlePayOut } from '../../../lambdas/domain/payments/pay-out.ts';
import { openWallet, type Wallet } from '../../builders/wallet.ts';

let wallet: Wallet;
beforeEach(async () => {
  wallet = await openWallet();
});

const refused = { kind: 'declined', why: 'no_such_transfer' } as const;

describe('a payout', () => {
  it('that the provider refuses is looked at by a person', async () => {
    const held = await wallet.paymentAfter('charged');

    await payOut(wallet.answering({ payOut: async () => refused }), held, wallet.bob);

    expect(await wallet.latest(held)).toMatchObject({ state: 'review', reason: 'payout_refused' });
  });

  it('is never made for what was not charged, and says which payment that is', async () => {
    const held = await wallet.paymentAfter('charged');
    const uncharged = await wallet.take(held, 'payee_ready', { trail: {} });

    await expect(payOut(wallet.world, uncharged, wallet.bob)).rejects.toThrow(
      `Payment ${held.id} pays out without a charge.`,
    );
  });

  it('is found out about without asking for it where nobody takes it any more', async () => {
    const payee = { kind: 'person', personId: 'per_gone' } as const;
    const payingOut = await wallet.paymentAfter('payout_started', { payee });
    const world = wallet.answering({
      lookUp: { payOutOf: async () => ({ kind: 'not_found' }) as const },
      payOut: async () => {
        throw new Error('Nobody is to be paid.');
      },
    });

    await continuePayOut(world, payingOut);

    expect(await wallet.latest(payingOut)).toMatchObject({ state: 'held', payOutAttempt: 2 });
  });

  it.each([
    refused,
    { kind: 'done', payOutId: 'tr_late' } as const,
    { kind: 'recipient_not_ready' } as const,
    { kind: 'unknown', why: 'no_answer' } as const,
  ])('that is over is not moved by a late answer: %j', async (answer) => {
    const paid = await wallet.paymentAfter('paid_out');

    await settlePayOut(wallet.world, paid.id, answer);

    expect(await wallet.latest(paid)).toEqual(paid);
  });
});
