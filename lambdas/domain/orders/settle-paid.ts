// The provider took money for an order: it is sold; or, where that cannot be, the money goes straight back.
import { isSameMoney, type Money } from '../money/money.ts';
import type { World } from '../world.ts';
import { changeOrder } from './change-order.ts';
import {
  isNobodys,
  isPaid,
  type Order,
  type OrderId,
  type OrderTrail,
  type Refund,
} from './order.ts';
import type { OrderChange, PaidBy } from './ports.ts';
import { feeBackFor, isBooked } from './refundable.ts';
import { type OrderStepChanges, type OrderStepTaken, takeOrderStep } from './take-order-step.ts';

export type SettleOrderWorld = Pick<World, 'orders' | 'savedCards' | 'ids' | 'clock' | 'settings'>;

/** The same charge told twice is one; whoever told it. Gives the order as it stands then. */
export async function settlePaid(
  world: SettleOrderWorld,
  subject: OrderId | Order,
  paid: PaidBy,
): Promise<Order | undefined> {
  const changed = await changeOrder(world, subject, (order) => paidStep(world, order, paid));
  if (changed === undefined) return undefined;
  await rememberCard(world, changed.order, paid);
  // Ended first, so that nothing is sold by a try that the buyer was told had failed: then it is late.
  if (changed.isOurs && !isBooked(changed.order, paid.intentId))
    return settlePaid(world, changed.order, paid);
  return changed.order;
}

function paidStep(world: SettleOrderWorld, order: Order, paid: PaidBy): OrderChange | undefined {
  if (isBooked(order, paid.intentId)) return undefined;
  const nowMs = world.clock.now();
  const taken: Taken = { actor: 'provider', nowMs, settings: world.settings };
  switch (order.state) {
    case 'draft':
      return takeOrderStep(order, {
        ...taken,
        step: 'draft_cancelled',
        reason: 'paid_by_earlier_try',
      });
    case 'awaiting_payment':
    case 'needs_action':
      return soldStep(order, paid, taken);
    case 'paid':
    case 'preparing':
    case 'ready':
    case 'fulfilled':
    case 'conflicted': {
      const refund = wholeRefund(world, order, { paid, reason: 'paid_twice' });
      const changes = { refunds: [...order.refunds, refund] };
      return takeOrderStep(order, { ...taken, step: 'paid_twice', changes });
    }
    case 'cancelled':
    case 'expired':
      return lateStep(world, order, { paid, taken });
  }
}

type Taken = Pick<OrderStepTaken, 'actor' | 'nowMs' | 'settings'>;

function soldStep(order: Order, paid: PaidBy, taken: Taken): OrderChange {
  const isRight = isSameMoney(paid.total, order.bill.total);
  const changes = {
    paidAtMs: taken.nowMs,
    trail: trailAfter(order, paid),
    ...payerOf(order, paid),
  };
  return isRight
    ? takeOrderStep(order, { ...taken, step: 'paid', changes })
    : takeOrderStep(order, { ...taken, step: 'paid_wrongly', changes, reason: 'amount_mismatch' });
}

/** Whom the shop has before it is who was asked; where that was nobody, it is who paid. */
function payerOf(order: Order, { payer }: PaidBy): OrderStepChanges {
  if (!isNobodys(order)) return {};
  return {
    ...(payer?.name === undefined ? {} : { buyerName: payer.name }),
    ...(payer?.email === undefined ? {} : { payerEmail: payer.email }),
  };
}

/** Nobody keeps money that came after the buyer was told that it would not. */
function lateStep(
  world: SettleOrderWorld,
  order: Order,
  { paid, taken }: { readonly paid: PaidBy; readonly taken: Taken },
): OrderChange {
  const isFirst = order.paidAtMs === undefined && order.refunds.length === 0;
  const known = isFirst ? { ...order, trail: trailAfter(order, paid) } : order;
  const refund = wholeRefund(world, known, { paid, reason: 'paid_too_late' });
  const changes = { trail: known.trail, refunds: [...order.refunds, refund] };
  return takeOrderStep(order, { ...taken, step: 'paid_late', changes });
}

function wholeRefund(
  world: Pick<World, 'ids' | 'clock'>,
  order: Order,
  { paid, reason }: { readonly paid: PaidBy; readonly reason: Refund['reason'] },
): Refund {
  const { intentId, total } = paid;
  return {
    id: world.ids.derived('rfd', order.id, intentId),
    state: 'asked',
    amount: total,
    feeBack: feeBackOfWhole(order, intentId, total),
    reason,
    intentId,
    askedAtMs: world.clock.now(),
    asked: 0,
  };
}

/** A charge like the order's own had the order's fee in it. */
function feeBackOfWhole(order: Order, intentId: string, total: Money): Money {
  if (isSameMoney(total, order.bill.total)) return order.fee;
  return feeBackFor(order, intentId, total);
}

function trailAfter(order: Order, paid: PaidBy): OrderTrail {
  const { intentId, chargeId, card, total } = paid;
  return {
    ...order.trail,
    intentId,
    chargeId,
    ...(card === undefined ? {} : { card }),
    ...(isSameMoney(total, order.bill.total) ? {} : { taken: total }),
  };
}

/** Kept for the next time where the buyer ticked it; whichever look-up tells of it, however often. */
async function rememberCard(
  world: Pick<World, 'savedCards'>,
  order: Order,
  { saved, intentId }: PaidBy,
): Promise<void> {
  if (saved === undefined || !isPaid(order.state) || order.trail.intentId !== intentId) return;
  if (isNobodys(order)) return;
  const { shopId, buyerId, createdAtMs: orderMadeAtMs } = order;
  await world.savedCards.save({ shopId, buyerId, ...saved, orderMadeAtMs });
}
