// Refunds, transfers, reversals and disputes, and the books that count them.
import type { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../builders/until.ts';
import {
  chargeOf,
  errorOf,
  openStreet,
  pay,
  recipient,
  type Street,
  merchant,
} from './stripe-street.ts';

let street: Street;
beforeAll(async () => void (street = await openStreet()));
afterAll(() => street.close());

describe('refunds', () => {
  it('come in parts, up to the charge and no further', async () => {
    const intent = await pay(street.stripe);
    const refund = (amount?: number) =>
      street.stripe.refunds.create({
        payment_intent: intent.id,
        ...(amount !== undefined && { amount }),
      });

    expect((await refund(500)).status).toBe('succeeded');
    expect((await errorOf(refund(1501))).message).toContain('greater than unrefunded');
    expect((await refund()).amount).toBe(1500);
    expect((await errorOf(refund())).code).toBe('charge_already_refunded');
    const charge = await street.stripe.charges.retrieve(chargeOf(intent), { expand: ['refunds'] });
    expect(charge).toMatchObject({ refunded: true, amount_refunded: 2000 });
    expect(charge.refunds?.data.map((each) => each.amount)).toEqual([1500, 500]);
  });

  it('can be pending first', async () => {
    const intent = await pay(street.stripe, 'pm_card_pendingRefund');

    const refund = await street.stripe.refunds.create({ payment_intent: intent.id });

    expect(refund.status).toBe('pending');
    const done = await until(async () => {
      const read = await street.stripe.refunds.retrieve(refund.id);
      return read.status === 'succeeded' && read;
    });
    expect(done).not.toHaveProperty('pending_reason');
  });

  it('can fail after they seemed to be done, and the money is back on the balance', async () => {
    const intent = await pay(street.stripe, 'pm_card_refundFail');

    const refund = await street.stripe.refunds.create({ payment_intent: intent.id });

    expect(refund.status).toBe('succeeded');
    const failed = await until(async () => {
      const read = await street.stripe.refunds.retrieve(refund.id);
      return read.status === 'failed' && read;
    });
    expect(failed.failure_reason).toBe('expired_or_canceled_card');
    const charge = await street.stripe.charges.retrieve(chargeOf(intent));
    expect(charge).toMatchObject({ refunded: false, amount_refunded: 0 });
    await until(() => street.types().includes('refund.failed'));
  });

  it('refuse a declined payment', async () => {
    const error = await errorOf(pay(street.stripe, 'pm_card_chargeDeclined'));
    const refund = street.stripe.refunds.create({ payment_intent: error.payment_intent?.id ?? '' });

    expect((await errorOf(refund)).message).toContain('does not have a successful charge');
  });
});

describe('transfers', () => {
  it('move the charge’s money to a recipient, once', async () => {
    const intent = await pay(street.stripe);
    const destination = await recipient(street);
    const transfer = (amount: number) =>
      street.stripe.transfers.create({
        amount,
        currency: 'usd',
        destination,
        source_transaction: chargeOf(intent),
      });

    const made = await transfer(2000);

    expect(made.transfer_group).toBe(`group_${intent.id}`);
    expect((await errorOf(transfer(1))).message).toContain('must not exceed the source amount');
    const listed = await street.stripe.transfers.list({ transfer_group: `group_${intent.id}` });
    expect(listed.data.map((each) => each.id)).toEqual([made.id]);
    const there = await street.stripe.balance.retrieve({}, { stripeAccount: destination });
    const held = [...there.available, ...there.pending].map((each) => each.amount);
    expect(held.reduce((sum, amount) => sum + amount, 0)).toBe(2000);
  });

  it.each([
    ['another currency', { currency: 'eur' }, 'transfer_source_balance_parameters_mismatch'],
    ['an unknown account', { destination: 'acct_nobody' }, 'resource_missing'],
    ['more than the charge', { amount: 2001 }, undefined],
  ])('refuse %s', async (_what, change, code) => {
    const intent = await pay(street.stripe);
    const destination = await recipient(street);

    const error = await errorOf(
      street.stripe.transfers.create({
        amount: 2000,
        currency: 'usd',
        destination,
        source_transaction: chargeOf(intent),
        ...change,
      }),
    );

    expect(error.statusCode).toBe(400);
    expect(error.code).toBe(code);
  });

  it('refuse a payment intent where a charge is asked for', async () => {
    const intent = await pay(street.stripe);
    const destination = await recipient(street);

    const error = await errorOf(
      street.stripe.transfers.create({
        amount: 2000,
        currency: 'usd',
        destination,
        source_transaction: intent.id,
      }),
    );

    expect(error).toMatchObject({ code: 'resource_missing', param: 'source_transaction' });
  });

  it('refuse an account that is not active, and one that was restricted later', async () => {
    const intent = await pay(street.stripe);
    const fresh = await recipient(street, false);
    const restricted = await recipient(street);
    await street.door(`/accounts/${restricted}/restrict`, {});

    for (const destination of [fresh, restricted]) {
      const error = await errorOf(
        street.stripe.transfers.create({
          amount: 100,
          currency: 'usd',
          destination,
          source_transaction: chargeOf(intent),
        }),
      );
      expect(error.code).toBe('insufficient_capabilities_for_transfer');
    }
  });

  it('need available money when they name no charge', async () => {
    await pay(street.stripe);
    const destination = await recipient(street);

    const error = await errorOf(
      street.stripe.transfers.create({ amount: 900_000, currency: 'usd', destination }),
    );

    expect(error.code).toBe('balance_insufficient');
  });

  it('are reversed in parts, while the recipient still has the money', async () => {
    const intent = await pay(street.stripe);
    const destination = await recipient(street);
    const transfer = await street.stripe.transfers.create({
      amount: 2000,
      currency: 'usd',
      destination,
      source_transaction: chargeOf(intent),
    });

    await street.stripe.transfers.createReversal(transfer.id, { amount: 500 });
    await street.door(`/accounts/${destination}/payout`, {});
    const error = await errorOf(street.stripe.transfers.createReversal(transfer.id));

    expect(error.code).toBe('balance_insufficient');
    const read = await street.stripe.transfers.retrieve(transfer.id);
    expect(read).toMatchObject({ amount_reversed: 500, reversed: false });
    expect(read.reversals.data).toHaveLength(1);
  });
});

describe('disputes', () => {
  const disputed = async () => {
    const intent = await pay(street.stripe);
    const charge = chargeOf(intent);
    const dispute = await street.door<Stripe.Dispute>('/disputes', { charge });
    return { charge, dispute, intent };
  };

  it('take the money, and stop refunds', async () => {
    const { charge, dispute, intent } = await disputed();

    const read = await street.stripe.disputes.retrieve(dispute.id);

    expect(read.balance_transactions[0]).toMatchObject({ amount: -2000, fee: 1500, net: -3500 });
    expect((await street.stripe.charges.retrieve(charge)).disputed).toBe(true);
    const refund = street.stripe.refunds.create({ payment_intent: intent.id });
    expect((await errorOf(refund)).code).toBe('charge_disputed');
    await until(() => street.types().includes('charge.dispute.funds_withdrawn'));
  });

  it.each([
    ['winning_evidence', 'won', 'charge.dispute.funds_reinstated'],
    ['losing_evidence', 'lost', 'charge.dispute.closed'],
  ])('are decided by %s', async (text, status, event) => {
    const { dispute } = await disputed();

    const submitted = await street.stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: text },
      submit: true,
    });

    expect(submitted.status).toBe('under_review');
    await until(async () => (await street.stripe.disputes.retrieve(dispute.id)).status === status);
    await until(() => street.types().includes(event));
  });

  it('can be conceded, or ended at the door, and not twice', async () => {
    const conceded = await disputed();
    const ended = await disputed();

    expect((await street.stripe.disputes.close(conceded.dispute.id)).status).toBe('lost');
    await street.door(`/disputes/${ended.dispute.id}/close`, { result: 'won' });
    expect((await street.stripe.disputes.retrieve(ended.dispute.id)).status).toBe('won');
    expect((await errorOf(street.stripe.disputes.close(ended.dispute.id))).statusCode).toBe(400);
  });
});

