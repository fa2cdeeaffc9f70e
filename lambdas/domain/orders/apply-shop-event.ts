// An event on a shop's own account is a hint: look its object up, and move the order that it belongs to forward only.
import type { EventSettled } from '../payments/event-settled.ts';
import type { Found } from '../payments/ports.ts';
import { RetryLater } from '../retry-later.ts';
import type { World } from '../world.ts';
import type { AdvanceOrderWorld } from './advance-order.ts';
import { followRefund } from './follow-refund.ts';
import { refreshMerchant } from './merchant.ts';
import type { Order, OrderId } from './order.ts';
import { followOrderDispute, hearOfEarlierDispute } from './order-dispute.ts';
import { isBooked } from './refundable.ts';
import { settleCheckout } from './settle-checkout.ts';
import { settleOrderCharge } from './settle-order-charge.ts';
import type { ShopEvent } from './shop-event.ts';

export interface ArrivedShopEvent {
  readonly accountId: string;
  readonly about: ShopEvent;
  /** How often the queue has handed it over, this time included. */
  readonly deliveries: number;
}

/** After so many deliveries an event whose order we do not have is somebody else's. */
const deliveriesBeforeGivingUp = 4;

/**
 * Throws RetryLater while the provider does not answer or our own row is not there yet. An account that has left answers
 * no more, however often it is asked: its last hints are given up without waking anybody.
 */
export async function applyShopEvent(
  world: AdvanceOrderWorld,
  arrived: ArrivedShopEvent,
): Promise<EventSettled> {
  try {
    return await follow(world, arrived);
  } catch (error) {
    const isUnanswered = error instanceof RetryLater && error.reason === 'provider_unknown';
    if (!isUnanswered || arrived.deliveries < deliveriesBeforeGivingUp) throw error;
    const shop = await world.shops.byAccount(arrived.accountId);
    if (shop?.account?.status !== 'left') throw error;
    return 'gave_up_waiting';
  }
}

async function follow(world: AdvanceOrderWorld, arrived: ArrivedShopEvent): Promise<EventSettled> {
  switch (arrived.about.kind) {
    case 'checkout_changed':
      return applyCheckout(world, arrived, arrived.about.sessionId);
    case 'charge_changed':
      return applyCharge(world, arrived, arrived.about.intentId);
    case 'refund_changed':
      return applyRefund(world, arrived, arrived.about.refundId);
    case 'dispute_changed':
      return applyDispute(world, arrived, arrived.about.disputeId);
    case 'merchant_changed':
      return applyMerchant(world, arrived.accountId);
  }
}

async function applyCheckout(
  world: AdvanceOrderWorld,
  arrived: ArrivedShopEvent,
  sessionId: string,
): Promise<EventSettled> {
  const { lookUp } = world.shopProvider;
  const found = mustAnswer(await lookUp.checkout(arrived.accountId, sessionId));
  if (found === undefined) return 'unknown_object';
  return withOrder(world, arrived, {
    orderId: found.orderId,
    act: async (order) => {
      await settleCheckout(world, order, { sessionId, answer: found.answer, isDue: false });
    },
  });
}

async function applyCharge(
  world: AdvanceOrderWorld,
  arrived: ArrivedShopEvent,
  intentId: string,
): Promise<EventSettled> {
  const { lookUp } = world.shopProvider;
  const found = mustAnswer(await lookUp.charge(arrived.accountId, intentId));
  if (found === undefined) return 'unknown_object';
  return withOrder(world, arrived, {
    orderId: found.orderId,
    act: async (order) => {
      await settleOrderCharge(world, order, { ...found, isDue: false });
    },
  });
}

async function applyRefund(
  world: AdvanceOrderWorld,
  arrived: ArrivedShopEvent,
  providerRefundId: string,
): Promise<EventSettled> {
  const { lookUp } = world.shopProvider;
  const found = mustAnswer(await lookUp.refund(arrived.accountId, providerRefundId));
  if (found === undefined) return 'unknown_object';
  const orderId = found.orderId ?? (await orderOfCharge(world, arrived.accountId, found.intentId));
  return withOrder(world, arrived, {
    orderId,
    intentId: found.intentId,
    act: (order) => followRefund(world, order, { providerRefundId, found }),
  });
}

