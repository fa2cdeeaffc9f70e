// One step of an order with what it takes from the shelf: one transaction over both tables, all or nothing, once.
import type { OrderStep } from '../../domain/orders/order-steps.ts';
import type { OrderChange, OrderCommitted } from '../../domain/orders/ports.ts';
import type { ProductId } from '../../domain/shops/product.ts';
import { changeIdOf, stepWrites, tryStep } from './commit-step.ts';
import type { Item } from './item-format.ts';
import { orderEntryItem } from './items/journal.ts';
import { orderIntentItem, orderItem, orderNumberItem, orderPlace } from './items/orders.ts';
import { indexPartition } from './keys.ts';
import { freeOrTheirs } from './look-ups.ts';
import { levelsOf, stockName, stockWrite } from './stock.ts';
import type { Table } from './table.ts';
import { type TransactOutcome, type TransactWrite, transactPut } from './transact.ts';
import { ifAbsent } from './write.ts';

export interface OrderTables {
  readonly transactions: Table;
  /** Where the stock is. */
  readonly users: Table;
}

/** A merchant who keeps starting and ending to count a product is waited for so often. */
const mostReads = 3;

/**
 * A condition can say "at least so many are left", but none can say "if it is counted at all, take them": so a step that
 * moves stock first reads which products are counted, and takes only those. One that is counted from then on was sold
 * before the counting began; one that is no longer counted refuses its write without an item, and is read again.
 */
export async function commitOrder(
  tables: OrderTables,
  change: OrderChange,
): Promise<OrderCommitted> {
  const entry = { name: 'entry', changeId: changeIdOf(change) };
  for (let read = 1; read <= mostReads; read += 1) {
    const counted = await countedOf(tables.users, change);
    const writes = orderWrites(tables, change, counted);
    const outcome = committedBy(change, await tryStep(tables.transactions, writes, entry));
    if (outcome !== 'count_again') return outcome;
  }
  return { kind: 'conflict' };
}

async function countedOf(users: Table, change: OrderChange): Promise<ReadonlySet<ProductId>> {
  const ids = (change.stock ?? []).map(({ productId }) => productId);
  return new Set((await levelsOf(users, change.order.shopId, ids)).keys());
}

function committedBy(
  change: OrderChange,
  outcome: TransactOutcome,
): OrderCommitted | 'count_again' {
  if (outcome.kind === 'done') return { kind: 'done' };
  const { failed } = outcome;
  if (failed.has('order') || failed.has('entry')) return { kind: 'conflict' };
  if (failed.has('number')) return { kind: 'number_taken' };
  if (failed.has('intent')) {
    throw new Error(`${change.order.id} was paid by an intent that is of another order.`);
  }
  const refused = totalsOf(change).filter(({ productId }) => failed.has(stockName(productId)));
  const short = refused.filter(({ productId }) => failed.get(stockName(productId)) !== undefined);
  if (short.length > 0) {
    return { kind: 'sold_out', productIds: short.map(({ productId }) => productId) };
  }
  return refused.length > 0 ? 'count_again' : { kind: 'conflict' };
}

/**
 * Two items a step; one more for a new order's number, for an intent that pays it, and for each counted product that is
 * taken or put back.
 */
export function orderWrites(
  { transactions, users }: OrderTables,
  change: OrderChange,
  counted: ReadonlySet<ProductId>,
): TransactWrite[] {
  const { order } = change;
  const { id: orderId, shopId, number, version } = order;
  const step = {
    subject: orderItem.write(order),
    version,
    entry: entryItemOf(change),
    changeId: changeIdOf(change),
  };
  const writes = stepWrites(transactions, { subject: 'order', entry: 'entry' }, step);
  if (version === 1) {
    const item = orderNumberItem.write({ shopId, number, orderId });
    writes.push(transactPut(transactions, 'number', { item, condition: ifAbsent }));
  }
  for (const intentId of intentsBroughtBy(change)) {
    const item = orderIntentItem.write({ intentId, orderId });
    const condition = freeOrTheirs(item, 'orderId');
    writes.push(transactPut(transactions, 'intent', { item, condition }));
  }
  const moved = totalsOf(change).filter(({ productId }) => counted.has(productId));
  return [...writes, ...moved.map((each) => stockWrite(users, shopId, each))];
}

/** The entry of a checkout also puts the order into its shop's list, once for all: entries never change. */
function entryItemOf({ order, entry }: OrderChange): Item {
  const item = orderEntryItem.write(entry);
  const payeeKey = listOf({ order, entry });
  return payeeKey === undefined ? item : { ...item, createdAt: orderPlace(order), payeeKey };
}

function listOf({ order, entry }: OrderChange): string | undefined {
  if (entry.step === 'checkout_started') return indexPartition.shopOrders(order.shopId);
  const isSent = entry.step === 'drafted' && order.source === 'payment_request';
  return isSent ? indexPartition.shopBills(order.shopId) : undefined;
}

/** After other steps an order has no id of the provider's that it did not have before. */
const bringsIntent: ReadonlySet<OrderStep> = new Set<OrderStep>([
  'action_needed',
  'payment_pending',
  'paid',
  'paid_wrongly',
  'paid_late',
  'paid_twice',
]);

function intentsBroughtBy({ order, entry }: OrderChange): string[] {
  if (!bringsIntent.has(entry.step)) return [];
  const all = [order.trail.intentId, ...order.refunds.map(({ intentId }) => intentId)];
  return [...new Set(all)].filter((each) => each !== undefined);
}

/** One number for each product: a transaction writes an item once, and a bill may name a product twice. */
function totalsOf({ stock = [] }: OrderChange): { productId: ProductId; delta: number }[] {
  const totals = new Map<ProductId, number>();
  for (const { productId, delta } of stock) {
    totals.set(productId, (totals.get(productId) ?? 0) + delta);
  }
  return [...totals]
    .map(([productId, delta]) => ({ productId, delta }))
    .filter(({ delta }) => delta !== 0);
}
