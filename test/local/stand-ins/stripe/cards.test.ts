// Every test card, through the real SDK.
import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_CARDS } from '../../../../local/stand-ins/stripe/cards/test-cards.ts';
import { idOf } from '../../../../local/stand-ins/stripe/resources/id-of.ts';
import { until } from '../../../builders/until.ts';
import { chargeOf, errorOf, openStreet, pay, type Street } from './stripe-street.ts';

let street: Street;
beforeAll(async () => void (street = await openStreet()));
afterAll(() => street.close());

/** token, error code, decline code (the SDK reads a missing one as a blank) */
const DECLINES: [string, string, string][] = [
  ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
  ['pm_card_chargeDeclinedLostCard', 'card_declined', 'lost_card'],
  ['pm_card_chargeDeclinedStolenCard', 'card_declined', 'stolen_card'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired_card', ''],
  ['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc', ''],
  ['pm_card_chargeDeclinedProcessingError', 'processing_error', ''],
  ['pm_card_chargeDeclinedVelocityLimitExceeded', 'card_declined', 'card_velocity_exceeded'],
  ['pm_card_chargeCustomerFail', 'card_declined', 'generic_decline'],
  ['pm_card_radarBlock', 'card_declined', 'fraudulent'],
  ['pm_card_riskLevelHighest', 'card_declined', 'fraudulent'],
  ['pm_card_authenticationRequired', 'authentication_required', 'authentication_required'],
  ['pm_card_authenticationRequiredOnSetup', 'authentication_required', 'authentication_required'],
  ['pm_card_threeDSecure2Required', 'authentication_required', 'authentication_required'],
];

const declining = new Set(DECLINES.map(([token]) => token));
const asking = ['pm_card_threeDSecureRequiredChargeDeclined'];
const approved = TEST_CARDS.map((card) => card.token).filter(
  (token) => !declining.has(token) && !asking.includes(token),
);

describe('test cards that are charged without the customer', () => {
  it.each(approved)('%s succeeds', async (token) => {
    const intent = await pay(street.stripe, token);

    expect(intent.status).toBe('succeeded');
    expect(intent.amount_received).toBe(2000);
    const charge = await street.stripe.charges.retrieve(chargeOf(intent));
    expect(charge).toMatchObject({ paid: true, captured: true, amount: 2000, status: 'succeeded' });
  });

  it.each(DECLINES)('%s is refused as %s / %s', async (token, code, declineCode) => {
    const error = await errorOf(pay(street.stripe, token));

    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(error.statusCode).toBe(402);
    expect(error.code).toBe(code);
    expect(error.decline_code).toBe(declineCode);
    const intent = error.payment_intent;
    expect(intent).toMatchObject({ status: 'requires_payment_method', payment_method: null });
    expect(intent?.last_payment_error?.payment_method?.id).toMatch(/^pm_/);
    const charge = await street.stripe.charges.retrieve(String(error.charge));
    expect(charge).toMatchObject({ paid: false, status: 'failed', failure_code: code });
    const kept = await street.stripe.paymentIntents.retrieve(intent?.id ?? '');
    expect(kept.status).toBe('requires_payment_method');
  });
});

describe('saving cards', () => {
  it('refuses to attach a card that declines, and attaches the one that declines later', async () => {
    const customer = await street.stripe.customers.create();

    const error = await errorOf(
      street.stripe.paymentMethods.attach('pm_card_chargeDeclined', { customer: customer.id }),
    );
    const saved = await street.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: customer.id,
    });

    expect(error.code).toBe('card_declined');
    const listed = await street.stripe.customers.listPaymentMethods(customer.id);
    expect(listed.data.map((method) => method.id)).toEqual([saved.id]);
    expect(saved.card).toMatchObject({ brand: 'visa', last4: '0341' });
  });

  it('lets a card pay for its own customer only, and never again once detached', async () => {
    const ann = await street.stripe.customers.create();
    const eve = await street.stripe.customers.create();
    const card = await street.stripe.paymentMethods.attach('pm_card_visa', { customer: ann.id });
    const charge = (customer: string) =>
      street.stripe.paymentIntents.create({
        amount: 500,
        currency: 'usd',
        customer,
        payment_method: card.id,
        confirm: true,
        off_session: true,
      });

    const stranger = await errorOf(charge(eve.id));
    const own = await charge(ann.id);
    await street.stripe.paymentMethods.detach(card.id);
    const detached = await errorOf(charge(ann.id));

    expect(stranger.statusCode).toBe(400);
    expect(own.status).toBe('succeeded');
    expect(detached.message).toContain('may not be used again');
  });
});

