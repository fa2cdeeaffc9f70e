// Everything a shop sells or has sold, with what is left of it: for a file of it, and to compare a file with.
import type { Product, ProductId } from '../shops/product.ts';
import type { ShopId } from '../shops/shop.ts';
import type { World } from '../world.ts';

/** Read at once; a page of the store is shorter. */
const pageSize = 250;

export interface WholeCatalog {
  readonly products: readonly Product[];
  readonly levels: ReadonlyMap<ProductId, number>;
}

export async function readWholeCatalog(
  world: Pick<World, 'products' | 'stock'>,
  shopId: ShopId,
): Promise<WholeCatalog> {
  const products: Product[] = [];
  const levels = new Map<ProductId, number>();
  let after: string | undefined;
  do {
    const page = await world.products.ofShop(shopId, {
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    });
    const ids = page.things.map(({ id }) => id);
    for (const [id, level] of await world.stock.levels(shopId, ids)) levels.set(id, level);
    products.push(...page.things);
    after = page.next;
  } while (after !== undefined);
  return { products, levels };
}
