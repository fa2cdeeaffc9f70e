// Refunding and reversing through Stripe: once, in full, and never guessed.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refund } from '../../../lambdas/adapters/stripe/refunds.ts';
import { reversePayOut } from '../../../lambdas/adapters/stripe/reversals.ts';
import { money } from '../../../lambdas/domain/money/money.ts';
import { errorBody, listObject, refundObject, transferObject } from './objects.ts';
import { type ScriptedStripe, startScriptedStripe } from './scripted-stripe.ts';

const total = money(2050, 'USD');
const request = { paymentId: 'pay_1', chargeId: 'ch_1', total } as const;
const reversal = { paymentId: 'pay_1', payOutId: 'tr_1', amount: money(2000, 'USD') } as const;

let stripe: ScriptedStripe;
beforeEach(async () => {
  stripe = await startScriptedStripe();
});
afterEach(() => stripe.close());

describe('a refund', () => {
  it('asks for all of it, of the charge, under one key for ever', async () => {
    stripe.script({ body: refundObject() });
    expect(await refund(stripe.client, request)).toEqual({ kind: 'done', refundId: 're_1' });
    expect(stripe.requests[0]?.params).toEqual({
      charge: 'ch_1',
      amount: '2050',
      'metadata[tender_payment]': 'pay_1',
    });
    expect(stripe.requests[0]?.headers['idempotency-key']).toBe('pay_1:refund:1');
  });

  it.each([
    [{ status: 'pending' }, { kind: 'pending', refundId: 're_1' }],
    [{ status: 'requires_action' }, { kind: 'pending', refundId: 're_1' }],
    [
      { status: 'failed', failure_reason: 'lost_or_stolen_card' },
      { kind: 'declined', why: 'lost_or_stolen_card', refundId: 're_1' },
    ],
    [{ status: 'canceled' }, { kind: 'declined', why: 'refund_canceled', refundId: 're_1' }],
    [{ status: null }, { kind: 'unknown', why: 'unexpected_refund_status' }],
    [{ status: 'teleported' }, { kind: 'unknown', why: 'unexpected_refund_status' }],
  ])('%j is %j', async (more, expected) => {
    stripe.script({ body: refundObject(more) });
    expect(await refund(stripe.client, request)).toEqual(expected);
  });

  it('of a charge that was refunded already is that refund, not a failed one', async () => {
    const failed = refundObject({ id: 're_0', status: 'failed' });
    stripe.script(
      { status: 400, body: errorBody({ code: 'charge_already_refunded' }) },
      { body: listObject(failed, refundObject()) },
    );
    expect(await refund(stripe.client, request)).toEqual({ kind: 'done', refundId: 're_1' });
    expect(stripe.requests[1]?.path).toBe('/v1/refunds?charge=ch_1&limit=100');
  });

  it.each(['charge_disputed', 'refund_disputed_payment', 'balance_insufficient'])(
    'refused for %s is declined with that word',
    async (code) => {
      stripe.script({ status: 400, body: errorBody({ code }) });
      expect(await refund(stripe.client, request)).toEqual({ kind: 'declined', why: code });
    },
  );

  it('that is our mistake is thrown', async () => {
    stripe.script({ status: 400, body: errorBody({ code: 'parameter_invalid_integer' }) });
    await expect(refund(stripe.client, request)).rejects.toThrow('parameter_invalid_integer');
  });

  it.each(['hang', 'drop', 'cut', { status: 502, body: 'Bad gateway' }] as const)(
    'answered by %j is unknown',
    async (scripted) => {
      stripe.script(scripted);
      expect(await refund(stripe.client, request)).toMatchObject({ kind: 'unknown' });
    },
  );
});

describe('a reversal', () => {
  it('takes back what was paid out, under a key of that transfer', async () => {
    stripe.script({ body: { id: 'trr_1', object: 'transfer_reversal', metadata: {} } });
    expect(await reversePayOut(stripe.client, reversal)).toEqual({
      kind: 'done',
      reversalId: 'trr_1',
    });
    expect(stripe.requests[0]).toMatchObject({
      path: '/v1/transfers/tr_1/reversals',
      params: { amount: '2000', 'metadata[tender_payment]': 'pay_1' },
    });
    expect(stripe.requests[0]?.headers['idempotency-key']).toBe('pay_1:reversal:1:tr_1');
  });

  it('refused because it was made before is the one that was made', async () => {
    const reversals = listObject({ id: 'trr_0', metadata: { tender_payment: 'pay_1' } });
    stripe.script(
      { status: 400, body: errorBody({ param: 'amount' }) },
      { body: transferObject({ reversed: true, reversals }) },
    );
    expect(await reversePayOut(stripe.client, reversal)).toEqual({
      kind: 'done',
      reversalId: 'trr_0',
    });
  });

  it('that the recipient cannot cover is declined', async () => {
    stripe.script(
      { status: 400, body: errorBody({ code: 'balance_insufficient' }) },
      { body: transferObject() },
    );
    expect(await reversePayOut(stripe.client, reversal)).toEqual({
      kind: 'declined',
      why: 'balance_insufficient',
    });
  });

  it('that nobody answers is unknown', async () => {
    stripe.script('cut');
    expect(await reversePayOut(stripe.client, reversal)).toMatchObject({ kind: 'unknown' });
  });
});
