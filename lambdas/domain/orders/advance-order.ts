// What an order's due date asks for, in each state: the sweeper's and the due worker's one question.
import { isZero } from '../money/money.ts';
import { isAskedTooOften, isWithinKeyLife } from '../payments/ask-again.ts';
import type { World } from '../world.ts';
import { accountOf, chargeCard, giveAway, type PayOrderWorld } from './ask-for-payment.ts';
import { cancelOrder, isOutOfReach } from './cancel-order.ts';
import { changeOrder } from './change-order.ts';
import { continueOrderRefund } from './continue-order-refund.ts';
import { hasLeft } from './merchant.ts';
import { isBeingPaid, type Order, type OrderId } from './order.ts';
import { checkoutLifeMs } from './order-due-dates.ts';
import { askAboutDispute } from './order-dispute.ts';
import type { CheckoutAnswer, OrderChange } from './ports.ts';
import { askedStep, endStep, leftStep, settleCheckout } from './settle-checkout.ts';
import { settleOrderCharge, type ToldOfCharge } from './settle-order-charge.ts';

export type AdvanceOrderWorld = PayOrderWorld & Pick<World, 'shops'>;

/** Does what is due now; early, late, twice or from two sides at once makes no difference. */
export async function advanceOrder(world: AdvanceOrderWorld, id: OrderId): Promise<void> {
  const order = await world.orders.get(id);
  if (order?.dueAtMs === undefined || order.dueAtMs > world.clock.now()) return;
  if (order.state === 'draft') {
    await cancelOrder(world, { orderId: id, actor: 'clock' });
    return;
  }
  if (isBeingPaid(order)) return advancePayment(world, order);
  for (const refund of order.refunds) await continueOrderRefund(world, order, refund);
  await askAboutDispute(world, order);
}

async function advancePayment(world: AdvanceOrderWorld, order: Order): Promise<void> {
  if (isZero(order.bill.total)) {
    await giveAway(world, order);
    return;
  }
  if (order.method === 'saved_card') return advanceCharge(world, order);
  if (isOutOfReach(order)) return takeIfUnmoved(world, order, (now) => leftStep(world, now));
  return advanceCheckout(world, order);
}

/** Closed at the provider first: only then is the stock free. A bank that works on it is not interrupted. */
async function advanceCheckout(world: AdvanceOrderWorld, order: Order): Promise<void> {
  const { sessionId = '', intentId } = order.trail;
  const isToClose = order.closing !== undefined || world.clock.now() >= (order.payBeforeMs ?? 0);
  const answer =
    intentId === undefined && isToClose
      ? await world.shopProvider.closeCheckout(accountOf(order), sessionId)
      : await lookAtCheckout(world, order, sessionId);
  if (await isGivenUp(world, order, answer))
    return takeIfUnmoved(world, order, (now) => endStep(world, now, 'account_left'));
  await settleCheckout(world, order, { sessionId, answer, isDue: true });
}

async function lookAtCheckout(
  world: AdvanceOrderWorld,
  order: Order,
  sessionId: string,
): Promise<CheckoutAnswer> {
  const found = await world.shopProvider.lookUp.checkout(accountOf(order), sessionId);
  return found.kind === 'found' ? found.thing.answer : { kind: 'unknown', why: found.kind };
}

/** An account that has left us answers no more: what it may have taken is between the shop and its buyer. */
async function isGivenUp(
  world: Pick<World, 'shops'>,
  order: Order,
  answer: { readonly kind: string },
): Promise<boolean> {
  if (answer.kind !== 'unknown' || !isAskedTooOften(order.asked + 1)) return false;
  return hasLeft(world, order);
}

async function advanceCharge(world: AdvanceOrderWorld, order: Order): Promise<void> {
  const { intentId } = order.trail;
  if (intentId === undefined) return askAboutLostCharge(world, order);
  const accountId = accountOf(order);
  const isToClose =
    order.state === 'needs_action' &&
    (order.closing !== undefined || world.clock.now() >= (order.payBeforeMs ?? 0));
  const told = isToClose
    ? await giveUpCharge(world, accountId, intentId)
    : await lookAtCharge(world, accountId, intentId);
  if (await isGivenUp(world, order, told.answer))
    return takeIfUnmoved(world, order, (now) => endStep(world, now, 'account_left'));
  const { attempt } = order;
  await settleOrderCharge(world, order, { ...told, attempt, isDue: true });
}

/** What was quicker than its end is looked up: only that tells how much was taken. */
async function giveUpCharge(
  world: AdvanceOrderWorld,
  accountId: string,
  intentId: string,
): Promise<Omit<ToldOfCharge, 'isDue'>> {
  const answer = await world.shopProvider.abandonCharge(accountId, intentId);
  return answer.kind === 'done' ? lookAtCharge(world, accountId, intentId) : { answer };
}

async function lookAtCharge(
  world: AdvanceOrderWorld,
  accountId: string,
  intentId: string,
): Promise<Omit<ToldOfCharge, 'isDue'>> {
  const found = await world.shopProvider.lookUp.charge(accountId, intentId);
  return found.kind === 'found' ? found.thing : { answer: { kind: 'unknown', why: found.kind } };
}

/**
 * Asked again under the same key as long as the provider keeps it. After that the same request would be a second charge:
 * it is looked for among the customer's charges instead, and what is not there by then was never made.
 */
async function askAboutLostCharge(world: AdvanceOrderWorld, order: Order): Promise<void> {
  const startedAtMs = (order.payBeforeMs ?? 0) - checkoutLifeMs;
  if (!isWithinKeyLife(startedAtMs, world.clock.now())) return findLostCharge(world, order);
  const outcome = await chargeCard(world, order);
  if (outcome.order.version === order.version)
    await takeIfUnmoved(world, order, (now) => askedStep(world, now));
}

async function findLostCharge(world: AdvanceOrderWorld, order: Order): Promise<void> {
  const { id: orderId, attempt, trail } = order;
  const found = await world.shopProvider.lookUp.lostCharge({
    accountId: accountOf(order),
    customerId: trail.customerId ?? '',
    orderId,
    attempt,
  });
  if (found.kind === 'not_found')
    return takeIfUnmoved(world, order, (now) => endStep(world, now, 'never_charged'));
  const told =
    found.kind === 'found' ? found.thing : { answer: { kind: 'unknown', why: found.why } as const };
  if (await isGivenUp(world, order, told.answer))
    return takeIfUnmoved(world, order, (now) => endStep(world, now, 'account_left'));
  await settleOrderCharge(world, order, { ...told, attempt, isDue: true });
}

/** One step, if nothing has moved since it was due. */
async function takeIfUnmoved(
  world: AdvanceOrderWorld,
  order: Order,
  step: (now: Order) => OrderChange,
): Promise<void> {
  await changeOrder(world, order, (now) => (now.version === order.version ? step(now) : undefined));
}
