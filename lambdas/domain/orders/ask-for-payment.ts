// Asks the provider for an order's money, as its record says and under its key: asking again is the same request.
import { isZero } from '../money/money.ts';
import type { Shop } from '../shops/shop.ts';
import type { World } from '../world.ts';
import { changeOrder } from './change-order.ts';
import { isBeingPaid, isNobodys, isPaid, type Order } from './order.ts';
import { declinedStep } from './settle-checkout.ts';
import { settleOrderCharge } from './settle-order-charge.ts';
import type { SettleOrderWorld } from './settle-paid.ts';
import { takeOrderStep } from './take-order-step.ts';

export type PaymentOutcome =
  | { readonly kind: 'redirect'; readonly url: string; readonly order: Order }
  | { readonly kind: 'paid'; readonly order: Order }
  /** The bank says in days; the stock stays reserved. */
  | { readonly kind: 'pending'; readonly order: Order }
  | { readonly kind: 'needs_action'; readonly url: string; readonly order: Order }
  | { readonly kind: 'declined'; readonly reason: string; readonly order: Order }
  | { readonly kind: 'not_open'; readonly order: Order }
  /** We do not know yet, and will tell in the thread; nobody is charged twice. */
  | { readonly kind: 'unknown'; readonly order: Order };

export type PayOrderWorld = SettleOrderWorld & Pick<World, 'shopProvider' | 'publicUrl'>;

export interface PaymentUrls {
  readonly success: string;
  readonly cancel: string;
  readonly back: string;
}

/** Of an order that is recorded as being paid; `urls` are where Checkout leads back to. */
export async function askForPayment(
  world: PayOrderWorld,
  asked: { readonly order: Order; readonly shop: Shop; readonly urls: PaymentUrls },
): Promise<PaymentOutcome> {
  if (isZero(asked.order.bill.total)) return giveAway(world, asked.order);
  if (asked.order.method === 'saved_card') return chargeCard(world, asked.order);
  return openCheckout(world, asked);
}

/** A bill of nothing is paid: no provider takes it. */
export async function giveAway(world: PayOrderWorld, order: Order): Promise<PaymentOutcome> {
  const nowMs = world.clock.now();
  const changed = await changeOrder(world, order, (now) =>
    isBeingPaid(now)
      ? takeOrderStep(now, {
          step: 'paid',
          actor: 'buyer',
          nowMs,
          settings: world.settings,
          changes: { paidAtMs: nowMs },
        })
      : undefined,
  );
  return standing(changed?.order ?? order);
}

/**
 * Nobody learns of the page before it is written down with the order: so a page that is not there can be paid by nobody,
 * and an order without one may end without asking.
 */
async function openCheckout(
  world: PayOrderWorld,
  { order, shop, urls }: { readonly order: Order; readonly shop: Shop; readonly urls: PaymentUrls },
): Promise<PaymentOutcome> {
  const { trail, id: orderId, number, attempt, bill, fee, buyerId } = order;
  const answer = await world.shopProvider.openCheckout({
    orderId,
    number,
    attempt,
    accountId: accountOf(order),
    shopName: shop.name,
    bill,
    fee,
    acceptedBrands: shop.acceptedBrands,
    buyerId,
    successUrl: urls.success,
    cancelUrl: urls.cancel,
    expiresAtMs: order.payBeforeMs ?? 0,
    ...(trail.customerId === undefined ? {} : { customerId: trail.customerId }),
    ...(isNobodys(order) ? { isForAnybody: true as const } : {}),
  });
  switch (answer.kind) {
    case 'done':
      return noteCheckout(world, order, answer);
    case 'declined':
      return notOpened(world, order, answer.why);
    case 'unknown':
      return { kind: 'unknown', order };
  }
}

async function noteCheckout(
  world: PayOrderWorld,
  order: Order,
  { url, sessionId }: { readonly url: string; readonly sessionId: string },
): Promise<PaymentOutcome> {
  const changed = await changeOrder(world, order, (now) =>
    isWaitingForPage(now, order)
      ? takeOrderStep(now, {
          step: 'checkout_opened',
          actor: 'provider',
          nowMs: world.clock.now(),
          settings: world.settings,
          changes: { trail: { ...now.trail, sessionId, checkoutUrl: url } },
        })
      : undefined,
  );
  return standing(changed?.order ?? order);
}

/** Stock freed, and back to the bill: a new try is asked for under another key. */
async function notOpened(
  world: PayOrderWorld,
  order: Order,
  reason: string,
): Promise<PaymentOutcome> {
  const changed = await changeOrder(world, order, (now) =>
    isWaitingForPage(now, order)
      ? declinedStep(world, now, { reason, actor: 'provider' })
      : undefined,
  );
  return changed?.isOurs === true
    ? { kind: 'declined', reason, order: changed.order }
    : standing(changed?.order ?? order);
}

function isWaitingForPage(now: Order, asked: Order): boolean {
  const isSameTry = now.attempt === asked.attempt && now.method === 'checkout';
  return isBeingPaid(now) && isSameTry && now.trail.sessionId === undefined;
}

/** Once more under the same key is asking; what it answers is settled. */
export async function chargeCard(world: PayOrderWorld, order: Order): Promise<PaymentOutcome> {
  const { id: orderId, number, attempt, bill, fee, trail } = order;
  const answer = await world.shopProvider.chargeSavedCard({
    orderId,
    number,
    attempt,
    accountId: accountOf(order),
    total: bill.total,
    fee,
    customerId: trail.customerId ?? '',
    instrumentId: trail.instrumentId ?? '',
    returnUrl: returnUrlOf(world, order),
  });
  const settled = await settleOrderCharge(world, order, { answer, attempt, isDue: false });
  const now = settled ?? order;
  if (answer.kind === 'needs_action' && now.state === 'needs_action')
    return { kind: 'needs_action', url: answer.url, order: now };
  if (answer.kind === 'declined' && now.state === 'draft')
    return { kind: 'declined', reason: answer.reason, order: now };
  return standing(now);
}

/** The same for ever, whoever asks, and no key to anything: a token in it would have to be kept. */
export function returnUrlOf({ publicUrl }: Pick<World, 'publicUrl'>, order: Order): string {
  return `${publicUrl}/order/${order.id}/return`;
}

export function accountOf({ id, trail }: Order): string {
  if (trail.accountId === undefined) throw new Error(`Order ${id} is paid on no account.`);
  return trail.accountId;
}

/** How it stands, to whoever comes to pay it. */
export function standing(order: Order): PaymentOutcome {
  const { state, closing, trail } = order;
  if (isPaid(state) && state !== 'conflicted') return { kind: 'paid', order };
  if (!isBeingPaid(order) || closing !== undefined) return { kind: 'not_open', order };
  if (state === 'awaiting_payment' && trail.intentId !== undefined)
    return { kind: 'pending', order };
  return trail.checkoutUrl === undefined
    ? { kind: 'unknown', order }
    : { kind: 'redirect', url: trail.checkoutUrl, order };
}
