// What every order store does: each step once and whole, the last unit to one buyer, and no shop sees another's.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Stores } from '../../lambdas/adapters/dynamodb/stores.ts';
import type { Order } from '../../lambdas/domain/orders/order.ts';
import type { OrderChange, OrderCommitted } from '../../lambdas/domain/orders/ports.ts';
import type { PageOf } from '../../lambdas/domain/shops/ports.ts';
import type { ProductId } from '../../lambdas/domain/shops/product.ts';
import type { ShopId } from '../../lambdas/domain/shops/shop.ts';
import {
  aBill,
  aLine,
  anOrderDraft,
  checkoutOpened,
  checkoutStarted,
  lastOf,
  nextOrder,
  orderPaid,
  refundWanted,
  wholeOrderLife,
} from '../builders/orders.ts';
import { aPersonId, noonMs } from '../builders/payments.ts';
import { nextNumber } from '../builders/people.ts';
import { aShopId } from '../builders/shops.ts';
import { openStores, sorted, storeKinds } from './open-stores.ts';

const done = { kind: 'done' } as const;
const conflict = { kind: 'conflict' } as const;

describe.each(storeKinds)('orders %s', (kind) => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await openStores(kind);
  });

  const commitAll = async (changes: readonly OrderChange[]): Promise<Order> => {
    for (const change of changes) expect(await stores.orders.commit(change)).toEqual(done);
    return lastOf(changes);
  };
  const drafted = (changes: Partial<Order> = {}) => commitAll([anOrderDraft(changes)]);
  /** Up to and with its checkout. */
  const checkedOut = async (changes: Partial<Order> = {}): Promise<Order> =>
    commitAll([checkoutStarted(await drafted(changes))]);
  const paid = async (changes: Partial<Order> = {}): Promise<Order> =>
    commitAll([orderPaid(await checkedOut(changes))]);
  const ids = (orders: readonly Order[]) => orders.map(({ id }) => id);
  const kinds = (outcomes: readonly OrderCommitted[]) => sorted(outcomes.map((each) => each.kind));
  const levelOf = async (shopId: ShopId, id: ProductId) =>
    (await stores.stock.levels(shopId, [id])).get(id);

  describe('a step', () => {
    it('is kept with its journal in order, for every step of a life', async () => {
      const life = wholeOrderLife();
      const last = await commitAll(life);

      expect(await stores.orders.get(last.id)).toEqual(last);
      expect(await stores.orders.journalOf(last.id)).toEqual(life.map(({ entry }) => entry));
    });

    it('is found nowhere when it never was', async () => {
      expect(await stores.orders.get('ord_none')).toBeUndefined();
      expect(await stores.orders.get(`ord_${'x'.repeat(5000)}`)).toBeUndefined();
      expect(await stores.orders.journalOf('ord_none')).toEqual([]);
      expect(await stores.orders.byIntent('pi_none')).toBeUndefined();
      expect(await stores.orders.byIntent('')).toBeUndefined();
    });

    it('is done once, however often it is committed, also after the order went on', async () => {
      const shopId = aShopId();
      const productId: ProductId = `prd_once${nextNumber()}`;
      await stores.stock.set(shopId, productId, 5);
      const life = wholeOrderLife({ shopId, bill: aBill([aLine(productId, 2)]) });
      for (const change of life) {
        expect(await stores.orders.commit(change)).toEqual(done);
        expect(await stores.orders.commit(structuredClone(change))).toEqual(done);
      }

      for (const change of life) expect(await stores.orders.commit(change)).toEqual(done);
      expect(await stores.orders.get(lastOf(life).id)).toEqual(lastOf(life));
      expect(await stores.orders.journalOf(lastOf(life).id)).toHaveLength(life.length);
      expect(await levelOf(shopId, productId)).toBe(3);
    });

    it('is told apart from another of the same moment', async () => {
      const draft = await drafted();
      const change = checkoutStarted(draft);
      const other = nextOrder(draft, 'checkout_started', { method: 'saved_card' });

      expect(await stores.orders.commit(change)).toEqual(done);
      expect(await stores.orders.commit(other)).toEqual(conflict);
      expect((await stores.orders.get(draft.id))?.method).toBe('checkout');
    });

    it('is taken by one of twenty that race for it', async () => {
      const order = await paid();
      const racers = Array.from({ length: 20 }, (_, index) =>
        index % 2 === 0 ? refundWanted(order, 100 + index) : nextOrder(order, 'preparing'),
      ).map((change, index) => ({
        ...change,
        entry: { ...change.entry, atMs: change.entry.atMs + index },
      }));

      const outcomes = await Promise.all(racers.map((racer) => stores.orders.commit(racer)));

      expect(kinds(outcomes)).toEqual([...Array<string>(19).fill('conflict'), 'done']);
      const winner = racers[outcomes.findIndex((each) => each.kind === 'done')];
      expect(await stores.orders.get(order.id)).toEqual(winner?.order);
      expect((await stores.orders.journalOf(order.id)).at(-1)).toEqual(winner?.entry);
    });

    it('does not follow a version that is not there', async () => {
      const draft = await drafted();
      const started = checkoutStarted(draft);

      expect(await stores.orders.commit(orderPaid(started.order))).toEqual(conflict);
      expect(await stores.orders.get(draft.id)).toEqual(draft);
      expect(await stores.orders.journalOf(draft.id)).toHaveLength(1);
      expect(await stores.orders.byIntent(`pi_${draft.id}`)).toBeUndefined();
    });

    it('keeps odd words as they are', async () => {
      const order = await drafted({ buyerName: '🍕 بيتزا ‏עם\u0000', reason: '' });

      expect(await stores.orders.get(order.id)).toEqual(order);
    });
  });

  describe('a number', () => {
    it('leads to its order in its own shop, as the order stands', async () => {
      const order = await paid({ shopId: aShopId(), number: 'K7M-2QX' });
      const elsewhere = await drafted({ shopId: aShopId(), number: 'K7M-2QX' });

      expect(await stores.orders.byNumber(order.shopId, 'K7M-2QX')).toEqual(order);
      expect(await stores.orders.byNumber(elsewhere.shopId, 'K7M-2QX')).toEqual(elsewhere);
      expect(await stores.orders.byNumber(aShopId(), 'K7M-2QX')).toBeUndefined();
      for (const odd of ['', '#', 'K7M', '\ud83d', 'x'.repeat(5000)]) {
        expect(await stores.orders.byNumber(order.shopId, odd)).toBeUndefined();
      }
    });

    it('is taken once: the second order is not written, and may come with another', async () => {
      const shopId = aShopId();
      const first = await drafted({ shopId, number: 'TWICE' });
      const second = anOrderDraft({ shopId, number: 'TWICE' });

      expect(await stores.orders.commit(second)).toEqual({ kind: 'number_taken' });
      expect(await stores.orders.get(second.order.id)).toBeUndefined();
      expect(await stores.orders.journalOf(second.order.id)).toEqual([]);
      expect((await stores.orders.byNumber(shopId, 'TWICE'))?.id).toBe(first.id);
      const other = anOrderDraft({ ...second.order, number: 'OTHER' });
      expect(await stores.orders.commit(other)).toEqual(done);
    });

    it('goes to one of ten orders at once', async () => {
      const shopId = aShopId();
      const rivals = Array.from({ length: 10 }, () => anOrderDraft({ shopId, number: 'RACE' }));

      const outcomes = await Promise.all(rivals.map((each) => stores.orders.commit(each)));

      expect(kinds(outcomes)).toEqual(['done', ...Array<string>(9).fill('number_taken')]);
    });

    it('does not hide that the order itself is there already', async () => {
      const order = await drafted({ shopId: aShopId() });
      const other = anOrderDraft({ ...order, buyerName: 'Somebody else' });

      expect(await stores.orders.commit(other)).toEqual(conflict);
      expect(await stores.orders.get(order.id)).toEqual(order);
    });
  });

  describe('stock', () => {
    it('is taken at checkout and comes back when that comes to nothing', async () => {
      const shopId = aShopId();
      const [latte, scone]: ProductId[] = ['prd_latte', 'prd_scone'];
      if (latte === undefined || scone === undefined) throw new Error('Nothing is sold.');
      await stores.stock.set(shopId, latte, 5);
      await stores.stock.set(shopId, scone, 1);

      const bill = aBill([aLine(latte, 2), aLine(scone), aLine(latte)]);
      const order = await checkedOut({ shopId, bill });
      expect(await levelOf(shopId, latte)).toBe(2);
      expect(await levelOf(shopId, scone)).toBe(0);

      await commitAll([nextOrder(order, 'order_expired')]);
      expect(await levelOf(shopId, latte)).toBe(5);
      expect(await levelOf(shopId, scone)).toBe(1);
    });

    it('is not counted where nobody counts, and is so never sold out', async () => {
      const shopId = aShopId();
      await stores.stock.set(shopId, 'prd_counted', 3);
      const bill = aBill([aLine('prd_free', 50), aLine('prd_counted', 3)]);
      const order = await checkedOut({ shopId, bill });

      expect(await levelOf(shopId, 'prd_free')).toBeUndefined();
      expect(await levelOf(shopId, 'prd_counted')).toBe(0);
      await commitAll([nextOrder(order, 'order_cancelled')]);
      expect(await levelOf(shopId, 'prd_free')).toBeUndefined();
      expect(await levelOf(shopId, 'prd_counted')).toBe(3);
    });

    it('names what there is too little of, and takes nothing of the rest', async () => {
      const shopId = aShopId();
      await stores.stock.set(shopId, 'prd_one', 1);
      await stores.stock.set(shopId, 'prd_many', 99);
      await stores.stock.set(shopId, 'prd_none', 0);
      const lines = [aLine('prd_one', 2), aLine('prd_many', 2), aLine('prd_none'), aLine('prd_x')];
      const draft = await drafted({ shopId, bill: aBill(lines) });

      const outcome = await stores.orders.commit(checkoutStarted(draft));

      if (outcome.kind !== 'sold_out') throw new Error(`It was ${outcome.kind}.`);
      expect(sorted(outcome.productIds)).toEqual(['prd_none', 'prd_one']);
      expect(await stores.orders.get(draft.id)).toEqual(draft);
      expect(await stores.orders.journalOf(draft.id)).toHaveLength(1);
      expect(await levelOf(shopId, 'prd_many')).toBe(99);
      expect(await levelOf(shopId, 'prd_one')).toBe(1);
      expect((await stores.orders.ofShop(shopId, { limit: 5 })).things).toEqual([]);
    });

    it('sells the last one to one of two that want it at once', async () => {
      for (let round = 0; round < 5; round += 1) {
        const shopId = aShopId();
        await stores.stock.set(shopId, 'prd_last', 1);
        const bill = aBill([aLine('prd_last')]);
        const drafts = [await drafted({ shopId, bill }), await drafted({ shopId, bill })];

        const outcomes = await Promise.all(
          drafts.map((draft) => stores.orders.commit(checkoutStarted(draft))),
        );

        expect(kinds(outcomes)).toEqual(['done', 'sold_out']);
        expect(await levelOf(shopId, 'prd_last')).toBe(0);
      }
    });

    it('sells seven to seven of twenty', async () => {
      const shopId = aShopId();
      await stores.stock.set(shopId, 'prd_seven', 7);
      const bill = aBill([aLine('prd_seven'), aLine('prd_free')]);
      const drafts: Order[] = [];
      for (let made = 0; made < 20; made += 1) drafts.push(await drafted({ shopId, bill }));

      const outcomes = await Promise.all(
        drafts.map((draft) => stores.orders.commit(checkoutStarted(draft))),
      );

      expect(kinds(outcomes)).toEqual([
        ...Array<string>(7).fill('done'),
        ...Array<string>(13).fill('sold_out'),
      ]);
      expect(await levelOf(shopId, 'prd_seven')).toBe(0);
      expect((await stores.orders.ofShop(shopId, { limit: 50 })).things).toHaveLength(7);
    });

    it('comes back once when the clock and the buyer end an order at once', async () => {
      const shopId = aShopId();
      await stores.stock.set(shopId, 'prd_back', 4);
      const order = await checkedOut({ shopId, bill: aBill([aLine('prd_back', 3)]) });
      const ends = [nextOrder(order, 'order_expired'), nextOrder(order, 'order_cancelled')];

      const outcomes = await Promise.all(ends.map((each) => stores.orders.commit(each)));

      expect(kinds(outcomes)).toEqual(['conflict', 'done']);
      expect(await levelOf(shopId, 'prd_back')).toBe(4);
    });

    it('is one shop’s: the same product id elsewhere stays as it is', async () => {
      const [joe, ann] = [aShopId(), aShopId()];
      for (const shopId of [joe, ann]) await stores.stock.set(shopId, 'prd_same', 2);

      await checkedOut({ shopId: joe, bill: aBill([aLine('prd_same', 2)]) });

      expect(await levelOf(joe, 'prd_same')).toBe(0);
      expect(await levelOf(ann, 'prd_same')).toBe(2);
    });

    it('of twenty lines is taken together', async () => {
      const shopId = aShopId();
      const lines = Array.from({ length: 20 }, (_, index) => aLine(`prd_line${index}`, 2));
      for (const { productId } of lines) await stores.stock.set(shopId, productId, 2);

      await checkedOut({ shopId, bill: aBill(lines) });

      const left = await stores.stock.levels(
        shopId,
        lines.map(({ productId }) => productId),
      );
      expect([...left.values()]).toEqual(Array<number>(20).fill(0));
    });
  });

  describe('an intent', () => {
    it('leads to the order that it pays, from the step that brings it', async () => {
      const order = await checkedOut();
      const waiting = await commitAll([
        nextOrder(order, 'action_needed', { trail: { ...order.trail, intentId: 'pi_3ds' } }),
      ]);
      expect(await stores.orders.byIntent('pi_3ds')).toEqual(waiting);

      const sold = await commitAll([orderPaid(waiting, 'pi_3ds')]);
      expect(await stores.orders.byIntent('pi_3ds')).toEqual(sold);
    });

    it('that pays a second time, or too late, leads there too', async () => {
      const order = await paid();
      const wanted = refundWanted(order).order.refunds;
      const second = wanted.map((each) => ({ ...each, intentId: 'pi_second' }));
      const twice = await commitAll([nextOrder(order, 'paid_twice', { refunds: second })]);

      expect(await stores.orders.byIntent('pi_second')).toEqual(twice);
      expect(await stores.orders.byIntent(`pi_${order.id}`)).toEqual(twice);

      const ended = await commitAll([nextOrder(await checkedOut(), 'order_expired')]);
      const late = await commitAll([
        nextOrder(ended, 'paid_late', {
          refunds: wanted.map((each) => ({ ...each, intentId: 'pi_late' })),
        }),
      ]);
      expect(await stores.orders.byIntent('pi_late')).toEqual(late);
    });
  });

  describe('the list of a shop', () => {
    const turnAll = async (shopId: ShopId, page: PageOf & { readonly state?: Order['state'] }) => {
      const seen: Order[] = [];
      let { things, next } = await stores.orders.ofShop(shopId, page);
      for (;;) {
        expect(things.length).toBeLessThanOrEqual(page.limit);
        seen.push(...things);
        if (next === undefined) return seen;
        ({ things, next } = await stores.orders.ofShop(shopId, { ...page, after: next }));
      }
    };

    it('has all that were checked out, newest first, in pages of any size', async () => {
      const shopId = aShopId();
      const made: Order[] = [];
      for (const later of [0, 1, 1, 1, 2, 3]) {
        made.push(await checkedOut({ shopId, createdAtMs: noonMs + later }));
      }
      await drafted({ shopId, createdAtMs: noonMs + 9 });
      await commitAll([nextOrder(await drafted({ shopId }), 'draft_cancelled')]);
      await checkedOut({ shopId: aShopId() });

      for (const limit of [1, 2, 3, 5, 6, 50]) {
        const all = await turnAll(shopId, { limit });
        expect(all.map(({ createdAtMs }) => createdAtMs - noonMs)).toEqual([3, 2, 1, 1, 1, 0]);
        expect(sorted(ids(all))).toEqual(sorted(ids(made)));
      }
      expect(await stores.orders.ofShop(aShopId(), { limit: 5 })).toEqual({ things: [] });
    });

    it('shows each as it stands, and those of one state apart', async () => {
      const shopId = aShopId();
      const waiting = await checkedOut({ shopId, createdAtMs: noonMs });
      const one = await paid({ shopId, createdAtMs: noonMs + 1 });
      const two = await paid({ shopId, createdAtMs: noonMs + 2 });
      const ready = await commitAll([nextOrder(two, 'ready')]);

      expect((await stores.orders.ofShop(shopId, { limit: 9 })).things).toEqual([
        ready,
        one,
        waiting,
      ]);
      expect(await turnAll(shopId, { limit: 9, state: 'paid' })).toEqual([one]);
      expect(await turnAll(shopId, { limit: 9, state: 'ready' })).toEqual([ready]);
      expect(await turnAll(shopId, { limit: 9, state: 'awaiting_payment' })).toEqual([waiting]);
      expect(await turnAll(shopId, { limit: 9, state: 'fulfilled' })).toEqual([]);
      expect(await turnAll(shopId, { limit: 9, state: 'draft' })).toEqual([]);
    });

    it('goes on where it stood when orders come in and move between two pages', async () => {
      const shopId = aShopId();
      const made: Order[] = [];
      for (let later = 0; later < 5; later += 1) {
        made.push(await paid({ shopId, createdAtMs: noonMs + later }));
      }
      const first = await stores.orders.ofShop(shopId, { limit: 2 });
      expect(ids(first.things)).toEqual([made[4]?.id, made[3]?.id]);

      await paid({ shopId, createdAtMs: noonMs + 60 });
      const moved = made[3];
      if (moved !== undefined) await commitAll([nextOrder(moved, 'preparing')]);

      const rest = await stores.orders.ofShop(shopId, { limit: 9, after: first.next ?? '' });
      expect(ids(rest.things)).toEqual([made[2]?.id, made[1]?.id, made[0]?.id]);
      expect(rest.next).toBeUndefined();
    });

    it('has an order once that was tried twice, and keeps one that ended after a try', async () => {
      const shopId = aShopId();
      const tried = await checkedOut({ shopId });
      const { method: _tried, ...untried } = tried;
      const declined = await commitAll([
        nextOrder(untried, 'payment_declined', { attempt: 2, trail: {} }),
      ]);
      expect((await stores.orders.ofShop(shopId, { limit: 5 })).things).toEqual([]);

      const again = await commitAll([checkoutStarted(declined)]);
      expect((await stores.orders.ofShop(shopId, { limit: 5 })).things).toEqual([again]);
      expect(await turnAll(shopId, { limit: 1 })).toEqual([again]);
      const { method: _again, ...untriedAgain } = again;
      const back = await commitAll([
        nextOrder(untriedAgain, 'payment_declined', { attempt: 3, trail: {} }),
      ]);
      const ended = await commitAll([nextOrder(back, 'draft_cancelled')]);
      expect(await turnAll(shopId, { limit: 9, state: 'cancelled' })).toEqual([ended]);
      expect((await stores.orders.ofShop(shopId, { limit: 5 })).things).toEqual([ended]);
    });

    it('answers a forged cursor with nothing that is another shop’s', async () => {
      const [joe, ann] = [aShopId(), aShopId()];
      for (const shopId of [joe, ann, ann, ann]) await paid({ shopId });
      const { next = '' } = await stores.orders.ofShop(ann, { limit: 1 });
      const forged = [
        '',
        'x',
        '%%%',
        next,
        '😀',
        Buffer.from(`SHOP_ORDERS#${ann}`).toString('base64url'),
        Buffer.from('\uffff'.repeat(300)).toString('base64url'),
        Buffer.from('a'.repeat(5000)).toString('base64url'),
        Buffer.from([0xff]).toString('base64url'),
      ];

      for (const after of forged) {
        const { things } = await stores.orders.ofShop(joe, { limit: 9, after });
        expect(things.every(({ shopId }) => shopId === joe)).toBe(true);
        const sold = await stores.orders.ofShop(joe, { limit: 9, after, state: 'paid' });
        expect(sold.things.every(({ shopId }) => shopId === joe)).toBe(true);
      }
      expect((await stores.orders.ofShop(joe, { limit: 9, after: '%%%' })).things).toEqual([]);
      expect((await stores.orders.ofShop(`${joe}#paid`, { limit: 9 })).things).toEqual([]);
    });
  });

  it('lists the bills that a shop sent, newest first, a page at a time, from the draft on', async () => {
    const shopId = aShopId();
    const source = 'payment_request';
    const first = await drafted({ shopId, source });
    await drafted({ shopId, createdAtMs: first.createdAtMs + 1000 });
    await drafted({ shopId: aShopId(), source });
    const { address: _nobodys, ...toNobody } = anOrderDraft({
      shopId,
      source,
      createdAtMs: first.createdAtMs + 2000,
      sent: { endsAtMs: first.createdAtMs + 9000, isByLink: true, holder: 'f1' },
    }).order;
    const change = anOrderDraft();
    await commitAll([
      { order: toNobody, entry: { ...change.entry, subject: toNobody.id, atMs: 1 } },
    ]);

    const newest = await stores.orders.billsOf(shopId, { limit: 1 });
    const rest = await stores.orders.billsOf(shopId, { limit: 5, after: newest.next ?? '' });

    expect(newest.things.map(({ id }) => id)).toEqual([toNobody.id]);
    expect(newest.things[0]?.address).toBeUndefined();
    expect(rest.things.map(({ id }) => id)).toEqual([first.id]);
    expect(await stores.orders.ofBuyer(shopId, first.buyerId, 5)).toHaveLength(1);
  });

  it('shows a buyer what they ordered at one shop, newest first, drafts too', async () => {
    const [shopId, buyerId] = [aShopId(), aPersonId()];
    const old = await paid({ shopId, buyerId, createdAtMs: noonMs });
    const draft = await drafted({ shopId, buyerId, createdAtMs: noonMs + 5 });
    const newer = await checkedOut({ shopId, buyerId, createdAtMs: noonMs + 1 });
    await paid({ shopId: aShopId(), buyerId });
    await paid({ shopId });

    expect(await stores.orders.ofBuyer(shopId, buyerId, 9)).toEqual([draft, newer, old]);
    expect(await stores.orders.ofBuyer(shopId, buyerId, 1)).toEqual([draft]);
    expect(await stores.orders.ofBuyer(shopId, aPersonId(), 9)).toEqual([]);
    expect(await stores.orders.ofBuyer(`${shopId}#`, buyerId, 9)).toEqual([]);
  });

  it('is found when it is due, and no longer when nothing waits', async () => {
    const draft = await drafted();
    const dueIds = async (): Promise<string[]> => {
      const { dueIndex } = stores;
      const shards = Array.from({ length: dueIndex.shards }, (_, shard) =>
        dueIndex.dueBefore(shard, Number.MAX_SAFE_INTEGER, { end: 'earliest', limit: 1000 }),
      );
      return (await Promise.all(shards)).flat();
    };
    expect(await dueIds()).toContain(draft.id);

    const opened = [checkoutStarted(draft)];
    opened.push(checkoutOpened(lastOf(opened)));
    expect(await commitAll(opened)).toMatchObject({ state: 'awaiting_payment' });
    expect(await dueIds()).toContain(draft.id);
    await commitAll([orderPaid(lastOf(opened))]);
    expect(await dueIds()).not.toContain(draft.id);
  });
});
