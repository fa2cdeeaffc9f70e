// Which steps of an order its merchant hears of, and what they hear.
import { describe, expect, it } from 'vitest';
import { eventOf } from '../../../lambdas/domain/merchant-api/event-of-entry.ts';
import type { MerchantEventType } from '../../../lambdas/domain/merchant-api/merchant-event.ts';
import type { Order, Refund } from '../../../lambdas/domain/orders/order.ts';
import { orderSteps, type OrderStep } from '../../../lambdas/domain/orders/order-steps.ts';
import type { OrderChange, OrderEntry } from '../../../lambdas/domain/orders/ports.ts';
import { derivedIds } from '../../../lambdas/wiring/randomness.ts';
import {
  anOrderDraft,
  lastOf,
  nextOrder,
  refundDone,
  refundWanted,
  wholeOrderLife,
} from '../../builders/orders.ts';
import { usd } from '../../builders/shop-town/joes-coffee.ts';

const isStep = (word: string): word is OrderStep => word in orderSteps;

const events = (life: readonly OrderChange[]) =>
  life.flatMap(({ entry }) => eventOf(derivedIds, entry, lastOf(life)) ?? []);

describe('an order that goes well', () => {
  it('is told from its payment on, in ids that sort by time, twice the same', () => {
    const life = wholeOrderLife();
    const told = events(life);

    expect(told.map(({ type, data }) => [type, data.state])).toEqual([
      ['order.paid', 'paid'],
      ['order.preparing', 'preparing'],
      ['order.ready', 'ready'],
      ['order.fulfilled', 'fulfilled'],
      ['refund.succeeded', 'fulfilled'],
    ]);
    expect(told.map(({ id }) => id)).toEqual(told.map(({ id }) => id).toSorted());
    expect(events(life)).toEqual(told);
  });

  it('is told without the buyer', () => {
    const life = wholeOrderLife({ buyerName: 'Ann Hill' });

    expect(JSON.stringify(events(life))).not.toMatch(/Ann Hill|per_|psid/);
  });
});

describe('a refund', () => {
  it('is told with its own amount, also where there are several', () => {
    const life = wholeOrderLife();
    const wanted = refundWanted(lastOf(life), 20);
    const all = [...life, wanted, refundDone(wanted.order)];
    // The builders post nothing for a refund of theirs; the books do.
    const told = all
      .filter(({ entry }) => entry.step === 'refunded')
      .map(({ entry }) => eventOf(derivedIds, entry, lastOf(all))?.data.refund);

    expect(told.at(-1)).toMatchObject({ state: 'done', reason: 'requested_by_customer' });
    expect(told.every((refund) => refund !== undefined)).toBe(true);
  });
});

describe('what nobody paid', () => {
  it.each(['draft_cancelled', 'draft_expired'] as const)(
    '%s is told of a request alone',
    (step) => {
      const cart = anOrderDraft();
      const request = anOrderDraft({ source: 'payment_request' });

      expect(events([cart, nextOrder(cart.order, step)])).toEqual([]);
      expect(events([request, nextOrder(request.order, step)]).map(({ type }) => type)).toEqual([
        'payment_request.created',
        step === 'draft_cancelled' ? 'order.cancelled' : 'order.expired',
      ]);
    },
  );
});

