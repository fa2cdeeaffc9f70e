// A refund as the provider holds it, ours or made on the provider's own dashboard: the order follows it.
import { zero } from '../money/money.ts';
import type { RefundAnswer } from '../payments/ports.ts';
import type { World } from '../world.ts';
import { changeOrder } from './change-order.ts';
import { settleOrderRefund } from './continue-order-refund.ts';
import type { Order, OrderId, Refund } from './order.ts';
import type { FoundOrderRefund, OrderChange } from './ports.ts';
import { takeOrderStep } from './take-order-step.ts';

/** Of a charge that is in the order's books: whoever calls has looked. */
export async function followRefund(
  world: Pick<World, 'orders' | 'ids' | 'clock' | 'settings'>,
  order: Order,
  told: { readonly providerRefundId: string; readonly found: FoundOrderRefund },
): Promise<void> {
  const known = knownRefund(order, told);
  const { answer } = told.found;
  if (known !== undefined) {
    await settleOrderRefund(world, order.id, { refundId: known.id, answer, isDue: false });
    return;
  }
  await addFromDashboard(world, order.id, told);
}

/** By the id that we wrote on it, or by its own; the mark counts only where it is of the same charge and amount. */
function knownRefund(
  order: Order,
  {
    providerRefundId,
    found,
  }: { readonly providerRefundId: string; readonly found: FoundOrderRefund },
): Refund | undefined {
  return order.refunds.find((refund) => {
    if (refund.providerRefundId !== undefined) return refund.providerRefundId === providerRefundId;
    const isMarked = refund.id === found.refundId && refund.intentId === found.intentId;
    return isMarked && refund.amount.minor === found.amount.minor;
  });
}

async function addFromDashboard(
  world: Pick<World, 'orders' | 'ids' | 'clock' | 'settings'>,
  orderId: OrderId,
  told: { readonly providerRefundId: string; readonly found: FoundOrderRefund },
): Promise<void> {
  const { intentId, answer } = told.found;
  if (intentId === undefined || answer.kind === 'unknown') return;
  await changeOrder(world, orderId, (order) => {
    if (knownRefund(order, told) !== undefined) return undefined;
    return stepFor(world, order, { ...told, intentId, answer });
  });
}

/** One that failed before we heard of it moved nothing. */
function stepFor(
  world: Pick<World, 'ids' | 'clock' | 'settings'>,
  order: Order,
  told: {
    readonly providerRefundId: string;
    readonly found: FoundOrderRefund;
    readonly intentId: string;
    readonly answer: RefundAnswer;
  },
): OrderChange | undefined {
  const { providerRefundId, found, intentId, answer } = told;
  if (answer.kind !== 'done' && answer.kind !== 'pending') return undefined;
  const isDone = answer.kind === 'done';
  const refund: Refund = {
    id: world.ids.derived('rfd', order.id, providerRefundId),
    state: isDone ? 'done' : 'pending',
    amount: found.amount,
    // The dashboard gives back nobody's fee unless it is told to.
    feeBack: zero(found.amount.currency),
    reason: 'requested_by_customer',
    intentId,
    providerRefundId,
    askedAtMs: world.clock.now(),
    asked: isDone ? 0 : 1,
  };
  return takeOrderStep(order, {
    step: isDone ? 'refunded' : 'refund_pending',
    actor: 'shop',
    nowMs: world.clock.now(),
    settings: world.settings,
    changes: { refunds: [...order.refunds, refund] },
    reason: 'made_at_provider',
  });
}
