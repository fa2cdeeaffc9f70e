// The shop makes, hands over, and takes a step back when it tapped the wrong button.
import type { World } from '../world.ts';
import { changeOrder } from './change-order.ts';
import type { Order, OrderId, Tracking } from './order.ts';
import { isLegal, type OrderStep } from './order-steps.ts';
import { takeOrderStep } from './take-order-step.ts';

export type MoveStep = Extract<
  OrderStep,
  'preparing' | 'ready' | 'fulfilled' | 'preparing_undone' | 'ready_undone' | 'fulfilled_undone'
>;

export interface MoveOrderSaid {
  readonly orderId: OrderId;
  readonly step: MoveStep;
  /** With `fulfilled`, where something was sent. */
  readonly tracking?: Tracking;
}

export interface MoveOrderOutcome {
  readonly kind: 'moved' | 'not_possible';
  readonly order: Order;
}

export async function moveOrder(
  world: Pick<World, 'orders' | 'clock' | 'settings'>,
  { orderId, step, tracking }: MoveOrderSaid,
): Promise<MoveOrderOutcome> {
  const nowMs = world.clock.now();
  const { settings } = world;
  const changed = await changeOrder(world, orderId, (order) => {
    if (!isLegal(step, order.state)) return undefined;
    const isSent = step === 'fulfilled';
    const changes = {
      ...(isSent ? { fulfilledAtMs: nowMs } : {}),
      ...(isSent && tracking !== undefined ? { tracking } : {}),
    };
    const from = step === 'fulfilled_undone' ? unsent(order) : order;
    return takeOrderStep(from, { step, actor: 'shop', nowMs, settings, changes });
  });
  if (changed === undefined) throw new Error(`Order ${orderId} is not there.`);
  return { kind: changed.isOurs ? 'moved' : 'not_possible', order: changed.order };
}

function unsent({ fulfilledAtMs: _sentAtMs, tracking: _sentWith, ...order }: Order): Order {
  return order;
}
