// Lists of orders from the indexes of Transactions, a page at a time.
import * as z from 'zod/mini';
import type { Order } from '../../domain/orders/order.ts';
import type { Page, PageOf } from '../../domain/shops/ports.ts';
import { cursorOf, placeOf } from '../cursor.ts';
import { orderItem, orderPlace } from './items/orders.ts';
import { type Key, orderKeyOf } from './keys.ts';
import { getItems, queryUpTo } from './read.ts';
import type { Table } from './table.ts';
import type { IndexPartition } from './timeline.ts';

const indexEntry = z.object({ pk: z.string(), createdAt: z.string() });

/** One page of a partition, newest first. The partition is ours to choose: a cursor only says where in it to go on. */
export async function pageOfOrders(
  table: Table,
  { index, value }: IndexPartition,
  { limit, after }: PageOf,
): Promise<Page<Order>> {
  const before = after === undefined ? undefined : placeOf(after);
  // What is no cursor of ours leads nowhere.
  if (after !== undefined && before === undefined) return { things: [] };
  const attribute = index === 'byPayer' ? 'payerKey' : 'payeeKey';
  const items = await queryUpTo(table, limit + 1, {
    TableName: table.name,
    IndexName: index,
    ScanIndexForward: false,
    KeyConditionExpression: `${attribute} = :value${before === undefined ? '' : ' AND createdAt < :before'}`,
    ExpressionAttributeValues: {
      ':value': value,
      ...(before === undefined ? {} : { ':before': before }),
    },
  });
  const entries = items.map((item) => indexEntry.parse(item));
  const shown = entries.slice(0, limit);
  const last = shown.at(-1);
  return {
    things: await readNewestFirst(
      table,
      shown.map(({ pk }) => orderKeyOf(pk)),
    ),
    ...(entries.length > limit && last !== undefined ? { next: cursorOf(last.createdAt) } : {}),
  };
}

/** An order that was checked out twice has two entries in the list, side by side, and is read once. */
async function readNewestFirst(table: Table, keys: readonly Key[]): Promise<Order[]> {
  const orders = (await getItems(table, keys)).map(orderItem.read);
  return orders.sort((one, other) => (orderPlace(one) < orderPlace(other) ? 1 : -1));
}
