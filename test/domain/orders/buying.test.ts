// Buying at Joe's, as it should go: bill, Checkout or one tap, paid, made, handed over, given back.
import { describe, expect, it } from 'vitest';
import { moveOrder } from '../../../lambdas/domain/orders/move-order.ts';
import { refundOrder } from '../../../lambdas/domain/orders/refund-order.ts';
import { refreshOrder } from '../../../lambdas/domain/orders/refresh-order.ts';
import { leftToRefund } from '../../../lambdas/domain/orders/refundable.ts';
import { requoteOrder } from '../../../lambdas/domain/orders/requote-order.ts';
import { joesCoffee, mug, usd } from '../../builders/shop-town/joes-coffee.ts';
import { aWish, oneMug, openShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { aBuyer } from '../../builders/shop-town/shop-buyer.ts';
import { hourMs, minuteMs } from '../../builders/scenes.ts';

const stepsOf = async (
  town: Awaited<ReturnType<typeof openShopTown>>,
  id: `ord_${string}`,
): Promise<string[]> => (await town.world.orders.journalOf(id)).map(({ step }) => step);

describe('an order', () => {
  it('is drafted with a bill that adds up and a number to read out', async () => {
    const town = await openShopTown();

    const order = await aBuyer(town).orders({ tipPercent: 10, promotionCode: 'tenoff' });

    expect(order).toMatchObject({ state: 'draft', attempt: 1, isStockReserved: false });
    expect(order.number).toMatch(/^[2-9A-Z]{3}-[2-9A-Z]{3}$/u);
    const { goods, discount, shipping, tax, tip, total } = order.bill;
    expect([goods, discount, shipping, tax, tip]).toEqual([1050, 105, 0, 84, 95].map(usd));
    expect(total).toEqual(usd(1050 - 105 + 84 + 95));
    expect(order.fee).toEqual(usd(11));
  });

  it('is the same for the same message', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);

    const once = await ann.orders({}, 'm_1');
    const twice = await ann.orders({}, 'm_1');

    expect(twice).toEqual(once);
    expect(await town.orders()).toHaveLength(1);
  });

  it('takes another number where the shop has its own already', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);
    const { orders } = town.world;
    const commitWell = orders.commit;
    const taken = new Set<string>();
    orders.commit = async (change) => {
      if (change.order.version !== 1 || taken.size > 0) return commitWell(change);
      taken.add(change.order.number);
      return { kind: 'number_taken' };
    };

    const order = await ann.orders();

    expect(taken.size).toBe(1);
    expect(taken).not.toContain(order.number);
  });

  it('gets another bill when it is shipped, and none where the shop does not ship to', async () => {
    const town = await openShopTown();
    const { id, bill } = await aBuyer(town).orders();
    const to = { name: 'Ann', street1: '1 Elm', city: 'Ely', postalCode: '10001', country: 'US' };

    const shipped = await requoteOrder(
      town.world,
      id,
      aWish({ handover: { kind: 'shipping', optionId: 'slow', to } }),
    );
    const refused = await requoteOrder(
      town.world,
      id,
      aWish({ handover: { kind: 'shipping', optionId: 'slow', to: { ...to, country: 'FR' } } }),
    );

    expect(shipped).toMatchObject({ kind: 'requoted', order: { bill: { shipping: usd(500) } } });
    expect(shipped.order.bill.total.minor).toBe(bill.total.minor + 500 + 45);
    expect(refused).toMatchObject({ kind: 'refused', why: 'not_shipped_there', what: 'FR' });
    expect(refused.order.version).toBe(2);
  });

  it('runs out when nobody pays it', async () => {
    const town = await openShopTown();
    const { id } = await aBuyer(town).orders();

    await town.later(31 * minuteMs);

    expect((await town.order(id)).state).toBe('expired');
  });
});

