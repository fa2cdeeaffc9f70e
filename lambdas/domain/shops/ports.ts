// What the domain needs to remember about shops, what they sell and how much of it is left.
import type { SaveOutcome } from '../people/ports.ts';
import type { Product, ProductId } from './product.ts';
import type { Shop, ShopId } from './shop.ts';

export interface ShopStore {
  get(id: ShopId): Promise<Shop | undefined>;
  byPage(pageId: string): Promise<Shop | undefined>;
  /** By the provider's account, for events that name nothing else. */
  byAccount(accountId: string): Promise<Shop | undefined>;
  /** Writes the shop and its Page; `conflict` when the Page is a shop's already. */
  create(shop: Shop): Promise<SaveOutcome>;
  /** Over version - 1; keeps the look-up by account in step with `before`. The Page of a shop never changes. */
  save(shop: Shop, before: Shop): Promise<SaveOutcome>;
}

/** One page of a list: `next` is the cursor of the following one. */
export interface Page<Thing> {
  readonly things: readonly Thing[];
  readonly next?: string;
}

export interface PageOf {
  readonly limit: number;
  readonly after?: string;
}

export interface ProductStore {
  get(shopId: ShopId, id: ProductId): Promise<Product | undefined>;
  /** Those that exist, in no particular order; at most 100. */
  byIds(shopId: ShopId, ids: readonly ProductId[]): Promise<Product[]>;
  /** All, active or not, oldest first. */
  ofShop(shopId: ShopId, page: PageOf): Promise<Page<Product>>;
  /** Active ones of one category, by name. */
  ofCategory(shopId: ShopId, category: string, page: PageOf): Promise<Page<Product>>;
  /** Active ones with a word of their name or category that begins so; `word` is folded as searchWordsOf does. */
  byWord(shopId: ShopId, word: string, limit: number): Promise<Product[]>;
  /** Version 1 only where there is none; else over version - 1. Keeps the look-ups in step with `before`. */
  save(product: Product, before: Product | undefined): Promise<SaveOutcome>;
}

/** How much is left of what is counted; a product without a level is never sold out. */
export interface StockStore {
  levels(shopId: ShopId, ids: readonly ProductId[]): Promise<ReadonlyMap<ProductId, number>>;
  /** Undefined: no longer counted. */
  set(shopId: ShopId, id: ProductId, level: number | undefined): Promise<void>;
}
