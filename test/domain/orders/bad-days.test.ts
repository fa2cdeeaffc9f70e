// Bad days at Joe's: late, twice, wrong, silent, gone. Nobody is charged for nothing, and nothing is sold twice.
import { describe, expect, it } from 'vitest';
import { billSeen } from '../../../lambdas/domain/orders/bill-seen.ts';
import { cancelOrder } from '../../../lambdas/domain/orders/cancel-order.ts';
import { orderNeedsAPerson } from '../../../lambdas/domain/orders/needs-a-person.ts';
import { refundOrder } from '../../../lambdas/domain/orders/refund-order.ts';
import { refreshOrder } from '../../../lambdas/domain/orders/refresh-order.ts';
import { requoteOrder } from '../../../lambdas/domain/orders/requote-order.ts';
import { coffee, mug, usd } from '../../builders/shop-town/joes-coffee.ts';
import { aWish, oneMug, openShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { aBuyer } from '../../builders/shop-town/shop-buyer.ts';
import { dayMs, hourMs, minuteMs } from '../../builders/scenes.ts';

type Town = Awaited<ReturnType<typeof openShopTown>>;

async function atCheckout(town: Town, wish = oneMug) {
  const ann = aBuyer(town);
  const { id } = await ann.orders(wish);
  const outcome = await ann.pressesPay(id);
  if (outcome.kind !== 'redirect') throw new Error(outcome.kind);
  return { ann, id, url: outcome.url };
}

const kindsMoved = (town: Town) => town.provider.books.moved.map(({ kind }) => kind);

const accountsOf = async (town: Town, id: `ord_${string}`) => {
  const order = await town.order(id);
  return { id, accountId: order.trail.accountId ?? 'acct_joe', total: order.bill.total };
};

describe('money that comes when nobody waits for it', () => {
  it('goes straight back when Checkout was paid though it had expired here', async () => {
    const town = await openShopTown();
    const { id } = await atCheckout(town);
    await town.later(hourMs);
    expect((await town.order(id)).state).toBe('expired');

    town.provider.hands.chargeAgain(await accountsOf(town, id));
    await town.settle();

    expect(await town.order(id)).toMatchObject({
      state: 'expired',
      refunds: [{ state: 'done', reason: 'paid_too_late', amount: usd(1960) }],
    });
    expect(kindsMoved(town)).toEqual(['charge', 'refund']);
    await town.checkBooks(true);
  });

  it('sells when the page was paid at the last moment, before we closed it', async () => {
    const town = await openShopTown();
    const { id, url } = await atCheckout(town);
    town.holdEvents();
    await town.later(30 * minuteMs);
    town.provider.hands.payAt(url);

    await town.later(10 * minuteMs);

    expect((await town.order(id)).state).toBe('paid');
    await town.letEventsIn('backwards');
    await town.checkBooks(true);
  });

  it('goes back when it came twice, by two tabs or two ways, and the order is sold once', async () => {
    const town = await openShopTown();
    const order = await aBuyer(town).buys(oneMug);

    const again = town.provider.hands.chargeAgain(await accountsOf(town, order.id));
    await town.settle();

    expect(await town.order(order.id)).toMatchObject({
      state: 'paid',
      trail: { intentId: order.trail.intentId },
      refunds: [{ state: 'done', reason: 'paid_twice', intentId: again }],
    });
    expect(kindsMoved(town)).toEqual(['charge', 'charge', 'refund']);
    await town.checkBooks(true);
  });

  it('goes back when a card that had said no turns out to have been charged', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);
    await ann.buys({}, { keep: true });
    for (const instrument of town.provider.books.instruments.keys())
      town.provider.books.instruments.set(instrument, 'poor');
    const { id } = await ann.orders(oneMug);
    await ann.pressesPay(id, { by: 'saved_card' });
    await town.settle();
    const [refused] = [...town.provider.books.intents.values()].filter(
      ({ orderId }) => orderId === id,
    );

    town.provider.hands.turnOutDone(refused?.id ?? '');
    await town.settle();

    expect(await town.order(id)).toMatchObject({
      state: 'cancelled',
      refunds: [{ state: 'done', reason: 'paid_too_late' }],
    });
    await town.checkBooks(true);
  });

  it('leaves one page for two tabs, whichever way each wants to pay', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);
    await ann.buys({}, { keep: true });
    const { id } = await ann.orders(oneMug);

    const [one, other] = await Promise.all([
      ann.pressesPay(id),
      ann.pressesPay(id, { by: 'saved_card' }),
    ]);

    const { attempt, method } = await town.order(id);
    expect(attempt).toBe(1);
    expect([one.kind, other.kind]).toEqual(
      method === 'checkout' ? ['redirect', 'redirect'] : ['paid', 'paid'],
    );
    expect(kindsMoved(town).length).toBeLessThanOrEqual(2);
    await town.settle();
    await town.checkBooks(true);
  });
});

