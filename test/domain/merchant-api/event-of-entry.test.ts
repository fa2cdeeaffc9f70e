// Which steps of an order its merchant hears of, and what they hear.
import { describe, expect, it } from 'vitest';
import { eventOf } from '../../../lambdas/domain/merchant-api/event-of-entry.ts';
import type { OrderChange } from '../../../lambdas/domain/orders/ports.ts';
import { derivedIds } from '../../../lambdas/wiring/randomness.ts';
import {
  anOrderDraft,
  lastOf,
  nextOrder,
  refundDone,
  refundWanted,
  wholeOrderLife,
} from '../../builders/orders.ts';

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
