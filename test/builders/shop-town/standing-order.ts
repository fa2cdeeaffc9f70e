// An order in any state that a shop town is to find in its books, put there without having lived through the steps before.
import type { Order } from '../../../lambdas/domain/orders/order.ts';
import { anOrderDraft } from '../orders.ts';
import type { ShopTown } from './open-shop-town.ts';

/** On Joe's account; $4.86, of which 5¢ are the operator's. */
export async function standingOrder(
  town: Pick<ShopTown, 'world' | 'time'>,
  changes: Partial<Order> = {},
  whose: 'somebodys' | 'nobodys' = 'somebodys',
): Promise<Order> {
  const { order, entry } = anOrderDraft({ createdAtMs: town.time.nowMs });
  const { address: _thread, ...nobodys } = order;
  const known = whose === 'nobodys' ? nobodys : order;
  const standing: Order = { ...known, trail: { accountId: 'acct_joe' }, ...changes };
  const committed = await town.world.orders.commit({ order: standing, entry });
  if (committed.kind !== 'done') throw new Error(`Not put into the books: ${committed.kind}`);
  return standing;
}
