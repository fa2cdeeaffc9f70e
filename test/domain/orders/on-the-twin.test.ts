// Orders on the twin that keeps the contract of the shops' provider: what the two make of each other, to the cent of the fee.
import { describe, expect, it } from 'vitest';
import {
  createMemoryShopProvider,
  type MemoryShopProvider,
} from '../../../lambdas/adapters/memory/shop-provider.ts';
import { refreshMerchant, startOnboarding } from '../../../lambdas/domain/orders/merchant.ts';
import type { Order } from '../../../lambdas/domain/orders/order.ts';
import { refundOrder } from '../../../lambdas/domain/orders/refund-order.ts';
import { sendEvidence } from '../../../lambdas/domain/orders/send-evidence.ts';
import { hourMs, minuteMs } from '../../builders/scenes.ts';
import { joesCoffee, usd } from '../../builders/shop-town/joes-coffee.ts';
import { oneMug, openShopTown, type ShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { aBuyer, type ShopBuyer } from '../../builders/shop-town/shop-buyer.ts';
import { startedAtMs } from '../../builders/town/town-world.ts';

interface Scene {
  readonly town: ShopTown;
  readonly twin: MemoryShopProvider;
  readonly ann: ShopBuyer;
}

async function atJoes(): Promise<Scene> {
  const time = { nowMs: startedAtMs };
  const twin = createMemoryShopProvider({ clock: { now: () => time.nowMs } });
  const town = await openShopTown({ twin, time });
  await town.changeShop({ account: { accountId: 'acct_old', status: 'left', missing: [] } });
  const urls = { returnUrl: 'https://a.example', refreshUrl: 'https://b.example' };
  const started = await startOnboarding(town.world, { shop: await town.shop(), urls });
  const accountId = (await town.shop()).account?.accountId ?? '';
  expect(started).toMatchObject({ kind: 'redirect' });
  twin.hands.finishOnboarding(accountId);
  await town.settle();
  return { town, twin, ann: aBuyer(town) };
}

async function buys({ town, twin, ann }: Scene, save = false): Promise<Order> {
  const { id } = await ann.orders(oneMug);
  const outcome = await ann.pressesPay(id);
  if (outcome.kind !== 'redirect') throw new Error(outcome.kind);
  twin.hands.payCheckout(outcome.url, { save });
  await town.settle();
  return town.order(id);
}

const asked = (order: Order, amount: number | 'all', madeBy: string) => ({
  orderId: order.id,
  amount: amount === 'all' ? amount : usd(amount),
  reason: 'requested_by_customer' as const,
  madeBy,
});

describe('on the twin', () => {
  it('a shop is ready when its account is, and stops when it is restricted or gone', async () => {
    const { town, twin } = await atJoes();
    const accountId = (await town.shop()).account?.accountId ?? '';
    expect((await town.shop()).account).toMatchObject({ status: 'active', missing: [] });

    twin.hands.restrictMerchant(accountId, ['Bank account']);
    await town.settle();
    expect((await town.shop()).account).toMatchObject({
      status: 'restricted',
      missing: ['Bank account'],
    });
    twin.hands.deauthorise(accountId);
    expect(await refreshMerchant(town.world, joesCoffee.id)).toBe('refreshed');
    expect((await town.shop()).account?.status).toBe('left');
  });

  it('a card is paid at Checkout, kept, and charged by one tap', async () => {
    const scene = await atJoes();
    const first = await buys(scene, true);
    expect(first).toMatchObject({ state: 'paid', trail: { card: { last4: '4242' } } });

    const { id } = await scene.ann.orders(oneMug);
    expect(await scene.ann.pressesPay(id, { by: 'saved_card' })).toMatchObject({ kind: 'paid' });

    await scene.town.settle();
    expect(scene.twin.movements().map(({ kind, fee }) => [kind, fee.minor])).toEqual([
      ['charge', 20],
      ['charge', 20],
    ]);
  });

  it('refunds in parts give back the very fee that the provider gives back', async () => {
    const scene = await atJoes();
    const order = await buys(scene);
    for (const [index, amount] of ([1, 777, 'all'] as const).entries()) {
      await refundOrder(scene.town.world, asked(order, amount, `form_${index}`));
      await scene.town.settle();
    }

    const { refunds } = await scene.town.order(order.id);
    const moved = scene.twin.movements().filter(({ kind }) => kind === 'refund');
    expect(refunds.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(refunds.map(({ amount, feeBack }) => [amount, feeBack])).toEqual(
      moved.map(({ amount, fee }) => [amount, fee]),
    );
  });

  it('a slow bank, a page that runs out and a dispute end as they do there', async () => {
    const scene = await atJoes();
    const { town, twin, ann } = scene;
    const slow = await ann.orders(oneMug);
    const page = await ann.pressesPay(slow.id);
    if (page.kind !== 'redirect') throw new Error(page.kind);
    twin.hands.payCheckout(page.url, { isAsync: true });
    await town.settle();
    twin.hands.endAsync((await town.order(slow.id)).trail.sessionId ?? '', false);
    await town.settle();
    expect(await town.order(slow.id)).toMatchObject({ state: 'draft', isStockReserved: false });

    const left = await ann.orders(oneMug);
    await ann.pressesPay(left.id);
    await town.later(hourMs);
    expect((await town.order(left.id)).state).toBe('expired');

    const paid = await buys(scene);
    const disputeId = twin.hands.openDispute(paid.trail.intentId ?? '');
    await town.settle();
    await sendEvidence(town.world, { orderId: paid.id, text: 'She drank it.' });
    twin.hands.closeDispute(disputeId, 'won');
    await town.later(minuteMs);
    expect((await town.order(paid.id)).dispute).toMatchObject({ state: 'won' });
  });
});