describe('paying at Checkout', () => {
  it('sells when the provider says that it is paid, and books every cent', async () => {
    const town = await openShopTown();

    const order = await aBuyer(town).buys({ ...oneMug, tipPercent: 10 });

    expect(order).toMatchObject({
      state: 'paid',
      isStockReserved: true,
      trail: { accountId: 'acct_joe', card: { brand: 'visa', last4: '4242' } },
    });
    expect(await stepsOf(town, order.id)).toEqual([
      'drafted',
      'checkout_started',
      'checkout_opened',
      'paid',
    ]);
    const [paid] = (await town.world.orders.journalOf(order.id)).slice(-1);
    expect(paid?.postings).toEqual([
      { account: `buyer:${order.buyerId}`, amount: usd(-2140) },
      { account: 'shop:shp_joe', amount: usd(2140 - 160 - 180 - 21) },
      { account: 'tax:shp_joe', amount: usd(160) },
      { account: 'tips:shp_joe', amount: usd(180) },
      { account: 'tender:fees', amount: usd(21) },
    ]);
    await town.checkBooks(true);
  });

  it('is led to the same page when Pay is pressed again', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);
    const { id } = await ann.orders();

    const [once, twice] = [await ann.pressesPay(id), await ann.pressesPay(id)];

    expect(once.kind).toBe('redirect');
    expect(twice).toEqual(once);
    expect(town.provider.books.sessions.size).toBe(1);
  });

  it('knows that it is paid when the buyer comes back before the event', async () => {
    const town = await openShopTown();
    town.holdEvents();
    const order = await aBuyer(town).buys();
    expect(order.state).toBe('awaiting_payment');

    const back = await refreshOrder(town.world, order.id);

    expect(back?.state).toBe('paid');
    await town.letEventsIn();
    await town.checkBooks(true);
  });

  it('ends when the page runs out, and the mug is back on the shelf', async () => {
    const town = await openShopTown({ mugs: 1 });
    const ann = aBuyer(town);
    const { id } = await ann.orders(oneMug);
    await ann.pressesPay(id);
    const levels = () => town.world.stock.levels(joesCoffee.id, [mug.id]);
    expect((await levels()).get(mug.id)).toBe(0);

    await town.later(hourMs);

    expect((await town.order(id)).state).toBe('expired');
    expect((await levels()).get(mug.id)).toBe(1);
    await town.checkBooks(true);
  });

  it('asks for no card where there is nothing to pay', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);
    const { id } = await ann.orders({ promotionCode: 'FREE' });

    const outcome = await ann.pressesPay(id);

    expect(outcome).toMatchObject({ kind: 'paid', order: { state: 'paid' } });
    expect(town.provider.books.moved).toEqual([]);
    await town.checkBooks(true);
  });
});

describe('one tap with the saved card', () => {
  async function withSavedCard() {
    const town = await openShopTown();
    const ann = aBuyer(town);
    await ann.buys({}, { keep: true });
    return { town, ann };
  }

  it('charges the card that was kept at Checkout', async () => {
    const { town, ann } = await withSavedCard();
    const { id } = await ann.orders(oneMug);

    const outcome = await ann.pressesPay(id, { by: 'saved_card' });

    expect(outcome).toMatchObject({ kind: 'paid', order: { method: 'saved_card' } });
    await town.settle();
    await town.checkBooks(true);
  });

  it('falls back to Checkout where no card is kept', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);
    const { id } = await ann.orders();

    expect(await ann.pressesPay(id, { by: 'saved_card' })).toMatchObject({ kind: 'redirect' });
  });

  it('goes back to the bill with the stock freed when the card says no; another try has other keys', async () => {
    const { town, ann } = await withSavedCard();
    for (const instrument of town.provider.books.instruments.keys())
      town.provider.books.instruments.set(instrument, 'poor');
    const { id } = await ann.orders(oneMug);

    const outcome = await ann.pressesPay(id, { by: 'saved_card' });

    expect(outcome).toMatchObject({
      kind: 'declined',
      reason: 'insufficient_funds',
      order: { state: 'draft', attempt: 2, isStockReserved: false },
    });
    expect((await town.order(id)).method).toBeUndefined();
    const again = await ann.pressesPay(id);
    if (again.kind !== 'redirect') throw new Error(again.kind);
    town.provider.hands.payAt(again.url);
    await town.settle();
    expect((await town.order(id)).state).toBe('paid');
    await town.checkBooks(true);
  });

  it.each([
    { isPassed: true, ends: 'paid' },
    { isPassed: false, ends: 'draft' },
  ])('leads to the bank where it wants to see the buyer: $ends', async ({ isPassed, ends }) => {
    const { town, ann } = await withSavedCard();
    for (const instrument of town.provider.books.instruments.keys())
      town.provider.books.instruments.set(instrument, 'careful');
    const { id } = await ann.orders(oneMug);

    const outcome = await ann.pressesPay(id, { by: 'saved_card' });
    const again = await ann.pressesPay(id, { by: 'saved_card' });

    if (outcome.kind !== 'needs_action') throw new Error(outcome.kind);
    expect(again).toMatchObject({ kind: 'needs_action', url: outcome.url });
    town.provider.hands.answerBank(outcome.url, isPassed);
    await town.settle();
    expect((await town.order(id)).state).toBe(ends);
    await town.checkBooks(true);
  });

  it('is given up when the buyer never answers their bank', async () => {
    const { town, ann } = await withSavedCard();
    for (const instrument of town.provider.books.instruments.keys())
      town.provider.books.instruments.set(instrument, 'careful');
    const { id } = await ann.orders(oneMug);
    await ann.pressesPay(id, { by: 'saved_card' });

    await town.later(32 * minuteMs);

    expect(await town.order(id)).toMatchObject({ state: 'draft', reason: 'not_finished' });
    await town.checkBooks(true);
  });
});

