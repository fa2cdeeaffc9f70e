// The twin of the order store.
import type { Order } from '../../domain/orders/order.ts';
import type { OrderStore } from '../../domain/orders/ports.ts';
import type { Page, PageOf } from '../../domain/shops/ports.ts';
import { comparePlaces, cursorOf, placeOf } from '../cursor.ts';
import { isForShop, orderPlace } from '../dynamodb/items/orders.ts';
import { commitOrder, type OrderBooks } from './order-books.ts';

export function memoryOrders(books: OrderBooks): OrderStore {
  return {
    get: async (id) => books.orders.get(id),
    commit: async (change) => commitOrder(books, change),
    async byNumber(shopId, number) {
      const found = books.numbers.get(shopId, number);
      return found === undefined ? undefined : books.orders.get(found.orderId);
    },
    ofShop: async (shopId, { state, ...page }) => {
      const theirs = books.orders.all().filter((each) => each.shopId === shopId && isForShop(each));
      return pageOf(
        theirs.filter((each) => state === undefined || each.state === state),
        page,
      );
    },
    billsOf: async (shopId, page) =>
      pageOf(
        books.orders
          .all()
          .filter((each) => each.shopId === shopId && each.source === 'payment_request'),
        page,
      ),
    ofBuyer: async (shopId, buyerId, limit) =>
      books.orders
        .all()
        .filter((each) => each.shopId === shopId && each.buyerId === buyerId)
        .sort(newestFirst)
        .slice(0, limit),
    async byIntent(intentId) {
      const found = books.intents.get(intentId);
      return found === undefined ? undefined : books.orders.get(found.orderId);
    },
    journalOf: async (id) =>
      books.journal
        .all()
        .map(({ entry }) => entry)
        .filter(({ subject }) => subject === id),
  };
}

function newestFirst(one: Order, other: Order): number {
  return comparePlaces(orderPlace(other), orderPlace(one));
}

function pageOf(orders: readonly Order[], { limit, after }: PageOf): Page<Order> {
  const before = after === undefined ? undefined : placeOf(after);
  // What is no cursor of ours leads nowhere.
  if (after !== undefined && before === undefined) return { things: [] };
  const rest = orders
    .filter((each) => before === undefined || comparePlaces(orderPlace(each), before) < 0)
    .sort(newestFirst);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return {
    things: shown,
    ...(rest.length > limit && last !== undefined ? { next: cursorOf(orderPlace(last)) } : {}),
  };
}
