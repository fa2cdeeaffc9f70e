// The buyer pays: what they saw must still be so, the shop must want it, the stock is taken; only then is anybody charged.
import { isOpen, opensAt } from '../shops/opening-hours.ts';
import type { ProductId } from '../shops/product.ts';
import { type Shop, whyNotSelling } from '../shops/shop.ts';
import type { World } from '../world.ts';
import { type PaymentOutcome, type PaymentUrls, type PayOrderWorld } from './ask-for-payment.ts';
import { billSeen } from './bill-seen.ts';
import { changeOrder } from './change-order.ts';
import { productsOf } from './draft-order.ts';
import type { Order, OrderId, Wish } from './order.ts';
import { checkoutLifeMs } from './order-due-dates.ts';
import type { Refused } from './quote.ts';
import { refreshPayment } from './refresh-order.ts';
import { freshQuote, isOpenDraft, noteQuote, shopOf } from './requote-order.ts';
import { type OrderStepChanges, takeOrderStep } from './take-order-step.ts';

export type CheckOutOutcome =
  | PaymentOutcome
  /** Prices or the order itself moved since: nothing is charged for a bill that nobody saw. */
  | { readonly kind: 'bill_changed'; readonly order: Order }
  | { readonly kind: 'sold_out'; readonly names: readonly string[]; readonly order: Order }
  | { readonly kind: 'closed'; readonly opensAtMs?: number }
  | { readonly kind: 'not_selling'; readonly why: NonNullable<ReturnType<typeof whyNotSelling>> }
  | { readonly kind: 'refused_by_shop'; readonly why: string }
  /** The merchant's own system did not answer: no answer is a no. */
  | { readonly kind: 'shop_silent' };

export type CheckOutWorld = PayOrderWorld & Pick<World, 'shops' | 'products' | 'lastWord'>;

export interface CheckOutSaid {
  readonly orderId: OrderId;
  /** What `billSeen` made of the order when it was shown. */
  readonly billSeen: string;
  readonly customerWish: 'checkout' | 'saved_card';
  readonly urls: PaymentUrls;
}

/** Pressed twice, in two tabs or with two ways to pay: one try is made, and the second is told how it stands. */
export async function checkOut(world: CheckOutWorld, said: CheckOutSaid): Promise<CheckOutOutcome> {
  const order = await world.orders.get(said.orderId);
  if (order === undefined) throw new Error(`Order ${said.orderId} is not there.`);
  const shop = await shopOf(world, order);
  if (order.state !== 'draft') return refreshPayment(world, { order, shop, urls: said.urls });
  const stop = await whyNot(world, { order, shop, said });
  if (stop !== undefined) return stop;
  const started = await start(world, { order, shop, said });
  if ('kind' in started) return started;
  return refreshPayment(world, { order: started.order, shop, urls: said.urls });
}

interface Checking {
  readonly order: Order;
  readonly shop: Shop;
  readonly said: CheckOutSaid;
}

/** In the order in which it is cheapest and kindest to say no; the merchant's own system is asked last of all. */
async function whyNot(
  world: CheckOutWorld,
  checking: Checking,
): Promise<CheckOutOutcome | undefined> {
  const { order, shop, said } = checking;
  const nowMs = world.clock.now();
  if (!isOpenDraft(order, nowMs)) return { kind: 'not_open', order };
  if (said.billSeen !== billSeen(order)) return { kind: 'bill_changed', order };
  const why = whyNotSelling(shop);
  if (why !== undefined) return { kind: 'not_selling', why };
  // What the shop asks for itself is paid at night, too.
  if (order.source === 'cart' && !isOpen(shop, nowMs)) {
    const opensAtMs = opensAt(shop, nowMs);
    return { kind: 'closed', ...(opensAtMs === undefined ? {} : { opensAtMs }) };
  }
  return (await whyNotForThisBill(world, checking)) ?? lastWord(world, { order, shop });
}

async function whyNotForThisBill(
  world: CheckOutWorld,
  { order, shop }: Checking,
): Promise<CheckOutOutcome | undefined> {
  const { wish } = order;
  const quoted = await freshQuote(world, shop, wish);
  if (quoted.kind === 'refused') return whatIsLeft(world, { order, shop, refused: quoted });
  if (billSeen({ bill: quoted.bill, wish }) === billSeen(order)) return undefined;
  return billChanged(world, { order, shop, wish, bill: quoted.bill });
}

