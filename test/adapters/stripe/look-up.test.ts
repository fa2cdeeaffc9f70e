// Looking the truth up at Stripe: found, surely not there, or not known.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStripeLookUp } from '../../../lambdas/adapters/stripe/look-up.ts';
import { errorBody, intentObject, listObject, refundObject, transferObject } from './objects.ts';
import { type ScriptedStripe, startScriptedStripe } from './scripted-stripe.ts';

let stripe: ScriptedStripe;
beforeEach(async () => {
  stripe = await startScriptedStripe();
});
afterEach(() => stripe.close());

const lookUp = () => createStripeLookUp(stripe.client);

describe('every look-up by id', () => {
  const all = [
    ['charge', () => lookUp().charge('pi_1')],
    ['payOut', () => lookUp().payOut('tr_1')],
    ['refund', () => lookUp().refund('re_1')],
    ['dispute', () => lookUp().dispute('du_1')],
    ['recipient', () => lookUp().recipient('acct_1')],
    ['instrument', () => lookUp().instrument('cs_1')],
  ] as const;

  it.each(all)('of a %s is not found only when Stripe says so', async (_, look) => {
    stripe.script({ status: 404, body: errorBody({ code: 'resource_missing', param: 'id' }) });
    expect(await look()).toEqual({ kind: 'not_found' });
  });

  it.each(all)('of a %s at a wrong address is a mistake, not a proof', async (_, look) => {
    stripe.script({ status: 404, body: errorBody({ message: 'Unrecognized request URL' }) });
    await expect(look()).rejects.toThrow('404');
  });

  it.each(all)('of a %s is unknown when the body is cut or makes no sense', async (_, look) => {
    stripe.script('cut');
    expect(await look()).toMatchObject({ kind: 'unknown' });
    stripe.script({ body: { id: 7 } });
    expect(await look()).toEqual({ kind: 'unknown', why: 'unreadable_answer' });
  });

  it.each(all)('of a %s changes nothing', async (_, look) => {
    stripe.script({ status: 404, body: errorBody({ code: 'resource_missing' }) });
    await look();
    expect(stripe.requests.map(({ method }) => method)).toEqual(['GET']);
  });
});

describe('a setup', () => {
  it.each(['..', '../customers/cus_1', 'seti_1', 'cs_1?expand[]=customer', 'xcs_1', 'cs_', ''])(
    'by the name of %j is not there, and Stripe is not asked',
    async (setupId) => {
      expect(await lookUp().instrument(setupId)).toEqual({ kind: 'not_found' });
      expect(stripe.requests).toEqual([]);
    },
  );
});

describe('a found charge', () => {
  it('is tied to our payment and tells what was really received', async () => {
    stripe.script({ body: intentObject({ amount_received: 1900 }) });
    expect(await lookUp().charge('pi_1')).toEqual({
      kind: 'found',
      thing: {
        paymentId: 'pay_1',
        total: { minor: 1900, currency: 'USD' },
        answer: { kind: 'done', intentId: 'pi_1', chargeId: 'ch_1' },
      },
    });
  });

  it('of somebody else carries no payment', async () => {
    stripe.script({ body: intentObject({ metadata: { order_id: '7' } }) });
    expect(await lookUp().charge('pi_1')).not.toHaveProperty('thing.paymentId');
  });

  it('in a currency that we cannot count is unknown', async () => {
    stripe.script({ body: intentObject({ currency: 'zzz' }) });
    expect(await lookUp().charge('pi_1')).toEqual({ kind: 'unknown', why: 'unreadable_answer' });
  });
});

