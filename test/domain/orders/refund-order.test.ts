// Giving back: what the shop may ask for, and what it is told when it may not.
import { describe, expect, it } from 'vitest';
import { cancelOrder } from '../../../lambdas/domain/orders/cancel-order.ts';
import { refundOrder } from '../../../lambdas/domain/orders/refund-order.ts';
import { refuseRefund, wishForRefund } from '../../../lambdas/domain/orders/refund-wish.ts';
import { usd } from '../../builders/shop-town/joes-coffee.ts';
import { oneMug, openShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { aBuyer } from '../../builders/shop-town/shop-buyer.ts';

const said = { reason: 'duplicate', madeBy: 'form_1' } as const;

async function bought() {
  const town = await openShopTown();
  const { id: orderId } = await aBuyer(town).buys(oneMug);
  return { town, orderId };
}

describe('what the shop gives back', () => {
  it.each([usd(0), usd(-5), usd(1961), { minor: 100, currency: 'EUR' } as const])(
    'is never %o of $19.60',
    async (amount) => {
      const { town, orderId } = await bought();
      const before = await town.order(orderId);

      const outcome = await refundOrder(town.world, { ...said, orderId, amount });

      expect(outcome).toEqual({ kind: 'too_much', left: usd(1960), order: before });
      expect(await town.order(orderId)).toEqual(before);
    },
  );

  it('is nothing once all of it went back; it can still be called off', async () => {
    const { town, orderId } = await bought();
    await refundOrder(town.world, { ...said, orderId, amount: 'all' });
    await town.settle();
    const before = await town.order(orderId);
    const again = { orderId, amount: 'all', reason: 'duplicate', madeBy: 'form_2' } as const;

    expect(await refundOrder(town.world, again)).toEqual({ kind: 'not_refundable', order: before });
    expect(await town.order(orderId)).toEqual(before);
    const called = await refundOrder(town.world, { ...again, cancel: true });

    expect(called).toMatchObject({ kind: 'not_refundable', order: { state: 'cancelled' } });
    expect(called.order.refunds).toEqual(before.refunds);
  });

  it('is all of it where it is called off, whatever else is said', async () => {
    const { town, orderId } = await bought();
    const calledOff = { ...said, orderId, amount: usd(1), cancel: true };

    expect(await refundOrder(town.world, calledOff)).toMatchObject({
      kind: 'asked',
      refund: { amount: usd(1960), reason: 'duplicate' },
    });
  });

  it('is given anew where the order was called off and the bank sent the money back', async () => {
    const { town, orderId } = await bought();
    await refundOrder(town.world, { ...said, orderId, amount: 'all', cancel: true });
    await town.settle();
    const [first] = (await town.order(orderId)).refunds;
    town.provider.hands.endRefund(first?.providerRefundId ?? '', false);
    await town.settle();

    const anew = { ...said, orderId, amount: usd(1960), madeBy: 'form_2' } as const;
    expect(await refundOrder(town.world, anew)).toMatchObject({ kind: 'asked' });
    await town.settle();

    expect(await town.order(orderId)).toMatchObject({
      state: 'cancelled',
      refunds: [{ state: 'failed' }, { state: 'done' }],
    });
    await town.checkBooks(true);
  });

  it('is nothing of what was never paid', async () => {
    const town = await openShopTown();
    const order = await aBuyer(town).orders();
    const asked = { ...said, orderId: order.id, amount: 'all' } as const;

    expect(await refundOrder(town.world, asked)).toEqual({ kind: 'not_refundable', order });
    await cancelOrder(town.world, { orderId: order.id, actor: 'buyer' });
    expect(await refundOrder(town.world, asked)).toMatchObject({ kind: 'not_refundable' });
  });

  it('is of an order that there is', async () => {
    const { world } = await openShopTown();
    const asked = refundOrder(world, { ...said, orderId: 'ord_none', amount: 'all' });

    await expect(asked).rejects.toThrow('Order ord_none is not there.');
  });
});

describe('a buyer’s wish for money back', () => {
  it('is none where nothing is paid, nothing is left, or there is no order', async () => {
    const { town, orderId } = await bought();
    const draft = await aBuyer(town).orders();
    await refundOrder(town.world, { ...said, orderId, amount: 'all' });
    await town.settle();

    for (const id of [draft.id, orderId, 'ord_none'] as const) {
      const wished = await wishForRefund(town.world, { orderId: id });
      expect(wished).toEqual({ kind: 'not_refundable' });
    }
    expect(await town.order(draft.id)).toEqual(draft);
  });

  it('is refused by the shop, in its words, and once', async () => {
    const { town, orderId } = await bought();
    await wishForRefund(town.world, { orderId, words: 'It is chipped.' });
    const refuses = (words: string) => refuseRefund(town.world, { orderId, words });

    expect((await refuses(' ')).kind).toBe('no_words');
    expect((await refuses('It was whole.')).kind).toBe('refused');
    expect((await refuses('As I said.')).kind).toBe('not_open');

    const refundWish = {
      state: 'answered',
      wishedAtMs: town.time.nowMs,
      words: 'It is chipped.',
      refusal: 'It was whole.',
    };
    expect((await town.order(orderId)).refundWish).toEqual(refundWish);
    const entry = (await town.world.orders.journalOf(orderId)).at(-1);
    expect(entry).toMatchObject({ step: 'refund_refused', actor: 'shop' });
    const none = refuseRefund(town.world, { orderId: 'ord_none', words: 'No.' });
    await expect(none).rejects.toThrow('Order ord_none is not there.');
  });

  it('that was refused is told as nothing to ask for once all of it went back', async () => {
    const { town, orderId } = await bought();
    await wishForRefund(town.world, { orderId });
    await refuseRefund(town.world, { orderId, words: 'No.' });
    const again = () => wishForRefund(town.world, { orderId });
    expect(await again()).toMatchObject({ kind: 'refused_before', words: 'No.' });

    await refundOrder(town.world, { ...said, orderId, amount: 'all' });

    expect(await again()).toEqual({ kind: 'not_refundable' });
  });
});
