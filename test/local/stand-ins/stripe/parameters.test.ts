// How strict the stand-in is with what it is sent.
import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openStreet, type Street } from './stripe-street.ts';

let street: Street;
beforeAll(async () => void (street = await openStreet()));
afterAll(() => street.close());

const post = (path: string, form: string, headers: Record<string, string> = {}) =>
  fetch(street.url + path, {
    method: 'POST',
    body: form,
    headers: {
      authorization: 'Bearer sk_test_local',
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
  });

const refusalIn = async (response: Response) => {
  const { error }: { error: Stripe.StripeRawError } = JSON.parse(await response.text());
  return error;
};

describe('parameters', () => {
  it.each([
    ['amount=100&currency=usd&colour=red', 'parameter_unknown', 'colour'],
    [
      'amount=100&currency=usd&payment_method_options[card][colour]=red',
      'parameter_unknown',
      'payment_method_options[card][colour]',
    ],
    ['currency=usd', 'parameter_missing', 'amount'],
    ['amount=1.5&currency=usd', 'parameter_invalid_integer', 'amount'],
    ['amount=1e9&currency=usd', 'parameter_invalid_integer', 'amount'],
    ['amount=99999999999999999999&currency=usd', 'parameter_invalid_integer', 'amount'],
    ['amount=0&currency=usd', 'parameter_invalid_integer', 'amount'],
    ['amount=-5&currency=usd', 'parameter_invalid_integer', 'amount'],
    ['amount=49&currency=usd', 'amount_too_small', 'amount'],
    ['amount=100000000&currency=usd', 'amount_too_large', 'amount'],
    ['amount=1001&currency=kwd', 'invalid_charge_amount', 'amount'],
    ['amount=100&currency=xau', undefined, 'currency'],
    ['amount=100&currency=usd&capture_method=later', undefined, 'capture_method'],
    ['amount=100&currency=usd&confirm=maybe', undefined, 'confirm'],
    ['amount=100&currency=usd&customer=', 'parameter_invalid_empty', 'customer'],
    ['amount=100&currency=usd&customer=cus_nobody', 'resource_missing', 'customer'],
    ['amount=100&currency=usd&off_session=true', undefined, 'off_session'],
    [
      'amount=100&currency=usd&transfer_data[destination]=acct_1',
      'stand_in_does_not_imitate',
      'transfer_data',
    ],
    ['amount=100&currency=usd&application_fee_amount=5', undefined, 'application_fee_amount'],
    [
      'amount=100&currency=usd&allowed_payment_method_types[0]=card&automatic_payment_methods[enabled]=true',
      'parameters_exclusive',
      'automatic_payment_methods',
    ],
    ['amount=100&currency=usd&__proto__[x]=1', 'parameter_unknown', '__proto__'],
  ])('refuses %s', async (form, code, param) => {
    const response = await post('/v1/payment_intents', form);

    expect(response.status).toBe(400);
    const error = await refusalIn(response);
    expect(error.type).toBe('invalid_request_error');
    expect(error.code).toBe(code);
    expect(error.param).toBe(param);
  });

  it.each([
    ['/v1/payment_intents', 'amount=100&currency=usd'],
    ['/v1/setup_intents', 'usage=off_session'],
    ['/v1/checkout/sessions', 'mode=setup&success_url=http://localhost'],
  ])('refuses payment_method_types at %s, as Stripe does since endive', async (path, form) => {
    const response = await post(path, `${form}&payment_method_types[0]=card`);

    const error = await refusalIn(response);
    expect(response.status).toBe(400);
    expect(error.code).toBe('payment_method_types_no_longer_supported');
  });

  it('takes allowed_payment_method_types in its place', async () => {
    const intent = await street.stripe.paymentIntents.create({
      amount: 100,
      currency: 'usd',
      allowed_payment_method_types: ['card'],
    });

    expect(intent).toMatchObject({
      allowed_payment_method_types: ['card'],
      status: 'requires_payment_method',
    });
    expect(intent.automatic_payment_methods).toBeNull();
  });

  it('wants a return_url when the customer is present and redirects are possible', async () => {
    const confirm = (extra: Partial<Stripe.PaymentIntentCreateParams>) =>
      street.stripe.paymentIntents.create({
        amount: 100,
        currency: 'usd',
        payment_method: 'pm_card_visa',
        confirm: true,
        ...extra,
      });

    const refused = await errorOf(confirm({}));
    const cardOnly = await confirm({ allowed_payment_method_types: ['card'] });

    expect(refused.message).toContain('return_url');
    expect(cardOnly.status).toBe('succeeded');
  });

  it('keeps, merges and clears metadata', async () => {
    const made = await street.stripe.customers.create({ metadata: { a: '1', b: 2 } });
    const changed = await street.stripe.customers.update(made.id, { metadata: { a: '', c: 'x' } });

    expect(made.metadata).toEqual({ a: '1', b: '2' });
    expect(changed.metadata).toEqual({ b: '2', c: 'x' });
    const long = street.stripe.customers.create({ metadata: { a: 'x'.repeat(501) } });
    expect((await errorOf(long)).param).toBe('metadata[a]');
  });
});

describe('who asks, and for what', () => {
  it('answers 401 to a wrong key and to none', async () => {
    const wrong = new Stripe('sk_test_other', {
      host: 'localhost',
      port: street.port,
      protocol: 'http',
    });

    const error = await errorOf(wrong.customers.create());
    const none = await fetch(`${street.url}/v1/balance`);

    expect(error).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
    expect(none.status).toBe(401);
  });

  it('answers 404 to an id in the path that is not there, and to a path that is not there', async () => {
    const missing = await errorOf(street.stripe.paymentIntents.retrieve('pi_nothing'));
    const nowhere = await post('/v1/subscriptions', '');

    expect(missing).toMatchObject({ statusCode: 404, code: 'resource_missing' });
    expect(nowhere.status).toBe(404);
  });

  it('refuses another API version than the one it imitates', async () => {
    const response = await post('/v1/customers', '', { 'stripe-version': '2024-06-20' });

    expect(response.status).toBe(400);
  });

  it('refuses a body that is no form', async () => {
    const response = await post('/v1/customers', 'a]b[=1');

    expect(response.status).toBe(400);
  });

  it('expands what is asked for, and refuses what cannot be expanded', async () => {
    const customer = await street.stripe.customers.create();
    const intent = await street.stripe.paymentIntents.create({
      amount: 900,
      currency: 'usd',
      customer: customer.id,
      payment_method: 'pm_card_visa',
      capture_method: 'automatic',
      confirm: true,
      off_session: true,
      expand: ['latest_charge.balance_transaction', 'customer', 'payment_method'],
    });

    expect(intent).toMatchObject({
      latest_charge: { object: 'charge', balance_transaction: { net: 900 - 26 - 30 } },
      customer: { id: customer.id },
      payment_method: { card: { last4: '4242' } },
    });
    const listed = await street.stripe.paymentIntents.list({
      customer: customer.id,
      expand: ['data.latest_charge'],
    });
    expect(listed.data[0]?.latest_charge).toMatchObject({ object: 'charge', amount: 900 });
    const wrong = street.stripe.paymentIntents.retrieve(intent.id, { expand: ['status'] });
    expect((await errorOf(wrong)).message).toContain('cannot be expanded');
  });

  it('pages through lists, newest first', async () => {
    const customer = await street.stripe.customers.create();
    const made: string[] = [];
    for (let at = 0; at < 5; at += 1) {
      const intent = await street.stripe.paymentIntents.create({
        amount: 100 + at,
        currency: 'usd',
        customer: customer.id,
      });
      made.unshift(intent.id);
    }

    const seen: string[] = [];
    const list = street.stripe.paymentIntents.list({ customer: customer.id, limit: 2 });
    for await (const intent of list) seen.push(intent.id);

    expect(seen).toEqual(made);
    const newer = await street.stripe.paymentIntents.list({
      customer: customer.id,
      ending_before: made[2] ?? '',
    });
    expect(newer.data.map((each) => each.id)).toEqual(made.slice(0, 2));
  });
});