describe('a method that takes days', () => {
  it.each([
    { isDone: true, state: 'paid', left: 0 },
    { isDone: false, state: 'draft', left: 1 },
  ])('ends as the bank says: $state', async ({ isDone, state, left }) => {
    const town = await openShopTown({ mugs: 1 });
    const { id, url } = await atCheckout(town);
    town.provider.hands.payAt(url, { card: 'slow' });
    await town.settle();
    const pending = await town.order(id);
    expect(pending).toMatchObject({ state: 'awaiting_payment', isStockReserved: true });
    await town.later(3 * dayMs);
    expect((await town.order(id)).state).toBe('awaiting_payment');
    expect(await cancelOrder(town.world, { orderId: id, actor: 'buyer' })).toMatchObject({
      kind: 'too_late',
    });

    town.provider.hands.endSlow(pending.trail.intentId ?? '', isDone);
    await town.settle();

    expect((await town.order(id)).state).toBe(state);
    expect((await town.world.stock.levels('shp_joe', [mug.id])).get(mug.id)).toBe(left);
    await town.checkBooks(true);
  });

  it('ends without its event, by the daily look', async () => {
    const town = await openShopTown();
    const { id, url } = await atCheckout(town);
    town.provider.hands.payAt(url, { card: 'slow' });
    await town.settle();
    town.holdEvents();
    town.provider.hands.endSlow((await town.order(id)).trail.intentId ?? '', true);

    await town.later(2 * dayMs);

    expect((await town.order(id)).state).toBe('paid');
  });
});

describe('what was seen and what is', () => {
  it('shows the new bill when prices changed between cart and payment, and charges nothing', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);
    const { id } = await ann.orders();
    await town.changeProduct(coffee, { price: usd(500) });

    const outcome = await ann.pressesPay(id);

    expect(outcome).toMatchObject({
      kind: 'bill_changed',
      order: { state: 'draft', bill: { goods: usd(1150) } },
    });
    expect(await ann.pressesPay(id)).toMatchObject({ kind: 'redirect' });
  });

  it('charges nothing for a bill that another tab has changed', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);
    const order = await ann.orders();
    const seen = billSeen(order);
    await requoteOrder(town.world, order.id, aWish({ tipPercent: 20 }));

    expect(await ann.pressesPay(order.id, { seen })).toMatchObject({ kind: 'bill_changed' });
    expect(town.provider.books.sessions.size).toBe(0);
  });

  it('makes another bill without a promotion that has ended', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);
    const { id } = await ann.orders({ promotionCode: 'TENOFF' });
    await town.changeShop({ promotions: [] });

    const outcome = await ann.pressesPay(id);

    expect(outcome).toMatchObject({ kind: 'bill_changed', order: { bill: { discount: usd(0) } } });
  });

  it('names what the shop sells no more', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);
    const { id } = await ann.orders(oneMug);
    await town.changeProduct(mug, { isActive: false });

    expect(await ann.pressesPay(id)).toMatchObject({ kind: 'sold_out', names: ['Mug'] });
  });

  it('does not sell an expired draft, even while nobody has come round to end it', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);
    const { id } = await ann.orders();
    town.time.nowMs += 31 * minuteMs;

    expect(await ann.pressesPay(id)).toMatchObject({ kind: 'not_open' });
  });
});