describe('holds', () => {
  const hold = () =>
    street.stripe.paymentIntents.create({
      amount: 2000,
      currency: 'usd',
      payment_method: 'pm_card_visa',
      capture_method: 'manual',
      confirm: true,
      off_session: true,
    });

  it('are captured in part, and the rest is let go', async () => {
    const intent = await hold();
    expect(intent).toMatchObject({ status: 'requires_capture', amount_capturable: 2000 });

    const captured = await street.stripe.paymentIntents.capture(intent.id, {
      amount_to_capture: 1500,
    });

    expect(captured).toMatchObject({ status: 'succeeded', amount_received: 1500 });
    const again = street.stripe.paymentIntents.capture(intent.id);
    expect((await errorOf(again)).code).toBe('payment_intent_unexpected_state');
  });

  it('are cancelled, by us or by time', async () => {
    const ours = await hold();
    const late = await hold();

    const canceled = await street.stripe.paymentIntents.cancel(ours.id);
    street.clock.advance(7 * 24 * 3600 * 1000 + 1000);

    expect(canceled.status).toBe('canceled');
    await until(async () => {
      const read = await street.stripe.paymentIntents.retrieve(late.id);
      return read.cancellation_reason === 'expired';
    });
  });
});

describe('the books', () => {
  it('add up for one account', async () => {
    const destination = await merchant(street);
    const header = { stripeAccount: destination };
    const intent = await street.stripe.paymentIntents.create(
      {
        amount: 5000,
        currency: 'eur',
        payment_method: 'pm_card_visa',
        application_fee_amount: 250,
        confirm: true,
        off_session: true,
      },
      header,
    );
    await street.stripe.refunds.create({ payment_intent: intent.id, amount: 1000 }, header);

    const books = await street.door<{ totals: unknown }>(`/books?account=${destination}`);

    expect(books.totals).toEqual({
      eur: { charged: 5000, refunded: 1000, transferred: 0, reversed: 0, disputed: 0 },
    });
    const fee = await until(async () => {
      const { data } = await street.stripe.balanceTransactions.list({ type: 'application_fee' });
      return data[0];
    });
    expect(fee).toMatchObject({ amount: 250, currency: 'eur' });
    const foreign = street.stripe.paymentIntents.retrieve(intent.id);
    expect((await errorOf(foreign)).statusCode).toBe(404);
  });
});
