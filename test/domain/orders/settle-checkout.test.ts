// What became of Checkout's page or of a saved card, as whoever asked was told.
import { describe, expect, it } from 'vitest';
import type { Order } from '../../../lambdas/domain/orders/order.ts';
import { checkoutLifeMs } from '../../../lambdas/domain/orders/order-due-dates.ts';
import { settleCheckout } from '../../../lambdas/domain/orders/settle-checkout.ts';
import {
  settleOrderCharge,
  type ToldOfCharge,
} from '../../../lambdas/domain/orders/settle-order-charge.ts';
import { openShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { standingOrder } from '../../builders/shop-town/standing-order.ts';

const trail = { accountId: 'acct_joe', sessionId: 'cs_1' };
const page = { state: 'awaiting_payment', method: 'checkout', trail, payBeforeMs: 9 } as const;
const closed = { sessionId: 'cs_1', answer: { kind: 'closed' }, isDue: false } as const;

async function standing(of: (nowMs: number) => Partial<Order>) {
  const town = await openShopTown();
  const { id } = await standingOrder(town, of(town.time.nowMs));
  const last = async () => (await town.world.orders.journalOf(id)).slice(1).at(-1);
  return { town, id, last };
}

const sentUntil = (endsAtMs: number) => ({ sent: { endsAtMs, isByLink: true } });

describe('a page that closed', () => {
  it.each([
    ['cancel', 'order_cancelled', 'buyer'],
    ['expire', 'order_expired', 'clock'],
    [undefined, 'order_expired', 'clock'],
  ] as const)('where it was called off as %s is %s by the %s', async (closing, step, actor) => {
    const off = closing === undefined ? {} : { closing };
    const { town, id, last } = await standing(() => ({ ...page, ...off }));

    await settleCheckout(town.world, id, closed);

    expect(await last()).toMatchObject({ step, actor });
    expect(await last()).not.toHaveProperty('reason');
  });

  it.each([
    ['that still stands goes back to its draft', 1, {}, 'payment_declined', 'page_left'],
    ['that has come to its end runs out', 0, {}, 'order_expired', undefined],
    ['that was called off is over', 1, { closing: 'cancel' }, 'order_cancelled', undefined],
  ] as const)('on a sent bill %s', async (...row) => {
    const [, ms, changes, step, reason] = row;
    const { town, id, last } = await standing((nowMs) => ({
      ...page,
      ...sentUntil(nowMs + ms),
      ...changes,
    }));

    await settleCheckout(town.world, id, closed);

    expect(await last()).toMatchObject({
      step,
      actor: step === 'order_cancelled' ? 'buyer' : 'clock',
    });
    expect((await last())?.reason).toBe(reason);
  });

  it('after the bank’s no leaves only the account it was on', async () => {
    const { town, id, last } = await standing(() => ({
      ...page,
      trail: { ...trail, intentId: 'pi_1' },
    }));

    const order = await settleCheckout(town.world, id, closed);

    expect(await last()).toMatchObject({ reason: 'bank_said_no', actor: 'provider' });
    expect(order).toMatchObject({ state: 'draft', attempt: 2 });
    expect(order?.trail).toEqual({ accountId: 'acct_joe' });
    expect(order).not.toHaveProperty('method');
  });
});

it('an ask that was due is the clock’s', async () => {
  const { town, id, last } = await standing(() => page);

  await settleCheckout(town.world, id, { ...closed, answer: { kind: 'open' }, isDue: true });

  expect(await last()).toMatchObject({ step: 'payment_asked', actor: 'clock' });
});

describe('a saved card', () => {
  const card = { ...page, method: 'saved_card', trail: { accountId: 'acct_joe' } } as const;
  const at = { intentId: 'pi_1' };
  const tells = async (changes: Partial<Order>, told: Omit<ToldOfCharge, 'isDue'>) => {
    const scene = await standing(() => ({ ...card, ...changes }));
    const order = await settleOrderCharge(scene.town.world, scene.id, { ...told, isDue: false });
    return { ...scene, order };
  };

  it('whose bank wants to see the buyer gives them as long as Checkout does', async () => {
    const answer = { kind: 'needs_action', ...at, url: 'https://bank.test' } as const;
    const { order, town, last } = await tells({}, { answer, attempt: 1 });

    const payBeforeMs = town.time.nowMs + checkoutLifeMs;
    expect(order).toMatchObject({ state: 'needs_action', payBeforeMs, trail: at });
    expect(await last()).toMatchObject({ step: 'action_needed', actor: 'provider' });
  });

  it('that the bank works on has the time it had', async () => {
    const { order, last } = await tells({}, { answer: { kind: 'pending', ...at }, attempt: 1 });

    expect(order).toMatchObject({ state: 'awaiting_payment', payBeforeMs: 9, trail: at });
    expect(await last()).toMatchObject({ step: 'payment_pending', actor: 'provider' });
  });

  it('that is worked on under another charge than we knew is followed there', async () => {
    const { order } = await tells(
      { trail: { accountId: 'acct_joe', intentId: 'pi_0' } },
      { answer: { kind: 'pending', ...at }, attempt: 1 },
    );

    expect(order?.trail.intentId).toBe('pi_1');
  });

  it.each(['generic', 'insufficient_funds'] as const)('that says no for %s', async (reason) => {
    const { last } = await tells({}, { answer: { kind: 'declined', reason }, attempt: 1 });

    expect(await last()).toMatchObject({ step: 'payment_declined', reason, actor: 'provider' });
  });

  it('that says no to what was called off ends it', async () => {
    const answer = { kind: 'declined', reason: 'generic' } as const;
    const { order } = await tells({ closing: 'cancel' }, { answer, attempt: 1 });

    expect(order?.state).toBe('cancelled');
  });

  it('that was charged is remembered as the card it was', async () => {
    const answer = { kind: 'done', ...at, chargeId: 'ch_1' } as const;
    const visa = { brand: 'visa', last4: '4242' };

    expect((await tells({}, { answer, card: visa })).order?.trail.card).toEqual(visa);
    expect((await tells({}, { answer })).order?.trail).not.toHaveProperty('card');
  });

  it.each(['done', 'pending'] as const)('of an order that there is not: %s', async (kind) => {
    const { world } = await openShopTown();
    const answer = { kind, ...at, chargeId: 'ch_1' };

    expect(await settleOrderCharge(world, 'ord_none', { answer, isDue: false })).toBeUndefined();
    expect(await settleCheckout(world, 'ord_none', closed)).toBeUndefined();
  });
});