describe('the last one', () => {
  it('goes to one of two buyers who press Pay at the same moment', async () => {
    const town = await openShopTown({ mugs: 1 });
    const [ann, bob] = [aBuyer(town), aBuyer(town)];
    const [hers, his] = [await ann.orders(oneMug), await bob.orders(oneMug)];

    const outcomes = await Promise.all([ann.pressesPay(hers.id), bob.pressesPay(his.id)]);

    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['redirect', 'sold_out']);
    expect(outcomes).toContainEqual(expect.objectContaining({ names: ['Mug'] }));
    await town.checkBooks(true);
  });

  it('is free again when the first buyer calls off, but only after the provider has closed the page', async () => {
    const town = await openShopTown({ mugs: 1 });
    const { id, url } = await atCheckout(town);
    town.provider.failNext('closeCheckout', 'lost_before');

    const said = await cancelOrder(town.world, { orderId: id, actor: 'buyer' });
    await town.settle();

    expect(said.kind).toBe('closing');
    expect(await town.order(id)).toMatchObject({ closing: 'cancel', isStockReserved: true });
    await town.later(minuteMs);
    expect(await town.order(id)).toMatchObject({ state: 'cancelled', isStockReserved: false });
    expect(town.provider.hands.payAt(url)).toBe(false);
    await town.checkBooks(true);
  });

  it('stays sold when it was paid while the buyer called off', async () => {
    const town = await openShopTown({ mugs: 1 });
    const { id, url } = await atCheckout(town);
    town.holdEvents();
    town.provider.hands.payAt(url);

    await cancelOrder(town.world, { orderId: id, actor: 'buyer' });
    await town.settle();

    expect(await town.order(id)).toMatchObject({ state: 'paid', isStockReserved: true });
    expect((await town.order(id)).closing).toBeUndefined();
  });
});

describe('a charge whose answer is lost', () => {
  it.each([
    { card: 'good', state: 'paid' },
    { card: 'careful', state: 'cancelled' },
    { card: 'poor', state: 'cancelled' },
  ] as const)('and that is called off meanwhile ends $state with a $card card', async (each) => {
    const town = await openShopTown({ mugs: 1 });
    const ann = aBuyer(town);
    await ann.buys({}, { keep: true });
    for (const instrument of town.provider.books.instruments.keys())
      town.provider.books.instruments.set(instrument, each.card);
    const { id } = await ann.orders(oneMug);
    town.holdEvents();
    town.provider.failNext('chargeSavedCard', 'lost_after');

    expect(await ann.pressesPay(id, { by: 'saved_card' })).toMatchObject({ kind: 'unknown' });
    expect(await cancelOrder(town.world, { orderId: id, actor: 'buyer' })).toMatchObject({
      kind: 'closing',
    });
    await town.later(minuteMs);

    expect((await town.order(id)).state).toBe(each.state);
    await town.letEventsIn();
    await town.checkBooks(true);
  });

  async function lostAtTheCharge(how: 'lost_before' | 'lost_after') {
    const town = await openShopTown({ mugs: 1 });
    const ann = aBuyer(town);
    await ann.buys({}, { keep: true });
    const { id } = await ann.orders(oneMug);
    town.holdEvents();
    town.provider.failNext('chargeSavedCard', how);
    await ann.pressesPay(id, { by: 'saved_card' });
    // Nobody comes round before the provider has forgotten the key.
    town.time.nowMs += 3 * dayMs;
    return { town, id };
  }

  it('is found by its mark once the provider has forgotten its key, and never made a second time', async () => {
    const { town, id } = await lostAtTheCharge('lost_after');
    town.provider.failNext('lookUp.lostCharge', 'lost_before');

    await town.later(minuteMs);
    expect((await town.order(id)).state).toBe('awaiting_payment');
    await town.later(dayMs);

    expect(await town.order(id)).toMatchObject({ state: 'paid', isStockReserved: true });
    expect(kindsMoved(town)).toEqual(['charge', 'charge']);
    await town.letEventsIn();
    expect((await town.order(id)).refunds).toEqual([]);
    await town.checkBooks(true);
  });

  it('and that was never made is over then, with the stock free again', async () => {
    const { town, id } = await lostAtTheCharge('lost_before');

    await town.later(minuteMs);

    expect(await town.order(id)).toMatchObject({
      state: 'expired',
      reason: 'never_charged',
      isStockReserved: false,
    });
    expect(kindsMoved(town)).toEqual(['charge']);
    await town.checkBooks(true);
  });

  it('waits loudly for a person where nobody can be asked', async () => {
    const { town, id } = await lostAtTheCharge('lost_after');
    for (let day = 0; day < 9; day += 1) {
      town.provider.failNext('lookUp.lostCharge', 'lost_before');
      await town.later(dayMs);
    }

    const waiting = await town.order(id);
    expect(waiting).toMatchObject({ state: 'awaiting_payment', reason: 'payment_never_known' });
    await town.letEventsIn();
    expect((await town.order(id)).state).toBe('paid');
    await town.checkBooks(true);
  });
});

