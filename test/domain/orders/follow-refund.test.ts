// A refund as the provider holds it: ours where it carries our mark, else one that was made on the provider's dashboard.
import { describe, expect, it } from 'vitest';
import { followRefund } from '../../../lambdas/domain/orders/follow-refund.ts';
import type { Order } from '../../../lambdas/domain/orders/order.ts';
import type { FoundOrderRefund } from '../../../lambdas/domain/orders/ports.ts';
import { refundOrder } from '../../../lambdas/domain/orders/refund-order.ts';
import { usd } from '../../builders/shop-town/joes-coffee.ts';
import { oneMug, openShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { aBuyer } from '../../builders/shop-town/shop-buyer.ts';

const done = { kind: 'done', refundId: 're_1' } as const;

async function bought() {
  const town = await openShopTown();
  const order = await aBuyer(town).buys(oneMug);
  const { intentId = '' } = order.trail;
  return {
    town,
    intentId,
    order: () => town.order(order.id),
    /** As whoever heard of it read the order: it may have moved since. */
    hears: (of: Order, found: Partial<FoundOrderRefund>, providerRefundId = 're_1') =>
      followRefund(town.world, of, {
        providerRefundId,
        found: { intentId, amount: usd(500), answer: done, ...found },
      }),
    async asksFor(minor: number) {
      const said = { orderId: order.id, reason: 'duplicate', madeBy: 'form_1' } as const;
      const asked = await refundOrder(town.world, { ...said, amount: usd(minor) });
      if (asked.kind !== 'asked') throw new Error(asked.kind);
      return asked;
    },
  };
}

describe('a refund that we asked for', () => {
  it('is known by the mark that we wrote on it, and by its own id from then on', async () => {
    const scene = await bought();
    const { refund, order } = await scene.asksFor(500);
    const answer = { kind: 'pending', refundId: 're_1' } as const;

    await scene.hears(order, { refundId: refund.id, answer });
    await scene.hears(await scene.order(), { refundId: 'rfd_of_another_shop' });

    const { refunds } = await scene.order();
    expect(refunds).toEqual([{ ...refund, state: 'done', providerRefundId: 're_1' }]);
  });

  it.each([
    ['another mark', { refundId: 'rfd_copied' }],
    ['no mark', {}],
    ['its mark on another charge', { intentId: 'pi_other' }],
    ['its mark on another amount', { amount: usd(499) }],
  ])('is not taken for one with %s', async (what, found) => {
    const scene = await bought();
    const { refund, order } = await scene.asksFor(500);
    const mark = what.startsWith('its') ? { refundId: refund.id } : {};

    await scene.hears(order, { ...mark, ...found });

    expect((await scene.order()).refunds).toMatchObject([
      { id: refund.id, state: 'asked' },
      { state: 'done', providerRefundId: 're_1' },
    ]);
  });

  it('is not taken for another one that carries its mark as well', async () => {
    const scene = await bought();
    const { refund, order } = await scene.asksFor(500);
    await scene.hears(order, { refundId: refund.id });

    await scene.hears(await scene.order(), { refundId: refund.id }, 're_2');

    const { refunds } = await scene.order();
    expect(refunds.map(({ providerRefundId }) => providerRefundId)).toEqual(['re_1', 're_2']);
  });

  it('that is pending is not asked about because somebody tells us so again', async () => {
    const scene = await bought();
    const { refund, order } = await scene.asksFor(500);
    const pending = { kind: 'pending', refundId: 're_1' } as const;
    await scene.hears(order, { refundId: refund.id, answer: pending });
    const before = await scene.order();

    await scene.hears(before, { refundId: refund.id, answer: pending });

    expect(await scene.order()).toEqual(before);
  });
});

describe('a refund of the dashboard', () => {
  it.each([
    ['done', 'refunded', 0],
    ['pending', 'refund_pending', 1],
  ] as const)('is the shop’s own, and %s, without any of our fee', async (kind, step, asked) => {
    const { town, intentId, order, hears } = await bought();

    await hears(await order(), { answer: { kind, refundId: 're_1' } });

    const { id, refunds, dueAtMs } = await order();
    expect(refunds).toMatchObject([
      {
        id: expect.stringMatching(/^rfd_/u),
        state: kind,
        amount: usd(500),
        feeBack: usd(0),
        reason: 'requested_by_customer',
        intentId,
        providerRefundId: 're_1',
        asked,
      },
    ]);
    expect(dueAtMs).toBe(kind === 'done' ? undefined : town.time.nowMs + 30_000);
    const entry = (await town.world.orders.journalOf(id)).at(-1);
    expect(entry).toMatchObject({ step, actor: 'shop', reason: 'made_at_provider' });
  });

  it('is one, also when two of ours hear of it at once', async () => {
    const scene = await bought();
    const before = await scene.order();

    await scene.hears(before, {});
    await scene.hears(before, {});

    expect((await scene.order()).refunds).toHaveLength(1);
  });

  it.each([
    ['of no charge', undefined, done],
    ['that nobody knows the state of', 'its', { kind: 'unknown', why: 'silent' }],
    ['that failed before we heard of it', 'its', { kind: 'declined', why: 'lost' }],
  ] as const)('%s moves nothing', async (_, charge, answer) => {
    const scene = await bought();
    const before = await scene.order();
    const ofCharge = charge === undefined ? {} : { intentId: scene.intentId };
    const found = { ...ofCharge, amount: usd(500), answer };
    const told = { providerRefundId: 're_1', found };

    await followRefund(scene.town.world, before, told);

    expect(await scene.order()).toEqual(before);
  });
});
