// What must hold of a shop town's books at any moment: legal steps, balance, stock that is conserved, no more moved than written.
import { expect } from 'vitest';
import { auditBook } from '../../../lambdas/domain/books/audit-book.ts';
import { isBeingPaid, type Order } from '../../../lambdas/domain/orders/order.ts';
import type { OrderEntry } from '../../../lambdas/domain/orders/ports.ts';
import { joesCoffee, mug } from './joes-coffee.ts';
import type { ShopTown } from './open-shop-town.ts';

type Checked = Pick<ShopTown, 'world' | 'provider' | 'mugs' | 'orders'>;

/** Throws (by expect) at the first rule that is broken. */
export async function checkShopBooks(town: Checked, isSettled: boolean): Promise<void> {
  const orders = await town.orders();
  for (const order of orders) {
    const journal = await town.world.orders.journalOf(order.id);
    expect(auditBook({ of: 'order', id: order.id, subject: order, journal })).toEqual([]);
    const accounts = checkBalance(order, journal);
    checkDueDate(order);
    checkProvider(town, order, { accounts, isSettled });
  }
  await checkStock(town, orders);
}

/** What each account has of the order; none of ours may owe. */
function checkBalance(order: Order, journal: readonly OrderEntry[]): ReadonlyMap<string, number> {
  const accounts = new Map<string, number>();
  for (const { postings } of journal) {
    for (const { account, amount } of postings)
      accounts.set(account, (accounts.get(account) ?? 0) + amount.minor);
  }
  for (const account of ['tender:fees', `tax:${order.shopId}`, `tips:${order.shopId}`])
    expect(accounts.get(account) ?? 0, account).toBeGreaterThanOrEqual(0);
  return accounts;
}

function checkDueDate(order: Order): void {
  const isAsking = order.refunds.some(
    ({ state, asked }) => (state === 'asked' || state === 'pending') && asked < 8,
  );
  const isDisputed =
    order.dispute?.state === 'needs_response' || order.dispute?.state === 'under_review';
  const isWaiting = order.state === 'draft' || isBeingPaid(order) || isAsking || isDisputed;
  expect(order.dueAtMs !== undefined, `due date of ${order.state}`).toBe(isWaiting);
}

/** What we wrote down did move; when nothing is on its way, all that moved is written down. */
function checkProvider(
  { provider }: Checked,
  order: Order,
  { accounts, isSettled }: { accounts: ReadonlyMap<string, number>; isSettled: boolean },
): void {
  const moved = provider.books.moved.filter(({ orderId }) => orderId === order.id);
  const total = (kind: string, intentId?: string) =>
    moved
      .filter((each) => each.kind === kind && (intentId ?? each.intentId) === each.intentId)
      .reduce((sum, { amount }) => sum + amount.minor, 0);
  for (const intentId of new Set(moved.map((each) => each.intentId))) {
    const back = total('refund', intentId) - total('refund_failed', intentId);
    expect(back, 'given back').toBeLessThanOrEqual(total('charge', intentId));
    const live = order.refunds
      .filter((each) => each.intentId === intentId && each.state === 'done')
      .reduce((sum, { amount }) => sum + amount.minor, 0);
    expect(live, 'written as given back').toBeLessThanOrEqual(total('charge', intentId));
  }
  const buyer = accounts.get(`buyer:${order.buyerId}`) ?? 0;
  const theirs =
    total('refund') -
    total('refund_failed') +
    total('dispute') -
    total('dispute_won') -
    total('charge');
  if (isSettled) expect(buyer, `what the buyer of ${order.id} paid`).toBe(theirs);
}

/** Whatever left the shelf is in an order that holds it. */
async function checkStock({ world, mugs }: Checked, orders: readonly Order[]): Promise<void> {
  const level = (await world.stock.levels(joesCoffee.id, [mug.id])).get(mug.id) ?? 0;
  expect(level).toBeGreaterThanOrEqual(0);
  const held = orders
    .filter(({ isStockReserved }) => isStockReserved)
    .flatMap(({ bill }) => bill.lines)
    .filter(({ productId }) => productId === mug.id)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  expect(level + held, 'mugs').toBe(mugs);
}
