// When an order is looked at again: whatever waits has a date, and nothing else has one.
import { describe, expect, it } from 'vitest';
import type { Order, OrderDispute, Refund } from '../../../lambdas/domain/orders/order.ts';
import { orderDueAfter } from '../../../lambdas/domain/orders/order-due-dates.ts';
import { anOrderDraft } from '../../builders/orders.ts';
import { dayMs, hourMs, minuteMs } from '../../builders/scenes.ts';
import { usd } from '../../builders/shop-town/joes-coffee.ts';

const nowMs = Date.UTC(2027, 0, 1);
const laterMs = nowMs + 10 * dayMs;
const sent = { endsAtMs: laterMs, isByLink: true };
const request = { source: 'payment_request', payBeforeMs: nowMs + hourMs } as const;

const waitsMs = (order: Partial<Order>) => {
  const dueAtMs = orderDueAfter(
    { ...anOrderDraft().order, ...order },
    { nowMs, settings: { draftMinutes: 30 } },
  );
  return dueAtMs === undefined ? undefined : dueAtMs - nowMs;
};

const refund = (changes: Partial<Refund>): Refund => ({
  id: 'rfd_1',
  state: 'asked',
  amount: usd(100),
  feeBack: usd(1),
  reason: 'duplicate',
  intentId: 'pi_1',
  askedAtMs: nowMs,
  asked: 0,
  ...changes,
});

const dispute = (changes: Partial<OrderDispute>): OrderDispute => ({
  id: 'du_1',
  state: 'needs_response',
  amount: usd(100),
  fee: usd(15),
  reason: 'fraudulent',
  ...changes,
});

describe('a draft', () => {
  it.each([
    ['for as long as the settings say', {}, 30 * minuteMs],
    ['as a cart, whatever else is said of it', { payBeforeMs: laterMs }, 30 * minuteMs],
    ['as a request without an end, like a cart', { source: 'payment_request' }, 30 * minuteMs],
    ['as a request, until it must be paid', request, hourMs],
    ['as a sent bill, to its own end', { ...request, sent }, 10 * dayMs],
    ['again after a refusal, to its own end', { ...request, attempt: 2 }, hourMs],
    ['again after a late refusal, as long as a cart', { ...late(), attempt: 2 }, 30 * minuteMs],
    ['once, to its own end, however near', late(), minuteMs],
  ] as const)('stands %s', (_, order, waits) => {
    expect(waitsMs(order)).toBe(waits);
  });

  function late() {
    return { source: 'payment_request', payBeforeMs: nowMs + minuteMs } as const;
  }
});

describe('an order that is being paid', () => {
  const open = { state: 'awaiting_payment', payBeforeMs: nowMs + hourMs } as const;
  const atBank = { ...open, state: 'needs_action' } as const;
  const trail = { intentId: 'pi_1' };
  it.each([
    ['when Checkout’s page has closed', { ...open, method: 'checkout' }, hourMs],
    ['at once where that time is over', { ...open, payBeforeMs: nowMs - 1 }, 0],
    ['at once where there is no such time', { state: 'awaiting_payment' }, 0],
    ['at once when it is called off', { ...open, closing: 'cancel' }, 0],
    ['later when it was asked in vain, also when called off', { ...open, ...askedOnce() }, 30_000],
    ['after five minutes when asked in vain twice', { ...open, asked: 2 }, 5 * minuteMs],
    ['soon when the bank works on it', { ...open, trail }, 30_000],
    ['soon when a card is being charged', { ...open, method: 'saved_card' }, minuteMs],
    ['when the buyer’s time at their bank is over', { ...atBank, trail }, hourMs],
    ['no sooner for a saved card at the bank', { ...atBank, method: 'saved_card' }, hourMs],
  ] as const)('is looked at %s', (_, order, waits) => {
    expect(waitsMs(order)).toBe(waits);
  });

  function askedOnce() {
    return { asked: 1, closing: 'cancel' } as const;
  }
});

describe('an order whose payment is over', () => {
  it.each([
    'paid',
    'preparing',
    'ready',
    'fulfilled',
    'cancelled',
    'expired',
    'conflicted',
  ] as const)('waits for nothing: %s', (state) => {
    expect(waitsMs({ state, payBeforeMs: laterMs })).toBeUndefined();
  });

  it.each([
    ['at once when it was just asked for', { asked: 0 }, 0],
    ['soon when nobody knows', { asked: 1 }, 30_000],
    ['no more when nobody ever knew', { asked: 9 }, undefined],
    ['for the last time', { asked: 8 }, dayMs],
    ['while it is pending', { state: 'pending', asked: 1 }, 30_000],
    ['no more when it is pending for ever', { state: 'pending', asked: 9 }, undefined],
    ['no more when it is done', { state: 'done' }, undefined],
    ['no more when it has failed', { state: 'failed' }, undefined],
  ] as const)('looks at a refund %s', (_, changes, waits) => {
    expect(waitsMs({ state: 'paid', refunds: [refund(changes)] })).toBe(waits);
  });

  it.each([
    ['daily while the shop may answer', {}, dayMs],
    ['daily while the bank thinks', { state: 'under_review' }, dayMs],
    ['no more when it is won', { state: 'won' }, undefined],
    ['no more when it is lost', { state: 'lost' }, undefined],
    ['no more when we may not look', { isOutOfSight: true }, undefined],
  ] as const)('looks at a dispute %s', (_, changes, waits) => {
    expect(waitsMs({ state: 'paid', dispute: dispute(changes) })).toBe(waits);
  });

  it('is looked at for what is due first', () => {
    const refunds = [
      refund({ state: 'pending', asked: 4 }),
      refund({ state: 'pending', asked: 2 }),
    ];

    expect(waitsMs({ state: 'paid', refunds, dispute: dispute({}) })).toBe(5 * minuteMs);
  });
});
