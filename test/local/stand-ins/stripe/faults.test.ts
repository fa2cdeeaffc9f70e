// Every bad day that the control door can make, seen through the real SDK.
import { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf, openStreet, type Street } from './stripe-street.ts';

let street: Street;
beforeEach(async () => void (street = await openStreet()));
afterEach(() => street.close());

const POSTS = { method: 'POST', path: '/v1/payment_intents' };
const charge = (key: string, sdk = street.stripe) =>
  sdk.paymentIntents.create(
    {
      amount: 2000,
      currency: 'usd',
      payment_method: 'pm_card_visa',
      confirm: true,
      off_session: true,
    },
    { idempotencyKey: key },
  );
const charges = async () => (await street.stripe.charges.list()).data.length;

describe('faults before the work', () => {
  it.each([
    ['error_500_before', Stripe.errors.StripeAPIError],
    ['rate_limit_429', Stripe.errors.StripeRateLimitError],
    ['drop_before', Stripe.errors.StripeConnectionError],
  ])('%s charges nobody, and the same key charges once afterwards', async (fault, kind) => {
    // The SDK tries once more by itself when a connection drops.
    await street.door('/faults', { fault, match: POSTS, times: fault === 'drop_before' ? 2 : 1 });

    const error = await errorOf(charge('pay_1:charge:1'));

    expect(error).toBeInstanceOf(kind);
    expect(await charges()).toBe(0);
    expect((await charge('pay_1:charge:1')).status).toBe('succeeded');
    expect(await charges()).toBe(1);
  });

  it('timeout_before never answers and charges nobody', async () => {
    await street.door('/faults', { fault: 'timeout_before', match: POSTS });

    const error = await errorOf(charge('pay_1:charge:1', street.sdk({ timeout: 150 })));

    expect(error).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(await charges()).toBe(0);
  });
});

describe('faults after the work', () => {
  it.each(['timeout_after', 'cut_body'])('%s has charged, and the key tells how', async (fault) => {
    await street.door('/faults', { fault, match: POSTS });

    const error = await errorOf(charge('pay_1:charge:1', street.sdk({ timeout: 150 })));
    const replayed = await charge('pay_1:charge:1');

    expect(error).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(replayed.status).toBe('succeeded');
    expect(replayed.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(await charges()).toBe(1);
  });

  it('drop_after has charged once, however often the SDK tries again', async () => {
    await street.door('/faults', { fault: 'drop_after', match: POSTS, times: 3 });

    const error = await errorOf(charge('pay_1:charge:1'));
    const replayed = await charge('pay_1:charge:1', street.sdk({ maxNetworkRetries: 2 }));

    expect(error).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(replayed.status).toBe('succeeded');
    expect(await charges()).toBe(1);
  });

  it('error_500_after has charged, and its key answers 500 until it expires', async () => {
    await street.door('/faults', { fault: 'error_500_after', match: POSTS });

    const first = await errorOf(charge('pay_1:charge:1'));
    const second = await errorOf(charge('pay_1:charge:1'));

    expect([first.statusCode, second.statusCode]).toEqual([500, 500]);
    const found = await street.stripe.paymentIntents.list();
    expect(found.data).toHaveLength(1);
    expect(found.data[0]?.status).toBe('succeeded');
    expect(await charges()).toBe(1);
  });
});

describe('other faults', () => {
  it('decline refuses a good card with the code that was asked for', async () => {
    await street.door('/faults', {
      fault: 'decline',
      decline_code: 'insufficient_funds',
      match: POSTS,
    });

    const error = await errorOf(charge('pay_1:charge:1'));

    expect(error).toMatchObject({ code: 'card_declined', decline_code: 'insufficient_funds' });
    expect((await charge('pay_1:charge:2')).status).toBe('succeeded');
  });

  it('delay answers late, and rightly', async () => {
    await street.door('/faults', { fault: 'delay', delayMs: 120, match: POSTS });
    const started = performance.now();

    const intent = await charge('pay_1:charge:1');

    expect(intent.status).toBe('succeeded');
    expect(performance.now() - started).toBeGreaterThanOrEqual(115);
  });

  it('strikes only what it matches, as often as it was told', async () => {
    const match = { path: '/^\\/v1\\/(refunds|transfers)$/' };
    await street.door('/faults', { fault: 'error_500_before', match, times: 2 });

    expect((await charge('pay_1:charge:1')).status).toBe('succeeded');
    const refund = () => street.stripe.refunds.create({ payment_intent: 'pi_none' });
    const codes = [await errorOf(refund()), await errorOf(refund()), await errorOf(refund())];
    expect(codes.map((error) => error.statusCode)).toEqual([500, 500, 400]);
    expect(await street.door('/faults')).toEqual({ faults: [] });
  });

  it('refuses a fault that it does not know', async () => {
    await expect(street.door('/faults', { fault: 'earthquake' })).rejects.toThrow('fault');
  });

  it('shows every request that was received, those without an answer too', async () => {
    await street.door('/faults', { fault: 'drop_before', match: POSTS, times: 2 });
    await errorOf(charge('pay_1:charge:1'));
    await charge('pay_1:charge:1');

    const { requests } = await street.door<{
      requests: { path: string; idempotencyKey: string; params: unknown; status: number | null }[];
    }>('/requests');

    expect(requests.map((request) => request.status)).toEqual([null, null, 200]);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      path: '/v1/payment_intents',
      idempotencyKey: 'pay_1:charge:1',
      stripeVersion: '2026-10-28.endive',
      params: { amount: '2000', currency: 'usd' },
    });
  });

  it('forgets everything on reset', async () => {
    await charge('pay_1:charge:1');
    await street.door('/reset', {});

    expect(await charges()).toBe(0);
    expect((await street.door<{ charges: unknown[] }>('/books')).charges).toEqual([]);
  });
});