/** A promotion or a tip that the shop has taken back makes another bill; what else it refuses cannot be sold. */
async function whatIsLeft(
  world: CheckOutWorld,
  {
    order,
    shop,
    refused,
  }: { readonly order: Order; readonly shop: Shop; readonly refused: Refused },
): Promise<CheckOutOutcome> {
  const { why } = refused;
  if (why === 'product_gone')
    return { kind: 'sold_out', names: await namesOfGone(world, shop, order), order };
  if (why !== 'promotion_unknown' && why !== 'tip_unknown') return { kind: 'refused_by_shop', why };
  const { promotionCode: _ended, ...rest } = order.wish;
  const wish: Wish = why === 'tip_unknown' ? { ...order.wish, tipPercent: 0 } : rest;
  const quoted = await freshQuote(world, shop, wish);
  return quoted.kind === 'refused'
    ? { kind: 'refused_by_shop', why: quoted.why }
    : billChanged(world, { order, shop, wish, bill: quoted.bill });
}

/** Those that the shop no longer sells, by the name that they had on the bill. */
async function namesOfGone(
  world: Pick<World, 'products'>,
  shop: Shop,
  { bill, wish }: Order,
): Promise<string[]> {
  const products = await productsOf(world, shop, wish);
  const gone = bill.lines.filter(
    ({ productId }) => productId !== undefined && products.get(productId)?.isActive !== true,
  );
  return [...new Set(gone.map(({ name }) => name))];
}

async function billChanged(
  world: CheckOutWorld,
  told: Parameters<typeof noteQuote>[1],
): Promise<CheckOutOutcome> {
  const { kind, order } = await noteQuote(world, told);
  return { kind: kind === 'requoted' ? 'bill_changed' : 'not_open', order };
}

async function lastWord(
  world: Pick<World, 'lastWord'>,
  asked: { readonly order: Order; readonly shop: Shop },
): Promise<CheckOutOutcome | undefined> {
  if (asked.shop.lastWord === undefined) return undefined;
  const answer = await world.lastWord.ask(asked);
  switch (answer.kind) {
    case 'go':
      return undefined;
    case 'no':
      return { kind: 'refused_by_shop', why: answer.why };
    case 'silent':
      return { kind: 'shop_silent' };
  }
}

/** Record before charge, and take the stock in the same write: the last one goes to one buyer. */
async function start(
  world: CheckOutWorld,
  { order, shop, said }: Checking,
): Promise<{ readonly order: Order } | CheckOutOutcome> {
  const changes = await startedWith(world, { order, shop, said });
  const nowMs = world.clock.now();
  const changed = await changeOrder(world, order, (now) => {
    if (!isOpenDraft(now, nowMs) || billSeen(now) !== said.billSeen) return undefined;
    const { settings } = world;
    return takeOrderStep(now, {
      step: 'checkout_started',
      actor: 'buyer',
      nowMs,
      settings,
      changes,
    });
  });
  if (changed === undefined) throw new Error(`Order ${order.id} is not there.`);
  const { soldOut } = changed;
  if (soldOut.length > 0)
    return { kind: 'sold_out', names: namesOf(changed.order, soldOut), order: changed.order };
  if (changed.order.state !== 'draft') return { order: changed.order };
  return isOpenDraft(changed.order, nowMs)
    ? { kind: 'bill_changed', order: changed.order }
    : { kind: 'not_open', order: changed.order };
}

/** All that the provider will be asked with is in the record, so that it can be asked again. */
async function startedWith(
  world: Pick<World, 'savedCards' | 'clock'>,
  { order, shop, said }: Checking,
): Promise<OrderStepChanges> {
  const saved = await world.savedCards.of(shop.id, order.buyerId);
  const isOneTap = said.customerWish === 'saved_card' && saved !== undefined;
  const accountId = shop.account?.accountId;
  const { brand, last4 } = saved?.instrument ?? {};
  return {
    method: isOneTap ? 'saved_card' : 'checkout',
    payBeforeMs: world.clock.now() + checkoutLifeMs,
    trail: {
      ...(accountId === undefined ? {} : { accountId }),
      ...(saved === undefined ? {} : { customerId: saved.customerId }),
      ...(isOneTap ? { instrumentId: saved.instrument.id } : {}),
      ...(isOneTap && brand !== undefined && last4 !== undefined ? { card: { brand, last4 } } : {}),
    },
  };
}

function namesOf({ bill }: Order, ids: readonly ProductId[]): string[] {
  const names = bill.lines.filter(
    ({ productId }) => productId !== undefined && ids.includes(productId),
  );
  return [...new Set(names.map(({ name }) => name))];
}
