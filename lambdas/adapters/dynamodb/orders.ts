// Orders in the Transactions table: found by id, by number, by the provider's charge, by shop and by buyer.
import type { Order, OrderId } from '../../domain/orders/order.ts';
import type { OrderStore } from '../../domain/orders/ports.ts';
import { commitOrder, type OrderTables } from './commit-order.ts';
import { orderEntryItem } from './items/journal.ts';
import { isForShop, orderIntentItem, orderItem, orderNumberItem } from './items/orders.ts';
import { indexPartition, journalPrefix, orderIntentKey, orderKey, orderNumberKey } from './keys.ts';
import { pageOfOrders } from './order-lists.ts';
import { getItem, queryPartition } from './read.ts';

export function dynamoOrders(tables: OrderTables): OrderStore {
  const { transactions } = tables;
  const get = async (id: OrderId): Promise<Order | undefined> => {
    const item = await getItem(transactions, orderKey(id));
    return item === undefined ? undefined : orderItem.read(item);
  };

  return {
    get,
    commit: (change) => commitOrder(tables, change),
    async byNumber(shopId, number) {
      const found = await getItem(transactions, orderNumberKey(shopId, number));
      return found === undefined ? undefined : get(orderNumberItem.read(found).orderId);
    },
    async ofShop(shopId, { state, ...page }) {
      const value =
        state === undefined
          ? indexPartition.shopOrders(shopId)
          : indexPartition.shopOrdersIn(shopId, state);
      const { things, ...next } = await pageOfOrders(
        transactions,
        { index: 'byPayee', value },
        page,
      );
      // An index lags: an order may have moved on.
      const isWanted = (order: Order) =>
        isForShop(order) && (state === undefined || order.state === state);
      return { things: things.filter(isWanted), ...next };
    },
    async billsOf(shopId, page) {
      const value = indexPartition.shopBills(shopId);
      return pageOfOrders(transactions, { index: 'byPayee', value }, page);
    },
    async ofBuyer(shopId, buyerId, limit) {
      const value = indexPartition.orders(buyerId, shopId);
      return [...(await pageOfOrders(transactions, { index: 'byPayer', value }, { limit })).things];
    },
    async byIntent(intentId) {
      const found = await getItem(transactions, orderIntentKey(intentId));
      return found === undefined ? undefined : get(orderIntentItem.read(found).orderId);
    },
    async journalOf(id) {
      const partition = { pk: orderKey(id).pk, prefix: journalPrefix };
      return (await queryPartition(transactions, partition)).map(orderEntryItem.read);
    },
  };
}