describe('a refund whose answer is lost until its key is forgotten', () => {
  async function lostAtTheRefund(how: 'lost_before' | 'lost_after') {
    const town = await openShopTown();
    const { id } = await aBuyer(town).buys();
    town.holdEvents();
    town.provider.failNext('refund', how);
    const said = { orderId: id, amount: 'all', reason: 'duplicate', madeBy: 'm_1' } as const;
    await refundOrder(town.world, said);
    await town.settle();
    town.time.nowMs += 3 * dayMs;
    await town.later(minuteMs);
    return { town, id };
  }

  it('is found by its mark, and done', async () => {
    const { town, id } = await lostAtTheRefund('lost_after');
    expect((await town.order(id)).refunds).toMatchObject([{ state: 'done' }]);
    expect(kindsMoved(town)).toEqual(['charge', 'refund']);
    await town.checkBooks(true);
  });

  it('and that was never made has failed, told to people, and the shop can give it anew', async () => {
    const { town, id } = await lostAtTheRefund('lost_before');
    expect((await town.order(id)).refunds).toMatchObject([{ state: 'failed' }]);
    expect(town.entries.some(orderNeedsAPerson)).toBe(true);

    const said = { orderId: id, amount: 'all', reason: 'duplicate', madeBy: 'm_2' } as const;
    expect((await refundOrder(town.world, said)).kind).toBe('asked');
    await town.settle();
    expect(kindsMoved(town)).toEqual(['charge', 'refund']);
    await town.checkBooks(true);
  });
});

describe('the shop', () => {
  it.each([
    { answer: { kind: 'silent' } as const, outcome: { kind: 'shop_silent' } },
    {
      answer: { kind: 'no', why: 'Out of milk' } as const,
      outcome: { kind: 'refused_by_shop', why: 'Out of milk' },
    },
  ])('has the last word: $answer.kind charges nothing', async ({ answer, outcome }) => {
    const town = await openShopTown({
      shop: { lastWord: { url: 'https://joe.example/last', secret: 's' } },
      lastWord: async () => answer,
    });
    const ann = aBuyer(town);
    const { id } = await ann.orders();

    expect(await ann.pressesPay(id)).toEqual(outcome);
    expect((await town.order(id)).state).toBe('draft');
    expect(town.provider.books.sessions.size).toBe(0);
  });

  it('takes nothing while it is closed, paused or without an account', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);
    const { id } = await ann.orders();
    const never = [[], [], [], [], [], [], [{ from: 0, to: 1 }]];

    await town.changeShop({ hours: never });
    expect(await ann.pressesPay(id)).toMatchObject({ kind: 'closed' });
    await town.changeShop({ hours: [], isPaused: true });
    expect(await ann.pressesPay(id)).toEqual({ kind: 'not_selling', why: 'paused' });
    await town.changeShop({
      isPaused: false,
      account: { accountId: 'acct_joe', status: 'started', missing: [] },
    });
    expect(await ann.pressesPay(id)).toEqual({ kind: 'not_selling', why: 'not_ready' });
  });

  it('that closes its account sells no more, and orders that wait there come to an end', async () => {
    const town = await openShopTown({ mugs: 2 });
    const { id } = await atCheckout(town);
    const bob = aBuyer(town);
    const draft = await bob.orders(oneMug);

    town.provider.hands.setAccount('acct_joe', 'left');
    await town.settle();

    expect((await town.shop()).account?.status).toBe('left');
    expect(await bob.pressesPay(draft.id)).toEqual({ kind: 'not_selling', why: 'restricted' });
    await town.untilNothingIsDue();
    expect(await town.order(id)).toMatchObject({ state: 'expired', reason: 'account_left' });
    expect((await town.order(draft.id)).state).toBe('expired');
    await town.checkBooks(true);
  });
});

