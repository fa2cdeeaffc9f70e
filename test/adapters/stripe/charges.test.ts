// Charging through Stripe: what is sent, what each answer means, and what not knowing looks like.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { abandonCharge, charge } from '../../../lambdas/adapters/stripe/charges.ts';
import { ProviderConfigurationError } from '../../../lambdas/adapters/stripe/errors.ts';
import { money } from '../../../lambdas/domain/money/money.ts';
import type { ChargeRequest } from '../../../lambdas/domain/payments/ports.ts';
import { errorBody, intentObject, listObject } from './objects.ts';
import { type ScriptedStripe, startScriptedStripe } from './scripted-stripe.ts';

const request: ChargeRequest = {
  paymentId: 'pay_1',
  total: money(2000, 'USD'),
  customerId: 'cus_1',
  instrumentId: 'pm_1',
  returnUrl: 'https://tender.test/pay/back',
};

let stripe: ScriptedStripe;
beforeEach(async () => {
  stripe = await startScriptedStripe();
});
afterEach(() => stripe.close());

describe('what a charge sends', () => {
  it('is one confirmed card intent on the platform under a key of ours and the pinned version', async () => {
    stripe.script({ body: intentObject() });

    expect(await charge(stripe.client, request)).toEqual({
      kind: 'done',
      intentId: 'pi_1',
      chargeId: 'ch_1',
    });

    const [sent] = stripe.requests;
    expect(sent).toMatchObject({ method: 'POST', path: '/v1/payment_intents' });
    expect(sent?.params).toEqual({
      amount: '2000',
      currency: 'usd',
      customer: 'cus_1',
      payment_method: 'pm_1',
      confirm: 'true',
      capture_method: 'automatic',
      'allowed_payment_method_types[0]': 'card',
      return_url: 'https://tender.test/pay/back',
      transfer_group: 'pay_1',
      statement_descriptor_suffix: 'TENDER',
      'metadata[tender_payment]': 'pay_1',
    });
    expect(sent?.headers).toMatchObject({
      'idempotency-key': 'pay_1:charge:1',
      'stripe-version': '2026-10-28.endive',
    });
    expect(sent?.headers).not.toHaveProperty('x-stripe-client-telemetry');
    expect(sent?.headers).not.toHaveProperty('stripe-account');
  });

  it('is nothing at all when Stripe cannot express the amount', async () => {
    stripe.script({ body: intentObject() });
    const total = money(12_345, 'KWD');

    expect(await charge(stripe.client, { ...request, total })).toEqual({
      kind: 'declined',
      reason: 'not_supported',
    });
    expect(stripe.requests).toEqual([]);
  });
});

