// The shop reminds somebody of its bill, once: a second reminder would be begging.
import type { World } from '../world.ts';
import { changeOrder } from './change-order.ts';
import { isNobodys, type Order, type OrderId } from './order.ts';
import { isOpenDraft } from './requote-order.ts';
import { takeOrderStep } from './take-order-step.ts';

export interface RemindOutcome {
  readonly kind:
    | 'reminded'
    | 'reminded_before'
    /** Nobody has taken it in Messenger: only the link can be sent again, by the shop. */
    | 'nobody_to_remind'
    | 'not_open';
  readonly order: Order;
}

export async function remindOfBill(
  world: Pick<World, 'orders' | 'clock' | 'settings'>,
  orderId: OrderId,
): Promise<RemindOutcome> {
  const nowMs = world.clock.now();
  const changed = await changeOrder(world, orderId, (order) => {
    if (whyNot(order, nowMs) !== undefined || order.sent === undefined) return undefined;
    const changes = { sent: { ...order.sent, remindedAtMs: nowMs } };
    const { settings } = world;
    return takeOrderStep(order, { step: 'reminded', actor: 'shop', nowMs, settings, changes });
  });
  if (changed === undefined) throw new Error(`Order ${orderId} is not there.`);
  const { order, isOurs } = changed;
  return { kind: isOurs ? 'reminded' : (whyNot(order, nowMs) ?? 'not_open'), order };
}

function whyNot(
  order: Order,
  nowMs: number,
): Exclude<RemindOutcome['kind'], 'reminded'> | undefined {
  if (order.sent === undefined || !isOpenDraft(order, nowMs)) return 'not_open';
  if (isNobodys(order)) return 'nobody_to_remind';
  return order.sent.remindedAtMs === undefined ? undefined : 'reminded_before';
}
