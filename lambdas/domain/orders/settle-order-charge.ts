// Turns a provider's answer about a charge of an order into the order's next step, whoever brought the answer.
import type { Money } from '../money/money.ts';
import type { ChargeAnswer } from '../payments/ports.ts';
import { changeOrder } from './change-order.ts';
import { isBeingPaid, type Order, type OrderId, type OrderTrail } from './order.ts';
import { checkoutLifeMs } from './order-due-dates.ts';
import type { OrderChange } from './ports.ts';
import { askedStep, declinedStep, endStep } from './settle-checkout.ts';
import { settlePaid, type SettleOrderWorld } from './settle-paid.ts';
import { takeOrderStep } from './take-order-step.ts';

export interface ToldOfCharge {
  readonly answer: ChargeAnswer;
  /** As looked up; where the charge was asked for, it is what was asked. */
  readonly total?: Money;
  readonly card?: OrderTrail['card'];
  /** Of which try, where it answers one; an event is of the charge that it names. */
  readonly attempt?: number;
  readonly isDue: boolean;
}

/** What is taken counts, whichever way it came. That nothing was taken counts of the saved card alone: Checkout lets its buyers try again. */
export async function settleOrderCharge(
  world: SettleOrderWorld,
  subject: OrderId | Order,
  told: ToldOfCharge,
): Promise<Order | undefined> {
  const { answer, card } = told;
  if (answer.kind === 'done') {
    const order = typeof subject === 'string' ? await world.orders.get(subject) : subject;
    if (order === undefined) return undefined;
    const { intentId, chargeId } = answer;
    const total = told.total ?? order.bill.total;
    return settlePaid(world, order, {
      intentId,
      chargeId,
      total,
      ...(card === undefined ? {} : { card }),
    });
  }
  const changed = await changeOrder(world, subject, (order) =>
    isOfThisTry(order, told) ? stepFor(world, order, told) : undefined,
  );
  return changed?.order;
}

function isOfThisTry(order: Order, { answer, attempt }: ToldOfCharge): boolean {
  if (!isBeingPaid(order) || order.method !== 'saved_card') return false;
  if (attempt !== undefined) return attempt === order.attempt;
  return 'intentId' in answer && answer.intentId === order.trail.intentId;
}

function stepFor(
  world: SettleOrderWorld,
  order: Order,
  { answer, isDue }: ToldOfCharge,
): OrderChange | undefined {
  switch (answer.kind) {
    case 'declined':
      return order.closing === undefined
        ? declinedStep(world, order, { reason: answer.reason, actor: 'provider' })
        : endStep(world, order);
    case 'needs_action':
      if (order.state === 'needs_action') return isDue ? askedStep(world, order) : undefined;
      return intentStep(world, order, { step: 'action_needed', intentId: answer.intentId });
    case 'pending':
      if (order.state === 'awaiting_payment' && order.trail.intentId === answer.intentId)
        return isDue ? askedStep(world, order) : undefined;
      return intentStep(world, order, { step: 'payment_pending', intentId: answer.intentId });
    case 'unknown':
    case 'done':
      return isDue ? askedStep(world, order) : undefined;
  }
}

/** A buyer at their bank has as long as one at Checkout. */
function intentStep(
  world: SettleOrderWorld,
  order: Order,
  {
    step,
    intentId,
  }: { readonly step: 'action_needed' | 'payment_pending'; readonly intentId: string },
): OrderChange {
  const nowMs = world.clock.now();
  return takeOrderStep(order, {
    step,
    actor: 'provider',
    nowMs,
    settings: world.settings,
    changes: {
      trail: { ...order.trail, intentId },
      ...(step === 'action_needed' ? { payBeforeMs: nowMs + checkoutLifeMs } : {}),
    },
  });
}
