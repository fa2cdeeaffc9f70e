// Shops at the stand-in: every account for itself, fees in proportion, events that say whose they are, and leaving.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stripe } from 'stripe';
import { idOf } from '../../../../local/stand-ins/stripe/resources/id-of.ts';
import { until } from '../../../builders/until.ts';
import { errorOf, merchant, openStreet, type Street } from './stripe-street.ts';

let street: Street;
beforeEach(async () => {
  street = await openStreet();
});
afterEach(() => street.close());

const item = {
  quantity: 2,
  price_data: { currency: 'usd', unit_amount: 500, product_data: { name: 'Flat white' } },
};

const page = {
  mode: 'payment',
  line_items: [item],
  customer_creation: 'always',
  saved_payment_method_options: { payment_method_save: 'enabled' },
  payment_intent_data: { application_fee_amount: 100 },
  success_url: 'https://tender.test/back',
  cancel_url: 'https://tender.test/cart',
} satisfies Stripe.Checkout.SessionCreateParams;

const openPage = (stripeAccount: string, more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  street.stripe.checkout.sessions.create({ ...page, ...more }, { stripeAccount });

const showing = async ({ url }: Stripe.Checkout.Session) => (await fetch(url ?? '')).text();

const submit = async ({ url }: Stripe.Checkout.Session, form: Record<string, string>) =>
  fetch(url ?? '', { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });

describe('an account', () => {
  it('sees nothing of another, nor does the platform', async () => {
    const joes = await merchant(street);
    const anns = await merchant(street);
    const session = await openPage(joes);

    const { sessions } = street.stripe.checkout;
    const elsewhere = await errorOf(sessions.retrieve(session.id, {}, { stripeAccount: anns }));
    const onPlatform = await errorOf(sessions.retrieve(session.id));

    expect([elsewhere.statusCode, onPlatform.statusCode]).toEqual([404, 404]);
    expect((await sessions.retrieve(session.id, {}, { stripeAccount: joes })).id).toBe(session.id);
  });

  it('that may not take cards yet opens no page', async () => {
    const error = await errorOf(openPage(await merchant(street, false)));

    expect(error).toMatchObject({ statusCode: 400, code: 'capability_not_active' });
  });

  it('takes no fee for the platform from the platform itself', async () => {
    const error = await errorOf(street.stripe.checkout.sessions.create(page));

    expect(error.param).toBe('payment_intent_data[application_fee_amount]');
  });

  it('that takes our access away says so once, and nothing after', async () => {
    const joes = await merchant(street);
    await street.door(`/accounts/${joes}/deauthorize`, {});

    const error = await errorOf(openPage(joes));

    expect(error).toMatchObject({ statusCode: 403, code: 'account_invalid' });
    const event = await until(() =>
      street.received.find(({ type }) => type === 'account.application.deauthorized'),
    );
    expect(JSON.parse(event.body)).toMatchObject({ account: joes });
  });
});

describe('a page that sells', () => {
  it('shows the bill, what is off it, and the way back', async () => {
    const joes = await merchant(street);
    const coupon = await street.stripe.coupons.create(
      { amount_off: 150, currency: 'usd', duration: 'once', max_redemptions: 1 },
      { stripeAccount: joes },
    );

    const session = await openPage(joes, { discounts: [{ coupon: coupon.id }] });
    const html = await showing(session);

    expect(session).toMatchObject({ amount_subtotal: 1000, amount_total: 850 });
    for (const words of ['$8.50', 'Flat white × 2', '-$1.50', 'Keep this card', page.cancel_url]) {
      expect(html).toContain(words);
    }
    await submit(session, { card: '4242424242424242' });
    const spent = await street.stripe.coupons.retrieve(coupon.id, {}, { stripeAccount: joes });
    expect(spent).toMatchObject({ times_redeemed: 1, valid: false });
  });

  it('refuses a blocked brand in words', async () => {
    const joes = await merchant(street);
    const session = await openPage(joes, {
      payment_method_options: { card: { restrictions: { brands_blocked: ['visa'] } } },
    });

    const refused = await submit(session, { card: '4242424242424242' });

    expect(refused.status).toBe(200);
    expect(await refused.text()).toContain('Visa is not accepted here');
    expect((await submit(session, { card: '5555555555554444' })).status).toBe(303);
  });

  it('charges nobody who passes 3-D Secure after it was closed', async () => {
    const joes = await merchant(street);
    const session = await openPage(joes);
    const asked = await submit(session, { card: '4000002760003184' });
    const bank = asked.headers.get('location') ?? '';
    await street.stripe.checkout.sessions.expire(session.id, {}, { stripeAccount: joes });

    await fetch(bank, {
      method: 'POST',
      body: new URLSearchParams({ result: 'complete' }),
      redirect: 'manual',
    });

    const books = await street.door<{ charges: unknown[] }>(`/books?account=${joes}`);
    expect(books.charges).toEqual([]);
  });

  it('tells the platform’s endpoint everything, with the account on it and one signature', async () => {
    const joes = await merchant(street);
    const session = await openPage(joes);
    await street.door(`/checkout/${session.id}/pay?account=${joes}`, {});

    const completed = await until(() =>
      street.received.find(({ type }) => type === 'checkout.session.completed'),
    );

    const event = street.stripe.webhooks.constructEvent(
      completed.body,
      completed.signature,
      'whsec_local',
    );
    expect(event.account).toBe(joes);
    const paid = await until(() =>
      street.received.find(({ type }) => type === 'payment_intent.succeeded'),
    );
    expect(JSON.parse(paid.body)).toMatchObject({ account: joes });
  });

  it('can be finished by a bank that fails days later', async () => {
    const joes = await merchant(street);
    const session = await openPage(joes);
    await street.door(`/checkout/${session.id}/pay?account=${joes}`, { later: true });
    await street.door(`/checkout/${session.id}/settle?account=${joes}`, { result: 'failed' });

    await until(() => street.types().includes('checkout.session.async_payment_failed'));

    const books = await street.door<{ charges: unknown[] }>(`/books?account=${joes}`);
    expect(books.charges).toEqual([]);
  });
});

describe('the platform’s fee', () => {
  it('comes off the shop’s balance, and goes back in proportion to the cent', async () => {
    const joes = await merchant(street);
    const session = await openPage(joes, { payment_intent_data: { application_fee_amount: 101 } });
    await street.door(`/checkout/${session.id}/pay?account=${joes}`, {});
    const options = { stripeAccount: joes };
    const paid = await street.stripe.checkout.sessions.retrieve(session.id, {}, options);
    const intent = idOf(paid.payment_intent);
    const refund = (amount: number) =>
      street.stripe.refunds.create(
        { payment_intent: intent, amount, refund_application_fee: true },
        options,
      );

    await refund(333);
    await refund(333);
    await refund(334);

    const books = await street.door<{ applicationFees: { refunds: number[] }[] }>(
      `/books?account=${joes}`,
    );
    expect(books.applicationFees[0]).toMatchObject({ amount: 101, refunded: 101 });
    expect(books.applicationFees[0]?.refunds).toHaveLength(3);
    const { available, pending } = await street.stripe.balance.retrieve();
    expect((available[0]?.amount ?? 0) + (pending[0]?.amount ?? 0)).toBe(0);
  });

  it('stays with the platform where the refund does not say otherwise', async () => {
    const joes = await merchant(street);
    const session = await openPage(joes);
    await street.door(`/checkout/${session.id}/pay?account=${joes}`, {});
    const options = { stripeAccount: joes };
    const paid = await street.stripe.checkout.sessions.retrieve(session.id, {}, options);

    await street.stripe.refunds.create({ payment_intent: idOf(paid.payment_intent) }, options);

    const books = await street.door<{ applicationFees: unknown[] }>(`/books?account=${joes}`);
    expect(books.applicationFees[0]).toMatchObject({ amount: 100, refunded: 0 });
  });
});
