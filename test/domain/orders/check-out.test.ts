// Pressing Pay: every reason for which nobody is charged, and what is written down before anybody is.
import { describe, expect, it } from 'vitest';
import { billSeen } from '../../../lambdas/domain/orders/bill-seen.ts';
import { checkOut } from '../../../lambdas/domain/orders/check-out.ts';
import { draftOrder } from '../../../lambdas/domain/orders/draft-order.ts';
import type { Wish } from '../../../lambdas/domain/orders/order.ts';
import { checkoutLifeMs } from '../../../lambdas/domain/orders/order-due-dates.ts';
import type { Shop } from '../../../lambdas/domain/shops/shop.ts';
import { hourMs, minuteMs } from '../../builders/scenes.ts';
import { aDeposit } from '../../builders/sent-bills.ts';
import { coffee, mug, usd } from '../../builders/shop-town/joes-coffee.ts';
import { aWish, openShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { aBuyer, urlsFor } from '../../builders/shop-town/shop-buyer.ts';

const mugLine = { productId: mug.id, choices: [], quantity: 1 };
const coffeeLine = { productId: coffee.id, choices: ['Large'], quantity: 1 };

/** Ann presses Pay once the shop is as `then` says. */
async function presses(wish: Partial<Wish>, then: Partial<Shop> = {}) {
  const town = await openShopTown();
  const ann = aBuyer(town);
  const { id } = await ann.orders(wish);
  await town.changeShop(then);
  return { town, id, outcome: await ann.pressesPay(id), sessions: town.provider.books.sessions };
}

describe('nobody is charged', () => {
  it.each([
    ['whose tip the shop takes no more', { tipPercent: 20, promotionCode: 'TENOFF' }, { tips: [] }],
    ['whose promotion is over', { tipPercent: 20, promotionCode: 'TENOFF' }, { promotions: [] }],
    ['that is taxed otherwise', { tipPercent: 20, promotionCode: 'TENOFF' }, { taxPercent: 9 }],
  ])('for a bill %s: it is shown anew', async (what, wish, then) => {
    const { outcome, sessions } = await presses(wish, then);

    if (outcome.kind !== 'bill_changed') throw new Error(outcome.kind);
    const now = outcome.order.wish;
    expect(now.tipPercent).toBe(what.includes('tip') ? 0 : 20);
    expect(now.promotionCode).toBe(what.includes('promotion') ? undefined : 'TENOFF');
    expect(outcome.order.bill.tip.minor > 0).toBe(now.tipPercent > 0);
    expect(sessions.size).toBe(0);
  });

  it.each([
    ['no_pick_up', { offersPickUp: false }],
    ['tip_unknown', { tips: [], promotions: [] }],
  ])('where nothing is left to sell: %s', async (why, then) => {
    const { outcome } = await presses({ tipPercent: 20, promotionCode: 'TENOFF' }, then);

    expect(outcome).toEqual({ kind: 'refused_by_shop', why });
  });

  it('for what the shop sells no more, which is named once, and nothing else is', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);
    const { id } = await ann.orders({
      lines: [mugLine, coffeeLine, mugLine],
      customLines: [aDeposit],
    });
    await town.changeProduct(mug, { isActive: false });

    expect(await ann.pressesPay(id)).toEqual({
      kind: 'sold_out',
      names: ['Mug'],
      order: await town.order(id),
    });
  });

  it('for what is on no shelf, which is named once, and nothing else is', async () => {
    const town = await openShopTown({ mugs: 1 });
    const ann = aBuyer(town);
    const lines = [mugLine, coffeeLine, mugLine];
    const { id } = await ann.orders({ lines, customLines: [aDeposit] });

    const outcome = await ann.pressesPay(id);

    expect(outcome).toMatchObject({ kind: 'sold_out', names: ['Mug'], order: { state: 'draft' } });
  });

  it('while the shop is closed, and it says when it opens', async () => {
    const daily = { from: 0, to: 1 };
    const { outcome } = await presses({}, { hours: Array.from({ length: 7 }, () => [daily]) });

    expect(outcome).toMatchObject({ kind: 'closed', opensAtMs: expect.any(Number) });
  });

  it('at the moment at which the draft runs out, and the moment before it is', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);
    const [late, early] = [await ann.orders(), await ann.orders()];
    town.time.nowMs += 30 * minuteMs - 1;
    expect((await ann.pressesPay(early.id)).kind).toBe('redirect');
    town.time.nowMs += 1;

    expect(await ann.pressesPay(late.id)).toEqual({ kind: 'not_open', order: late });
  });

  it('for an order that there is not', async () => {
    const { world } = await openShopTown();
    const said = { billSeen: '', customerWish: 'checkout', urls: urlsFor('ord_none') } as const;

    await expect(checkOut(world, { ...said, orderId: 'ord_none' })).rejects.toThrow(
      'Order ord_none is not there.',
    );
  });

  it.each([
    ['is another', 'bill_changed'],
    ['has run out', 'not_open'],
  ] as const)('where the bill %s while the shop has its last word', async (what, kind) => {
    const lastWord = { url: 'https://joe.example', secret: 's' };
    let meanwhile = async (): Promise<unknown> => undefined;
    const town = await openShopTown({
      shop: { lastWord },
      lastWord: async () => {
        await meanwhile();
        return { kind: 'go' };
      },
    });
    const ann = aBuyer(town);
    const order = await ann.orders();
    meanwhile = async () => {
      if (what === 'has run out') town.time.nowMs += hourMs;
      else
        await town.world.orders.commit({
          order: { ...order, version: 2, wish: aWish({ note: 'Milk' }) },
          entry: { ...only(await town.world.orders.journalOf(order.id)), sequence: 2 },
        });
    };

    expect(await ann.pressesPay(order.id)).toMatchObject({ kind, order: { state: 'draft' } });
    expect(town.provider.books.sessions.size).toBe(0);

    function only<Thing>([thing]: readonly Thing[]): Thing {
      if (thing === undefined) throw new Error('There is none.');
      return thing;
    }
  });
});

