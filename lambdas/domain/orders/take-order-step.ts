// The only way an order changes: one legal step, its balanced journal entry, its stock and its next due date together.
import type { Actor } from '../journal/entry.ts';
import { journaled } from '../journal/journaled.ts';
import type { Settings } from '../settings.ts';
import type { ProductId } from '../shops/product.ts';
import { isBeingPaid, type Order } from './order.ts';
import { orderDueAfter } from './order-due-dates.ts';
import { isLegal, type OrderStep, stateAfter } from './order-steps.ts';
import type { OrderChange } from './ports.ts';
import { postingsOfOrder } from './postings-of-order.ts';
import { wishAfter } from './wish-after.ts';

/** What a step may change beside the state; version, state, asked, stock and due date follow by rule. */
export type OrderStepChanges = Partial<
  Pick<
    Order,
    | 'wish'
    | 'bill'
    | 'fee'
    | 'method'
    | 'attempt'
    | 'trail'
    | 'closing'
    | 'refunds'
    | 'refundWish'
    | 'dispute'
    | 'tracking'
    | 'paidAtMs'
    | 'fulfilledAtMs'
    | 'payBeforeMs'
    | 'buyerId'
    | 'buyerName'
    | 'address'
    | 'sent'
    | 'payerEmail'
  >
>;

export interface OrderStepTaken {
  readonly step: OrderStep;
  readonly actor: Actor;
  readonly nowMs: number;
  readonly settings: Pick<Settings, 'draftMinutes'>;
  readonly changes?: OrderStepChanges;
  readonly reason?: string;
}

/** Throws on an illegal step: use cases look at the state first, so that is a bug. */
export function takeOrderStep(order: Order, taken: OrderStepTaken): OrderChange {
  const { step } = taken;
  if (!isLegal(step, order.state)) {
    throw new Error(`Order ${order.id}: step ${step} is not legal from ${order.state}.`);
  }
  const { dueAtMs: _previousDue, reason: _previousReason, closing, ...kept } = order;
  const state = stateAfter(step, order.state);
  // A bank that works on it cannot be stopped; until then, what was called off stays so.
  const staysClosing = isBeingPaid({ state }) && step !== 'payment_pending';
  const moved: Order = {
    ...kept,
    ...(closing === undefined || !staysClosing ? {} : { closing }),
    ...taken.changes,
    version: order.version + 1,
    state,
    asked: askedAfter(step, { order, isMoved: state !== order.state }),
    isStockReserved: isReservedAfter(step, order),
    ...(taken.reason === undefined ? {} : { reason: taken.reason }),
  };
  const stock = stockOf(order, moved);
  const change = changeOf(order, withDue(withWish(order, moved), taken), taken);
  return stock.length === 0 ? change : { ...change, stock };
}

/** The first step: the draft itself. */
export function draftOrderStep(draft: Order, taken: Omit<OrderStepTaken, 'step'>): OrderChange {
  const first = withDue({ ...draft, version: 1, state: 'draft' }, taken);
  return changeOf(undefined, first, { ...taken, step: 'drafted' });
}

/** Counts asks without a clear answer since the last news. */
function askedAfter(
  step: OrderStep,
  { order, isMoved }: { readonly order: Order; readonly isMoved: boolean },
): number {
  if (step === 'payment_asked') return order.asked + 1;
  const isNews =
    isMoved ||
    step === 'checkout_opened' ||
    step === 'payment_pending' ||
    step === 'closing_wanted' ||
    step === 'requoted';
  return isNews ? 0 : order.asked;
}

/** What was sold stays off the shelf; what came to nothing goes back to it. */
function isReservedAfter(step: OrderStep, order: Order): boolean {
  if (step === 'checkout_started') return true;
  return stepsThatFree.has(step) ? false : order.isStockReserved;
}

const stepsThatFree: ReadonlySet<OrderStep> = new Set([
  'payment_declined',
  'order_cancelled',
  'order_expired',
  'cancelled_by_shop',
]);

function stockOf(before: Order, after: Order): NonNullable<OrderChange['stock']> {
  if (before.isStockReserved === after.isStockReserved) return [];
  const sign = after.isStockReserved ? -1 : 1;
  const deltas = new Map<ProductId, number>();
  for (const { productId, quantity } of before.bill.lines) {
    if (productId === undefined) continue;
    deltas.set(productId, (deltas.get(productId) ?? 0) + sign * quantity);
  }
  return [...deltas].map(([productId, delta]) => ({ productId, delta }));
}

function withWish(before: Order, after: Order): Order {
  const refundWish = wishAfter(before, after);
  return refundWish === undefined ? after : { ...after, refundWish };
}

function withDue(order: Order, taken: Pick<OrderStepTaken, 'settings' | 'nowMs'>): Order {
  const dueAtMs = orderDueAfter(order, taken);
  return dueAtMs === undefined ? order : { ...order, dueAtMs };
}

function changeOf(before: Order | undefined, after: Order, taken: OrderStepTaken): OrderChange {
  const postings = before === undefined ? [] : postingsOfOrder(taken.step, before, after);
  const from = before?.state ?? 'nothing';
  const { subject, entry } = journaled(after, { ...taken, from }, postings);
  return { order: subject, entry };
}
