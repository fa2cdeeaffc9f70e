// A buyer's bank takes money back: the order follows the dispute itself, and every cent of it is booked.
import { describe, expect, it } from 'vitest';
import type { OrderDispute, OrderId, OrderState } from '../../../lambdas/domain/orders/order.ts';
import {
  askAboutDispute,
  followOrderDispute,
} from '../../../lambdas/domain/orders/order-dispute.ts';
import type { FoundOrderDispute } from '../../../lambdas/domain/orders/ports.ts';
import { leftToRefund } from '../../../lambdas/domain/orders/refundable.ts';
import { refundOrder } from '../../../lambdas/domain/orders/refund-order.ts';
import { sendEvidence } from '../../../lambdas/domain/orders/send-evidence.ts';
import { usd } from '../../builders/shop-town/joes-coffee.ts';
import { oneMug, openShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { aBuyer } from '../../builders/shop-town/shop-buyer.ts';
import { standingOrder } from '../../builders/shop-town/standing-order.ts';
import { dayMs } from '../../builders/scenes.ts';

type Town = Awaited<ReturnType<typeof openShopTown>>;

async function disputed() {
  const town = await openShopTown();
  const { id, trail } = await aBuyer(town).buys(oneMug);
  const disputeId = town.provider.hands.openDispute(trail.intentId ?? '');
  return { town, id, disputeId };
}

async function accounts(town: Town, id: OrderId): Promise<Record<string, number>> {
  const totals: Record<string, number> = {};
  for (const { postings } of await town.world.orders.journalOf(id))
    for (const { account, amount } of postings)
      totals[account.replace(/:(?:per|ord)_.*/u, '')] =
        (totals[account.replace(/:(?:per|ord)_.*/u, '')] ?? 0) + amount.minor;
  return totals;
}

describe('a dispute', () => {
  it('takes the money from the shop at once with its fee, and nothing is left to give back', async () => {
    const { town, id } = await disputed();
    await town.settle();

    const order = await town.order(id);
    expect(order).toMatchObject({
      state: 'paid',
      dispute: { state: 'needs_response', amount: usd(1960), fee: usd(1500) },
    });
    expect(leftToRefund(order)).toEqual(usd(0));
    expect(await accounts(town, id)).toMatchObject({
      buyer: 0,
      disputed: -1960,
      'provider:dispute_fees': 1500,
    });
    await town.checkBooks(true);
  });

  it.each([
    { state: 'won', buyer: -1960, shop: 1960 - 160 - 20 - 1500 },
    { state: 'lost', buyer: 0, shop: 1960 - 160 - 20 - 1500 - 1960 },
  ] as const)('ends $state', async ({ state, buyer, shop }) => {
    const { town, id, disputeId } = await disputed();
    await town.settle();

    town.provider.hands.closeDispute(disputeId, state);
    await town.settle();

    expect((await town.order(id)).dispute?.state).toBe(state);
    expect(await accounts(town, id)).toMatchObject({ buyer, 'shop:shp_joe': shop, disputed: 0 });
    expect((await town.order(id)).dueAtMs).toBeUndefined();
    await town.checkBooks(true);
  });

  it('opens before it ends, also when its only event comes late, twice and after its end', async () => {
    const { town, id, disputeId } = await disputed();
    town.holdEvents();
    town.provider.hands.closeDispute(disputeId, 'lost');
    await town.letEventsIn('backwards');

    const steps = (await town.world.orders.journalOf(id)).map(({ step }) => step);
    expect(steps.slice(-2)).toEqual(['dispute_opened', 'dispute_lost']);
    await town.checkBooks(true);
  });

  it('that comes before we know that the order is paid waits for it', async () => {
    const town = await openShopTown();
    town.holdEvents();
    const order = await aBuyer(town).buys(oneMug);
    const [charge] = town.provider.books.moved;
    town.provider.hands.openDispute(charge?.intentId ?? '');

    await town.letEventsIn('backwards');
    expect(await town.order(order.id)).toMatchObject({ state: 'paid' });
    await town.later(1000);

    expect((await town.order(order.id)).dispute?.state).toBe('needs_response');
    await town.checkBooks(true);
  });

  it('is followed daily where no event comes', async () => {
    const { town, id, disputeId } = await disputed();
    await town.settle();
    town.holdEvents();
    town.provider.hands.closeDispute(disputeId, 'won');

    await town.later(dayMs);

    expect((await town.order(id)).dispute?.state).toBe('won');
  });

  it('of which there is no news is looked at again a day later', async () => {
    const { town, id } = await disputed();
    await town.settle();

    await town.later(dayMs);

    expect((await town.order(id)).dueAtMs).toBe(town.time.nowMs + dayMs);
  });

  it('is answered by the shop once', async () => {
    const { town, id } = await disputed();
    await town.settle();
    const says = () => sendEvidence(town.world, { orderId: id, text: 'She drank it.' });

    expect(await says()).toMatchObject({
      kind: 'sent',
      order: { dispute: { state: 'under_review' } },
    });
    expect((await says()).kind).toBe('too_late');
    await town.settle();
    expect((await town.order(id)).dispute?.evidenceSentAtMs).toBe(town.time.nowMs);
  });

  it('cannot be answered where there is none, and is not believed answered when the provider is silent', async () => {
    const { town, id } = await disputed();
    await town.settle();
    const other = await aBuyer(town).buys();
    town.provider.failNext('sendEvidence', 'lost_before');

    expect((await sendEvidence(town.world, { orderId: other.id, text: 'x' })).kind).toBe(
      'no_dispute',
    );
    expect((await sendEvidence(town.world, { orderId: id, text: 'x' })).kind).toBe('unknown');
    expect((await town.order(id)).dispute?.state).toBe('needs_response');
  });

  it('after a refund of a part is about the rest, and all of it together never exceeds the charge', async () => {
    const town = await openShopTown();
    const { id, trail } = await aBuyer(town).buys(oneMug);
    await refundOrder(town.world, {
      orderId: id,
      amount: usd(960),
      reason: 'requested_by_customer',
      madeBy: 'a',
    });
    await town.settle();

    const disputeId = town.provider.hands.openDispute(trail.intentId ?? '');
    town.provider.hands.closeDispute(disputeId, 'lost');
    await town.settle();

    expect(await accounts(town, id)).toMatchObject({ buyer: 0, disputed: 0 });
    expect(leftToRefund(await town.order(id))).toEqual(usd(0));
    await town.checkBooks(true);
  });

  it('while a refund is on its way leaves the refund to fail, loudly', async () => {
    const town = await openShopTown();
    const { id, trail } = await aBuyer(town).buys(oneMug);
    await refundOrder(town.world, {
      orderId: id,
      amount: 'all',
      reason: 'requested_by_customer',
      madeBy: 'a',
    });
    town.provider.hands.openDispute(trail.intentId ?? '');
    await town.settle();

    const order = await town.order(id);
    expect(order.refunds).toMatchObject([{ state: 'failed' }]);
    expect(order.dispute?.state).toBe('needs_response');
    await town.checkBooks(true);
  });

  it('is out of our sight when the shop leaves Stripe, and in it again when the shop comes back', async () => {
    const { town, id, disputeId } = await disputed();
    await town.settle();
    town.provider.hands.setAccount('acct_joe', 'left');
    await town.settle();

    await town.untilNothingIsDue();

    expect(await town.order(id)).toMatchObject({
      state: 'paid',
      dispute: { state: 'needs_response', isOutOfSight: true },
    });

    town.provider.hands.setAccount('acct_joe', 'active');
    town.provider.hands.closeDispute(disputeId, 'won');
    await town.settle();
    const { dispute } = await town.order(id);
    expect(dispute).toMatchObject({ state: 'won' });
    expect(dispute).not.toHaveProperty('isOutOfSight');
    await town.checkBooks(true);
  });
});

describe('news of a dispute', () => {
  const found: FoundOrderDispute = {
    intentId: 'pi_1',
    amount: usd(486),
    fee: usd(1500),
    reason: 'fraudulent',
    state: 'needs_response',
    respondBeforeMs: 5,
  };
  const { intentId: _charge, ...told } = found;
  const known: OrderDispute = { id: 'du_1', ...told };

  async function hears(
    before: OrderDispute | undefined,
    changes: Partial<FoundOrderDispute> = {},
    about: { disputeId?: string; isDue?: boolean; state?: OrderState } = {},
  ) {
    const town = await openShopTown();
    const { disputeId = 'du_1', state = 'paid', ...due } = about;
    const dispute = before === undefined ? {} : { dispute: before };
    const { id } = await standingOrder(town, { state, paidAtMs: 1, ...dispute });
    await followOrderDispute(town.world, id, {
      disputeId,
      found: { ...found, ...changes },
      ...due,
    });
    const entries = (await town.world.orders.journalOf(id)).slice(1);
    return { order: await town.order(id), steps: entries.map(({ step }) => step), entries };
  }

  it('opens it as the provider has it', async () => {
    const { order, entries } = await hears(undefined);

    expect(order.dispute).toStrictEqual(known);
    expect(entries).toMatchObject([{ step: 'dispute_opened', actor: 'provider' }]);
  });

  it('is of one without a deadline where the bank names none', async () => {
    const { respondBeforeMs: _none, ...endless } = known;
    const town = await openShopTown();
    const { id } = await standingOrder(town, { state: 'paid', dispute: endless });
    const { respondBeforeMs: _never, ...bare } = found;

    const moved = { ...bare, state: 'under_review' } as const;
    await followOrderDispute(town.world, id, { disputeId: 'du_1', found: moved });

    const { dispute } = await town.order(id);
    expect(dispute).toStrictEqual({ ...endless, state: 'under_review' });
  });

  it.each([
    ['daily again', 'active', 'needs_response', ['dispute_moved', undefined, undefined]],
    ['no more, of a shop that has left', 'left', 'needs_response', leftSo()],
    ['no more once it is over', 'left', 'won', []],
    ['not where there is none', 'left', undefined, []],
  ] as const)('that never comes is asked for %s', async (...row) => {
    const [, status, state, expected] = row;
    const town = await openShopTown();
    const dispute = state === undefined ? {} : { dispute: { ...known, state } };
    const now = await standingOrder(town, { state: 'paid', ...dispute });
    await town.changeShop({ account: { accountId: 'acct_joe', status, missing: [] } });
    town.provider.failNext('lookUp.dispute', 'lost_before');

    // As it was when it was due: it may have ended since.
    await askAboutDispute(town.world, { ...now, dispute: known });

    const [entry] = (await town.world.orders.journalOf(now.id)).slice(1);
    const { dispute: after, dueAtMs } = await town.order(now.id);
    const told = entry === undefined ? [] : [entry.step, entry.reason, after?.isOutOfSight];
    expect(told).toEqual(expected);
    const isDaily = status === 'active';
    expect(dueAtMs === town.time.nowMs + dayMs).toBe(isDaily);
  });

  function leftSo() {
    return ['dispute_moved', 'account_left', true] as const;
  }

  it.each(['won', 'lost'] as const)('that it was %s opens it first', async (state) => {
    const { steps, order } = await hears(undefined, { state });

    expect(steps).toEqual(['dispute_opened', `dispute_${state}`]);
    expect(order.dispute?.state).toBe(state);
  });

  it.each([
    ['its state', { state: 'under_review' }],
    ['its fee', { fee: usd(0) }],
    ['its reason', { reason: 'duplicate' }],
    ['its deadline', { respondBeforeMs: 6 }],
  ] as const)('moves it with %s', async (_, changes) => {
    const { steps, order } = await hears(known, changes);

    expect(steps).toEqual(['dispute_moved']);
    expect(order.dispute).toEqual({ ...known, ...changes });
  });

  it('that is none moves nothing, unless it was due', async () => {
    expect((await hears(known)).steps).toEqual([]);
    expect((await hears(known, {}, { isDue: true })).steps).toEqual(['dispute_moved']);
  });

  it('keeps what it was about when it opened, and when the shop answered', async () => {
    const answered = { ...known, evidenceSentAtMs: 7 };
    const { order } = await hears(answered, { state: 'lost', amount: usd(1) });

    expect(order.dispute).toEqual({ ...answered, state: 'lost' });
  });

  it('brings back into sight what was out of it', async () => {
    const { order } = await hears({ ...known, isOutOfSight: true });

    expect(order.dispute).toEqual(known);
  });

  it.each(['won', 'lost'] as const)('moves nothing once it is %s', async (state) => {
    expect((await hears({ ...known, state }, { state: 'under_review' })).steps).toEqual([]);
  });

  it.each([
    ['opens after one that was won', 'won', ['dispute_opened']],
    ['waits while one is open', 'needs_response', []],
    ['comes to nothing after one that was lost', 'lost', []],
  ] as const)('a second one %s', async (_, state, steps) => {
    const heard = await hears({ ...known, state }, {}, { disputeId: 'du_2' });

    expect(heard.steps).toEqual(steps);
  });

  it('moves nothing of an order that was never paid', async () => {
    expect((await hears(undefined, {}, { state: 'draft' })).steps).toEqual([]);
  });
});
