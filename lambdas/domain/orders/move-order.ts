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
  /** With `ready` (on its way) or `fulfilled`, where something was sent. */
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
    const isSent = step === 'ready' || step === 'fulfilled';
    const changes = {
      ...(step === 'fulfilled' ? { fulfilledAtMs: nowMs } : {}),
      ...(isSent && tracking !== undefined ? { tracking } : {}),
    };
    return takeOrderStep(takenBack(order, step), { step, actor: 'shop', nowMs, settings, changes });
  });
  if (changed === undefined) throw new Error(`Order ${orderId} is not there.`);
  return { kind: changed.isOurs ? 'moved' : 'not_possible', order: changed.order };
}

function takenBack(order: Order, step: MoveStep): Order {
  if (step === 'fulfilled_undone') return withoutHandover(order);
  return step === 'ready_undone' ? withoutTracking(order) : order;
}

function withoutHandover({ fulfilledAtMs: _handedOverAtMs, ...order }: Order): Order {
  return order;
}

function withoutTracking({ tracking: _sentWith, ...order }: Order): Order {
  return order;
}
