// Somebody comes back to an order that is being paid: the provider is asked how it stands, and nothing is believed before.
import type { Shop } from '../shops/shop.ts';
import type { Found } from '../payments/ports.ts';
import {
  accountOf,
  askForPayment,
  type PaymentOutcome,
  type PaymentUrls,
  type PayOrderWorld,
  standing,
} from './ask-for-payment.ts';
import { isBeingPaid, type Order, type OrderId } from './order.ts';
import type { FoundCheckout, FoundOrderCharge } from './ports.ts';
import { settleCheckout } from './settle-checkout.ts';
import { settleOrderCharge } from './settle-order-charge.ts';

/** Harmless for whoever calls it, however often: it only reads the provider and moves the order forward. */
export async function refreshOrder(
  world: PayOrderWorld,
  orderId: OrderId,
): Promise<Order | undefined> {
  const order = await world.orders.get(orderId);
  if (order === undefined) return undefined;
  return (await lookAtPayment(world, order)).order;
}

/** For whoever presses Pay, maybe not the first time: led on to where the payment waits, or told how it stands. */
export async function refreshPayment(
  world: PayOrderWorld,
  asked: { readonly order: Order; readonly shop: Shop; readonly urls: PaymentUrls },
): Promise<PaymentOutcome> {
  const { order } = asked;
  const { trail, payBeforeMs = 0 } = order;
  if (!isBeingPaid(order) || order.closing !== undefined) return standing(order);
  const isStarted = trail.sessionId !== undefined || trail.intentId !== undefined;
  const isTimeLeft = payBeforeMs > world.clock.now();
  // Past that time a page that nobody was sent to is let go, and a charge is asked about by whoever comes round.
  if (!isStarted && !isTimeLeft)
    return order.method === 'saved_card' ? standing(order) : { kind: 'not_open', order };
  if (!isStarted) return askForPayment(world, asked);
  const looked = await lookAtPayment(world, order);
  if (looked.url !== undefined && looked.order.state === 'needs_action')
    return { kind: 'needs_action', url: looked.url, order: looked.order };
  if (looked.reason !== undefined && looked.order.state === 'draft')
    return { kind: 'declined', reason: looked.reason, order: looked.order };
  return standing(looked.order);
}

interface Looked {
  readonly order: Order;
  /** Where the buyer's bank waits for them. */
  readonly url?: string;
  readonly reason?: string;
}

async function lookAtPayment(world: PayOrderWorld, order: Order): Promise<Looked> {
  const { sessionId, intentId } = order.trail;
  if (!isBeingPaid(order)) return { order };
  if (order.method === 'checkout' && sessionId !== undefined) {
    const found = await world.shopProvider.lookUp.checkout(accountOf(order), sessionId);
    return { order: await settleFoundCheckout(world, order, found) };
  }
  if (order.method !== 'saved_card' || intentId === undefined) return { order };
  const found = await world.shopProvider.lookUp.charge(accountOf(order), intentId);
  return settleFoundCharge(world, order, found);
}

async function settleFoundCheckout(
  world: PayOrderWorld,
  order: Order,
  found: Found<FoundCheckout>,
): Promise<Order> {
  if (found.kind !== 'found') return order;
  const { answer } = found.thing;
  const sessionId = order.trail.sessionId ?? '';
  return (await settleCheckout(world, order, { sessionId, answer, isDue: false })) ?? order;
}

async function settleFoundCharge(
  world: PayOrderWorld,
  order: Order,
  found: Found<FoundOrderCharge>,
): Promise<Looked> {
  if (found.kind !== 'found') return { order };
  const { answer } = found.thing;
  const settled = await settleOrderCharge(world, order, { ...found.thing, isDue: false });
  return {
    order: settled ?? order,
    ...(answer.kind === 'needs_action' ? { url: answer.url } : {}),
    ...(answer.kind === 'declined' ? { reason: answer.reason } : {}),
  };
}
