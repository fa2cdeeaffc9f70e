// Checkout and onboarding as a browser without JavaScript sees them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf } from '../../../../local/stand-ins/stripe/resources/id-of.ts';
import { until } from '../../../builders/until.ts';
import { errorOf, openStreet, recipient, type Street } from './stripe-street.ts';

let street: Street;
beforeAll(async () => void (street = await openStreet()));
afterAll(() => street.close());

const SUCCESS = 'http://localhost:3000/pay/abc/card?session={CHECKOUT_SESSION_ID}';

const submit = (url: string, form: Record<string, string>) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });

describe('Checkout in setup mode', () => {
  const open = async () => {
    const customer = await street.stripe.customers.create();
    const session = await street.stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      customer: customer.id,
      success_url: SUCCESS,
      cancel_url: 'http://localhost:3000/pay/abc',
      setup_intent_data: { metadata: { person: 'per_1' } },
    });
    return { customer, session, url: session.url ?? '' };
  };

  it('shows a filled-in form, the test cards, and what it is', async () => {
    const { url } = await open();

    const page = await fetch(url);
    const html = await page.text();

    expect(html).toContain('Stripe stand-in — test cards only');
    expect(html).toContain('value="4242 4242 4242 4242"');
    expect(html).toContain('href="?card=4000002760003184"');
    expect(html).toContain('href="http://localhost:3000/pay/abc"');
    expect(html).not.toContain('<script');
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain('frame-ancestors');
    expect(policy).toContain('http://localhost:*');
  });

  it('saves the card, completes the session and goes to the success page', async () => {
    const { customer, session, url } = await open();

    const answer = await submit(url, { card: '4242 4242 4242 4242', name: 'Ann' });

    expect(answer.headers.get('location')).toBe(
      `http://localhost:3000/pay/abc/card?session=${session.id}`,
    );
    const read = await street.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['setup_intent.payment_method'],
    });
    expect(read).toMatchObject({ status: 'complete', url: null });
    expect(read.setup_intent).toMatchObject({
      status: 'succeeded',
      metadata: { person: 'per_1' },
      payment_method: { customer: customer.id },
    });
    await until(() => street.types().includes('checkout.session.completed'));
    expect((await submit(url, { card: '4242424242424242' })).status).toBe(410);
  });

  it.each([
    ['4000000000000002', 'Your card was declined.'],
    ['4000000000000069', 'Your card has expired.'],
    ['1234', 'Your card number is invalid.'],
    ['<script>alert(1)</script>', 'Your card number is invalid.'],
  ])('says what is wrong with %s, and lets another card be tried', async (card, words) => {
    const { session, url } = await open();

    const html = await (await submit(url, { card })).text();

    expect(html).toContain(words);
    expect(html).not.toContain('<script');
    expect((await street.stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
    expect((await submit(url, { card: '4242424242424242' })).status).toBe(303);
  });

  it('sends a 3-D Secure card to its bank and completes when it comes back', async () => {
    const { session, url } = await open();

    const challenge = (await submit(url, { card: '4000002500003155' })).headers.get('location');
    const back = (await submit(challenge ?? '', { result: 'complete' })).headers.get('location');
    const end = await fetch(back ?? '', { redirect: 'manual' });

    expect(end.headers.get('location')).toContain(session.id);
    expect((await street.stripe.checkout.sessions.retrieve(session.id)).status).toBe('complete');
  });

  it('stays open when 3-D Secure fails', async () => {
    const { session, url } = await open();

    const challenge = (await submit(url, { card: '4000002500003155' })).headers.get('location');
    const back = (await submit(challenge ?? '', { result: 'fail' })).headers.get('location');
    const html = await (await fetch(back ?? '')).text();

    expect(html).toContain('failed authentication');
    expect((await street.stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
  });

  it('expires when told, and by itself after a day', async () => {
    const early = await open();
    const late = await open();

    const expired = await street.stripe.checkout.sessions.expire(early.session.id);
    street.clock.advance(24 * 3600 * 1000 + 1000);

    expect(expired.status).toBe('expired');
    await until(async () => {
      const read = await street.stripe.checkout.sessions.retrieve(late.session.id);
      return read.status === 'expired';
    });
    expect((await fetch(late.url)).status).toBe(410);
    const again = street.stripe.checkout.sessions.expire(early.session.id);
    expect((await errorOf(again)).statusCode).toBe(400);
  });
});

describe('Checkout in payment mode', () => {
  const open = () =>
    street.stripe.checkout.sessions.create({
      mode: 'payment',
      success_url: SUCCESS,
      client_reference_id: 'ord_1',
      line_items: [
        {
          quantity: 2,
          price_data: { currency: 'usd', unit_amount: 350, product_data: { name: 'Flat <white>' } },
        },
      ],
      payment_intent_data: { metadata: { order: 'ord_1' }, setup_future_usage: 'off_session' },
    });

  it('charges the sum, keeps what the order is, and saves the card', async () => {
    const session = await open();
    const html = await (await fetch(session.url ?? '')).text();

    await submit(session.url ?? '', { card: '4242424242424242', email: 'ann@example.com' });

    expect(html).toContain('$7.00');
    expect(html).toContain('Flat &lt;white&gt; × 2');
    const read = await street.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent', 'line_items'],
    });
    expect(read).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      client_reference_id: 'ord_1',
      amount_total: 700,
    });
    expect(read.line_items?.data[0]?.description).toBe('Flat <white>');
    expect(read.payment_intent).toMatchObject({
      status: 'succeeded',
      amount: 700,
      metadata: { order: 'ord_1' },
    });
    const saved = await street.stripe.customers.listPaymentMethods(idOf(read.customer));
    expect(saved.data).toHaveLength(1);
  });

  it('keeps one payment intent over several tries', async () => {
    const session = await open();

    await submit(session.url ?? '', { card: '4000000000009995' });
    const between = await street.stripe.checkout.sessions.retrieve(session.id);
    await street.door(`/checkout/${session.id}/pay`, { card: '4242424242424242' });

    const after = await street.stripe.checkout.sessions.retrieve(session.id);
    expect(between).toMatchObject({ status: 'open', payment_status: 'unpaid' });
    expect(after.payment_intent).toBe(between.payment_intent);
    const charges = await street.stripe.charges.list({
      payment_intent: idOf(after.payment_intent),
    });
    expect(charges.data.map((charge) => charge.paid)).toEqual([true, false]);
  });
});

