// Stock in the Users table: an item for each product that is counted, none for the others.
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { StockStore } from '../../domain/shops/ports.ts';
import type { ProductId } from '../../domain/shops/product.ts';
import type { ShopId } from '../../domain/shops/shop.ts';
import { ask } from './ask.ts';
import { stockItem } from './items/shops.ts';
import { stockKey } from './keys.ts';
import { getItems } from './read.ts';
import type { Table } from './table.ts';
import type { TransactWrite } from './transact.ts';

export function dynamoStock(users: Table): StockStore {
  return {
    levels: (shopId, ids) => levelsOf(users, shopId, ids),
    async set(shopId, productId, level) {
      if (level === undefined) return stopCounting(users, shopId, productId);
      const Item = stockItem.write({ shopId, productId, level });
      const command = new PutCommand({ TableName: users.name, Item });
      await ask(users, () => users.documents.send(command));
    },
  };
}

async function stopCounting(users: Table, shopId: ShopId, id: ProductId): Promise<void> {
  const command = new DeleteCommand({ TableName: users.name, Key: stockKey(shopId, id) });
  await ask(users, () => users.documents.send(command));
}

/** Of those that are counted. */
export async function levelsOf(
  users: Table,
  shopId: ShopId,
  ids: readonly ProductId[],
): Promise<ReadonlyMap<ProductId, number>> {
  if (ids.length === 0) return new Map();
  const keys = ids.map((id) => stockKey(shopId, id));
  const counted = (await getItems(users, keys)).map(stockItem.read);
  return new Map(counted.map(({ productId, level }) => [productId, level]));
}

/** Takes from the shelf only what is there; a product that is not counted (any more) is refused without an item. */
export function stockWrite(
  users: Table,
  shopId: ShopId,
  { productId, delta }: { productId: ProductId; delta: number },
): TransactWrite {
  return {
    name: stockName(productId),
    item: {
      Update: {
        TableName: users.name,
        Key: stockKey(shopId, productId),
        UpdateExpression: 'SET #level = #level + :delta',
        ConditionExpression: '#level >= :needed',
        ExpressionAttributeNames: { '#level': 'level' },
        ExpressionAttributeValues: { ':delta': delta, ':needed': Math.max(-delta, 0) },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
  };
}

export const stockName = (productId: ProductId): string => `stock of ${productId}`;
