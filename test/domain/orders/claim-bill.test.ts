// Whoever opens the link of a bill in its thread: what they are told, by how the bill stands.
import { beforeEach, describe, expect, it } from 'vitest';
import { claimBill } from '../../../lambdas/domain/orders/claim-bill.ts';
import type { Link } from '../../../lambdas/domain/links/link.ts';
import type { Order } from '../../../lambdas/domain/orders/order.ts';
import { anAddress, aPerson } from '../../builders/people.ts';
import { aWish, openShopTown, type ShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { standingOrder } from '../../builders/shop-town/standing-order.ts';

const tokens = { newToken: () => 'token', fingerprint: (token: string) => `of ${token}` };
const zoe = aPerson({ name: 'Zoe Hill' });
const address = anAddress();
const dayMs = 24 * 60 * 60 * 1000;

let town: ShopTown;
beforeEach(async () => {
  town = await openShopTown();
});

/** A bill by link that nobody has taken, in some state. */
const aBill = (changes: Partial<Order> = {}) =>
  standingOrder(
    town,
    {
      source: 'payment_request',
      wish: aWish(),
      sent: { isByLink: true, endsAtMs: town.time.nowMs + dayMs },
      dueAtMs: town.time.nowMs + dayMs,
      ...changes,
    },
    'nobodys',
  );

async function link(order: Pick<Order, 'id' | 'buyerId'>, changes: Partial<Link> = {}) {
  await town.world.links.save({
    fingerprint: 'of token',
    version: 1,
    purpose: { kind: 'bill', orderId: order.id },
    personId: order.buyerId,
    address,
    createdAtMs: 0,
    expiresAtMs: town.time.nowMs + dayMs,
    ...changes,
  });
}

const claim = async () =>
  claimBill({ ...town.world, tokens }, 'token', {
    shop: await town.shop(),
    person: zoe,
    address,
  });

describe('a bill that nobody has taken', () => {
  it('is theirs, once and for good', async () => {
    const bill = await aBill();
    await link(bill);

    expect(await claim()).toMatchObject({ kind: 'theirs', order: { buyerId: zoe.id } });
    expect(await claim()).toMatchObject({ kind: 'theirs' });
    expect(await town.order(bill.id)).toMatchObject({ buyerName: 'Zoe Hill', address });
    expect((await town.world.orders.journalOf(bill.id)).map(({ step }) => step)).toEqual([
      'drafted',
      'claimed',
    ]);
  });

  it.each<[string, Partial<Order>, object]>([
    ['is being paid', { state: 'awaiting_payment' }, { kind: 'being_paid' }],
    ['waits for a bank', { state: 'needs_action' }, { kind: 'being_paid' }],
    ['was called off', { state: 'cancelled' }, { kind: 'over', how: 'cancelled' }],
    ['ran out', { state: 'expired' }, { kind: 'over', how: 'expired' }],
    ['was paid', { state: 'paid' }, { kind: 'over', how: 'paid' }],
    ['is being made', { state: 'preparing' }, { kind: 'over', how: 'paid' }],
  ])('and that %s is not', async (_how, changes, outcome) => {
    const bill = await aBill(changes);
    await link(bill);

    expect(await claim()).toEqual(outcome);
    expect(await town.order(bill.id)).toEqual(bill);
  });

  it('and cannot be sold so any more is not', async () => {
    const bill = await aBill({
      wish: aWish({ lines: [{ productId: 'prd_gone', choices: [], quantity: 1 }] }),
    });
    await link(bill);

    expect(await claim()).toEqual({ kind: 'unknown' });
    expect(await town.order(bill.id)).toEqual(bill);
  });

  it('has run out at its moment, though no sweeper came', async () => {
    const bill = await aBill();
    await link(bill, { expiresAtMs: town.time.nowMs + 9 * dayMs });
    town.time.nowMs += dayMs;

    expect(await claim()).toEqual({ kind: 'over', how: 'expired' });
  });
});

describe('a link', () => {
  it.each<[string, Partial<Link>]>([
    ['has ended at its moment', { expiresAtMs: 0 }],
    ['is for something else', { purpose: { kind: 'payout' } }],
    ['leads to no order', { purpose: { kind: 'bill', orderId: 'ord_none' } }],
  ])('that %s is none', async (_what, changes) => {
    const bill = await aBill();
    const isAtItsEnd = changes.expiresAtMs === 0;
    await link(bill, isAtItsEnd ? { expiresAtMs: town.time.nowMs } : changes);

    expect(await claim()).toEqual({ kind: 'unknown' });
  });

  it('of another shop’s bill is none', async () => {
    const bill = await aBill({ shopId: 'shp_other' });
    await link(bill);

    expect(await claim()).toEqual({ kind: 'unknown' });
    expect(await town.order(bill.id)).toEqual(bill);
  });

  it('to what somebody else has taken says so, and no more', async () => {
    const bill = await standingOrder(town, { dueAtMs: town.time.nowMs + dayMs });
    await link(bill);

    expect(await claim()).toEqual({ kind: 'taken' });
  });
});