describe('after it is paid', () => {
  it('is made, handed over, and each taken back when tapped wrongly', async () => {
    const town = await openShopTown();
    const { id } = await aBuyer(town).buys();
    const moves = (step: Parameters<typeof moveOrder>[1]['step']) =>
      moveOrder(town.world, { orderId: id, step, tracking: { number: '1Z' } });

    const kinds = [
      await moves('preparing'),
      await moves('preparing_undone'),
      await moves('preparing'),
      await moves('ready'),
      await moves('fulfilled'),
      await moves('preparing'),
    ].map(({ kind }) => kind);

    expect(kinds).toEqual(['moved', 'moved', 'moved', 'moved', 'moved', 'not_possible']);
    expect(await town.order(id)).toMatchObject({ state: 'fulfilled', tracking: { number: '1Z' } });
    await moves('fulfilled_undone');
    const undone = await town.order(id);
    expect([undone.state, undone.fulfilledAtMs]).toEqual(['ready', undefined]);
    await moves('ready_undone');
    const unsent = await town.order(id);
    expect([unsent.state, unsent.tracking]).toEqual(['preparing', undefined]);
  });

  it('is given back in parts that sum to the whole, to the cent, on every account', async () => {
    const town = await openShopTown();
    const { id, bill } = await aBuyer(town).buys({ ...oneMug, tipPercent: 15 });
    const gives = async (amount: number | 'all') =>
      refundOrder(town.world, {
        orderId: id,
        amount: amount === 'all' ? 'all' : usd(amount),
        reason: 'requested_by_customer',
        madeBy: `form_${town.nextNumber()}`,
      });

    for (const amount of [1, 333, 777, 'all'] as const) {
      expect(await gives(amount)).toMatchObject({ kind: 'asked' });
      await town.settle();
    }

    const order = await town.order(id);
    expect(order.refunds.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
    const back = order.refunds.reduce((sum, { feeBack }) => sum + feeBack.minor, 0);
    expect(back).toBe(order.fee.minor);
    const accounts = new Map<string, number>();
    for (const { postings } of await town.world.orders.journalOf(id))
      for (const { account, amount } of postings)
        accounts.set(account, (accounts.get(account) ?? 0) + amount.minor);
    expect([...accounts.values()]).toEqual([0, 0, 0, 0, 0]);
    expect(bill.total.minor).toBe(1800 + 160 + 270);
    expect(leftToRefund(order)).toEqual(usd(0));
    expect(await gives('all')).toMatchObject({ kind: 'not_refundable' });
    await town.checkBooks(true);
  });

  it('is called off by the shop: all of it goes back, and the mug to the shelf', async () => {
    const town = await openShopTown({ mugs: 1 });
    const { id } = await aBuyer(town).buys(oneMug);

    await refundOrder(town.world, {
      orderId: id,
      amount: 'all',
      reason: 'cancelled_by_shop',
      madeBy: 'form_1',
      cancel: true,
    });
    await town.settle();

    expect(await town.order(id)).toMatchObject({
      state: 'cancelled',
      isStockReserved: false,
      refunds: [{ state: 'done', amount: usd(1960) }],
    });
    await town.checkBooks(true);
  });
});
