// Paying out through Stripe: one transfer an attempt, out of the payment's own charge.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { payOut, payOutOf } from '../../../lambdas/adapters/stripe/payouts.ts';
import { money } from '../../../lambdas/domain/money/money.ts';
import type { PayOutRequest } from '../../../lambdas/domain/payments/ports.ts';
import { errorBody, listObject, transferObject } from './objects.ts';
import { type ScriptedStripe, startScriptedStripe } from './scripted-stripe.ts';

const request: PayOutRequest = {
  paymentId: 'pay_1',
  attempt: 2,
  amount: money(2000, 'USD'),
  accountId: 'acct_1',
  chargeId: 'ch_1',
};

let stripe: ScriptedStripe;
beforeEach(async () => {
  stripe = await startScriptedStripe();
});
afterEach(() => stripe.close());

describe('a payout', () => {
  it('is a transfer out of the charge, under the key of its attempt', async () => {
    stripe.script({ body: transferObject() });

    expect(await payOut(stripe.client, request)).toEqual({ kind: 'done', payOutId: 'tr_1' });
    expect(stripe.requests[0]).toMatchObject({
      path: '/v1/transfers',
      params: {
        amount: '2000',
        currency: 'usd',
        destination: 'acct_1',
        source_transaction: 'ch_1',
        transfer_group: 'pay_1',
        'metadata[tender_payment]': 'pay_1',
        'metadata[tender_attempt]': '2',
      },
    });
    expect(stripe.requests[0]?.headers['idempotency-key']).toBe('pay_1:payout:2');
  });

  it.each([
    { code: 'insufficient_capabilities_for_transfer', param: 'destination' },
    { code: 'resource_missing', param: 'destination' },
    { code: 'account_closed' },
  ])('to an account that cannot take it (%j) is for later', async (error) => {
    stripe.script({ status: 400, body: errorBody(error) }, { body: listObject() });
    expect(await payOut(stripe.client, request)).toEqual({ kind: 'recipient_not_ready' });
  });

  it('refused because this attempt was paid before its key was forgotten is done', async () => {
    const overdrawn = { param: 'amount', message: 'Transfers must not exceed the source amount' };
    const earlier = transferObject({ id: 'tr_0', reversed: true });
    const made = transferObject({ metadata: { tender_payment: 'pay_1', tender_attempt: '2' } });
    stripe.script({ status: 400, body: errorBody(overdrawn) }, { body: listObject(made, earlier) });

    expect(await payOut(stripe.client, request)).toEqual({ kind: 'done', payOutId: 'tr_1' });
  });

  it('refused for anything else is declined with the code, for a human', async () => {
    const error = { code: 'balance_insufficient' };
    stripe.script({ status: 400, body: errorBody(error) }, { body: listObject(transferObject()) });
    expect(await payOut(stripe.client, request)).toEqual({
      kind: 'declined',
      why: 'balance_insufficient',
    });
  });

  it('is not believed refused while Stripe does not say what was paid', async () => {
    stripe.script({ status: 400, body: errorBody({ code: 'balance_insufficient' }) }, 'hang');
    expect(await payOut(stripe.client, request)).toMatchObject({ kind: 'unknown' });
  });

  it('that is our mistake is thrown', async () => {
    const error = { code: 'parameter_unknown', param: 'oops' };
    stripe.script({ status: 400, body: errorBody(error) }, { body: listObject() });
    await expect(payOut(stripe.client, request)).rejects.toThrow('parameter_unknown');
  });

  it.each(['hang', 'drop', 'cut', { status: 500, body: errorBody({}) }] as const)(
    'answered by %j is unknown',
    async (scripted) => {
      stripe.script(scripted);
      expect(await payOut(stripe.client, request)).toMatchObject({ kind: 'unknown' });
    },
  );
});

describe('the payout of one attempt', () => {
  const tried = { paymentId: 'pay_1', attempt: 2 } as const;
  const made = (id: string, attempt: string, more: object = {}) =>
    transferObject({ id, metadata: { tender_payment: 'pay_1', tender_attempt: attempt }, ...more });

  it('is its own transfer, not one of another attempt or of somebody else', async () => {
    const foreign = made('tr_3', '2', { metadata: { tender_attempt: '2' } });
    stripe.script({ body: listObject(foreign, made('tr_1', '1'), made('tr_2', '2')) });
    expect(await payOutOf(stripe.client, tried)).toEqual({
      kind: 'found',
      thing: { payOutId: 'tr_2' },
    });
  });

  it('was paid, though it was taken back since', async () => {
    stripe.script({ body: listObject(made('tr_2', '2', { reversed: true })) });
    expect(await payOutOf(stripe.client, tried)).toMatchObject({ thing: { payOutId: 'tr_2' } });
  });

  it('is not found where none was made, and unknown where nobody answers', async () => {
    stripe.script({ body: listObject(made('tr_1', '1')) }, 'hang');
    expect(await payOutOf(stripe.client, tried)).toEqual({ kind: 'not_found' });
    expect(await payOutOf(stripe.client, tried)).toMatchObject({ kind: 'unknown' });
  });
});
