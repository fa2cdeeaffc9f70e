// Products in the Users table: each with its places in the lists of its shop, which are kept in step with it.
import * as z from 'zod/mini';
import type { Page, PageOf, ProductStore } from '../../domain/shops/ports.ts';
import type { Product, ProductId } from '../../domain/shops/product.ts';
import type { ShopId } from '../../domain/shops/shop.ts';
import { cursorOf, placeOf } from '../cursor.ts';
import { beginningOf, mostWords, wordsOf } from '../product-places.ts';
import { catalogPlaceItem, categoryPlaceItem, productItem, searchWordItem } from './items/shops.ts';
import { catalogKey, categoryKey, type Key, productKey, searchWordKey } from './keys.ts';
import { type LookUp, lookUpWrites } from './look-ups.ts';
import { getItem, getItems, queryPartition } from './read.ts';
import type { Table } from './table.ts';
import { transact, transactPut } from './transact.ts';
import { overVersionBefore } from './write.ts';

const placed = z.object({ sk: z.string(), productId: z.templateLiteral(['prd_', z.string()]) });

export function dynamoProducts(users: Table): ProductStore {
  const inOrder = async (shopId: ShopId, ids: readonly ProductId[]): Promise<Product[]> => {
    const keys = ids.map((id) => productKey(shopId, id));
    const found = (await getItems(users, keys)).map(productItem.read);
    const byId = new Map(found.map((product) => [product.id, product]));
    return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
  };
  const pageOf = async (shopId: ShopId, list: Key, page: PageOf): Promise<Page<Product>> => {
    const after = page.after === undefined ? undefined : placeOf(page.after);
    // What is no cursor of ours leads nowhere.
    if (page.after !== undefined && after === undefined) return { things: [] };
    const range = after === undefined ? {} : { after };
    const found = await queryPartition(users, { pk: list.pk, limit: page.limit + 1, ...range });
    const places = found.map((item) => placed.parse(item));
    const shown = places.slice(0, page.limit);
    const last = shown.at(-1);
    return {
      things: await inOrder(
        shopId,
        shown.map(({ productId }) => productId),
      ),
      ...(places.length > page.limit && last !== undefined ? { next: cursorOf(last.sk) } : {}),
    };
  };

  return {
    async get(shopId, id) {
      const item = await getItem(users, productKey(shopId, id));
      return item === undefined ? undefined : productItem.read(item);
    },
    byIds: inOrder,
    ofShop: (shopId, page) => pageOf(shopId, catalogKey(shopId), page),
    async ofCategory(shopId, category, page) {
      const { things, ...next } = await pageOf(shopId, categoryKey(shopId, category), page);
      // It may have moved between the two reads.
      const isStillHere = (each: Product) => each.isActive && each.category === category;
      return { things: things.filter(isStillHere), ...next };
    },
    async byWord(shopId, word, limit) {
      const prefix = beginningOf(word);
      if (prefix === '') return [];
      // One product may begin so with each of its words.
      const partition = { pk: searchWordKey(shopId).pk, prefix, limit: limit * mostWords };
      const found = await queryPartition(users, partition);
      const ids = [...new Set(found.map((item) => placed.parse(item).productId))].slice(0, limit);
      return (await inOrder(shopId, ids)).filter(({ isActive }) => isActive);
    },
    async save(product, before) {
      if ((before?.version ?? 0) !== product.version - 1) {
        throw new Error(`Version ${product.version} of a product does not follow the one before.`);
      }
      const writes = productWrites(users, product, before);
      return (await transact(users, writes)).kind === 'done' ? 'saved' : 'conflict';
    },
  };
}

/** The product, and of its places those that came or went: none for a new price, all of them when it is taken off. */
export function productWrites(users: Table, product: Product, before: Product | undefined) {
  return [
    transactPut(users, 'product', {
      item: productItem.write(product),
      condition: overVersionBefore(product.version),
    }),
    ...lookUpWrites(users, lookUpsOf(before), lookUpsOf(product)),
  ];
}

/** A place holds the product's own id, so no other product can stand there. */
function lookUpsOf(product: Product | undefined): LookUp[] {
  if (product === undefined) return [];
  const { id: productId, shopId, category, name, createdAtMs } = product;
  const everywhere = {
    name: 'age',
    item: catalogPlaceItem.write({ shopId, productId, createdAtMs }),
  };
  if (!product.isActive) return [everywhere];
  return [
    everywhere,
    { name: 'category', item: categoryPlaceItem.write({ shopId, productId, category, name }) },
    ...wordsOf(product).map((word) => ({
      name: 'word',
      item: searchWordItem.write({ shopId, productId, word }),
    })),
  ];
}
