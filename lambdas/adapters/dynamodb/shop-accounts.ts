// Every shop's account at the provider, read from the whole Users table: for the bookkeeper alone.
import type { ShopId } from '../../domain/shops/shop.ts';
import { shopAccountItem } from './items/shops.ts';
import { scan } from './scan.ts';
import type { Table } from './table.ts';

export async function* shopAccounts(
  users: Table,
): AsyncGenerator<{ readonly shopId: ShopId; readonly accountId: string }> {
  for await (const item of scan(users, 'ShopAccount')) yield shopAccountItem.read(item);
}
