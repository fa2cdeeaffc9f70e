// The provider's twin keeps the provider's promises, and its own: lost calls, forgotten keys, events.
import { describe, expect, it } from 'vitest';
import {
  createMemoryProvider,
  type MemoryProvider,
  type ProviderCall,
  type ProviderFault,
} from '../../../lambdas/adapters/memory/payment-provider.ts';
import { money } from '../../../lambdas/domain/money/money.ts';
import {
  describePaymentProvider,
  type Losable,
  type Moved,
  type ProviderUnderTest,
} from '../../contracts/payment-provider.ts';

const clock = { now: () => 1_795_000_000_000 };

const callOf: Record<Losable, ProviderCall> = {
  charge: 'charge',
  payOut: 'payOut',
  refund: 'refund',
  saveInstrument: 'saveInstrument',
  lookUpCharge: 'lookUp.charge',
};

const isFault = (text: string): text is ProviderFault => text.startsWith('lost_');
const isMoved = (kind: string): kind is Moved['kind'] =>
  ['charge', 'payout', 'refund', 'reversal'].includes(kind);

function underTest({ provider, hands, failNext, movements }: MemoryProvider): ProviderUnderTest {
  return {
    provider,
    fillCardPage: async (url, card) => hands.saveCard(url, card),
    answerAction: async (url, isPassed) => hands.answerAction(url, isPassed),
    finishOnboarding: async (_, accountId) => hands.finishOnboarding(accountId),
    async loseNext(call, fault) {
      if (isFault(fault)) failNext(callOf[call], fault);
    },
    moved: async (paymentId) =>
      movements().flatMap(({ kind, amount, ...moved }) =>
        moved.paymentId === paymentId && isMoved(kind) ? [{ kind, minor: amount.minor }] : [],
      ),
    openDispute: async (paymentId) => hands.openDispute(paymentId),
    closeDispute: async (disputeId, status) => hands.closeDispute(disputeId, status),
    close: async () => undefined,
  };
}

describePaymentProvider('the twin', ['lost_before', 'lost_after'], async () =>
  underTest(createMemoryProvider({ clock })),
);

describe('the twin', () => {
  const request = {
    paymentId: 'pay_1',
    total: money(2000, 'USD'),
    customerId: 'cus_1',
    instrumentId: 'pm_card_visa',
    returnUrl: 'https://tender.test/back',
  } as const;

  it('takes its test instruments by name, without a page', async () => {
    const { provider } = createMemoryProvider({ clock });
    expect(await provider.charge(request)).toMatchObject({ kind: 'done' });
  });

  it('forgets a key after a day, as Stripe may: asking then is charging again', async () => {
    let nowMs = 0;
    const { provider, movements } = createMemoryProvider({ clock: { now: () => nowMs } });
    await provider.charge(request);
    nowMs = 24 * 60 * 60 * 1000;
    await provider.charge(request);
    expect(movements()).toHaveLength(2);
  });

  it('loses the calls that a simulation wants lost', async () => {
    const { provider, movements } = createMemoryProvider({
      clock,
      faultFor: (call) => (call === 'charge' ? 'lost_after' : undefined),
    });
    expect(await provider.charge(request)).toMatchObject({ kind: 'unknown' });
    expect(movements()).toHaveLength(1);
    expect(await provider.lookUp.chargeOf('pay_1', 'cus_1')).toMatchObject({ kind: 'found' });
  });

  it('tells what happened since it was last asked, as webhooks would', async () => {
    const { provider, hands, takeEvents } = createMemoryProvider({ clock });
    await provider.charge(request);
    const disputeId = hands.openDispute('pay_1');
    expect(takeEvents().map(({ kind }) => kind)).toEqual(['charge_changed', 'dispute_changed']);
    expect(takeEvents()).toEqual([]);
    hands.closeDispute(disputeId, 'lost');
    hands.closeDispute(disputeId, 'won');
    expect(await provider.lookUp.dispute(disputeId)).toMatchObject({ thing: { status: 'lost' } });
  });

  it('fails a refund that looked done, and declines to reverse what was spent', async () => {
    const { provider, hands, movements } = createMemoryProvider({ clock });
    const charged = await provider.charge(request);
    if (charged.kind !== 'done') throw new Error('not charged');
    const { chargeId } = charged;
    const refund = { paymentId: 'pay_1', chargeId, total: request.total } as const;
    const done = await provider.refund(refund);
    if (done.kind !== 'done') throw new Error('not refunded');
    hands.endRefund(done.refundId, false);
    expect(await provider.lookUp.refund(done.refundId)).toMatchObject({
      thing: { answer: { kind: 'declined' } },
    });
    expect(movements().map(({ kind }) => kind)).toEqual(['charge', 'refund', 'refund_failed']);

    const urls = { returnUrl: 'https://tender.test', refreshUrl: 'https://tender.test' };
    const opened = await provider.onboardRecipient({ personId: 'per_b', country: 'US', ...urls });
    if (opened.kind !== 'done') throw new Error('not opened');
    const { accountId } = opened;
    hands.finishOnboarding(accountId);
    const amount = request.total;
    const paid = await provider.payOut({
      paymentId: 'pay_1',
      attempt: 1,
      amount,
      accountId,
      chargeId,
    });
    if (paid.kind !== 'done') throw new Error('not paid');
    hands.emptyAccount(accountId);
    const { payOutId } = paid;
    expect(await provider.reversePayOut({ paymentId: 'pay_1', payOutId, amount })).toEqual({
      kind: 'declined',
      why: 'balance_insufficient',
    });
  });
});
