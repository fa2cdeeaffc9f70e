// A sent bill as it left the shop: without the address, the tip and the words of whoever had it open before.
import type { Shop } from '../shops/shop.ts';
import type { World } from '../world.ts';
import { percentOf } from '../money/money.ts';
import { productsOf } from './draft-order.ts';
import type { Order, Wish } from './order.ts';
import { firstQuote } from './quote.ts';
import type { OrderStepChanges } from './take-order-step.ts';

/** Undefined where the shop can no longer sell it so. */
export async function asItWasSent(
  world: Pick<World, 'products' | 'clock'>,
  shop: Shop,
  { wish: before }: Pick<Order, 'wish'>,
): Promise<Pick<OrderStepChanges, 'wish' | 'bill' | 'fee'> | undefined> {
  const { note: _theirs, ...kept } = before;
  const wish: Wish = { ...kept, handover: { kind: 'pick_up' }, tipPercent: 0 };
  const products = await productsOf(world, shop, wish);
  const quoted = firstQuote(shop, products, { wish, nowMs: world.clock.now() });
  if (quoted.kind === 'refused') return undefined;
  return { wish, bill: quoted.bill, fee: percentOf(quoted.bill.total, shop.feePercent) };
}
