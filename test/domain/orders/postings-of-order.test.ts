// The money of each step of an order, account by account.
import { describe, expect, it } from 'vitest';
import type { Money } from '../../../lambdas/domain/money/money.ts';
import type { Order, OrderDispute, Refund } from '../../../lambdas/domain/orders/order.ts';
import type { OrderStep } from '../../../lambdas/domain/orders/order-steps.ts';
import { postingsOfOrder } from '../../../lambdas/domain/orders/postings-of-order.ts';
import {
  chargeOf,
  feeBackFor,
  isBooked,
  leftToRefund,
} from '../../../lambdas/domain/orders/refundable.ts';
import { anOrderDraft } from '../../builders/orders.ts';
import { usd } from '../../builders/shop-town/joes-coffee.ts';

const euros = (minor: number) => ({ minor, currency: 'EUR' }) as const;

/** $14.00 with 99¢ tax and $1.01 tip in it, of which the operator has 14¢. */
const sold: Order = {
  ...anOrderDraft({ id: 'ord_1', buyerId: 'per_ann' }).order,
  state: 'paid',
  bill: {
    lines: [],
    goods: usd(1000),
    discount: usd(0),
    shipping: usd(200),
    tax: usd(99),
    tip: usd(101),
    total: usd(1400),
  },
  fee: usd(14),
  trail: { accountId: 'acct_joe', intentId: 'pi_1' },
  paidAtMs: 1,
};

function refund(amount: Money, changes: Partial<Refund> = {}): Refund {
  const known = { id: 'rfd_1', state: 'done', feeBack: usd(0), reason: 'duplicate' } as const;
  return { ...known, amount, intentId: 'pi_1', askedAtMs: 1, asked: 0, ...changes };
}

const dispute = (changes: Partial<OrderDispute> = {}): OrderDispute => ({
  id: 'du_1',
  state: 'needs_response',
  amount: usd(1400),
  fee: usd(1500),
  reason: 'fraudulent',
  ...changes,
});

const booked = (step: OrderStep, after: Partial<Order>, before: Partial<Order> = {}) =>
  Object.fromEntries(
    postingsOfOrder(step, { ...sold, ...before }, { ...sold, ...after }).map(
      ({ account, amount }) => [account, amount],
    ),
  );

const charge = {
  'buyer:per_ann': usd(-1400),
  'shop:shp_joe': usd(1400 - 99 - 101 - 14),
  'tax:shp_joe': usd(99),
  'tips:shp_joe': usd(101),
  'tender:fees': usd(14),
};

describe('what a buyer pays', () => {
  it('is the shop’s but for tax, tips and the operator’s fee', () => {
    expect(booked('paid', {})).toEqual(charge);
  });

  it('touches no account that has no part in it', () => {
    const bill = { ...sold.bill, tax: usd(0), tip: usd(0) };
    const accounts = Object.keys(booked('paid', { bill, fee: usd(0) }));

    expect(accounts).toEqual(['buyer:per_ann', 'shop:shp_joe']);
  });

  it.each([usd(1399), euros(1400)])('is all the shop’s where it is not the bill’s: %o', (taken) => {
    const trail = { ...sold.trail, taken };

    expect(booked('paid_wrongly', { trail })).toEqual({
      'buyer:per_ann': { ...taken, minor: -taken.minor },
      'shop:shp_joe': taken,
    });
  });

  it.each(['paid_late', 'paid_twice'] as const)('again is booked as what goes back: %s', (step) => {
    const first = refund(usd(5));
    expect(booked(step, { refunds: [first, refund(usd(1400))] })).toEqual(charge);
    expect(booked(step, { refunds: [first, refund(usd(700))] })).toEqual({
      'buyer:per_ann': usd(-700),
      'shop:shp_joe': usd(700),
    });
    expect(() => booked(step, {})).toThrow(`Order ord_1: ${step} gives nothing back.`);
  });
});

