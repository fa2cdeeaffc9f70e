// Events for merchants in the Transactions table, those of one shop in the order in which they happened.
import type { MerchantEventStore } from '../../domain/merchant-api/ports.ts';
import { merchantEventItem } from './items/merchant-api.ts';
import { eventsOfShop, merchantEventKey } from './merchant-keys.ts';
import { part } from './keys.ts';
import { getItem, queryUpTo } from './read.ts';
import type { Table } from './table.ts';
import { ifAbsent, put } from './write.ts';

export function dynamoMerchantEvents(transactions: Table): MerchantEventStore {
  return {
    async add(event) {
      await put(transactions, merchantEventItem.write(event), ifAbsent);
    },
    async get(shopId, id) {
      const item = await getItem(transactions, merchantEventKey(shopId, id));
      return item === undefined ? undefined : merchantEventItem.read(item);
    },
    async ofShop(shopId, { limit, after }) {
      const items = await queryUpTo(transactions, limit + 1, {
        TableName: transactions.name,
        ConsistentRead: true,
        ScanIndexForward: false,
        KeyConditionExpression: `pk = :pk${after === undefined ? '' : ' AND sk < :after'}`,
        ExpressionAttributeValues: {
          ':pk': eventsOfShop(shopId),
          ...(after === undefined ? {} : { ':after': part(after) }),
        },
      });
      const things = items.slice(0, limit).map(merchantEventItem.read);
      const last = things.at(-1);
      return items.length > limit && last !== undefined ? { things, next: last.id } : { things };
    },
  };
}
