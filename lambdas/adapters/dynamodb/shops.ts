// Shops in the Users table: a shop, and the look-ups by Page and by account that are kept in step with it.
import type { ShopStore } from '../../domain/shops/ports.ts';
import type { Shop, ShopId } from '../../domain/shops/shop.ts';
import { shopAccountItem, shopItem, shopPageItem } from './items/shops.ts';
import { shopAccountKey, shopKey, shopPageKey } from './keys.ts';
import { freeOrTheirs, type LookUp, lookUpWrites } from './look-ups.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';
import { transact, transactPut } from './transact.ts';
import { overVersionBefore } from './write.ts';

export function dynamoShops(users: Table): ShopStore {
  const get = async (id: ShopId): Promise<Shop | undefined> => {
    const item = await getItem(users, shopKey(id));
    return item === undefined ? undefined : shopItem.read(item);
  };
  const write = async (shop: Shop, before: Shop | undefined) => {
    const writes = [
      transactPut(users, 'shop', {
        item: shopItem.write(shop),
        condition: overVersionBefore(shop.version),
      }),
      ...lookUpWrites(users, lookUpsOf(before), lookUpsOf(shop)),
    ];
    return (await transact(users, writes)).kind === 'done' ? 'saved' : 'conflict';
  };

  return {
    get,
    async byPage(pageId) {
      const found = await getItem(users, shopPageKey(pageId));
      return found === undefined ? undefined : get(shopPageItem.read(found).shopId);
    },
    async byAccount(accountId) {
      const found = await getItem(users, shopAccountKey(accountId));
      return found === undefined ? undefined : get(shopAccountItem.read(found).shopId);
    },
    create: (shop) => write(shop, undefined),
    async save(shop, before) {
      if (before.version !== shop.version - 1 || before.pageId !== shop.pageId) {
        throw new Error(`Version ${shop.version} of a shop does not follow ${before.version}.`);
      }
      return write(shop, before);
    },
  };
}

function lookUpsOf(shop: Shop | undefined): LookUp[] {
  if (shop === undefined) return [];
  const { id: shopId, pageId, account } = shop;
  const accounts = account === undefined ? [] : [{ accountId: account.accountId, shopId }];
  const items = [
    { name: 'page', item: shopPageItem.write({ pageId, shopId }) },
    ...accounts.map((each) => ({ name: 'account', item: shopAccountItem.write(each) })),
  ];
  return items.map((each) => ({ ...each, condition: freeOrTheirs(each.item, 'shopId') }));
}
