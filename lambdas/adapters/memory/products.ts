// The twin of the product store.
import type { Page, PageOf, ProductStore } from '../../domain/shops/ports.ts';
import type { Product } from '../../domain/shops/product.ts';
import type { ShopId } from '../../domain/shops/shop.ts';
import { comparePlaces, cursorOf, placeOf } from '../cursor.ts';
import { beginningOf, placeByAge, placeByName, wordsOf } from '../product-places.ts';
import { newShelf } from './shelf.ts';

export function memoryProducts(): ProductStore {
  const products = newShelf<Product>('Product');
  const soldBy = (shopId: ShopId) => products.all().filter((each) => each.shopId === shopId);

  return {
    get: async (shopId, id) => products.get(shopId, id),
    byIds: async (shopId, ids) => [...new Set(ids)].flatMap((id) => products.get(shopId, id) ?? []),
    ofShop: async (shopId, page) => pageOf(soldBy(shopId), placeByAge, page),
    ofCategory: async (shopId, category, page) => {
      const active = soldBy(shopId).filter((each) => each.isActive && each.category === category);
      return pageOf(active, placeByName, page);
    },
    async byWord(shopId, word, limit) {
      const beginning = beginningOf(word);
      if (beginning === '') return [];
      return soldBy(shopId)
        .filter((each) => each.isActive && wordsOf(each).some((one) => one.startsWith(beginning)))
        .slice(0, limit);
    },
    async save(product, before) {
      if ((before?.version ?? 0) !== product.version - 1) {
        throw new Error(`Version ${product.version} of a product does not follow the one before.`);
      }
      if (!products.isNext(product.version, product.shopId, product.id)) return 'conflict';
      products.put(product, product.shopId, product.id);
      return 'saved';
    },
  };
}

function pageOf(
  things: readonly Product[],
  placeIn: (product: Product) => string,
  { limit, after }: PageOf,
): Page<Product> {
  const from = after === undefined ? '' : placeOf(after);
  if (from === undefined) return { things: [] };
  const rest = things
    .map((thing) => ({ thing, place: placeIn(thing) }))
    .filter(({ place }) => comparePlaces(place, from) > 0)
    .sort((one, other) => comparePlaces(one.place, other.place));
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return {
    things: shown.map(({ thing }) => thing),
    ...(rest.length > limit && last !== undefined ? { next: cursorOf(last.place) } : {}),
  };
}
