// Saves what a shop decided about a product: a new one, or one over what was read.
import type { Product, ProductId } from '../shops/product.ts';
import type { Shop } from '../shops/shop.ts';
import type { World } from '../world.ts';
import { showCategories } from './change-shop.ts';
import type { ProductDraft } from './product-fields.ts';

export type SaveProductOutcome =
  | { readonly kind: 'saved'; readonly product: Product }
  /** Somebody else changed it since it was read; this is how it stands. */
  | { readonly kind: 'changed_meanwhile'; readonly product: Product | undefined };

type SaveWorld = Pick<World, 'products' | 'shops' | 'clock'>;

/** `id` follows from the form it was written in, so a form sent twice makes one product. */
export async function addProduct(
  world: SaveWorld,
  shop: Shop,
  made: { readonly id: ProductId; readonly draft: ProductDraft },
): Promise<SaveProductOutcome> {
  const nowMs = world.clock.now();
  const product: Product = {
    ...made.draft,
    id: made.id,
    shopId: shop.id,
    version: 1,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
  await showCategories(world, shop, [product.category]);
  if ((await world.products.save(product, undefined)) === 'saved')
    return { kind: 'saved', product };
  const there = await world.products.get(shop.id, made.id);
  return there === undefined
    ? { kind: 'changed_meanwhile', product: undefined }
    : { kind: 'saved', product: there };
}

/** Over the version that was shown: what somebody else has changed meanwhile is not overwritten unseen. */
export async function editProduct(
  world: SaveWorld,
  shop: Shop,
  change: { readonly before: Product; readonly draft: ProductDraft },
): Promise<SaveProductOutcome> {
  const { before, draft } = change;
  const { id, shopId, version, createdAtMs } = before;
  const updatedAtMs = world.clock.now();
  const product: Product = {
    ...draft,
    id,
    shopId,
    version: version + 1,
    createdAtMs,
    updatedAtMs,
  };
  await showCategories(world, shop, [product.category]);
  if ((await world.products.save(product, before)) === 'saved') return { kind: 'saved', product };
  return { kind: 'changed_meanwhile', product: await world.products.get(shop.id, id) };
}
