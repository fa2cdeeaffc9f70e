// A refund until it has arrived: what each answer makes of it, and what the provider is asked.
import { describe, expect, it } from 'vitest';
import {
  continueOrderRefund,
  settleOrderRefund,
} from '../../../lambdas/domain/orders/continue-order-refund.ts';
import type { Refund } from '../../../lambdas/domain/orders/order.ts';
import type { RefundAnswer } from '../../../lambdas/domain/payments/ports.ts';
import { hourMs } from '../../builders/scenes.ts';
import { usd } from '../../builders/shop-town/joes-coffee.ts';
import { openShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { standingOrder } from '../../builders/shop-town/standing-order.ts';

const pending = { kind: 'pending', refundId: 're_1' } as const;
const done = { kind: 'done', refundId: 're_1' } as const;
const declined = { kind: 'declined', why: 'no_money' } as const;
const unknown = { kind: 'unknown', why: 'silent' } as const;
const nothing = undefined;
const there = { providerRefundId: 're_1' };

async function refunding(changes: Partial<Refund> = {}) {
  const town = await openShopTown();
  const refund: Refund = {
    id: 'rfd_1',
    state: 'asked',
    amount: usd(100),
    feeBack: usd(1),
    reason: 'duplicate',
    intentId: 'pi_1',
    askedAtMs: town.time.nowMs,
    asked: 1,
    ...changes,
  };
  const other = { ...refund, id: 'rfd_0', state: 'done' } as const;
  const order = await standingOrder(town, {
    state: 'paid',
    paidAtMs: 1,
    trail: { accountId: 'acct_joe', intentId: 'pi_1' },
    refunds: [other, refund],
  });
  const steps = async () => (await town.world.orders.journalOf(order.id)).slice(1);
  const now = async () => {
    const [untouched, moved] = (await town.order(order.id)).refunds;
    expect(untouched).toEqual(other);
    return moved;
  };
  return { town, order, refund, now, steps };
}

describe('what is heard of a refund', () => {
  it.each([
    ['asked', done, false, 'refunded', { state: 'done', asked: 0, providerRefundId: 're_1' }],
    ['pending', done, false, 'refunded', { state: 'done', asked: 0 }],
    ['failed', done, false, 'refunded', { state: 'done', asked: 0 }],
    ['done', done, true, nothing, {}],
    ['asked', declined, false, 'refund_failed', { state: 'failed', asked: 0 }],
    ['done', declined, false, 'refund_failed', { state: 'failed', asked: 0 }],
    ['failed', declined, true, nothing, {}],
    ['asked', pending, false, 'refund_pending', { ...there, state: 'pending', asked: 2 }],
    ['pending', pending, true, 'refund_asked', { state: 'pending', asked: 2 }],
    ['pending', pending, false, nothing, {}],
    ['done', pending, true, nothing, {}],
    ['failed', pending, true, nothing, {}],
    ['asked', unknown, true, 'refund_asked', { state: 'asked', asked: 2 }],
    ['pending', unknown, true, 'refund_asked', { state: 'pending', asked: 2 }],
    ['asked', unknown, false, nothing, {}],
    ['done', unknown, true, nothing, {}],
    ['failed', unknown, true, nothing, {}],
  ] as const)('that was %s: %o (asked: %s) is %s', async (...row) => {
    const [state, answer, isDue, step, moved] = row;
    const { town, order, refund, now, steps } = await refunding({ state });

    await settleOrderRefund(town.world, order.id, { refundId: refund.id, answer, isDue });

    expect((await steps()).map((entry) => entry.step)).toEqual(step === undefined ? [] : [step]);
    expect(await now()).toMatchObject({ ...refund, ...moved });
  });

  it.each([
    [declined, 'asked', 1, 'no_money'],
    [unknown, 'asked', 8, 'refund_never_known'],
    [unknown, 'asked', 7, undefined],
    [pending, 'pending', 8, 'refund_pending_too_long'],
    [pending, 'pending', 7, undefined],
    [pending, 'asked', 8, undefined],
  ] as const)('%o of what was %s says why after %s asks: %s', async (...row) => {
    const [answer, state, asked, reason] = row;
    const { town, order, refund, steps } = await refunding({ state, asked });

    await settleOrderRefund(town.world, order.id, { refundId: refund.id, answer, isDue: true });

    const [entry] = await steps();
    expect(entry).toMatchObject({ actor: 'provider' });
    expect(entry?.reason).toBe(reason);
  });

  it('moves nothing where the order has no such refund', async () => {
    const { town, order, steps } = await refunding();
    const told = { refundId: 'rfd_none', answer: done, isDue: true } as const;

    await settleOrderRefund(town.world, order.id, told);

    expect(await steps()).toEqual([]);
  });
});

describe('what is asked of the provider', () => {
  async function asks(changes: Partial<Refund>, found: RefundAnswer = done) {
    const scene = await refunding(changes);
    const calls: unknown[] = [];
    const hears =
      (name: string) =>
      async (...said: unknown[]) => {
        calls.push([name, ...said]);
        const thing = { intentId: 'pi_1', amount: usd(100), answer: found };
        return { kind: 'found', thing } as const;
      };
    const { shopProvider } = scene.town.world;
    const lookUp = {
      ...shopProvider.lookUp,
      refund: hears('look up'),
      lostRefund: hears('look for'),
    };
    const refund: typeof shopProvider.refund = async (request) => {
      calls.push(['refund', request]);
      return found;
    };
    const world = { ...scene.town.world, shopProvider: { ...shopProvider, refund, lookUp } };
    return { ...scene, world, calls };
  }

  it('is the same refund under the same key, as long as it keeps keys', async () => {
    const scene = await asks({});
    scene.town.time.nowMs += 23 * hourMs - 1;

    await continueOrderRefund(scene.world, scene.order, scene.refund);

    const request = {
      orderId: scene.order.id,
      refundId: 'rfd_1',
      accountId: 'acct_joe',
      intentId: 'pi_1',
      amount: usd(100),
      reason: 'duplicate',
    };
    expect(scene.calls).toEqual([['refund', request]]);
    expect(await scene.now()).toMatchObject({ state: 'done' });
  });

  it('is whether it is there, once keys are forgotten', async () => {
    const scene = await asks({});
    scene.town.time.nowMs += 23 * hourMs;

    await continueOrderRefund(scene.world, scene.order, scene.refund);

    const lost = { accountId: 'acct_joe', intentId: 'pi_1', refundId: 'rfd_1' };
    expect(scene.calls).toEqual([['look for', lost]]);
    expect(await scene.now()).toMatchObject({ state: 'done' });
  });

  it('is how it goes, where it is known there', async () => {
    const scene = await asks({ state: 'pending', providerRefundId: 're_1' }, pending);
    scene.town.time.nowMs += 30 * hourMs;

    await continueOrderRefund(scene.world, scene.order, scene.refund);

    expect(scene.calls).toEqual([['look up', 'acct_joe', 're_1']]);
    expect(await scene.now()).toMatchObject({ state: 'pending', asked: 2 });
  });

  it.each(['done', 'failed'] as const)('is nothing of what is %s', async (state) => {
    const scene = await asks({ state });

    await continueOrderRefund(scene.world, scene.order, scene.refund);

    expect(scene.calls).toEqual([]);
    expect(await scene.steps()).toEqual([]);
  });

  it.each([
    ['asked', { asked: 8 }, 'refund_failed', 'never_made'],
    ['asked, where nobody answers', { asked: 8 }, 'refund_asked', 'refund_never_known'],
    ['there before', { asked: 8, providerRefundId: 're_1' }, 'refund_asked', 'refund_never_known'],
  ] as const)('and not found means of what was %s', async (...row) => {
    const [what, changes, step, reason] = row;
    const scene = await asks(changes);
    const isSilent = what.includes('nobody');
    const none = async () =>
      isSilent ? ({ kind: 'unknown', why: 'x' } as const) : ({ kind: 'not_found' } as const);
    const lookUp = { ...scene.world.shopProvider.lookUp, refund: none, lostRefund: none };
    const world = { ...scene.world, shopProvider: { ...scene.world.shopProvider, lookUp } };
    scene.town.time.nowMs += 30 * hourMs;

    await continueOrderRefund(world, scene.order, scene.refund);

    expect(await scene.steps()).toMatchObject([{ step, reason }]);
  });
});
