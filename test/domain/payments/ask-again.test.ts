// One rhythm for everything whose outcome is unknown: payments, orders and their refunds.
import { describe, expect, it } from 'vitest';
import {
  isAskedTooOften,
  isWithinKeyLife,
  waitAfterAsk,
} from '../../../lambdas/domain/payments/ask-again.ts';
import type { ProviderFault } from '../../../lambdas/adapters/memory/payment-provider.ts';
import { refundOrder } from '../../../lambdas/domain/orders/refund-order.ts';
import {
  aDraft,
  annAndBob,
  dayMs,
  hourMs,
  minuteMs,
  moved,
  secondMs,
  stepsOf,
} from '../../builders/scenes.ts';
import { aBuyer } from '../../builders/shop-town/shop-buyer.ts';
import { openShopTown } from '../../builders/shop-town/open-shop-town.ts';

/** After the first answer that was none: three quick ones, and five days. */
const rhythm = [30 * secondMs, 5 * minuteMs, hourMs, dayMs, dayMs, dayMs, dayMs, dayMs];

describe('the rhythm', () => {
  it('is 30 s, 5 min, 1 h, and daily for five days; then a person looks', () => {
    expect(rhythm.map((_, index) => waitAfterAsk(index + 1))).toEqual(rhythm);
    expect(isAskedTooOften(rhythm.length)).toBe(false);
    expect(isAskedTooOften(rhythm.length + 1)).toBe(true);
    expect(waitAfterAsk(100)).toBe(dayMs);
  });

  it('ends the life of an idempotency key an hour before the provider may', () => {
    expect(isWithinKeyLife(0, 23 * hourMs - 1)).toBe(true);
    expect(isWithinKeyLife(0, 23 * hourMs)).toBe(false);
  });
});

describe('whom nobody answers is asked in it', () => {
  it('a charge that the payer left at their bank and nobody can give up', async () => {
    const fault: { now?: ProviderFault; asked: number } = { asked: 0 };
    const scene = await annAndBob({
      faultFor: (call) => {
        if (call === 'abandonCharge') fault.asked += 1;
        return call === 'abandonCharge' ? 'lost_before' : undefined;
      },
    });
    await aDraft(scene, 'pm_card_authenticationRequired');
    await scene.ann.pays();
    await scene.town.later(10 * minuteMs);
    expect(await stepsOf(scene.town, scene.ann)).toContain('action_reminded');
    await scene.town.later(hourMs);

    for (const [index, waitMs] of rhythm.entries()) {
      expect(fault.asked).toBe(index + 1);
      await scene.town.later(waitMs - secondMs);
      expect(fault.asked, `too early at ${index}`).toBe(index + 1);
      await scene.town.later(secondMs);
    }

    expect(fault.asked).toBe(rhythm.length + 1);
    expect(await scene.town.paymentOf(scene.ann)).toMatchObject({
      state: 'review',
      reason: 'action_never_ended',
    });
    expect(moved(scene.town)).toEqual([]);
  });

  it('a refund of an order: asked for within a day, then looked for alone, then left to a person', async () => {
    const town = await openShopTown();
    const { id } = await aBuyer(town).buys();
    town.holdEvents();
    const asked: string[] = [];
    const { shopProvider } = town.world;
    const lost = { kind: 'unknown', why: 'no_answer' } as const;
    Object.assign(town.world.shopProvider, {
      refund: async () => {
        asked.push('refund');
        return lost;
      },
      lookUp: {
        ...shopProvider.lookUp,
        lostRefund: async () => {
          asked.push('looked for');
          return lost;
        },
      },
    });
    await refundOrder(town.world, {
      orderId: id,
      amount: 'all',
      reason: 'requested_by_customer',
      madeBy: 'a',
    });
    await town.settle();

    for (const [index, waitMs] of rhythm.entries()) {
      expect(asked).toHaveLength(index + 1);
      await town.later(waitMs - secondMs);
      expect(asked, `too early at ${index}`).toHaveLength(index + 1);
      await town.later(secondMs);
    }
    await town.later(3 * dayMs);

    expect(asked).toEqual([
      ...Array<string>(4).fill('refund'),
      ...Array<string>(5).fill('looked for'),
    ]);
    const journal = await town.world.orders.journalOf(id);
    expect(journal.filter(({ reason }) => reason === 'refund_never_known')).toHaveLength(1);
    expect(journal.at(-1)).toMatchObject({ step: 'refund_asked', reason: 'refund_never_known' });
  });

  it('a saved card of an order: charged under its key within a day, then looked for alone', async () => {
    const town = await openShopTown();
    const ann = aBuyer(town);
    await ann.buys({}, { keep: true });
    const { id } = await ann.orders({});
    town.holdEvents();
    const asked: string[] = [];
    const { shopProvider } = town.world;
    const lost = { kind: 'unknown', why: 'no_answer' } as const;
    Object.assign(shopProvider, {
      chargeSavedCard: async () => {
        asked.push('charge');
        return lost;
      },
      lookUp: {
        ...shopProvider.lookUp,
        lostCharge: async () => {
          asked.push('looked for');
          return lost;
        },
      },
    });
    await ann.pressesPay(id, { by: 'saved_card' });
    const first = asked.length;
    const { dueAtMs = 0 } = await town.order(id);
    await town.later(dueAtMs - town.time.nowMs);
    expect(asked).toHaveLength(first + 1);
    const isFirstCounted = (await town.order(id)).asked;

    for (const waitMs of rhythm.slice(isFirstCounted - 1)) {
      const before = asked.length;
      await town.later(waitMs - secondMs);
      expect(asked).toHaveLength(before);
      await town.later(secondMs);
      expect(asked).toHaveLength(before + 1);
    }

    expect(await town.order(id)).toMatchObject({
      state: 'awaiting_payment',
      reason: 'payment_never_known',
      asked: rhythm.length + 1,
    });
    expect(asked.lastIndexOf('charge')).toBeLessThan(asked.indexOf('looked for'));
    expect(asked.filter((how) => how === 'looked for')).toHaveLength(5);
  });
});