describe('onboarding', () => {
  const open = async () => {
    const account = await recipient(street, false);
    const link = await street.stripe.v2.core.accountLinks.create({
      account,
      use_case: {
        type: 'account_onboarding',
        account_onboarding: {
          refresh_url: 'http://localhost:3000/payout/abc',
          return_url: 'http://localhost:3000/payout/abc/return',
        },
      },
    });
    return { account, url: link.url };
  };
  const standing = async (account: string) => {
    const read = await street.stripe.v2.core.accounts.retrieve(account, {
      include: ['configuration.recipient', 'requirements'],
    });
    const balance = read.configuration?.recipient?.capabilities?.stripe_balance;
    return { status: balance?.stripe_transfers?.status, open: read.requirements?.entries?.length };
  };

  it('makes the account active, once the form is sent', async () => {
    const { account, url } = await open();
    expect(await standing(account)).toEqual({ status: 'restricted', open: 2 });

    const answer = await submit(url, {
      name: 'Bob',
      routing: '110000000',
      account: '000123456789',
    });

    expect(answer.headers.get('location')).toBe('http://localhost:3000/payout/abc/return');
    expect(await standing(account)).toEqual({ status: 'active', open: 0 });
    await until(() => street.types().includes('v2.core.account_link.returned'));
    expect(street.types()).toContain('v2.core.account[requirements].updated');
  });

  it('comes back without anything when the person says not now', async () => {
    const { account, url } = await open();

    const answer = await submit(url, { leave: '1' });

    expect(answer.headers.get('location')).toBe('http://localhost:3000/payout/abc/return');
    expect((await standing(account)).status).toBe('restricted');
  });

  it('refuses a bank account that cannot be paid', async () => {
    const { account, url } = await open();

    const html = await (await submit(url, { name: 'Bob', account: '000111111113' })).text();

    expect(html).toContain('This account has been closed.');
    expect((await standing(account)).status).toBe('restricted');
  });

  it('sends a used link, and an old one, to where a new one is made', async () => {
    const used = await open();
    await submit(used.url, { leave: '1' });
    const old = await open();
    street.clock.advance(10 * 60 * 1000 + 1000);

    for (const { url } of [used, old]) {
      const answer = await fetch(url, { redirect: 'manual' });
      expect(answer.headers.get('location')).toBe('http://localhost:3000/payout/abc');
    }
    expect((await fetch(`${street.url}/setup/acctlink_forged`)).status).toBe(410);
  });

  it('answers nothing nested that was not asked for', async () => {
    const account = await recipient(street);

    const bare = await street.stripe.v2.core.accounts.retrieve(account);

    expect(bare.applied_configurations).toEqual(['recipient']);
    expect(bare).not.toHaveProperty('configuration');
    expect(bare).not.toHaveProperty('requirements');
    const listed = await street.stripe.v2.core.accounts.list({ limit: 1 });
    expect(listed.data).toHaveLength(1);
  });
});
