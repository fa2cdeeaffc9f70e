// The pictures of what an order's bill lists: those that we hold ourselves, so that no other host learns who buys what.
import type { Order } from '../lambdas/domain/orders/order.ts';
import { pictureIdIn, pictureUrl } from '../lambdas/domain/shops/picture.ts';
import type { Pictures } from './order-bill.ts';
import type { PageWorld } from './page-world.ts';

export async function picturesOf(
  world: Pick<PageWorld, 'products' | 'publicUrl'>,
  { shopId, bill }: Pick<Order, 'shopId' | 'bill'>,
): Promise<Pictures> {
  const ids = bill.lines.flatMap(({ productId }) => productId ?? []);
  const products = ids.length === 0 ? [] : await world.products.byIds(shopId, ids);
  const shown = products.flatMap(({ id, imageUrl }): [string, string][] => {
    const picture = pictureIdIn(imageUrl, world.publicUrl);
    // As a path: the page may be open at another name of this very host.
    return picture === undefined ? [] : [[id, pictureUrl('', picture)]];
  });
  return new Map(shown);
}
