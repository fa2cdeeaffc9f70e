// Webhooks: signed, late, twice, out of order, again when not answered, and kept when the process dies.
import { Stripe } from 'stripe';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../../builders/until.ts';
import { chargeOf, openStreet, pay, recipient, SECRET, type Street } from './stripe-street.ts';

let street: Street;
beforeEach(async () => void (street = await openStreet()));
afterEach(() => street.close());

const count = (type: string) => street.types().filter((each) => each === type).length;

describe('snapshot events', () => {
  it('pass the signature check of the SDK and hold the object', async () => {
    const intent = await pay(street.stripe);
    const arrived = await until(() =>
      street.received.find((each) => each.type === 'payment_intent.succeeded'),
    );

    const event = street.stripe.webhooks.constructEvent(arrived.body, arrived.signature, SECRET);

    expect(event.api_version).toBe('2026-10-28.endive');
    expect(event.data.object).toMatchObject({ id: intent.id, status: 'succeeded' });
    const forged = () =>
      street.stripe.webhooks.constructEvent(`${arrived.body} `, arrived.signature, SECRET);
    expect(forged).toThrow(Stripe.errors.StripeSignatureVerificationError);
    const read = await street.stripe.events.retrieve(event.id);
    expect(read.type).toBe('payment_intent.succeeded');
  });

  it('come for every step of a payment, its refund and its late fee', async () => {
    const intent = await pay(street.stripe);
    await street.stripe.refunds.create({ payment_intent: intent.id });

    await until(() => count('charge.updated') === 1 && count('charge.refunded') === 1);

    expect(new Set(street.types())).toEqual(
      new Set([
        'customer.created',
        'payment_intent.created',
        'charge.succeeded',
        'payment_intent.succeeded',
        'refund.created',
        'charge.refunded',
        'charge.updated',
      ]),
    );
  });

  it('name the request that caused them', async () => {
    await street.stripe.customers.create({}, { idempotencyKey: 'person_1:customer' });
    const { data } = await street.stripe.events.list({ type: 'customer.*' });

    expect(data[0]?.request?.idempotency_key).toBe('person_1:customer');
    expect(data[0]?.request?.id).toMatch(/^req_/);
  });

  it('can be listed by type and time', async () => {
    await pay(street.stripe);
    const created = { gt: Math.floor(street.clock.now() / 1000) + 60 };

    const some = await street.stripe.events.list({
      types: ['payment_intent.succeeded', 'charge.succeeded'],
    });
    const none = await street.stripe.events.list({ created });

    expect(some.data.map((event) => event.type)).toEqual([
      'payment_intent.succeeded',
      'charge.succeeded',
    ]);
    expect(none.data).toEqual([]);
  });
});

describe('thin events', () => {
  it('tell what changed on an account, and are fetched whole', async () => {
    const account = await recipient(street);
    const type = 'v2.core.account[configuration.recipient].capability_status_updated';
    const arrived = await until(() => street.received.find((each) => each.type === type));

    const notification = street.stripe.parseEventNotification(
      arrived.body,
      arrived.signature,
      SECRET,
    );

    expect(notification.type).toBe(type);
    expect(JSON.parse(arrived.body)).not.toHaveProperty('data');
    const event = await street.stripe.v2.core.events.retrieve(notification.id);
    if (event.type !== type) throw new Error(`an event of type ${event.type}`);
    expect(event.data.updated_capability).toBe('stripe_balance.stripe_transfers');
    expect(event.related_object.id).toBe(account);
    expect((await event.fetchRelatedObject()).id).toBe(account);
  });
});

describe('deliveries', () => {
  it('come again when they are not answered, on the machine clock', async () => {
    street.answerWith(500);
    await street.stripe.customers.create();
    await until(() => count('customer.created') === 1);
    street.clock.advance(1000);
    await until(() => count('customer.created') === 2);
    street.answerWith(200);
    street.clock.advance(5000);
    await until(() => count('customer.created') === 3);

    const { pending } = await until(async () => {
      const shown = await street.door<{ pending: unknown[] }>('/webhooks');
      return shown.pending.length === 0 && shown;
    });

    expect(pending).toEqual([]);
    expect(new Set(street.received.map((each) => each.id)).size).toBe(1);
    // Each try is signed anew: a late one is never too old.
    expect(new Set(street.received.map((each) => each.signature)).size).toBe(3);
  });

  it('give up after the last try', async () => {
    street.answerWith(500);
    await street.stripe.customers.create();
    let tries = 0;
    for (const waitMs of [0, 1, 5, 30, 300, 3600, 21_600].map((seconds) => seconds * 1000)) {
      street.clock.advance(waitMs);
      tries += 1;
      const expected = tries;
      await until(() => count('customer.created') === expected);
      // The next try is planned when this one's answer is read, and by the clock of then.
      await until(async () => {
        const { pending } = await street.door<{ pending: { atMs: number }[] }>('/webhooks');
        return pending.every(({ atMs }) => atMs > street.clock.now());
      });
    }

    const gone = await until(async () => {
      const { pending } = await street.door<{ pending: unknown[] }>('/webhooks');
      return pending.length === 0;
    });

    expect(gone).toBe(true);
    expect(tries).toBe(7);
  });

  it('come twice when asked to', async () => {
    await street.door('/webhooks', { duplicate: true });
    await street.stripe.customers.create();

    await until(() => count('customer.created') === 2);

    expect(street.received[0]?.id).toBe(street.received[1]?.id);
  });

  it('wait while they are held, and come in the order asked for', async () => {
    await street.door('/webhooks', { hold: true, order: 'reversed' });
    await pay(street.stripe);
    await until(async () => {
      const { pending } = await street.door<{ pending: unknown[] }>('/webhooks');
      return pending.length === 5;
    });
    expect(street.received).toEqual([]);

    await street.door('/webhooks/release', {});

    await until(() => street.received.length === 5);
    expect(street.types()).toEqual([
      'charge.updated',
      'payment_intent.succeeded',
      'charge.succeeded',
      'payment_intent.created',
      'customer.created',
    ]);
  });

  it('are sent again on demand, and forged on demand', async () => {
    await street.stripe.customers.create();
    const first = await until(() => street.received[0]);
    await street.door('/webhooks', { secret: 'whsec_other' });

    await street.door('/webhooks/resend', { eventId: first.id });

    const second = await until(() => street.received[1]);
    expect(second.id).toBe(first.id);
    const check = () =>
      street.stripe.webhooks.constructEvent(second.body, second.signature, SECRET);
    expect(check).toThrow(Stripe.errors.StripeSignatureVerificationError);
  });
});

describe('with a folder to keep things in', () => {
  it('still knows everything, and delivers what was pending, after the process died', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'stripe-stand-in-'));
    const before = await openStreet(directory);
    await before.door('/webhooks', { hold: true });
    const intent = await pay(before.stripe);
    const key = { idempotencyKey: 'pay_1:refund:1' };
    const refund = await before.stripe.refunds.create({ payment_intent: intent.id }, key);
    // Nothing is closed in order: what follows finds only what was on disk.
    const after = await openStreet(directory);

    const read = await after.stripe.charges.retrieve(chargeOf(intent));
    const replayed = await after.stripe.refunds.create({ payment_intent: intent.id }, key);
    await until(() => after.types().includes('payment_intent.succeeded'));

    expect(read.amount_refunded).toBe(2000);
    expect(replayed.id).toBe(refund.id);
    expect(before.received).toEqual([]);
    await after.close();
    await before.close();
    rmSync(directory, { recursive: true });
  });
});
