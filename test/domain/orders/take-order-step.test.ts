// What every step does beside what it is for: version, asks, stock, what was called off, and why it is where it is.
import { describe, expect, it } from 'vitest';
import type { Order } from '../../../lambdas/domain/orders/order.ts';
import type { OrderStep } from '../../../lambdas/domain/orders/order-steps.ts';
import { takeOrderStep } from '../../../lambdas/domain/orders/take-order-step.ts';
import { aBill, aLine, anOrderDraft, nextOrder } from '../../builders/orders.ts';
import { someSettings } from '../../builders/payments.ts';
import { usd } from '../../builders/shop-town/joes-coffee.ts';

const { order: draft } = anOrderDraft();
const paid = { state: 'paid', trail: { intentId: 'pi_1' }, paidAtMs: 1 } as const;

const after = (step: OrderStep, order: Partial<Order>) => nextOrder({ ...draft, ...order }, step);

it('a step that does not lead on from there is a bug, and moves nothing', () => {
  expect(() => after('paid', {})).toThrow('step paid is not legal from draft');
});

describe('asks without an answer', () => {
  it.each([
    ['one more', 'payment_asked', 'awaiting_payment', 3],
    ['none once a page is open', 'checkout_opened', 'awaiting_payment', 0],
    ['none once the bank works on it', 'payment_pending', 'awaiting_payment', 0],
    ['none once it is called off', 'closing_wanted', 'needs_action', 0],
    ['none once the bill is another', 'requoted', 'draft', 0],
    ['none once it has moved', 'action_needed', 'awaiting_payment', 0],
    ['as many as before, when something else moves', 'held', 'draft', 2],
    ['as many as before, when a buyer asks for money', 'refund_wished', 'paid', 2],
  ] as const)('are %s: %s', (...row) => {
    const [, step, state, asked] = row;
    const order = { ...(state === 'paid' ? paid : {}), state, asked: 2 };

    expect(after(step, order).order).toMatchObject({ asked, version: draft.version + 1 });
  });
});

describe('what was called off', () => {
  it.each([
    ['stays so while nobody knows', 'payment_asked', 'cancel'],
    ['stays so at the buyer’s bank', 'action_needed', 'cancel'],
    ['is no more once the bank works on it', 'payment_pending', undefined],
    ['is no more once it is paid', 'paid', undefined],
    ['is no more once it is back at its bill', 'payment_declined', undefined],
  ] as const)('%s: %s', (_, step, closing) => {
    const { order } = after(step, { state: 'awaiting_payment', closing: 'cancel' });

    expect(order.closing).toBe(closing);
    expect('closing' in order).toBe(closing !== undefined);
  });

  it('is so only from when somebody says it', () => {
    expect('closing' in after('payment_asked', { state: 'awaiting_payment' }).order).toBe(false);
  });
});

it('the reason is of the last step alone', () => {
  const order = { ...draft, reason: 'card_refused' };
  const step = { step: 'held', actor: 'buyer', nowMs: 1, settings: someSettings } as const;

  expect('reason' in takeOrderStep(order, step).order).toBe(false);
  expect(takeOrderStep(order, { ...step, reason: 'late' }).order.reason).toBe('late');
});

it('a date is of the last step alone', () => {
  expect('dueAtMs' in after('paid', { state: 'awaiting_payment', dueAtMs: 5 }).order).toBe(false);
});

describe('the shelf', () => {
  const byHand = { name: 'Hire', choices: [], quantity: 4, unitPrice: usd(1), amount: usd(4) };
  const lines = [aLine('prd_a', 2), aLine('prd_b'), aLine('prd_a', 3), byHand];
  const bill = aBill(lines);
  const held = { bill, isStockReserved: true };

  it('gives all of a thing at once, and nothing of what the shop wrote by hand', () => {
    const { stock, order } = after('checkout_started', { bill });

    expect(stock).toEqual([
      { productId: 'prd_a', delta: -5 },
      { productId: 'prd_b', delta: -1 },
    ]);
    expect(order.isStockReserved).toBe(true);
  });

  it.each([
    ['payment_declined', 'awaiting_payment'],
    ['order_cancelled', 'needs_action'],
    ['order_expired', 'awaiting_payment'],
    ['cancelled_by_shop', 'ready'],
  ] as const)('has it back after %s', (step, state) => {
    const { stock, order } = after(step, { ...held, state });

    expect(stock).toEqual([
      { productId: 'prd_a', delta: 5 },
      { productId: 'prd_b', delta: 1 },
    ]);
    expect(order.isStockReserved).toBe(false);
  });

  it.each([
    ['paid', 'awaiting_payment', true],
    ['fulfilled', 'paid', true],
    ['cancelled_by_shop', 'paid', false],
    ['held', 'draft', false],
  ] as const)('is not touched by %s of what %s', (step, state, isStockReserved) => {
    const change = after(step, { ...paid, state, bill, isStockReserved });

    expect('stock' in change).toBe(false);
    expect(change.order.isStockReserved).toBe(isStockReserved);
  });
});

describe('a wish for money back', () => {
  const refundWish = { state: 'open', wishedAtMs: 1 } as const;
  const refund = {
    id: 'rfd_1',
    state: 'asked',
    amount: usd(100),
    feeBack: usd(1),
    reason: 'duplicate',
    intentId: 'pi_1',
    askedAtMs: 1,
    asked: 0,
  } as const;
  const all = { ...refund, amount: draft.bill.total };
  const of = (step: OrderStep, now: Partial<Order>, refunds: Order['refunds']) =>
    nextOrder({ ...draft, ...paid, refundWish, ...now }, step, { refunds }).order.refundWish?.state;

  it.each([
    ['answered by a part of it', of('refund_wanted', {}, [refund]), 'answered'],
    ['answered by another part of it', of('refund_wanted', with1(), [refund, next()]), 'answered'],
    ['open while only another charge goes back', of('paid_twice', {}, [another()]), 'open'],
    ['open while an old refund moves', of('refund_pending', with1(), [refund]), 'open'],
    ['answered where nothing is left', of('refund_asked', { refunds: [all] }, [all]), 'answered'],
  ])('is %s', (_, state, expected) => {
    expect(state).toBe(expected);
  });

  it('that was answered stays so, and what was never wished is not', () => {
    const answered = { ...refundWish, state: 'answered', refusal: 'No.' } as const;
    const still = nextOrder({ ...draft, ...paid, refundWish: answered }, 'preparing').order;

    expect(still.refundWish).toEqual(answered);
    expect('refundWish' in nextOrder({ ...draft, ...paid }, 'preparing').order).toBe(false);
  });

  function with1() {
    return { refunds: [refund] };
  }
  function next() {
    return { ...refund, id: 'rfd_2' } as const;
  }
  function another() {
    return { ...refund, intentId: 'pi_2' };
  }
});
