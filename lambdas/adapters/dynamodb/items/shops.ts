// Items of shops: what they are, what they sell, how much of it is left, and which cards their buyers have kept with them.
import * as z from 'zod/mini';
import type { SavedCard } from '../../../domain/orders/ports.ts';
import type { Product, ProductId } from '../../../domain/shops/product.ts';
import type { Shop, ShopId } from '../../../domain/shops/shop.ts';
import { placeByAge, placeByName, placeByWord } from '../../product-places.ts';
import { itemFormat } from '../item-format.ts';
import {
  catalogKey,
  categoryKey,
  productKey,
  savedCardKey,
  searchWordKey,
  shopAccountKey,
  shopKey,
  shopPageKey,
  stockKey,
} from '../keys.ts';
import { currency, maybe, moment, money, personId, productId, shopId, version } from './values.ts';

const role = z.enum(['owner', 'staff', 'reader']);

const promotion = z.object({
  code: z.string(),
  off: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('percent'), percent: z.number() }),
    z.object({ kind: z.literal('amount'), amount: money }),
  ]),
  endsAtMs: maybe(moment),
});

const account = z.object({
  accountId: z.string(),
  status: z.enum(['started', 'active', 'restricted', 'left']),
  missing: z.array(z.string()),
});

const shop = z.object({
  id: shopId,
  version,
  pageId: z.string(),
  name: z.string(),
  currency,
  country: z.string(),
  timeZone: z.string(),
  isPaused: z.boolean(),
  account: maybe(account),
  categories: z.array(z.string()),
  acceptedBrands: z.array(z.enum(['visa', 'mastercard', 'american_express', 'discover'])),
  hours: z.array(z.array(z.object({ from: z.int(), to: z.int() }))),
  taxPercent: z.number(),
  offersPickUp: z.boolean(),
  shipping: z.array(z.object({ id: z.string(), name: z.string(), price: money })),
  shipsTo: z.array(z.string()),
  tips: z.array(z.number()),
  promotions: z.array(promotion),
  feePercent: z.number(),
  lastWord: maybe(
    z.object({
      url: z.string(),
      secret: z.string(),
      previousSecret: maybe(z.object({ secret: z.string(), validUntilMs: moment })),
    }),
  ),
  team: z.array(z.object({ personId, name: z.string(), role, addedAtMs: moment })),
  invites: maybe(z.array(z.object({ fingerprint: z.string(), role, expiresAtMs: moment }))),
  ownerCode: maybe(z.string()),
  createdAtMs: moment,
});

export const shopItem = itemFormat({
  entity: 'Shop',
  keys: ({ id }: Shop) => shopKey(id),
  schema: shop,
});

/** The look-ups: whose Page it is, whose account at the provider. */
export const shopPageItem = itemFormat({
  entity: 'ShopPage',
  keys: ({ pageId }: { pageId: string; shopId: ShopId }) => shopPageKey(pageId),
  schema: z.object({ pageId: z.string(), shopId }),
});

export const shopAccountItem = itemFormat({
  entity: 'ShopAccount',
  keys: ({ accountId }: { accountId: string; shopId: ShopId }) => shopAccountKey(accountId),
  schema: z.object({ accountId: z.string(), shopId }),
});

const option = z.object({
  name: z.string(),
  choices: z.array(z.object({ name: z.string(), extra: money })),
});

export const productItem = itemFormat({
  entity: 'Product',
  keys: ({ shopId, id }: Product) => productKey(shopId, id),
  schema: z.object({
    id: productId,
    shopId,
    version,
    name: z.string(),
    description: maybe(z.string()),
    imageUrl: maybe(z.string()),
    category: z.string(),
    sku: maybe(z.string()),
    price: money,
    options: z.array(option),
    isActive: z.boolean(),
    createdAtMs: moment,
    updatedAtMs: moment,
  }),
});

/** What leads to a product: its age among all of its shop, its name among those of its category, its words. */
export const catalogPlaceItem = itemFormat({
  entity: 'CatalogPlace',
  keys: ({ shopId, productId: id, createdAtMs }: CatalogPlace) =>
    catalogKey(shopId, placeByAge({ id, createdAtMs })),
  schema: z.object({ shopId, productId, createdAtMs: moment }),
});
interface CatalogPlace {
  readonly shopId: ShopId;
  readonly productId: ProductId;
  readonly createdAtMs: number;
}

export const categoryPlaceItem = itemFormat({
  entity: 'CategoryPlace',
  keys: ({ shopId, category, name, productId: id }: CategoryPlace) =>
    categoryKey(shopId, category, placeByName({ name, id })),
  schema: z.object({ shopId, productId, category: z.string(), name: z.string() }),
});
interface CategoryPlace {
  readonly shopId: ShopId;
  readonly productId: ProductId;
  readonly category: string;
  readonly name: string;
}

export const searchWordItem = itemFormat({
  entity: 'SearchWord',
  keys: ({ shopId, word, productId: id }: SearchWord) =>
    searchWordKey(shopId, placeByWord(word, { id })),
  schema: z.object({ shopId, productId, word: z.string() }),
});
interface SearchWord {
  readonly shopId: ShopId;
  readonly productId: ProductId;
  readonly word: string;
}

export const stockItem = itemFormat({
  entity: 'Stock',
  keys: ({ shopId, productId: id }: Stock) => stockKey(shopId, id),
  schema: z.object({ shopId, productId, level: z.int() }),
});
interface Stock {
  readonly shopId: ShopId;
  readonly productId: ProductId;
  readonly level: number;
}

export const savedCardItem = itemFormat({
  entity: 'SavedCard',
  keys: ({ shopId, buyerId }: SavedCard) => savedCardKey(shopId, buyerId),
  schema: z.object({
    shopId,
    buyerId: personId,
    customerId: z.string(),
    instrument: z.object({ id: z.string(), brand: z.string(), last4: z.string() }),
    orderMadeAtMs: maybe(moment),
  }),
});
