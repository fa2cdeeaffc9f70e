// Pain: refunds that block, lose their amount or only seem done, and disputes believed by their event's name.
import { describe, expect, it } from 'vitest';
import { readEvent } from '../../lambdas/adapters/stripe/read-event.ts';
import type { Order } from '../../lambdas/domain/orders/order.ts';
import { leftToRefund } from '../../lambdas/domain/orders/refundable.ts';
import { refundOrder } from '../../lambdas/domain/orders/refund-order.ts';
import { applyProviderEvent } from '../../lambdas/domain/payments/apply-provider-event.ts';
import { until } from '../builders/until.ts';
import { chargeOf, errorOf, openStreet, pay } from '../local/stand-ins/stripe/stripe-street.ts';
import { secondMs } from '../builders/scenes.ts';
import { usd } from '../builders/shop-town/joes-coffee.ts';
import { oneMug, openShopTown, type ShopTown } from '../builders/shop-town/open-shop-town.ts';
import { aBuyer } from '../builders/shop-town/shop-buyer.ts';

interface Sold {
  readonly town: ShopTown;
  readonly order: Order;
}

async function sold(): Promise<Sold> {
  const town = await openShopTown();
  const order = await aBuyer(town).buys(oneMug);
  return { town, order };
}

const givesBack = ({ town, order }: Sold, minor: number, madeBy = 'form_1') =>
  refundOrder(town.world, {
    orderId: order.id,
    amount: usd(minor),
    reason: 'requested_by_customer',
    madeBy,
  });
const given = (town: ShopTown) =>
  town.provider.books.moved
    .filter(({ kind }) => kind === 'refund')
    .map(({ amount }) => amount.minor);

describe('a refund', () => {
  it('is noted at once and asked for afterwards: whoever presses the button does not wait for the provider (woocommerce/woocommerce#52338)', async () => {
    const { town, order } = await sold();
    town.provider.failNext('refund', 'lost_before');

    expect((await givesBack({ town, order }, 960)).kind).toBe('asked');
    expect(given(town)).toEqual([]);
    await town.settle();
    expect((await town.order(order.id)).refunds).toMatchObject([{ state: 'asked' }]);
    await town.later(30 * secondMs);

    expect((await town.order(order.id)).refunds).toMatchObject([{ state: 'done' }]);
    expect(given(town)).toEqual([960]);
  });

  it('of a part keeps its own amount, beside the others (saleor/saleor#14108)', async () => {
    const { town, order } = await sold();
    await givesBack({ town, order }, 500, 'form_1');
    await givesBack({ town, order }, 250, 'form_2');
    await town.settle();

    const { refunds } = await town.order(order.id);
    expect(refunds.map(({ amount }) => amount)).toEqual([usd(500), usd(250)]);
    expect(leftToRefund(await town.order(order.id))).toEqual(usd(1960 - 750));
    expect(given(town)).toEqual([500, 250]);
  });

  it('that seemed done and fails later is failed, and can be given again (juspay/hyperswitch#1488)', async () => {
    const { town, order } = await sold();
    await givesBack({ town, order }, 960);
    await town.settle();
    const [refundId = ''] = town.provider.books.refunds.keys();

    town.provider.hands.endRefund(refundId, false);
    await town.settle();

    expect((await town.order(order.id)).refunds).toMatchObject([{ state: 'failed' }]);
    expect(leftToRefund(await town.order(order.id))).toEqual(usd(1960));
    await town.checkBooks(true);
  });

  it('never makes more than was paid, however many press at once (juspay/hyperswitch#249)', async () => {
    const { town, order } = await sold();

    const outcomes = await Promise.all(
      ['a', 'b', 'c'].map((madeBy) => givesBack({ town, order }, 1000, madeBy)),
    );
    await town.settle();

    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['asked', 'too_much', 'too_much']);
    expect(given(town)).toEqual([1000]);
    await town.checkBooks(true);
  });

  it('that was made, though the answer was an error, is found and is one (tdlib/td#3209)', async () => {
    const { town, order } = await sold();
    town.holdEvents();
    town.provider.failNext('refund', 'lost_after');
    await givesBack({ town, order }, 960);
    await town.settle();
    await town.later(30 * secondMs);

    expect((await town.order(order.id)).refunds).toMatchObject([{ state: 'done' }]);
    expect(given(town)).toEqual([960]);
  });
});

describe('a dispute', () => {
  it('is as it stands, not as its event is called: “funds reinstated” of one that is lost (juspay/hyperswitch#11687)', async () => {
    const { town, order } = await sold();
    const disputeId = town.provider.hands.openDispute(order.trail.intentId ?? '');
    await town.settle();
    town.holdEvents();
    town.provider.hands.closeDispute(disputeId, 'lost');

    const type = 'charge.dispute.funds_reinstated';
    const hint = { id: 'evt_1', type, objectId: disputeId, account: 'acct_joe' };
    await applyProviderEvent(town.world, {
      eventId: 'evt_1',
      event: readEvent(hint),
      deliveries: 1,
    });

    expect((await town.order(order.id)).dispute?.state).toBe('lost');
  });

  it('leaves nothing to refund while it is open (opencollective/opencollective#8124)', async () => {
    const { town, order } = await sold();
    town.provider.hands.openDispute(order.trail.intentId ?? '');
    await town.settle();

    expect((await givesBack({ town, order }, 500)).kind).toBe('not_refundable');
    expect(given(town)).toEqual([]);
  });

  it('after a refund of a part is about the rest, won or lost (BanchanArt/banchan#360)', async () => {
    for (const state of ['won', 'lost'] as const) {
      const { town, order } = await sold();
      await givesBack({ town, order }, 960);
      await town.settle();
      const disputeId = town.provider.hands.openDispute(order.trail.intentId ?? '');
      town.provider.hands.closeDispute(disputeId, state);
      await town.settle();

      expect((await town.order(order.id)).dispute).toMatchObject({ state, amount: usd(1000) });
      await town.checkBooks(true);
    }
  });

  it('can be tried without a real one: opened, answered and won at the stand-in (paypal/PayPal-NET-SDK#199)', async () => {
    const street = await openStreet();
    const { stripe } = street;
    const intent = await pay(stripe);
    const { id } = await street.door<{ id: string }>('/disputes', { charge: chargeOf(intent) });
    const refund = stripe.refunds.create({ payment_intent: intent.id });
    expect((await errorOf(refund)).code).toBe('charge_disputed');

    const evidence = { uncategorized_text: 'winning_evidence' };
    await stripe.disputes.update(id, { evidence, submit: true });

    await until(async () => (await stripe.disputes.retrieve(id)).status === 'won');
    await street.close();
  });
});