describe('what goes back', () => {
  const half = refund(usd(700), { feeBack: usd(7) });
  const rest = { ...half, id: 'rfd_2' } as const;

  it('is tax and tip in proportion, rounded down, and the fee that goes with it', () => {
    expect(booked('refunded', { refunds: [half] })).toEqual({
      'buyer:per_ann': usd(700),
      'shop:shp_joe': usd(-(700 - 49 - 50 - 7)),
      'tax:shp_joe': usd(-49),
      'tips:shp_joe': usd(-50),
      'tender:fees': usd(-7),
    });
  });

  it('leaves nothing once all of it went back', () => {
    expect(booked('refunded', { refunds: [half, rest] }, { refunds: [half] })).toEqual({
      'buyer:per_ann': usd(700),
      'shop:shp_joe': usd(-(700 - 50 - 51 - 7)),
      'tax:shp_joe': usd(-50),
      'tips:shp_joe': usd(-51),
      'tender:fees': usd(-7),
    });
  });

  it('comes again when the bank did not take it', () => {
    const failed = { ...half, state: 'failed' } as const;

    expect(booked('refund_failed', { refunds: [failed] }, { refunds: [half] })).toEqual({
      'buyer:per_ann': usd(-700),
      'shop:shp_joe': usd(700 - 49 - 50 - 7),
      'tax:shp_joe': usd(49),
      'tips:shp_joe': usd(50),
      'tender:fees': usd(7),
    });
  });

  it.each(['asked', 'pending', 'failed'] as const)('is nothing yet while it is %s', (state) => {
    expect(booked('refund_failed', { refunds: [{ ...half, state }] })).toEqual({});
  });

  it('of another charge than the bill’s is the shop’s alone, whatever went back of the bill', () => {
    const late = refund(usd(300), { id: 'rfd_2', intentId: 'pi_2' });

    expect(booked('refunded', { refunds: [half, late] }, { refunds: [half] })).toEqual({
      'buyer:per_ann': usd(300),
      'shop:shp_joe': usd(-300),
    });
  });

  it('of a charge that was not what was asked is the shop’s, in its own currency', () => {
    const trail = { ...sold.trail, taken: euros(500) };
    const back = refund(euros(500), { feeBack: euros(0) });

    expect(booked('refunded', { trail, refunds: [back] }, { trail })).toEqual({
      'buyer:per_ann': euros(500),
      'shop:shp_joe': euros(-500),
    });
  });
});

describe('a dispute', () => {
  const fees = { 'shop:shp_joe': usd(-1500), 'provider:dispute_fees': usd(1500) };

  it('takes what it is about from nobody yet, and its fee from the shop', () => {
    expect(booked('dispute_opened', { dispute: dispute() })).toEqual({
      'disputed:ord_1': usd(-1400),
      'buyer:per_ann': usd(1400),
      ...fees,
    });
  });

  it.each([
    ['dispute_won', { 'disputed:ord_1': usd(1400), 'buyer:per_ann': usd(-1400) }],
    ['dispute_lost', { 'disputed:ord_1': usd(1400), 'shop:shp_joe': usd(-1400) }],
    ['dispute_moved', {}],
  ] as const)('books its fee once: %s', (step, moved) => {
    expect(booked(step, { dispute: dispute() }, { dispute: dispute() })).toEqual(moved);
  });

  it('books of its fee what is charged later, and what comes back', () => {
    const before = { dispute: dispute() };
    const less = dispute({ fee: usd(1000) });

    expect(booked('dispute_moved', { dispute: less }, before)).toEqual({
      'shop:shp_joe': usd(500),
      'provider:dispute_fees': usd(-500),
    });
  });

  it('after another one has a fee of its own', () => {
    const before = { dispute: dispute({ state: 'won' }) };
    const second = dispute({ id: 'du_2' });

    expect(booked('dispute_opened', { dispute: second }, before)).toMatchObject(fees);
  });

  it('is never booked where there is none', () => {
    expect(() => booked('dispute_lost', {})).toThrow(
      'Order ord_1: dispute_lost without a dispute.',
    );
  });
});

it.each([
  'drafted',
  'requoted',
  'checkout_started',
  'payment_declined',
  'order_cancelled',
  'preparing',
  'fulfilled',
  'cancelled_by_shop',
  'refund_wanted',
  'refund_asked',
  'refund_pending',
  'evidence_sent',
] as const)('%s moves no money, whatever the order has', (step) => {
  const refunds = [refund(usd(700))];

  expect(postingsOfOrder(step, sold, { ...sold, refunds, dispute: dispute() })).toEqual([]);
});

