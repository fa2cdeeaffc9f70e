// Idempotency keys, as Stripe documents them.
import { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../../builders/until.ts';
import { errorOf, openStreet, recipient, type Street } from './stripe-street.ts';

let street: Street;
beforeEach(async () => void (street = await openStreet()));
afterEach(() => street.close());

const HOUR = 3600 * 1000;

const charge = (token: string, key: string, amount = 2000) =>
  street.stripe.paymentIntents.create(
    {
      amount,
      currency: 'usd',
      payment_method: token,
      confirm: true,
      off_session: true,
      metadata: { payment: key },
    },
    { idempotencyKey: key },
  );

const chargesMade = async () => (await street.stripe.charges.list({ limit: 100 })).data.length;

describe('a v1 key that comes again', () => {
  it('replays the first answer, charges once, and says that it is a replay', async () => {
    const first = await charge('pm_card_visa', 'pay_1:charge:1');
    const second = await charge('pm_card_visa', 'pay_1:charge:1');

    expect(second.id).toBe(first.id);
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(await chargesMade()).toBe(1);
  });

  it('replays a decline too', async () => {
    const first = await errorOf(charge('pm_card_chargeDeclined', 'pay_2:charge:1'));
    const second = await errorOf(charge('pm_card_chargeDeclined', 'pay_2:charge:1'));

    expect(second.payment_intent?.id).toBe(first.payment_intent?.id);
    expect(await chargesMade()).toBe(1);
  });

  it('refuses other parameters under the same key', async () => {
    await charge('pm_card_visa', 'pay_3:charge:1', 2000);

    const error = await errorOf(charge('pm_card_visa', 'pay_3:charge:1', 3000));

    expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    expect(error.statusCode).toBe(400);
    expect(await chargesMade()).toBe(1);
  });

  it('refuses the same key at another endpoint', async () => {
    await street.stripe.customers.create({}, { idempotencyKey: 'same' });

    const error = await errorOf(street.stripe.setupIntents.create({}, { idempotencyKey: 'same' }));

    expect(error.rawType).toBe('idempotency_error');
  });

  it('does not keep a validation failure', async () => {
    const options = { idempotencyKey: 'pay_4:charge:1' };
    const params = { amount: 10, currency: 'usd' };
    expect((await errorOf(street.stripe.paymentIntents.create(params, options))).code).toBe(
      'amount_too_small',
    );

    const second = await street.stripe.paymentIntents.create({ ...params, amount: 100 }, options);

    expect(second.amount).toBe(100);
  });

  it('runs again after 24 hours, and not a moment before', async () => {
    const first = await charge('pm_card_visa', 'pay_5:charge:1');
    street.clock.advance(24 * HOUR - 60_000);
    const nearly = await charge('pm_card_visa', 'pay_5:charge:1');
    street.clock.advance(61_000);
    const after = await charge('pm_card_visa', 'pay_5:charge:1');

    expect(nearly.id).toBe(first.id);
    expect(after.id).not.toBe(first.id);
    expect(await chargesMade()).toBe(2);
  });

  it('is in use while its first request is under way', async () => {
    await street.door('/faults', { fault: 'delay', delayMs: 2000, match: { method: 'POST' } });
    const first = charge('pm_card_visa', 'pay_6:charge:1');
    await until(async () => {
      const { requests } = await street.door<{ requests: unknown[] }>('/requests');
      return requests.length > 0;
    });
    const error = await errorOf(charge('pm_card_visa', 'pay_6:charge:1'));

    expect(error).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    expect((await first).status).toBe('succeeded');
    expect(await chargesMade()).toBe(1);
  });

  it('belongs to one account', async () => {
    const account = await recipient(street);
    const there = { idempotencyKey: 'shared', stripeAccount: account };

    const ours = await street.stripe.customers.create({}, { idempotencyKey: 'shared' });
    const theirs = await street.stripe.customers.create({}, there);

    expect(theirs.id).not.toBe(ours.id);
    expect((await errorOf(street.stripe.customers.retrieve(theirs.id))).statusCode).toBe(404);
  });
});

describe('a v2 key that comes again', () => {
  const params: Stripe.V2.Core.AccountCreateParams = { display_name: 'Bob', dashboard: 'express' };

  it('replays what succeeded for 30 days', async () => {
    const options = { idempotencyKey: 'person_1:account' };
    const first = await street.stripe.v2.core.accounts.create(params, options);
    street.clock.advance(29 * 24 * HOUR);
    const replayed = await street.stripe.v2.core.accounts.create(params, options);
    street.clock.advance(2 * 24 * HOUR);
    const again = await street.stripe.v2.core.accounts.create(params, options);

    expect(replayed.id).toBe(first.id);
    expect(again.id).not.toBe(first.id);
  });

  it('refuses other parameters', async () => {
    const options = { idempotencyKey: 'person_2:account' };
    await street.stripe.v2.core.accounts.create(params, options);

    const error = await errorOf(
      street.stripe.v2.core.accounts.create({ ...params, display_name: 'Eve' }, options),
    );

    expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  });
});
