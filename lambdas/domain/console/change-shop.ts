// Reads a shop, decides on a change, saves it; reads again when someone else was quicker.
import { RetryLater } from '../retry-later.ts';
import type { Shop, ShopId } from '../shops/shop.ts';
import type { World } from '../world.ts';

const maxTries = 6;

/** The shop as it is now. `decide` answers it changed, or undefined when nothing is to change. */
export async function changeShop(
  world: Pick<World, 'shops'>,
  id: ShopId,
  decide: (shop: Shop) => Shop | undefined,
): Promise<Shop> {
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const shop = await world.shops.get(id);
    if (shop === undefined) throw new Error(`Shop ${id} is gone.`);
    const changed = decide(shop);
    if (changed === undefined) return shop;
    const next = { ...changed, version: shop.version + 1 };
    if ((await world.shops.save(next, shop)) === 'saved') return next;
  }
  throw new RetryLater('conversation_moved');
}

/** Each product is in a category that the shop shows; new ones come last. */
export async function showCategories(
  world: Pick<World, 'shops'>,
  shop: Shop,
  categories: readonly string[],
): Promise<void> {
  const isKnown = (known: Shop, each: string) => known.categories.includes(each);
  if (categories.every((each) => isKnown(shop, each))) return;
  await changeShop(world, shop.id, (now) => {
    const missing = [...new Set(categories)].filter((each) => !isKnown(now, each));
    return missing.length === 0
      ? undefined
      : { ...now, categories: [...now.categories, ...missing] };
  });
}
