// Asking for an order's money: what the provider is told, and what whoever pays is told of the answer.
import { describe, expect, it } from 'vitest';
import {
  accountOf,
  askForPayment,
  standing,
} from '../../../lambdas/domain/orders/ask-for-payment.ts';
import { cancelOrder } from '../../../lambdas/domain/orders/cancel-order.ts';
import type { Order } from '../../../lambdas/domain/orders/order.ts';
import type { CheckoutRequest, SavedCardCharge } from '../../../lambdas/domain/orders/ports.ts';
import { settleCheckout } from '../../../lambdas/domain/orders/settle-checkout.ts';
import { settleOrderCharge } from '../../../lambdas/domain/orders/settle-order-charge.ts';
import { usd } from '../../builders/shop-town/joes-coffee.ts';
import { openShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { standingOrder } from '../../builders/shop-town/standing-order.ts';
import { urlsFor } from '../../builders/shop-town/shop-buyer.ts';

const trail = { accountId: 'acct_joe' };
const page = { sessionId: 'cs_1', checkoutUrl: 'https://pay.test/cs_1' };
const paying = { state: 'awaiting_payment', method: 'checkout', payBeforeMs: 77, trail } as const;
const card = {
  ...paying,
  method: 'saved_card',
  trail: { ...trail, customerId: 'cus_1', instrumentId: 'pm_1' },
} as const;

async function asking(
  changes: Partial<Order>,
  whose: 'somebodys' | 'nobodys' = 'somebodys',
  meanwhile?: (town: Awaited<ReturnType<typeof openShopTown>>, order: Order) => Promise<unknown>,
) {
  const town = await openShopTown();
  const order = await standingOrder(town, changes, whose);
  const { shopProvider } = town.world;
  const requests: (CheckoutRequest | SavedCardCharge)[] = [];
  const world = {
    ...town.world,
    shopProvider: {
      ...shopProvider,
      openCheckout: async (request: CheckoutRequest) => {
        requests.push(request);
        await meanwhile?.(town, order);
        return shopProvider.openCheckout(request);
      },
      chargeSavedCard: async (request: SavedCardCharge) => {
        requests.push(request);
        return shopProvider.chargeSavedCard(request);
      },
    },
  };
  const asked = { order, shop: await town.shop(), urls: urlsFor(order.id) };
  const outcome = await askForPayment(world, asked);
  return { town, order, requests, outcome, urls: asked.urls };
}

const answers =
  (answer: { kind: 'declined' | 'unknown'; why: string }) =>
  async (town: Awaited<ReturnType<typeof openShopTown>>) => {
    town.world.shopProvider.openCheckout = async () => answer;
  };

describe('Checkout is asked for', () => {
  it('with the bill, the fee, who pays and until when', async () => {
    const { order, requests, outcome, urls } = await asking(paying);

    expect(requests).toEqual([
      {
        orderId: order.id,
        number: order.number,
        attempt: 1,
        accountId: 'acct_joe',
        shopName: 'Joe’s Coffee',
        bill: order.bill,
        fee: order.fee,
        acceptedBrands: ['visa', 'mastercard', 'american_express', 'discover'],
        buyerId: order.buyerId,
        successUrl: urls.success,
        cancelUrl: urls.cancel,
        expiresAtMs: 77,
      },
    ]);
    expect(outcome).toMatchObject({
      kind: 'redirect',
      order: { trail: { accountId: 'acct_joe' } },
    });
    if (outcome.kind !== 'redirect') throw new Error(outcome.kind);
    expect(outcome.order.trail.checkoutUrl).toBe(outcome.url);
    expect(outcome.order.trail.sessionId).toBe(outcome.url.split('/').at(-1));
  });

  it('as the customer that the buyer is there, or for anybody who has the link', async () => {
    const known = await asking({ ...paying, trail: card.trail });
    const anybodys = await asking(paying, 'nobodys');

    expect(known.requests).toMatchObject([{ customerId: 'cus_1' }]);
    expect(anybodys.requests).toMatchObject([{ isForAnybody: true }]);
  });

  it('and the page is nobody’s where the order was called off meanwhile', async () => {
    const { town, order, outcome } = await asking(paying, 'somebodys', (its, { id }) =>
      cancelOrder(its.world, { orderId: id, actor: 'buyer' }),
    );

    expect(outcome).toMatchObject({ kind: 'not_open', order: { state: 'cancelled' } });
    expect((await town.order(order.id)).trail.checkoutUrl).toBeUndefined();
  });
});

it.each([
  ['declined', 'awaiting_payment', 'draft', { kind: 'declined', reason: 'account_closed' }],
  ['unknown', 'awaiting_payment', 'awaiting_payment', { kind: 'unknown' }],
] as const)('Checkout that is %s leads from %s to %s', async (...row) => {
  const [kind, before, after, told] = row;
  const town = await openShopTown();
  const order = await standingOrder(town, { ...paying, state: before, isStockReserved: true });
  await answers({ kind, why: 'account_closed' })(town);
  const asked = { order, shop: await town.shop(), urls: urlsFor(order.id) };

  const outcome = await askForPayment(town.world, asked);

  expect(outcome).toMatchObject({ ...told, order: { state: after } });
  expect(await town.order(order.id)).toMatchObject({
    state: after,
    attempt: kind === 'declined' ? 2 : 1,
    isStockReserved: kind !== 'declined',
  });
});

it('a refusal of Checkout counts no more where another try has begun', async () => {
  const town = await openShopTown();
  const order = await standingOrder(town, { ...paying, trail: { ...trail, ...page } });
  await answers({ kind: 'declined', why: 'x' })(town);
  const { trail: _opened, ...rest } = order;
  const before: Order = { ...rest, trail, version: 0 };

  const asked = { order: before, shop: await town.shop(), urls: urlsFor(order.id) };
  const outcome = await askForPayment(
    { ...town.world, orders: { ...town.world.orders, commit: quicker(town) } },
    asked,
  );

  expect(outcome).toMatchObject({ kind: 'redirect', url: page.checkoutUrl });

  function quicker(its: typeof town): typeof town.world.orders.commit {
    return async (change) =>
      change.order.version === 1 ? { kind: 'conflict' } : its.world.orders.commit(change);
  }
});

describe('a saved card is charged', () => {
  it('as the record says, and back leads to a page without a key', async () => {
    const { order, requests, outcome } = await asking(card);

    expect(requests).toEqual([
      {
        orderId: order.id,
        number: order.number,
        attempt: 1,
        accountId: 'acct_joe',
        total: usd(486),
        fee: usd(5),
        customerId: 'cus_1',
        instrumentId: 'pm_1',
        returnUrl: `https://tender.example/order/${order.id}/return`,
      },
    ]);
    expect(outcome).toMatchObject({ kind: 'declined', reason: 'insufficient_funds' });
  });
});

it('a bill of nothing is paid by whoever presses Pay', async () => {
  const free = { goods: usd(0), discount: usd(0), shipping: usd(0), tax: usd(0), tip: usd(0) };
  const bill = { ...free, lines: [], total: usd(0) };
  const { town, order, outcome, requests } = await asking({ ...paying, bill });

  expect(outcome).toMatchObject({ kind: 'paid', order: { paidAtMs: town.time.nowMs } });
  expect((await town.world.orders.journalOf(order.id)).at(-1)).toMatchObject({
    step: 'paid',
    actor: 'buyer',
  });
  expect(requests).toEqual([]);
});

describe('whoever comes to pay is told', () => {
  const at = { ...trail, ...page };
  it.each([
    ['paid', { state: 'paid' }],
    ['paid', { state: 'fulfilled' }],
    ['not_open', { state: 'conflicted' }],
    ['not_open', { state: 'draft' }],
    ['not_open', { state: 'expired' }],
    ['not_open', { ...paying, trail: at, closing: 'cancel' }],
    ['pending', { ...paying, trail: { ...at, intentId: 'pi_1' } }],
    ['redirect', { ...paying, trail: at }],
    ['redirect', { ...paying, state: 'needs_action', trail: { ...at, intentId: 'pi_1' } }],
    ['unknown', paying],
  ] as const)('%s of %o', async (kind, changes) => {
    const order = await standingOrder(await openShopTown(), changes);

    const url = kind === 'redirect' ? { url: page.checkoutUrl } : {};
    expect(standing(order)).toEqual({ kind, order, ...url });
  });
});

it('an order on no account is a bug', async () => {
  const order = await standingOrder(await openShopTown(), { trail: {} });

  expect(() => accountOf(order)).toThrow('is paid on no account');
});

describe('calling off', () => {
  const withBank = { ...paying, trail: { ...trail, ...page, intentId: 'pi_1' } };
  const opened = { ...paying, trail: { ...trail, ...page } };
  const answering = { ...card, state: 'needs_action' } as const;
  it.each([
    [{}, 'cancelled', 'draft_cancelled', 'draft_expired'],
    [paying, 'cancelled', 'order_cancelled', 'order_expired'],
    [opened, 'closing', 'closing_wanted', 'closing_wanted'],
    [card, 'closing', 'closing_wanted', 'closing_wanted'],
    [{ ...answering, trail: withBank.trail }, 'closing', 'closing_wanted', 'closing_wanted'],
    [{ ...opened, closing: 'cancel' }, 'closing', undefined, undefined],
    [withBank, 'too_late', undefined, undefined],
    [{ state: 'paid' }, 'too_late', undefined, undefined],
    [{ state: 'preparing' }, 'too_late', undefined, undefined],
    [{ state: 'conflicted' }, 'too_late', undefined, undefined],
    [{ state: 'cancelled' }, 'cancelled', undefined, undefined],
    [{ state: 'expired' }, 'cancelled', undefined, undefined],
  ] as const)('%o is %s: %s by a person, %s by the clock', async (...row) => {
    const [changes, kind, byPerson, byClock] = row;
    for (const [actor, step] of [
      ['buyer', byPerson],
      ['shop', byPerson],
      ['clock', byClock],
    ] as const) {
      const town = await openShopTown();
      const { id: orderId } = await standingOrder(town, changes);

      const outcome = await cancelOrder(town.world, { orderId, actor });

      expect(outcome.kind).toBe(kind);
      const steps = (await town.world.orders.journalOf(orderId)).slice(1);
      expect(steps).toMatchObject(step === undefined ? [] : [{ step, actor }]);
      const closing = actor === 'clock' ? 'expire' : 'cancel';
      expect(outcome.order).toMatchObject(step === 'closing_wanted' ? { closing } : {});
    }
  });

  it('is of an order that there is', async () => {
    const { world } = await openShopTown();

    await expect(cancelOrder(world, { orderId: 'ord_none', actor: 'shop' })).rejects.toThrow(
      'Order ord_none is not there.',
    );
  });
});

describe('news that nobody waited for', () => {
  const opened = { ...paying, trail: { ...trail, sessionId: 'cs_1' } };
  async function heard(changes: Partial<Order>, tell: 'open' | 'unknown' | 'closed', of = 'cs_1') {
    const town = await openShopTown();
    const { id } = await standingOrder(town, changes);
    const answer = tell === 'unknown' ? { kind: tell, why: 'x' } : { kind: tell };
    await settleCheckout(town.world, id, { sessionId: of, answer, isDue: false });
    return (await town.world.orders.journalOf(id)).slice(1).map(({ step }) => step);
  }

  it.each([
    ['of a page that is open', opened, 'open', 'cs_1', []],
    ['of a page that nobody knows', opened, 'unknown', 'cs_1', []],
    ['of a page of an earlier try', opened, 'closed', 'cs_0', []],
    ['of an order that is over', { ...opened, state: 'paid' }, 'closed', 'cs_1', []],
    ['of a page that ran out', opened, 'closed', 'cs_1', ['order_expired']],
  ] as const)('%s', async (...row) => {
    const [, changes, tell, of, steps] = row;
    expect(await heard(changes, tell, of)).toEqual(steps);
  });

  const mine = { ...card, attempt: 2, trail: { ...card.trail, intentId: 'pi_1' } } as const;
  const no = { kind: 'declined', reason: 'generic', intentId: 'pi_1' } as const;
  it.each([
    ['a refusal of this try', mine, no, { attempt: 2 }, ['payment_declined']],
    ['a refusal of an earlier try', mine, no, { attempt: 1 }, []],
    ['a refusal of its charge', mine, no, {}, ['payment_declined']],
    ['a refusal of another charge', mine, { ...no, intentId: 'pi_0' }, {}, []],
    ['a refusal of no charge', mine, { kind: 'declined', reason: 'generic' }, {}, []],
    ['a refusal at Checkout, where one may try again', { ...mine, method: 'checkout' }, no, {}, []],
    ['a refusal of what is over', { ...mine, state: 'expired' }, no, {}, []],
    ['silence', mine, { kind: 'unknown', why: 'x' }, { attempt: 2 }, []],
    ['that the bank works on it still', mine, { kind: 'pending', intentId: 'pi_1' }, {}, []],
  ] as const)('%s', async (...row) => {
    const [, changes, answer, told, steps] = row;
    const town = await openShopTown();
    const { id } = await standingOrder(town, changes);

    await settleOrderCharge(town.world, id, { answer, ...told, isDue: false });

    const taken = (await town.world.orders.journalOf(id)).slice(1);
    expect(taken.map(({ step }) => step)).toEqual(steps);
  });
});