describe('what the intent means', () => {
  const failed = { last_payment_error: { code: 'card_declined', decline_code: 'lost_card' } };
  it.each([
    [{ status: 'processing' }, { kind: 'pending', intentId: 'pi_1' }],
    [{ status: 'requires_confirmation' }, { kind: 'pending', intentId: 'pi_1' }],
    [
      { status: 'requires_payment_method', ...failed },
      { kind: 'declined', reason: 'generic', intentId: 'pi_1' },
    ],
    [{ status: 'requires_payment_method' }, { kind: 'pending', intentId: 'pi_1' }],
    [{ status: 'canceled' }, { kind: 'declined', reason: 'not_finished', intentId: 'pi_1' }],
    [
      { status: 'canceled', last_payment_error: { code: 'expired_card' } },
      { kind: 'declined', reason: 'expired_card', intentId: 'pi_1' },
    ],
    [
      { status: 'succeeded', latest_charge: { id: 'ch_9', object: 'charge' } },
      { chargeId: 'ch_9' },
    ],
    [
      { status: 'succeeded', latest_charge: null },
      { kind: 'unknown', why: 'charge_missing' },
    ],
    [{ status: 'requires_capture' }, { kind: 'unknown', why: 'unexpected_intent_status' }],
    [{ status: 'requires_prayer' }, { kind: 'unknown', why: 'unexpected_intent_status' }],
  ])('%j is %j', async (more, expected) => {
    stripe.script({ body: intentObject(more) });
    expect(await charge(stripe.client, request)).toMatchObject(expected);
  });

  it('sends the payer to their bank by redirect', async () => {
    const url = 'https://hooks.stripe.test/3ds';
    const next_action = { type: 'redirect_to_url', redirect_to_url: { url, return_url: null } };
    stripe.script({ body: intentObject({ status: 'requires_action', next_action }) });

    expect(await charge(stripe.client, request)).toEqual({
      kind: 'needs_action',
      intentId: 'pi_1',
      url,
    });
  });

  it('cancels at Stripe what no link can finish', async () => {
    const next_action = { type: 'use_stripe_sdk', use_stripe_sdk: {} };
    stripe.script(
      { body: intentObject({ status: 'requires_action', next_action }) },
      { body: intentObject({ status: 'canceled' }) },
    );

    expect(await charge(stripe.client, request)).toEqual({
      kind: 'declined',
      reason: 'not_supported',
      intentId: 'pi_1',
    });
    expect(stripe.requests.at(-1)?.path).toBe('/v1/payment_intents/pi_1/cancel');
  });

  it('believes the cancel when the charge was done meanwhile', async () => {
    const next_action = { type: 'use_stripe_sdk', use_stripe_sdk: {} };
    stripe.script(
      { body: intentObject({ status: 'requires_action', next_action }) },
      { status: 400, body: errorBody({ code: 'payment_intent_unexpected_state' }) },
      { body: intentObject() },
    );

    expect(await charge(stripe.client, request)).toMatchObject({ kind: 'done' });
  });
});

