// Stripe keeps the provider's promises: the real SDK against the stand-in, which refuses what Stripe would refuse.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { money } from '../../../lambdas/domain/money/money.ts';
import { describePaymentProvider } from '../../contracts/payment-provider.ts';
import { openStripeUnderTest, type StripeUnderTest } from './stripe-under-test.ts';

const faults = [
  'timeout_before',
  'timeout_after',
  'drop_before',
  'drop_after',
  'cut_body',
  'error_500_before',
  'error_500_after',
  'rate_limit_429',
];

describePaymentProvider('Stripe', faults, openStripeUnderTest);

describe('Stripe, a day later', () => {
  const dayMs = 24 * 60 * 60 * 1000;
  const total = money(2000, 'USD');
  let under: StripeUnderTest;
  beforeEach(async () => {
    under = await openStripeUnderTest();
  });
  afterEach(() => under.close());

  it('has forgotten the keys, and still refunds and pays out once', async () => {
    const { provider, moved } = under;
    const request = await chargeRequest(under);
    const charged = await provider.charge(request);
    if (charged.kind !== 'done') throw new Error('not charged');
    const refund = { paymentId: 'pay_1', chargeId: charged.chargeId, total } as const;
    const first = await provider.refund(refund);

    const paidFor = { ...request, paymentId: 'pay_2' } as const;
    const other = await provider.charge(paidFor);
    if (other.kind !== 'done') throw new Error('not charged');
    const accountId = await readyAccount(under);
    const payOut = {
      paymentId: 'pay_2',
      attempt: 1,
      amount: total,
      accountId,
      chargeId: other.chargeId,
    } as const;
    const paid = await provider.payOut(payOut);
    if (paid.kind !== 'done') throw new Error('not paid');

    under.clock.advance(dayMs + 1000);

    expect(await provider.refund(refund)).toEqual(first);
    expect(await provider.payOut(payOut)).toEqual(paid);
    expect(await moved('pay_1')).toEqual([
      { kind: 'charge', minor: 2000 },
      { kind: 'refund', minor: 2000 },
    ]);
    expect(await moved('pay_2')).toEqual([
      { kind: 'charge', minor: 2000 },
      { kind: 'payout', minor: 2000 },
    ]);

    const back = { paymentId: 'pay_2', payOutId: paid.payOutId, amount: total } as const;
    const reversed = await provider.reversePayOut(back);
    under.clock.advance(dayMs + 1000);
    expect(await provider.reversePayOut(back)).toEqual(reversed);
  });

  it('has sent nothing that it would not send again: keys on every POST, one version', async () => {
    await chargeRequest(under);
    await readyAccount(under);
    const received = await under.received();
    expect(received.length).toBeGreaterThan(3);
    expect(new Set(received.map(({ stripeVersion }) => stripeVersion))).toEqual(
      new Set(['2026-10-28.endive']),
    );
    const keyless = received.filter(
      ({ method, idempotencyKey }) => method === 'POST' && idempotencyKey === null,
    );
    expect(keyless).toEqual([]);
    expect(received.filter(({ status }) => status !== 200)).toEqual([]);
  });
});

async function chargeRequest({ provider, fillCardPage }: StripeUnderTest) {
  const opened = await provider.saveInstrument({
    personId: 'per_ann',
    tryId: 'link_1',
    returnUrl: 'https://tender.test/card?setup={SETUP_ID}',
    cancelUrl: 'https://tender.test',
  });
  if (opened.kind !== 'done') throw new Error('no page');
  const back = await fillCardPage(opened.url, 'pm_card_visa');
  const saved = await provider.lookUp.instrument(new URL(back).searchParams.get('setup') ?? '');
  if (saved.kind !== 'found' || saved.thing === 'not_finished') throw new Error('no card');
  return {
    paymentId: 'pay_1',
    total: money(2000, 'USD'),
    customerId: opened.customerId,
    instrumentId: saved.thing.instrument.id,
    returnUrl: 'https://tender.test/back',
  } as const;
}

async function readyAccount({ provider, finishOnboarding }: StripeUnderTest): Promise<string> {
  const opened = await provider.onboardRecipient({
    personId: 'per_bob',
    country: 'US',
    returnUrl: 'https://tender.test/back',
    refreshUrl: 'https://tender.test/again',
  });
  if (opened.kind !== 'done') throw new Error('no page');
  await finishOnboarding(opened.url, opened.accountId);
  return opened.accountId;
}