describe('giving back', () => {
  it('never exceeds what was paid when two of the staff give back at once', async () => {
    const town = await openShopTown();
    const { id } = await aBuyer(town).buys(oneMug);
    const gives = (madeBy: string) =>
      refundOrder(town.world, {
        orderId: id,
        amount: usd(1500),
        reason: 'requested_by_customer',
        madeBy,
      });

    const outcomes = await Promise.all([gives('one'), gives('other')]);
    await town.settle();

    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['asked', 'too_much']);
    expect(outcomes).toContainEqual(expect.objectContaining({ left: usd(460) }));
    expect(kindsMoved(town)).toEqual(['charge', 'refund']);
    await town.checkBooks(true);
  });

  it('is done once for a form that is sent twice, and once at the provider when its answer is lost', async () => {
    const town = await openShopTown();
    const { id } = await aBuyer(town).buys(oneMug);
    const said = {
      orderId: id,
      amount: usd(500),
      reason: 'duplicate',
      madeBy: 'form_1',
    } as const;
    town.provider.failNext('refund', 'lost_after');
    town.holdEvents();

    const [once, twice] = [
      await refundOrder(town.world, said),
      await refundOrder(town.world, said),
    ];
    await town.settle();

    expect([once.kind, twice.kind]).toEqual(['asked', 'asked']);
    expect((await town.order(id)).refunds).toMatchObject([{ state: 'asked', asked: 1 }]);
    await town.later(minuteMs);
    expect((await town.order(id)).refunds).toMatchObject([{ state: 'done' }]);
    expect(kindsMoved(town)).toEqual(['charge', 'refund']);
    await town.letEventsIn();
    await town.checkBooks(true);
  });

  it('counts again as left when it fails, also after it looked done', async () => {
    const town = await openShopTown();
    const { id } = await aBuyer(town).buys(oneMug);
    await refundOrder(town.world, {
      orderId: id,
      amount: 'all',
      reason: 'requested_by_customer',
      madeBy: 'a',
    });
    await town.settle();
    const [done] = (await town.order(id)).refunds;

    town.provider.hands.endRefund(done?.providerRefundId ?? '', false);
    await town.settle();

    expect(await town.order(id)).toMatchObject({ refunds: [{ state: 'failed' }] });
    await town.checkBooks(true);
    expect(
      await refundOrder(town.world, {
        orderId: id,
        amount: usd(1960),
        reason: 'requested_by_customer',
        madeBy: 'b',
      }),
    ).toMatchObject({ kind: 'asked' });
  });

  it('follows what is done on the provider’s own dashboard', async () => {
    const town = await openShopTown();
    const { id, trail } = await aBuyer(town).buys(oneMug);

    town.provider.hands.refundOnDashboard(trail.intentId ?? '', usd(300));
    await town.settle();

    expect(await town.order(id)).toMatchObject({
      refunds: [{ state: 'done', amount: usd(300), feeBack: usd(0) }],
    });
    const tooMuch = await refundOrder(town.world, {
      orderId: id,
      amount: usd(1700),
      reason: 'requested_by_customer',
      madeBy: 'a',
    });
    expect(tooMuch).toMatchObject({ kind: 'too_much', left: usd(1660) });
    await town.checkBooks(true);
  });

  it.each(['refunds', 'disputes'] as const)(
    'hears of the charge first when news of it is later than what became of it: %s',
    async (what) => {
      const town = await openShopTown();
      const { id, url } = await atCheckout(town);
      town.provider.hands.payAt(url);
      const events = town.provider.takeEvents();
      const charge = events.find(({ about }) => about.kind === 'charge_changed');
      const intentId = charge?.about.kind === 'charge_changed' ? charge.about.intentId : '';
      if (what === 'refunds') town.provider.hands.refundOnDashboard(intentId, usd(300));
      else town.provider.hands.openDispute(intentId);

      await town.settle();

      expect(await town.order(id)).toMatchObject({
        state: 'paid',
        ...(what === 'refunds'
          ? { refunds: [{ state: 'done', amount: usd(300) }] }
          : { dispute: { state: 'needs_response' } }),
      });
      for (const event of events) await town.hint(event);
      await town.checkBooks(true);
    },
  );

  it('waits for a bank that is slow, and wakes a person after five days', async () => {
    const town = await openShopTown();
    const { id } = await aBuyer(town).buys(oneMug);
    town.holdEvents();
    await refundOrder(town.world, {
      orderId: id,
      amount: 'all',
      reason: 'requested_by_customer',
      madeBy: 'a',
    });
    const pretend = setPendingAtOnce(town);
    await town.settle();
    pretend();
    expect(await town.order(id)).toMatchObject({ refunds: [{ state: 'pending' }] });

    await town.untilNothingIsDue();

    const reasons = (await town.world.orders.journalOf(id)).map(({ reason }) => reason);
    expect(reasons.at(-1)).toBe('refund_pending_too_long');
    await town.letEventsIn();
    const [refund] = (await town.order(id)).refunds;
    town.provider.hands.endRefund(refund?.providerRefundId ?? '', true);
    await town.settle();
    expect(await town.order(id)).toMatchObject({ refunds: [{ state: 'done' }] });
    await town.checkBooks(true);
  });
});

