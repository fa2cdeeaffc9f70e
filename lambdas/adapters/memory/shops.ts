// The twin of the shop store.
import type { ShopStore } from '../../domain/shops/ports.ts';
import type { Shop, ShopId } from '../../domain/shops/shop.ts';
import { newShelf, type Shelf } from './shelf.ts';

interface Owned {
  readonly owner: ShopId;
}

export function memoryShops(): ShopStore {
  const shops = newShelf<Shop>('Shop');
  const pages = newShelf<Owned>('ShopPage');
  const accounts = newShelf<Owned>('ShopAccount');

  const find = (owned: Owned | undefined) =>
    owned === undefined ? undefined : shops.get(owned.owner);
  const isAccountTaken = (shop: Shop) =>
    shop.account !== undefined && isTaken(accounts, shop.account.accountId, shop.id);
  const write = (shop: Shop, before: Shop | undefined) => {
    shops.put(shop, shop.id);
    pages.put({ owner: shop.id }, shop.pageId);
    if (before?.account !== undefined) accounts.remove(before.account.accountId);
    if (shop.account !== undefined) accounts.put({ owner: shop.id }, shop.account.accountId);
  };

  return {
    get: async (id) => shops.get(id),
    byPage: async (pageId) => find(pages.get(pageId)),
    byAccount: async (accountId) => find(accounts.get(accountId)),
    async create(shop) {
      const isTakenAlready = pages.get(shop.pageId) !== undefined || isAccountTaken(shop);
      if (isTakenAlready || shops.get(shop.id) !== undefined) return 'conflict';
      write(shop, undefined);
      return 'saved';
    },
    async save(shop, before) {
      if (before.version !== shop.version - 1 || before.pageId !== shop.pageId) {
        throw new Error(`Version ${shop.version} of a shop does not follow ${before.version}.`);
      }
      if (!shops.isNext(shop.version, shop.id) || isAccountTaken(shop)) return 'conflict';
      write(shop, before);
      return 'saved';
    },
  };
}

function isTaken(owners: Shelf<Owned>, key: string, id: ShopId): boolean {
  const owned = owners.get(key);
  return owned !== undefined && owned.owner !== id;
}
