// Saving a card on Stripe's page: what is opened, for whom, and which saved things are cards.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { saveInstrument } from '../../../lambdas/adapters/stripe/instruments.ts';
import { createStripeLookUp } from '../../../lambdas/adapters/stripe/look-up.ts';
import { errorBody } from './objects.ts';
import { type ScriptedStripe, startScriptedStripe } from './scripted-stripe.ts';

const request = {
  personId: 'per_1',
  tryId: 'link_1',
  returnUrl: 'https://tender.test/pay/t/card?setup={SETUP_ID}',
  cancelUrl: 'https://tender.test/pay/t',
} as const;
const customer = { body: { id: 'cus_1', object: 'customer' } };
const session = { body: { id: 'cs_1', url: 'https://checkout.stripe.test/cs_1' } };

let stripe: ScriptedStripe;
beforeEach(async () => {
  stripe = await startScriptedStripe();
});
afterEach(() => stripe.close());

describe('saving a card', () => {
  it('makes the customer once a person and opens a hosted page for cards only', async () => {
    stripe.script(customer, session);

    expect(await saveInstrument(stripe.client, request)).toEqual({
      kind: 'done',
      url: 'https://checkout.stripe.test/cs_1',
      customerId: 'cus_1',
    });
    expect(stripe.requests.map(({ path, headers }) => [path, headers['idempotency-key']])).toEqual([
      ['/v1/customers', 'per_1:customer:1'],
      ['/v1/checkout/sessions', 'link_1:setup:1'],
    ]);
    expect(stripe.requests[1]?.params).toEqual({
      mode: 'setup',
      ui_mode: 'hosted_page',
      customer: 'cus_1',
      'allowed_payment_method_types[0]': 'card',
      success_url: 'https://tender.test/pay/t/card?setup={CHECKOUT_SESSION_ID}',
      cancel_url: 'https://tender.test/pay/t',
      'metadata[tender_person]': 'per_1',
      'setup_intent_data[metadata][tender_person]': 'per_1',
    });
  });

  it('uses the customer that there is', async () => {
    stripe.script(session);
    await saveInstrument(stripe.client, { ...request, customerId: 'cus_7' });
    expect(stripe.requests).toHaveLength(1);
    expect(stripe.requests[0]?.params).toMatchObject({ customer: 'cus_7' });
  });

  it('makes a new customer, under another key, when the old one is gone at Stripe', async () => {
    const gone = { status: 400, body: errorBody({ code: 'resource_missing', param: 'customer' }) };
    stripe.script(gone, { body: { id: 'cus_8' } }, session);

    const answer = await saveInstrument(stripe.client, { ...request, customerId: 'cus_7' });

    expect(answer).toMatchObject({ kind: 'done', customerId: 'cus_8' });
    expect(stripe.requests.map(({ headers }) => headers['idempotency-key'])).toEqual([
      'link_1:setup:1',
      'per_1:customer:after:cus_7',
      'link_1:setup:2',
    ]);
  });

  it('is unknown when either call is', async () => {
    stripe.script('drop');
    expect(await saveInstrument(stripe.client, request)).toMatchObject({ kind: 'unknown' });
    stripe.script(customer, 'hang');
    expect(await saveInstrument(stripe.client, request)).toMatchObject({ kind: 'unknown' });
  });
});

describe('the saved card', () => {
  const complete = {
    id: 'cs_1',
    mode: 'setup',
    status: 'complete',
    customer: 'cus_1',
    metadata: { tender_person: 'per_1' },
    setup_intent: {
      status: 'succeeded',
      payment_method: { id: 'pm_1', type: 'card', card: { brand: 'Visa', last4: '4242' } },
    },
  };
  const lookUp = async (more: object) => {
    stripe.script({ body: { ...complete, ...more } });
    return createStripeLookUp(stripe.client).instrument('cs_1');
  };

  it('is what may be shown of it, and whose it is', async () => {
    expect(await lookUp({})).toEqual({
      kind: 'found',
      thing: {
        personId: 'per_1',
        customerId: 'cus_1',
        instrument: { id: 'pm_1', brand: 'visa', last4: '4242' },
      },
    });
    expect(decodeURIComponent(stripe.requests[0]?.path ?? '')).toBe(
      '/v1/checkout/sessions/cs_1?expand[0]=setup_intent.payment_method',
    );
  });

  it.each([
    ['an open page', { status: 'open', setup_intent: null }],
    ['an expired page', { status: 'expired', setup_intent: null }],
    ['a set-up that did not succeed', { setup_intent: { status: 'processing' } }],
    [
      'what is not a card',
      {
        setup_intent: {
          status: 'succeeded',
          payment_method: { id: 'pm_1', type: 'us_bank_account' },
        },
      },
    ],
  ])('is not there yet for %s', async (_, more) => {
    expect(await lookUp(more)).toEqual({ kind: 'found', thing: 'not_finished' });
  });

  it.each([
    ['pays instead of saving', { mode: 'payment' }],
    ['names no person of ours', { metadata: {} }],
    ['names something else as person', { metadata: { tender_person: 'pay_1' } }],
    ['has no customer', { customer: null }],
  ])('is not found for a page that %s', async (_, more) => {
    expect(await lookUp(more)).toEqual({ kind: 'not_found' });
  });
});