describe('a step', () => {
  const paid = lastOf(wholeOrderLife());
  const entryOf = (step: OrderStep, more: Partial<OrderEntry> = {}): OrderEntry => ({
    subject: paid.id,
    sequence: 7,
    step,
    from: 'paid',
    to: 'preparing',
    actor: 'shop',
    atMs: 1_795_000_000_000,
    postings: [],
    ...more,
  });
  const eventFor = (entry: OrderEntry, order: Partial<Order> = {}) =>
    eventOf(derivedIds, entry, { ...paid, ...order });

  const told: Partial<Record<OrderStep, MerchantEventType>> = {
    drafted: 'payment_request.created',
    claimed: 'payment_request.claimed',
    reminded: 'payment_request.reminded',
    draft_cancelled: 'order.cancelled',
    draft_expired: 'order.expired',
    order_cancelled: 'order.cancelled',
    order_expired: 'order.expired',
    paid: 'order.paid',
    preparing: 'order.preparing',
    ready: 'order.ready',
    fulfilled: 'order.fulfilled',
    // Taken back, it is again what it was.
    preparing_undone: 'order.paid',
    ready_undone: 'order.preparing',
    fulfilled_undone: 'order.ready',
    cancelled_by_shop: 'order.cancelled',
    refunded: 'refund.succeeded',
    refund_failed: 'refund.failed',
    dispute_opened: 'dispute.opened',
    dispute_won: 'dispute.closed',
    dispute_lost: 'dispute.closed',
  };

  it.each(Object.keys(orderSteps).filter(isStep))(
    '%s is the event that its name says, or none',
    (step) => {
      expect(eventFor(entryOf(step))?.type).toBe(told[step]);
    },
  );

  it('has an id of the moment, sorting as it does, and of its cause', () => {
    const id = (atMs: number, sequence = 7) =>
      eventFor(entryOf('paid', { atMs, sequence }))?.id ?? '';
    expect(id(1_795_000_000_000)).toMatch(/^evt_01k7n5cng0[a-z0-9]{10,}$/u);
    expect([id(2 ** 45), id(1000), id(31)].toSorted()).toEqual([id(31), id(1000), id(2 ** 45)]);
    expect(id(1000, 8)).not.toBe(id(1000));
  });

  it('about a refund tells of the one whose amount it moved, else of the last in that state', () => {
    const refund = (
      id: `rfd_${string}`,
      minor: number,
      state: Refund['state'] = 'done',
    ): Refund => ({
      id,
      state,
      amount: usd(minor),
      feeBack: usd(0),
      reason: 'duplicate',
      intentId: 'pi_1',
      askedAtMs: 1,
      asked: 0,
    });
    const refunds = [refund('rfd_a', 200), refund('rfd_b', 300), refund('rfd_c', 200, 'failed')];
    const moved = (minor: number) => [
      { account: 'shop:shp_1', amount: usd(-minor) } as const,
      { account: 'buyer:ord_1', amount: usd(minor) } as const,
    ];
    const of = (step: OrderStep, minor: number) =>
      eventFor(entryOf(step, { postings: moved(minor) }), { refunds })?.data.refund;

    expect(of('refunded', 200)).toEqual({
      id: 'rfd_a',
      state: 'done',
      amount: usd(200),
      reason: 'duplicate',
    });
    expect(of('refunded', 999)?.id).toBe('rfd_b');
    expect(of('refund_failed', 999)?.id).toBe('rfd_c');
    expect(of('refund_failed', 200)).toMatchObject({ id: 'rfd_c', state: 'failed' });
    expect(of('paid', 200)).toBeUndefined();
    const event = eventFor(entryOf('refunded'), { refunds: [] });
    expect(event?.data).not.toHaveProperty('refund');
  });

  it('about a dispute tells what it is about and until when it can be answered', () => {
    const dispute = {
      id: 'dp_1',
      state: 'needs_response',
      amount: usd(1190),
      fee: usd(1500),
      reason: 'fraudulent',
    } as const;
    const seen = { id: 'dp_1', state: 'needs_response', amount: usd(1190), reason: 'fraudulent' };
    const about = (step: OrderStep, order: Partial<Order>) => eventFor(entryOf(step), order)?.data;

    expect(about('dispute_opened', { dispute })?.dispute).toStrictEqual(seen);
    expect(
      about('dispute_won', { dispute: { ...dispute, respondBeforeMs: 5 } })?.dispute,
    ).toStrictEqual({ ...seen, respondBeforeMs: 5 });
    expect(about('dispute_lost', {})).not.toHaveProperty('dispute');
    expect(about('paid', { dispute })).not.toHaveProperty('dispute');
  });
});