/** The next refund is pending from the start. */
function setPendingAtOnce(town: Town): () => void {
  const { shopProvider } = town.world;
  const refundWell = shopProvider.refund;
  shopProvider.refund = async (request) => {
    const answer = await refundWell(request);
    if (answer.kind !== 'done') return answer;
    town.provider.hands.makeRefundPending(answer.refundId);
    return { kind: 'pending', refundId: answer.refundId };
  };
  return () => {
    shopProvider.refund = refundWell;
  };
}

describe('a charge that is not what was asked', () => {
  it('is held and never fulfilled, and can be given back as it was taken', async () => {
    const town = await openShopTown();
    const { id, url } = await atCheckout(town);
    town.provider.hands.payAt(url, { taken: { minor: 1234, currency: 'EUR' } });
    await town.settle();

    expect(await town.order(id)).toMatchObject({
      state: 'conflicted',
      reason: 'amount_mismatch',
      trail: { taken: { minor: 1234, currency: 'EUR' } },
    });
    const given = await refundOrder(town.world, {
      orderId: id,
      amount: 'all',
      reason: 'requested_by_customer',
      madeBy: 'a',
      cancel: true,
    });
    await town.settle();
    expect(given).toMatchObject({ kind: 'asked', refund: { amount: { minor: 1234 } } });
    expect(await town.order(id)).toMatchObject({
      state: 'cancelled',
      refunds: [{ state: 'done' }],
    });
    await town.checkBooks(true);
  });
});

describe('events', () => {
  it('come again while our own row is not there yet, and are given up when it never comes', async () => {
    const town = await openShopTown();
    const intentId = town.provider.hands.chargeAgain({
      id: 'ord_nobody',
      accountId: 'acct_joe',
      total: usd(5),
    });
    town.provider.takeEvents();
    const sent = { accountId: 'acct_joe', about: { kind: 'charge_changed', intentId } } as const;

    await expect(town.hint(sent, 1)).rejects.toThrow(/row_not_there_yet/u);
    expect(await town.hint(sent, 4)).toBe('gave_up_waiting');
  });

  it('on another shop’s account move nothing, whatever mark is copied onto them', async () => {
    const town = await openShopTown();
    const { id } = await atCheckout(town);
    town.provider.books.accounts.set('acct_thief', { shopId: 'shp_thief', status: 'active' });
    const intentId = town.provider.hands.chargeAgain({
      id,
      accountId: 'acct_thief',
      total: usd(1960),
    });
    town.provider.takeEvents();

    const settled = await town.hint({
      accountId: 'acct_thief',
      about: { kind: 'charge_changed', intentId },
    });

    expect(settled).toBe('unknown_object');
    expect((await town.order(id)).state).toBe('awaiting_payment');
  });

  it('are tried again while the provider does not answer', async () => {
    const town = await openShopTown();
    const { id, url } = await atCheckout(town);
    town.provider.failNext('lookUp.checkout', 'lost_before');
    town.provider.failNext('lookUp.charge', 'lost_before');
    town.provider.hands.payAt(url);
    await town.settle();
    expect((await town.order(id)).state).toBe('awaiting_payment');

    await town.later(minuteMs);

    expect((await town.order(id)).state).toBe('paid');
  });

  it('told twice, late and backwards change nothing more', async () => {
    const town = await openShopTown();
    const order = await aBuyer(town).buys(oneMug);
    const { intentId = '', sessionId = '' } = order.trail;
    for (const about of [
      { kind: 'charge_changed', intentId } as const,
      { kind: 'checkout_changed', sessionId } as const,
      { kind: 'charge_changed', intentId } as const,
    ])
      await town.hint({ accountId: 'acct_joe', about });

    expect(await town.order(order.id)).toEqual(order);
    expect(await refreshOrder(town.world, order.id)).toEqual(order);
  });
});
