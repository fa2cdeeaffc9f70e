// Shops and what they sell, for tests: each with an id and a Page of its own.
import type { Picture } from '../../lambdas/domain/shops/picture.ts';
import type { Product } from '../../lambdas/domain/shops/product.ts';
import { newShop } from '../../lambdas/domain/shops/new-shop.ts';
import type { Shop, ShopId } from '../../lambdas/domain/shops/shop.ts';
import { nextNumber } from './people.ts';

export function aShopId(): ShopId {
  return `shp_s${nextNumber()}`;
}

export function aShop(changes: Partial<Shop> = {}): Shop {
  const number = nextNumber();
  return {
    ...newShop,
    id: `shp_s${number}`,
    version: 1,
    pageId: `2000${number}`,
    name: 'Joe’s Coffee',
    currency: 'USD',
    country: 'US',
    timeZone: 'America/New_York',
    account: { accountId: `acct_s${number}`, status: 'active', missing: [] },
    categories: ['Coffee', 'Food'],
    feePercent: 1,
    createdAtMs: 1_700_000_000_000,
    ...changes,
  };
}

export function aProduct(changes: Partial<Product> = {}): Product {
  return {
    id: `prd_p${nextNumber()}`,
    shopId: 'shp_joe',
    version: 1,
    name: 'Flat white',
    category: 'Coffee',
    price: { minor: 450, currency: 'USD' },
    options: [],
    isActive: true,
    createdAtMs: 1_700_000_000_000,
    updatedAtMs: 1_700_000_000_000,
    ...changes,
  };
}

export function aPicture(changes: Partial<Picture> = {}): Picture {
  return {
    id: `pic_p${nextNumber()}`,
    shopId: 'shp_joe',
    type: 'image/png',
    width: 64,
    height: 48,
    bytes: new Uint8Array([0, 137, 80, 78, 71, 255]),
    addedAtMs: 1_700_000_000_000,
    ...changes,
  };
}