describe('a charge looked for by our id', () => {
  const foreign = (id: string) => intentObject({ id, metadata: { tender_payment: 'pay_other' } });

  it('is found on a later page', async () => {
    stripe.script(
      { body: { ...listObject(foreign('pi_9')), has_more: true } },
      { body: listObject(intentObject()) },
    );
    expect(await lookUp().chargeOf('pay_1', 'cus_1')).toMatchObject({
      kind: 'found',
      thing: { answer: { kind: 'done' } },
    });
    expect(stripe.requests[1]?.path).toContain('starting_after=pi_9');
  });

  it('is surely not there when the last page has been read', async () => {
    stripe.script({ body: listObject(foreign('pi_9')) });
    expect(await lookUp().chargeOf('pay_1', 'cus_1')).toEqual({ kind: 'not_found' });
  });

  it('is unknown, never not found, when there are too many to read', async () => {
    stripe.script({ body: { ...listObject(foreign('pi_9')), has_more: true } });
    expect(await lookUp().chargeOf('pay_1', 'cus_1')).toEqual({
      kind: 'unknown',
      why: 'too_many_intents',
    });
    expect(stripe.requests).toHaveLength(5);
  });

  it('is the one that is alive when an earlier one was declined', async () => {
    const declined = intentObject({ id: 'pi_0', status: 'canceled' });
    stripe.script({ body: listObject(declined, intentObject()) });
    expect(await lookUp().chargeOf('pay_1', 'cus_1')).toMatchObject({
      thing: { answer: { kind: 'done', intentId: 'pi_1' } },
    });
  });

  it('that was charged twice is for a human', async () => {
    stripe.script({ body: listObject(intentObject({ id: 'pi_2' }), intentObject()) });
    expect(await lookUp().chargeOf('pay_1', 'cus_1')).toEqual({
      kind: 'unknown',
      why: 'several_charges',
    });
  });

  it('is unknown without a customer, and asks nobody', async () => {
    expect(await lookUp().chargeOf('pay_1', '')).toEqual({ kind: 'unknown', why: 'no_customer' });
    expect(stripe.requests).toEqual([]);
  });

  it('is unknown when the customer is gone: that proves nothing about the charge', async () => {
    const error = { code: 'resource_missing', param: 'customer' };
    stripe.script({ status: 400, body: errorBody(error) });
    expect(await lookUp().chargeOf('pay_1', 'cus_1')).toMatchObject({ kind: 'unknown' });
  });
});

describe('other found things', () => {
  it('tell a reversed payout', async () => {
    stripe.script({ body: transferObject({ reversed: true }) });
    expect(await lookUp().payOut('tr_1')).toEqual({
      kind: 'found',
      thing: { paymentId: 'pay_1', isReversed: true },
    });
  });

  it('tell how a refund went', async () => {
    stripe.script({ body: refundObject({ status: 'failed', failure_reason: 'unknown' }) });
    expect(await lookUp().refund('re_1')).toEqual({
      kind: 'found',
      thing: {
        paymentId: 'pay_1',
        chargeId: 'ch_1',
        answer: { kind: 'declined', why: 'unknown', refundId: 're_1' },
      },
    });
  });

  it('tell which charge a dispute is about', async () => {
    const about = { charge: 'ch_9', payment_intent: intentObject(), balance_transactions: [] };
    stripe.script({ body: { id: 'du_1', status: 'lost', ...about } });
    expect(await lookUp().dispute('du_1')).toMatchObject({ thing: { chargeId: 'ch_9' } });
  });

  it.each([
    ['needs_response', [], 'open'],
    ['under_review', [-2000], 'open'],
    ['warning_needs_response', [], 'open'],
    ['warning_under_review', [], 'open'],
    ['appeal_needs_response', [-2000], 'open'],
    ['appeal_under_review', [-2000], 'open'],
    ['something_new', [], 'open'],
    ['won', [-2000, 2000], 'won'],
    ['warning_closed', [], 'won'],
    ['lost', [-2000], 'lost'],
    ['prevented', [-2000], 'lost'],
    ['prevented', [], 'won'],
    ['prevented', [-2000, 2000], 'won'],
  ])('say that a dispute %s with %j is %s', async (status, amounts, expected) => {
    const balance_transactions = amounts.map((amount) => ({ amount }));
    const payment_intent = intentObject();
    stripe.script({ body: { id: 'du_1', status, payment_intent, balance_transactions } });
    expect(await lookUp().dispute('du_1')).toEqual({
      kind: 'found',
      thing: { paymentId: 'pay_1', status: expected },
    });
  });
});