async function applyDispute(
  world: AdvanceOrderWorld,
  arrived: ArrivedShopEvent,
  disputeId: string,
): Promise<EventSettled> {
  const { lookUp } = world.shopProvider;
  const found = mustAnswer(await lookUp.dispute(arrived.accountId, disputeId));
  if (found === undefined) return 'unknown_object';
  return withOrder(world, arrived, {
    orderId: await orderOfCharge(world, arrived.accountId, found.intentId),
    intentId: found.intentId,
    act: async (order) => {
      await hearOfEarlierDispute(world, order, { disputeId, found });
      await followOrderDispute(world, order.id, { disputeId, found });
    },
  });
}

async function applyMerchant(world: AdvanceOrderWorld, accountId: string): Promise<EventSettled> {
  const shop = await world.shops.byAccount(accountId);
  if (shop === undefined) return 'unknown_object';
  switch (await refreshMerchant(world, shop.id)) {
    case 'refreshed':
      return 'applied';
    case 'no_account':
      return 'unknown_object';
    case 'unknown':
      throw new RetryLater('provider_unknown');
  }
}

/** By what we know of the charge, else by our mark on it; a shop may take money for other things on its account. */
async function orderOfCharge(
  world: Pick<World, 'orders' | 'shopProvider'>,
  accountId: string,
  intentId: string | undefined,
): Promise<OrderId | undefined> {
  if (intentId === undefined) return undefined;
  const known = await world.orders.byIntent(intentId);
  if (known !== undefined) return known.id;
  return mustAnswer(await world.shopProvider.lookUp.charge(accountId, intentId))?.orderId;
}

/** What an object says of itself, and what is to be done when that is so. */
interface ToldOf {
  readonly orderId: OrderId | undefined;
  /** The charge that has to be in our books before anything can be taken from it. */
  readonly intentId?: string | undefined;
  readonly act: (order: Order) => Promise<void>;
}

/** Parks (by coming again) an event that is quicker than our own row; gives up on what is not ours. */
async function withOrder(
  world: AdvanceOrderWorld,
  arrived: ArrivedShopEvent,
  told: ToldOf,
): Promise<EventSettled> {
  if (told.orderId === undefined) return 'unknown_object';
  const order = await world.orders.get(told.orderId);
  if (order === undefined) return comeAgain(arrived.deliveries);
  // A mark can be copied onto any account: it counts on the one that the order is paid on.
  if (!(await isPaidOn(world, order, arrived.accountId))) return 'unknown_object';
  if ('intentId' in told) {
    const { intentId } = told;
    if (intentId === undefined) return 'unknown_object';
    if (!(await isInOurBooks(world, arrived, { order, intentId })))
      return comeAgain(arrived.deliveries);
  }
  await told.act(order);
  return 'applied';
}

/** News of what was taken may be hours behind the news of what became of it: the charge is followed first, then. */
async function isInOurBooks(
  world: AdvanceOrderWorld,
  arrived: ArrivedShopEvent,
  { order, intentId }: { readonly order: Order; readonly intentId: string },
): Promise<boolean> {
  if (isBooked(order, intentId)) return true;
  await applyCharge(world, arrived, intentId);
  const now = await world.orders.get(order.id);
  return now !== undefined && isBooked(now, intentId);
}

function comeAgain(deliveries: number): EventSettled {
  if (deliveries >= deliveriesBeforeGivingUp) return 'gave_up_waiting';
  throw new RetryLater('row_not_there_yet');
}

async function isPaidOn(
  world: Pick<World, 'shops'>,
  order: Order,
  accountId: string,
): Promise<boolean> {
  if (order.trail.accountId !== undefined) return order.trail.accountId === accountId;
  return (await world.shops.byAccount(accountId))?.id === order.shopId;
}

function mustAnswer<Thing>(found: Found<Thing>): Thing | undefined {
  if (found.kind === 'unknown') throw new RetryLater('provider_unknown');
  return found.kind === 'found' ? found.thing : undefined;
}
