// Calls off an order that is not paid: a draft at once, one that is being paid only after the provider has closed it.
import type { Actor } from '../journal/entry.ts';
import type { World } from '../world.ts';
import { changeOrder } from './change-order.ts';
import type { Order, OrderId } from './order.ts';
import type { OrderStep } from './order-steps.ts';
import type { OrderChange } from './ports.ts';
import { takeOrderStep } from './take-order-step.ts';

export interface CancelOrderOutcome {
  /** `closing`: the provider is asked first, for it may be paid this moment; paid wins. */
  readonly kind: 'cancelled' | 'closing' | 'too_late';
  readonly order: Order;
}

export interface CancelOrderSaid {
  readonly orderId: OrderId;
  readonly actor: 'buyer' | 'shop' | 'clock';
}

export async function cancelOrder(
  world: Pick<World, 'orders' | 'clock' | 'settings'>,
  { orderId, actor }: CancelOrderSaid,
): Promise<CancelOrderOutcome> {
  const changed = await changeOrder(world, orderId, (order) => cancelStep(world, order, actor));
  if (changed === undefined) throw new Error(`Order ${orderId} is not there.`);
  return { kind: kindOf(changed.order), order: changed.order };
}

function cancelStep(
  world: Pick<World, 'clock' | 'settings'>,
  order: Order,
  actor: Extract<Actor, 'buyer' | 'shop' | 'clock'>,
): OrderChange | undefined {
  const take = (step: OrderStep, closing?: Order['closing']) =>
    takeOrderStep(order, {
      step,
      actor,
      nowMs: world.clock.now(),
      settings: world.settings,
      changes: closing === undefined ? {} : { closing },
    });
  switch (order.state) {
    case 'draft':
      return take(actor === 'clock' ? 'draft_expired' : 'draft_cancelled');
    case 'awaiting_payment':
    case 'needs_action':
      if (order.closing !== undefined || isWithTheBank(order)) return undefined;
      if (isOutOfReach(order)) return take(actor === 'clock' ? 'order_expired' : 'order_cancelled');
      return take('closing_wanted', actor === 'clock' ? 'expire' : 'cancel');
    case 'paid':
    case 'preparing':
    case 'ready':
    case 'fulfilled':
    case 'cancelled':
    case 'expired':
    case 'conflicted':
      return undefined;
  }
}

/** The buyer has finished, and their bank says in days: nothing can be called off. */
function isWithTheBank({ state, trail }: Order): boolean {
  return state === 'awaiting_payment' && trail.intentId !== undefined;
}

/** A page that is not written down was shown to nobody: see ask-for-payment.ts. */
export function isOutOfReach({ method, trail }: Order): boolean {
  return method === 'checkout' && trail.sessionId === undefined;
}

function kindOf(order: Order): CancelOrderOutcome['kind'] {
  switch (order.state) {
    case 'cancelled':
    case 'expired':
      return 'cancelled';
    case 'awaiting_payment':
    case 'needs_action':
      return order.closing === undefined ? 'too_late' : 'closing';
    case 'draft':
    case 'paid':
    case 'preparing':
    case 'ready':
    case 'fulfilled':
    case 'conflicted':
      return 'too_late';
  }
}
