// What whoever confirms a payment is answered, by what the provider said and by what stands in the way.
import { beforeEach, describe, expect, it } from 'vitest';
import { confirmPayment } from '../../../lambdas/domain/payments/confirm-payment.ts';
import type { ChargeAnswer } from '../../../lambdas/domain/payments/ports.ts';
import { settleCharge } from '../../../lambdas/domain/payments/settle-charge.ts';
import type { Payment } from '../../../lambdas/domain/payments/payment.ts';
import { quickHasher } from '../../builders/quick-hasher.ts';
import { openWallet, type Wallet } from '../../builders/wallet.ts';

const card = { id: 'pm_1', brand: 'visa', last4: '4242' } as const;

let wallet: Wallet;
let draft: Payment;
beforeEach(async () => {
  wallet = await openWallet();
  const { people } = wallet.world;
  await people.save({ ...wallet.ann, version: 2, instruments: [card] }, wallet.ann);
  // To somebody paid before, and little: no PIN.
  draft = await wallet.paymentAfter('drafted', { isFirstToPayee: false });
});

type Charge = () => Promise<ChargeAnswer>;

const confirm = (charge: Charge, personId = wallet.ann.id) =>
  confirmPayment(
    { ...wallet.answering({ charge }), pinHasher: quickHasher() },
    { paymentId: draft.id, personId, instrumentId: card.id, pin: {} },
  );

const isDone: Charge = async () => ({ kind: 'done', intentId: 'pi_1', chargeId: 'ch_1' });

describe('whoever confirms', () => {
  it.each<[string, ChargeAnswer, object]>([
    ['done', { kind: 'done', intentId: 'pi_1', chargeId: 'ch_1' }, { kind: 'held' }],
    [
      'declined',
      { kind: 'declined', reason: 'expired_card' },
      { kind: 'declined', reason: 'expired_card', payment: { state: 'declined' } },
    ],
    [
      'a page of their bank',
      { kind: 'needs_action', intentId: 'pi_1', url: 'https://bank.test' },
      { kind: 'needs_action', url: 'https://bank.test' },
    ],
    ['under way', { kind: 'pending', intentId: 'pi_1' }, { kind: 'unknown' }],
    ['nothing', { kind: 'unknown', why: 'no_answer' }, { kind: 'unknown' }],
    [
      'another amount',
      { kind: 'unknown', why: 'amount_mismatch' },
      { kind: 'unknown', payment: { state: 'review' } },
    ],
  ])('and the provider says %s', async (_what, answer, outcome) => {
    expect(await confirm(async () => answer)).toMatchObject(outcome);
  });

  it('somebody else’s payment finds none', async () => {
    const charged: string[] = [];
    const charge: Charge = async () => {
      charged.push('charged');
      return isDone();
    };

    expect(await confirm(charge, wallet.bob.id)).toEqual({ kind: 'not_found' });
    expect(charged).toEqual([]);
    expect(await wallet.latest(draft)).toEqual(draft);
  });

  it('and is answered late hears how it stands by then', async () => {
    const charge: Charge = async () => {
      const answer = await isDone();
      await settleCharge(wallet.world, draft.id, { answer, actor: 'provider' });
      return { kind: 'needs_action', intentId: 'pi_1', url: 'https://bank.test' };
    };

    expect(await confirm(charge)).toMatchObject({ kind: 'held' });
  });
});
