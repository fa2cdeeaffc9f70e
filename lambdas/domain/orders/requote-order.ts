// The buyer chooses otherwise, or prices have moved: the same draft with another bill.
import { percentOf } from '../money/money.ts';
import type { Shop } from '../shops/shop.ts';
import type { World } from '../world.ts';
import { billSeen } from './bill-seen.ts';
import { changeOrder } from './change-order.ts';
import { productsOf } from './draft-order.ts';
import type { Bill, Order, OrderId, Wish } from './order.ts';
import { quote, type Refused } from './quote.ts';
import { takeOrderStep } from './take-order-step.ts';

export type RequoteOutcome =
  | { readonly kind: 'requoted'; readonly order: Order }
  | (Refused & { readonly order: Order })
  /** Checked out, cancelled or run out before this. */
  | { readonly kind: 'not_open'; readonly order: Order };

export type RequoteWorld = Pick<World, 'orders' | 'shops' | 'products' | 'clock' | 'settings'>;

export async function requoteOrder(
  world: RequoteWorld,
  orderId: OrderId,
  wish: Wish,
): Promise<RequoteOutcome> {
  const order = await world.orders.get(orderId);
  if (order === undefined) throw new Error(`Order ${orderId} is not there.`);
  if (!isOpenDraft(order, world.clock.now())) return { kind: 'not_open', order };
  const shop = await shopOf(world, order);
  const quoted = await freshQuote(world, shop, wish);
  if (quoted.kind === 'refused') return { ...quoted, order };
  return noteQuote(world, { order, shop, wish, bill: quoted.bill });
}

/** An expired draft stays expired even while the sweeper has not come round. */
export function isOpenDraft(order: Order, nowMs: number): boolean {
  return order.state === 'draft' && (order.dueAtMs ?? 0) > nowMs;
}

export async function shopOf(world: Pick<World, 'shops'>, order: Order): Promise<Shop> {
  const shop = await world.shops.get(order.shopId);
  if (shop === undefined) throw new Error(`Order ${order.id} is of no shop.`);
  return shop;
}

export async function freshQuote(world: Pick<World, 'products' | 'clock'>, shop: Shop, wish: Wish) {
  const products = await productsOf(world, shop, wish);
  return quote(shop, products, { wish, nowMs: world.clock.now() });
}

/** Writes what has changed, if anything has. */
export async function noteQuote(
  world: Pick<World, 'orders' | 'clock' | 'settings'>,
  told: { readonly order: Order; readonly shop: Shop; readonly wish: Wish; readonly bill: Bill },
): Promise<Extract<RequoteOutcome, { kind: 'requoted' | 'not_open' }>> {
  const { wish, bill, shop } = told;
  const nowMs = world.clock.now();
  const changed = await changeOrder(world, told.order, (order) => {
    if (!isOpenDraft(order, nowMs) || billSeen(order) === billSeen({ bill, wish }))
      return undefined;
    const changes = { wish, bill, fee: percentOf(bill.total, shop.feePercent) };
    const { settings } = world;
    return takeOrderStep(order, { step: 'requoted', actor: 'buyer', nowMs, settings, changes });
  });
  if (changed === undefined) throw new Error(`Order ${told.order.id} is not there.`);
  const { order } = changed;
  return isOpenDraft(order, nowMs) ? { kind: 'requoted', order } : { kind: 'not_open', order };
}