describe('a refused charge', () => {
  it.each([
    [
      402,
      { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' },
      'insufficient_funds',
    ],
    [402, { type: 'card_error', code: 'card_declined', decline_code: 'stolen_card' }, 'generic'],
    [
      402,
      {
        type: 'card_error',
        code: 'authentication_required',
        decline_code: 'authentication_required',
      },
      'authentication_failed',
    ],
    [400, { code: 'resource_missing', param: 'payment_method' }, 'instrument_gone'],
    [400, { param: 'payment_method' }, 'instrument_gone'],
    [400, { code: 'resource_missing', param: 'customer' }, 'instrument_gone'],
    [400, { code: 'amount_too_small', param: 'amount' }, 'not_supported'],
    [400, { code: 'amount_too_large', param: 'amount' }, 'limit_exceeded'],
    [400, { param: 'currency' }, 'not_supported'],
  ])('%i %j is declined as %s', async (status, error, reason) => {
    stripe.script({ status, body: errorBody(error) });
    expect(await charge(stripe.client, request)).toMatchObject({ kind: 'declined', reason });
  });

  it('names the intent that Stripe made for it', async () => {
    const error = { type: 'card_error', code: 'card_declined', payment_intent: { id: 'pi_7' } };
    stripe.script({ status: 402, body: errorBody(error) });
    expect(await charge(stripe.client, request)).toMatchObject({ intentId: 'pi_7' });
  });

  it.each([
    { code: 'parameter_unknown', param: 'payment_method_types' },
    { code: 'parameter_missing', param: 'payment_method' },
    { code: 'payment_method_types_no_longer_supported' },
    {},
  ])('for our own mistake %j is thrown with its cause', async (error) => {
    stripe.script({ status: 400, body: errorBody(error) });
    await expect(charge(stripe.client, request)).rejects.toMatchObject({
      name: 'Error',
      cause: { statusCode: 400 },
    });
  });

  it('for a key used again with other parameters is thrown', async () => {
    stripe.script({ status: 400, body: errorBody({ type: 'idempotency_error' }) });
    await expect(charge(stripe.client, request)).rejects.toThrow('idempotency key');
  });

  it.each([401, 403])(
    'for our key (%i) is a configuration error of its own name',
    async (status) => {
      stripe.script({ status, body: errorBody({}) });
      await expect(charge(stripe.client, request)).rejects.toBeInstanceOf(
        ProviderConfigurationError,
      );
    },
  );
});

describe('a charge that nobody knows about', () => {
  const apiError = errorBody({ type: 'api_error' });
  it.each([
    ['hang', 'no_answer'],
    ['drop', 'no_answer'],
    ['cut', 'no_answer'],
    [{ status: 500, body: apiError }, 'status_500'],
    [{ status: 503, body: apiError }, 'status_503'],
    [{ status: 409, body: errorBody({ code: 'idempotency_key_in_use' }) }, 'status_409'],
    [{ status: 429, body: errorBody({ code: 'lock_timeout' }) }, 'rate_limited'],
    [{ status: 400, body: errorBody({ code: 'rate_limit' }) }, 'rate_limited'],
    [{ body: '<html>captive portal</html>' }, 'unreadable_answer'],
    [{ body: {} }, 'unreadable_answer'],
    [{ body: intentObject({ amount: '20.00' }) }, 'unreadable_answer'],
  ] as const)('%j is unknown: %s', async (scripted, why) => {
    stripe.script(scripted);
    expect(await charge(stripe.client, request)).toEqual({ kind: 'unknown', why });
    expect(new Set(stripe.requests.map(({ headers }) => headers['idempotency-key']))).toEqual(
      new Set(['pay_1:charge:1']),
    );
  });

  it('is tried a second time by the SDK, under the same key, before we say so', async () => {
    const patient = await startScriptedStripe(1);
    patient.script({ status: 503, body: apiError }, { body: intentObject() });
    expect(await charge(patient.client, request)).toMatchObject({ kind: 'done' });
    expect(patient.requests.map(({ headers }) => headers['idempotency-key'])).toEqual([
      'pay_1:charge:1',
      'pay_1:charge:1',
    ]);
    await patient.close();
  });

  it('is asked about by listing when Stripe repeats a stored 500 for ever', async () => {
    const stored = {
      status: 500,
      headers: { 'idempotent-replayed': 'true', 'stripe-should-retry': 'false' },
      body: apiError,
    };
    const other = intentObject({ id: 'pi_0', metadata: { tender_payment: 'pay_0' } });
    stripe.script(stored, { body: listObject(other, intentObject()) });

    expect(await charge(stripe.client, request)).toMatchObject({ kind: 'done', intentId: 'pi_1' });
    expect(stripe.requests.at(-1)?.path).toBe('/v1/payment_intents?customer=cus_1&limit=100');
  });

  it('stays unknown when the list does not have it either', async () => {
    const headers = { 'idempotent-replayed': 'true', 'stripe-should-retry': 'false' };
    stripe.script({ status: 500, headers, body: apiError }, { body: listObject() });

    expect(await charge(stripe.client, request)).toEqual({ kind: 'unknown', why: 'status_500' });
  });
});

describe('giving up a charge', () => {
  it('is declined as not finished', async () => {
    stripe.script({ body: intentObject({ status: 'canceled' }) });
    expect(await abandonCharge(stripe.client, 'pi_1')).toMatchObject({ reason: 'not_finished' });
    expect(stripe.requests[0]?.params).toEqual({ cancellation_reason: 'abandoned' });
  });

  it('is done when the payer was faster', async () => {
    stripe.script(
      { status: 400, body: errorBody({ code: 'payment_intent_unexpected_state' }) },
      { body: intentObject() },
    );
    expect(await abandonCharge(stripe.client, 'pi_1')).toMatchObject({ kind: 'done' });
  });

  it('is unknown when nobody answers', async () => {
    stripe.script('hang');
    expect(await abandonCharge(stripe.client, 'pi_1')).toMatchObject({ kind: 'unknown' });
  });
});