describe('what is left to give back', () => {
  it.each([
    ['all of it at first', {}, usd(1400)],
    ['all that was taken, where that is another amount', taken(usd(1300)), usd(1300)],
    ['nothing before it is paid', { trail: {} }, usd(0)],
    ['less what is on its way', { refunds: [refund(usd(400), { state: 'asked' })] }, usd(1000)],
    ['less what has arrived', { refunds: [refund(usd(400))] }, usd(1000)],
    ['again what failed', { refunds: [refund(usd(400), { state: 'failed' })] }, usd(1400)],
    ['all, where another charge went back', { refunds: [ofAnother()] }, usd(1400)],
    ['less what the bank took', { dispute: dispute({ amount: usd(1000) }) }, usd(400)],
    ['all, where the shop won', { dispute: dispute({ state: 'won' }) }, usd(1400)],
    ['nothing where it lost', { dispute: dispute({ state: 'lost' }) }, usd(0)],
    ['never less than nothing', { dispute: dispute({ amount: usd(1500) }) }, usd(0)],
    ['all, where the bank counts otherwise', { dispute: inEuros() }, usd(1400)],
  ] as const)('is %s', (_, changes, left) => {
    expect(leftToRefund({ ...sold, ...changes })).toEqual(left);
  });

  function taken(amount: Money) {
    return { trail: { ...sold.trail, taken: amount } };
  }
  function ofAnother() {
    return refund(usd(400), { intentId: 'pi_2' });
  }
  function inEuros() {
    return dispute({ amount: euros(1000) });
  }

  it('is nothing of a charge that is not in our books', () => {
    const { paidAtMs: _never, ...unpaid } = sold;
    expect(leftToRefund(unpaid)).toEqual(usd(0));
  });
});

describe('the fee that goes back', () => {
  const back = (amount: Money, refunds: readonly Refund[] = [], changes: Partial<Order> = {}) =>
    feeBackFor({ ...sold, refunds, ...changes }, 'pi_1', amount);
  const given = (amount: number, fee: number, changes: Partial<Refund> = {}) =>
    refund(usd(amount), { feeBack: usd(fee), ...changes });

  it.each([
    ['all of it with the whole', back(usd(1400)), usd(14)],
    ['its part, rounded down', back(usd(799)), usd(7)],
    ['what is missing, with the rest', back(usd(601), [given(799, 7)]), usd(7)],
    ['as if what failed had never been', back(usd(799), [given(799, 7, gone())]), usd(7)],
    ['nothing where too much went back before', back(usd(100), [given(100, 14)]), usd(0)],
    ['never more than what goes back', back(usd(5), [], { fee: usd(1400) }), usd(5)],
    ['nothing of a charge that is not the bill’s', back(usd(5), [], wrong()), usd(0)],
  ])('is %s', (_, fee, expected) => {
    expect(fee).toEqual(expected);
  });

  it('of another charge counts only what went back of that', () => {
    const second = given(1400, 0, { intentId: 'pi_2', state: 'asked' });
    expect(feeBackFor({ ...sold, refunds: [second] }, 'pi_1', usd(1400))).toEqual(usd(14));
    expect(feeBackFor(sold, 'pi_9', usd(1400))).toEqual(usd(14));
  });

  function gone() {
    return { state: 'failed' } as const;
  }
  function wrong() {
    return { trail: { ...sold.trail, taken: usd(1399) } };
  }
});

describe('a charge', () => {
  const order = { ...sold, refunds: [refund(usd(300), { intentId: 'pi_2' })] };
  const { paidAtMs: _never, ...unpaid } = order;

  it.each([
    ['pi_1', usd(1400), true, false],
    ['pi_2', usd(300), true, true],
    ['pi_3', undefined, false, false],
  ])('%s was of %o; in our books: %s, and before it is paid: %s', (intentId, ...expected) => {
    const isNow = isBooked(order, intentId);
    expect([chargeOf(order, intentId), isNow, isBooked(unpaid, intentId)]).toEqual(expected);
  });
});
