// Money that was taken: it sells what waited for it, or it goes straight back, whole and once.
import { describe, expect, it } from 'vitest';
import type { Order } from '../../../lambdas/domain/orders/order.ts';
import type { PaidBy } from '../../../lambdas/domain/orders/ports.ts';
import { settlePaid } from '../../../lambdas/domain/orders/settle-paid.ts';
import { usd } from '../../builders/shop-town/joes-coffee.ts';
import { openShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { standingOrder } from '../../builders/shop-town/standing-order.ts';

const card = { brand: 'visa', last4: '4242' };
const charge = { intentId: 'pi_1', chargeId: 'ch_1', card };
const second = { intentId: 'pi_2', chargeId: 'ch_2' };
const instrument = { id: 'pm_1', brand: 'visa', last4: '4242' };
const saved = { customerId: 'cus_1', instrument };
const payer = { name: 'Ann Archer', email: 'ann@example.com' };

/** Hears that $4.86 were taken, or what `paid` says. */
async function hearing(changes: Partial<Order>, paid: Partial<PaidBy> = {}) {
  const town = await openShopTown();
  const order = await standingOrder(town, changes);
  const now = await settlePaid(town.world, order.id, {
    ...charge,
    total: order.bill.total,
    ...paid,
  });
  const entries = (await town.world.orders.journalOf(order.id)).slice(1);
  const kept = () => town.world.savedCards.of(order.shopId, order.buyerId);
  return { town, order, now, entries, kept };
}

const sold = {
  state: 'ready',
  paidAtMs: 1,
  trail: { accountId: 'acct_joe', intentId: 'pi_1', chargeId: 'ch_1' },
} as const;

describe('what waits for its money', () => {
  it.each(['awaiting_payment', 'needs_action'] as const)('is sold: %s', async (state) => {
    const { town, now, entries } = await hearing({ state });

    expect(now).toMatchObject({ state: 'paid', paidAtMs: town.time.nowMs, refunds: [] });
    expect(now?.trail).toEqual({ accountId: 'acct_joe', ...charge });
    expect(entries).toMatchObject([{ step: 'paid', actor: 'provider' }]);
    expect(entries[0]?.reason).toBeUndefined();
  });

  it('is held where another amount was taken', async () => {
    const { now, entries } = await hearing({ state: 'awaiting_payment' }, { total: usd(485) });

    expect(now).toMatchObject({ state: 'conflicted', trail: { taken: usd(485) } });
    expect(entries).toMatchObject([{ step: 'paid_wrongly', reason: 'amount_mismatch' }]);
  });

  it('has no card where the provider tells of none', async () => {
    const town = await openShopTown();
    const { id } = await standingOrder(town, { state: 'awaiting_payment' });

    const now = await settlePaid(town.world, id, { ...second, total: usd(486) });

    expect(now?.trail).toStrictEqual({ accountId: 'acct_joe', ...second });
  });
});

describe('whoever pays', () => {
  const link = { state: 'awaiting_payment', buyerName: 'Whoever' } as const;

  it.each([
    [{ payer }, 'Ann Archer', 'ann@example.com'],
    [{ payer: { name: 'Ann Archer' } }, 'Ann Archer', undefined],
    [{ payer: { email: 'ann@example.com' } }, 'Whoever', 'ann@example.com'],
    [{}, 'Whoever', undefined],
  ])('%o is the buyer of what was nobody’s', async (paid, name, email) => {
    const town = await openShopTown();
    const order = await standingOrder(town, link, 'nobodys');
    const { total } = order.bill;

    const now = await settlePaid(town.world, order.id, { ...charge, ...paid, saved, total });

    expect([now?.state, now?.buyerName, now?.payerEmail]).toEqual(['paid', name, email]);
    expect(now !== undefined && 'payerEmail' in now).toBe(email !== undefined);
    expect(await town.world.savedCards.of(order.shopId, order.buyerId)).toBeUndefined();
  });

  it('is not asked for a name where the buyer is known', async () => {
    const { now } = await hearing(link, { payer });

    expect(now?.buyerName).toBe('Whoever');
    expect(now).not.toHaveProperty('payerEmail');
  });
});

describe('a card that the buyer wants to be kept', () => {
  it('is, with the order that it was first used for', async () => {
    const { kept, order } = await hearing({ state: 'awaiting_payment' }, { saved });

    expect(await kept()).toMatchObject({ ...saved, orderMadeAtMs: order.createdAtMs });
  });

  it('is, also when only a second look tells of it', async () => {
    const { kept, entries } = await hearing(sold, { saved });

    expect(entries).toEqual([]);
    expect(await kept()).toMatchObject(saved);
  });

  it.each([
    ['paid a second time', sold, { ...second, saved }],
    ['came too late', { state: 'expired' }, { saved }],
    ['is not to be kept', { state: 'awaiting_payment' }, {}],
  ] as const)('is not where it %s', async (_, changes, paid) => {
    const { kept } = await hearing(changes, paid);

    expect(await kept()).toBeUndefined();
  });
});

describe('money that comes when nobody waits for it', () => {
  it('is heard of once', async () => {
    const { now, order } = await hearing(sold);

    expect(now).toEqual(order);
  });

  it.each(['paid', 'preparing', 'ready', 'fulfilled', 'conflicted'] as const)(
    'goes back when it came twice: %s',
    async (state) => {
      const { town, now, order, entries } = await hearing({ ...sold, state }, second);

      expect(now?.refunds).toEqual([
        {
          id: expect.stringMatching(/^rfd_/u),
          state: 'asked',
          amount: order.bill.total,
          feeBack: order.fee,
          reason: 'paid_twice',
          intentId: 'pi_2',
          askedAtMs: town.time.nowMs,
          asked: 0,
        },
      ]);
      expect(now?.trail).toEqual(sold.trail);
      expect(now).toMatchObject({ state, dueAtMs: town.time.nowMs });
      expect(entries).toMatchObject([{ step: 'paid_twice', actor: 'provider' }]);
    },
  );

  it('goes back without a fee where another amount came', async () => {
    const { now } = await hearing(sold, { ...second, total: usd(100) });

    expect(now?.refunds).toMatchObject([{ amount: usd(100), feeBack: usd(0) }]);
  });

  it.each(['cancelled', 'expired'] as const)('goes back when it is late: %s', async (state) => {
    const { now, order, entries } = await hearing({ state });

    expect(now).toMatchObject({
      state,
      trail: { accountId: 'acct_joe', ...charge },
      refunds: [{ reason: 'paid_too_late', amount: order.bill.total, feeBack: order.fee }],
    });
    expect(entries).toMatchObject([{ step: 'paid_late' }]);
  });

  it('is late for a bill to which its buyer had come back, which ends then', async () => {
    const { now, entries } = await hearing({ state: 'draft' });

    expect(now).toMatchObject({ state: 'cancelled', refunds: [{ reason: 'paid_too_late' }] });
    expect(entries).toMatchObject([
      { step: 'draft_cancelled', reason: 'paid_by_earlier_try', actor: 'provider' },
      { step: 'paid_late' },
    ]);
  });

  it('leaves the first late charge the order’s own, and one that was paid before it as well', async () => {
    const late = await hearing({ state: 'expired' });
    const again = await settlePaid(late.town.world, late.order.id, { ...second, total: usd(486) });

    expect(again?.trail).toMatchObject(charge);
    expect(again?.refunds.map(({ intentId }) => intentId)).toEqual(['pi_1', 'pi_2']);
    const { now } = await hearing({ ...sold, state: 'cancelled' }, second);
    expect(now?.trail).toEqual(sold.trail);
  });

  it('is nobody’s where there is no such order', async () => {
    const { world } = await openShopTown();

    expect(await settlePaid(world, 'ord_none', { ...charge, total: usd(1) })).toBeUndefined();
  });
});