describe('cards that ask for 3-D Secure', () => {
  const present = async (token: string) => {
    const customer = await street.stripe.customers.create();
    return street.stripe.paymentIntents.create({
      amount: 2000,
      currency: 'usd',
      customer: customer.id,
      payment_method: token,
      confirm: true,
      return_url: 'http://localhost:3000/pay/abc/return',
    });
  };

  it('sends the customer to a page and back with what Stripe adds to the address', async () => {
    const intent = await present('pm_card_authenticationRequired');
    expect(intent.status).toBe('requires_action');
    const url = intent.next_action?.redirect_to_url?.url ?? '';

    const page = await fetch(url);
    const html = await page.text();
    const back = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ result: 'complete' }),
      redirect: 'manual',
    });

    expect(html).toContain('$20.00');
    const location = new URL(back.headers.get('location') ?? '');
    expect(location.pathname).toBe('/pay/abc/return');
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      payment_intent: intent.id,
      payment_intent_client_secret: intent.client_secret,
      redirect_status: 'succeeded',
    });
    const after = await street.stripe.paymentIntents.retrieve(intent.id, {
      expand: ['latest_charge'],
    });
    expect(after.status).toBe('succeeded');
    expect(after.latest_charge).toMatchObject({
      payment_method_details: { card: { three_d_secure: { result: 'authenticated' } } },
    });
  });

  it('leaves the intent unpaid when the customer fails, and says so in the address', async () => {
    const intent = await present('pm_card_threeDSecure2Required');

    const back = await fetch(intent.next_action?.redirect_to_url?.url ?? '', {
      method: 'POST',
      body: new URLSearchParams({ result: 'fail' }),
      redirect: 'manual',
    });

    expect(back.headers.get('location')).toContain('redirect_status=failed');
    const after = await street.stripe.paymentIntents.retrieve(intent.id);
    expect(after.status).toBe('requires_payment_method');
    expect(after.last_payment_error?.code).toBe('payment_intent_authentication_failure');
    expect(after.latest_charge).toBeNull();
  });

  it('declines after a passed challenge when the card says so', async () => {
    const intent = await present('pm_card_threeDSecureRequiredChargeDeclined');

    await street.door(`/cards/${intent.id}/authenticate`, { result: 'pass' });

    const after = await street.stripe.paymentIntents.retrieve(intent.id);
    expect(after.status).toBe('requires_payment_method');
    expect(after.last_payment_error?.decline_code).toBe('generic_decline');
  });

  it('does not show the challenge to someone without the key of its link', async () => {
    const intent = await present('pm_card_authenticationRequired');
    const url = new URL(intent.next_action?.redirect_to_url?.url ?? '');
    url.searchParams.set('key', 'guessed');

    const forged = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ result: 'complete' }),
      redirect: 'manual',
    });

    expect(forged.status).toBe(410);
    const after = await street.stripe.paymentIntents.retrieve(intent.id);
    expect(after.status).toBe('requires_action');
  });

  it('passes off-session once the card was set up', async () => {
    const customer = await street.stripe.customers.create();
    const setup = await street.stripe.setupIntents.create({
      customer: customer.id,
      payment_method: 'pm_card_authenticationRequiredOnSetup',
      usage: 'off_session',
      confirm: true,
      return_url: 'http://localhost:3000/back',
    });
    expect(setup.status).toBe('requires_action');
    await street.door(`/cards/${setup.id}/authenticate`, { result: 'pass' });

    const intent = await street.stripe.paymentIntents.create({
      amount: 700,
      currency: 'usd',
      customer: customer.id,
      payment_method: idOf(setup.payment_method),
      confirm: true,
      off_session: true,
    });

    expect(intent.status).toBe('succeeded');
  });

  it('asks an optional card only when the merchant wants it', async () => {
    const plain = await present('pm_card_threeDSecureOptional');
    const customer = await street.stripe.customers.create();
    const asked = await street.stripe.paymentIntents.create({
      amount: 2000,
      currency: 'usd',
      customer: customer.id,
      payment_method: 'pm_card_threeDSecureOptional',
      payment_method_options: { card: { request_three_d_secure: 'any' } },
      confirm: true,
      return_url: 'http://localhost:3000/back',
    });

    expect(plain.status).toBe('succeeded');
    expect(asked.status).toBe('requires_action');
  });

  it('refuses at once when the caller wants no action', async () => {
    const error = await errorOf(
      street.stripe.paymentIntents.create({
        amount: 2000,
        currency: 'usd',
        payment_method: 'pm_card_authenticationRequired',
        confirm: true,
        error_on_requires_action: true,
        return_url: 'http://localhost:3000/back',
      }),
    );

    expect(error.code).toBe('authentication_required');
  });
});

describe('what follows a charge', () => {
  it.each([
    ['pm_card_createDispute', ['fraudulent'], 'needs_response'],
    ['pm_card_createDisputeProductNotReceived', ['product_not_received'], 'needs_response'],
    ['pm_card_createDisputeInquiry', ['fraudulent'], 'warning_needs_response'],
    ['pm_card_createMultipleDisputes', ['product_not_received', 'fraudulent'], 'needs_response'],
  ])('%s is disputed', async (token, reasons, status) => {
    const intent = await pay(street.stripe, token);

    const disputes = await until(async () => {
      const { data } = await street.stripe.disputes.list({ payment_intent: intent.id });
      return data.length === reasons.length && data;
    });

    expect(disputes.map((dispute) => dispute.reason)).toEqual(reasons);
    expect(disputes.every((dispute) => dispute.status === status)).toBe(true);
  });

  it('warns of fraud before a dispute', async () => {
    const intent = await pay(street.stripe, 'pm_card_createIssuerFraudRecord');

    const warning = await until(async () => {
      const type = 'radar.early_fraud_warning.created';
      const { data } = await street.stripe.events.list({ type });
      const all = data.flatMap((event) => (event.type === type ? [event.data.object] : []));
      return all.find((each) => each.payment_intent === intent.id);
    });

    const read = await street.stripe.radar.earlyFraudWarnings.retrieve(warning.id);
    expect(read.actionable).toBe(true);
  });

  it('makes the money of the bypass card available at once, and others after two days', async () => {
    const before = await street.stripe.balance.retrieve();
    const free = (balance: Stripe.Balance) =>
      balance.available.find((each) => each.currency === 'usd')?.amount ?? 0;
    await pay(street.stripe, 'pm_card_bypassPending', 10_000);

    const after = await until(async () => {
      const balance = await street.stripe.balance.retrieve();
      return free(balance) !== free(before) && balance;
    });

    expect(free(after) - free(before)).toBe(10_000 - 290 - 30);
  });
});
