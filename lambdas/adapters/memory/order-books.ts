// The books of the twin of the orders: orders, their journal, their numbers and charges, and the shelf that they take from.
import { isDeepStrictEqual } from 'node:util';
import type { Order, OrderId } from '../../domain/orders/order.ts';
import type { OrderChange, OrderCommitted, OrderEntry } from '../../domain/orders/ports.ts';
import { frozenCopy } from './frozen-copy.ts';
import { newShelf, type Shelf } from './shelf.ts';
import { moveStock, type StockShelf } from './stock.ts';

interface Owned {
  readonly orderId: OrderId;
}

export interface OrderBooks {
  readonly orders: Shelf<Order>;
  /** An entry beside the whole change that it is of, so that the same change is known when it comes again. */
  readonly journal: Shelf<{ readonly entry: OrderEntry; readonly change: OrderChange }>;
  readonly numbers: Shelf<Owned>;
  readonly intents: Shelf<Owned>;
  /** Shared with the twin of the stock: both are written in one step. */
  readonly stock: StockShelf;
  /** Told of each entry right after it was written, in order: the stream of the real table. */
  readonly onEntry: (entry: OrderEntry) => void;
}

export function newOrderBooks(
  stock: StockShelf,
  onEntry: OrderBooks['onEntry'] = () => undefined,
): OrderBooks {
  return {
    orders: newShelf('Order'),
    journal: newShelf('JournalEntry'),
    numbers: newShelf('OrderNumber'),
    intents: newShelf('OrderIntent'),
    stock,
    onEntry,
  };
}

export function commitOrder(books: OrderBooks, given: OrderChange): OrderCommitted {
  const change = frozenCopy('Order', given);
  const { order, entry, stock = [] } = change;
  const known = books.journal.get(entry.subject, String(entry.sequence));
  if (known !== undefined)
    return isDeepStrictEqual(known.change, change) ? { kind: 'done' } : { kind: 'conflict' };
  if (!books.orders.isNext(order.version, order.id)) return { kind: 'conflict' };
  if (order.version === 1 && books.numbers.get(order.shopId, order.number) !== undefined)
    return { kind: 'number_taken' };
  const intentIds = intentsOf(order);
  for (const intentId of intentIds) {
    const owner = books.intents.get(intentId)?.orderId ?? order.id;
    if (owner !== order.id)
      throw new Error(`${order.id} was paid by an intent that is of another order.`);
  }
  const short = moveStock(books.stock, order.shopId, stock);
  if (short.length > 0) return { kind: 'sold_out', productIds: short };

  const owned = { orderId: order.id };
  books.orders.put(order, order.id);
  books.journal.put({ entry, change }, entry.subject, String(entry.sequence));
  books.numbers.put(owned, order.shopId, order.number);
  for (const intentId of intentIds) books.intents.put(owned, intentId);
  books.onEntry(entry);
  return { kind: 'done' };
}

/** Its own charge, and those that came late or twice. */
function intentsOf({ trail, refunds }: Order): string[] {
  const all = [trail.intentId, ...refunds.map(({ intentId }) => intentId)];
  return [...new Set(all)].filter((each) => each !== undefined);
}