it('what a shop asks for itself is paid at night, too', async () => {
  const town = await openShopTown();
  const ann = aBuyer(town);
  const drafted = await draftOrder(town.world, {
    shop: await town.shop(),
    buyer: ann.person,
    address: { pageId: '2000', psid: '7' },
    wish: aWish(),
    madeBy: 'form_1',
    source: 'payment_request',
  });
  if (drafted.kind === 'refused') throw new Error(drafted.why);
  await town.changeShop({ hours: [[], [], [], [], [], [], [{ from: 0, to: 1 }]] });

  expect((await ann.pressesPay(drafted.order.id)).kind).toBe('redirect');
});

it('a shop without a system of its own is not asked', async () => {
  const asked: string[] = [];
  const town = await openShopTown({
    lastWord: async ({ shop }) => {
      asked.push(shop.id);
      return { kind: 'silent' };
    },
  });
  const ann = aBuyer(town);

  expect((await ann.pressesPay((await ann.orders()).id)).kind).toBe('redirect');
  expect(asked).toEqual([]);
});

describe('before anybody is charged it is written down', () => {
  async function started(by: 'checkout' | 'saved_card', isKept = true) {
    const town = await openShopTown();
    const ann = aBuyer(town);
    const before = await ann.buys({}, { keep: isKept });
    const { id } = await ann.orders();
    town.provider.failNext('openCheckout', 'lost_before');
    town.provider.failNext('chargeSavedCard', 'lost_before');
    await ann.pressesPay(id, { by });
    const order = await town.order(id);
    const saved = await town.world.savedCards.of(before.shopId, before.buyerId);
    return { order, saved, nowMs: town.time.nowMs };
  }

  it('that Checkout is to know the buyer again, where a card is kept', async () => {
    const { order, saved, nowMs } = await started('checkout');

    expect(order).toMatchObject({ method: 'checkout', payBeforeMs: nowMs + checkoutLifeMs });
    expect(order.trail).toEqual({ accountId: 'acct_joe', customerId: saved?.customerId });
  });

  it('which card is charged', async () => {
    const { order, saved } = await started('saved_card');

    expect(order.method).toBe('saved_card');
    expect(order.trail).toEqual({
      accountId: 'acct_joe',
      customerId: saved?.customerId,
      instrumentId: saved?.instrument.id,
      card: { brand: 'visa', last4: '4242' },
    });
  });

  it('that it is Checkout, where no card is kept', async () => {
    const { order } = await started('saved_card', false);

    expect(order.method).toBe('checkout');
    expect(order.trail).toEqual({ accountId: 'acct_joe' });
  });
});

it('pressed again, it leads to the same page, and says how it stands once that is paid', async () => {
  const town = await openShopTown();
  const ann = aBuyer(town);
  const order = await ann.orders();
  const seen = billSeen(order);
  const [once, twice] = [
    await ann.pressesPay(order.id, { seen }),
    await ann.pressesPay(order.id, { seen }),
  ];
  if (once.kind !== 'redirect' || twice.kind !== 'redirect') throw new Error(once.kind);
  expect(twice.url).toBe(once.url);
  town.holdEvents();
  town.provider.hands.payAt(once.url);

  expect(await ann.pressesPay(order.id, { seen: 'whatever' })).toMatchObject({
    kind: 'paid',
    order: { bill: { goods: usd(1050) } },
  });
});
