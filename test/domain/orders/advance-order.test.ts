// What an order's due date asks for: the provider is asked exactly what this state needs, and what cannot be known ends.
import { describe, expect, it } from 'vitest';
import { advanceOrder } from '../../../lambdas/domain/orders/advance-order.ts';
import type { Order } from '../../../lambdas/domain/orders/order.ts';
import { checkoutLifeMs } from '../../../lambdas/domain/orders/order-due-dates.ts';
import type { CheckoutAnswer, FoundOrderCharge } from '../../../lambdas/domain/orders/ports.ts';
import type { ChargeAnswer, Found } from '../../../lambdas/domain/payments/ports.ts';
import { checkoutOpened } from '../../builders/orders.ts';
import { dayMs, hourMs } from '../../builders/scenes.ts';
import { usd } from '../../builders/shop-town/joes-coffee.ts';
import { openShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { standingOrder } from '../../builders/shop-town/standing-order.ts';

const silent = { kind: 'unknown', why: 'silent' } as const;
const lost = { kind: 'not_found' } as const;
const total = usd(486);
const charged = { kind: 'done', intentId: 'pi_1', chargeId: 'ch_1' } as const;
const atBank = { kind: 'needs_action', intentId: 'pi_1', url: 'https://bank.test' } as const;
const chargeFound = (answer: ChargeAnswer) =>
  ({ kind: 'found', thing: { answer, total } }) as const;

interface Says {
  readonly page?: CheckoutAnswer;
  readonly charge?: Found<FoundOrderCharge>;
  readonly abandoned?: ChargeAnswer;
  readonly lostCharge?: Found<FoundOrderCharge>;
  readonly chargedAnew?: ChargeAnswer;
}

/** One look at an order that is due, with a provider that says what it is told to. */
async function looked(of: (nowMs: number) => Partial<Order>, says: Says = {}, hasLeft = false) {
  const town = await openShopTown();
  const { nowMs } = town.time;
  const order = await standingOrder(town, { dueAtMs: nowMs, ...of(nowMs) });
  if (hasLeft)
    await town.changeShop({ account: { accountId: 'acct_joe', status: 'left', missing: [] } });
  const asked: string[] = [];
  const requests: unknown[] = [];
  const told =
    <Answer>(name: string, answer: Answer | undefined, otherwise: Answer) =>
    async (...said: unknown[]) => {
      const [of] = said;
      if (typeof of === 'object') requests.push(of);
      asked.push([name, ...said.filter((each) => typeof each === 'string')].join(' '));
      return answer ?? otherwise;
    };
  const { shopProvider } = town.world;
  const page = says.page ?? silent;
  const world = {
    ...town.world,
    shopProvider: {
      ...shopProvider,
      closeCheckout: told('close', page, silent),
      abandonCharge: told<ChargeAnswer>('abandon', says.abandoned, silent),
      chargeSavedCard: told<ChargeAnswer>('charge', says.chargedAnew, silent),
      lookUp: {
        ...shopProvider.lookUp,
        checkout: told<Found<{ answer: CheckoutAnswer }>>(
          'page',
          page.kind === 'unknown' ? undefined : { kind: 'found', thing: { answer: page } },
          silent,
        ),
        charge: told<Found<FoundOrderCharge>>('look', says.charge, silent),
        lostCharge: told<Found<FoundOrderCharge>>('find', says.lostCharge, silent),
      },
    },
  };
  await advanceOrder(world, order.id);
  const entries = (await town.world.orders.journalOf(order.id)).slice(1);
  const steps = entries.map(({ step, reason }) => (reason === undefined ? step : [step, reason]));
  return { asked, requests, steps, order: await town.order(order.id), before: order };
}

const trail = { accountId: 'acct_joe', customerId: 'cus_1', instrumentId: 'pm_1' };
const paying = { state: 'awaiting_payment', trail } as const;

describe('nothing is done', () => {
  it.each([
    ['before its time', { dueAtMs: 1 }],
    ['where nothing is due', { dueAtMs: undefined }],
  ])('%s', async (_, { dueAtMs }) => {
    const town = await openShopTown();
    const { nowMs } = town.time;
    const due = dueAtMs === undefined ? {} : { dueAtMs: nowMs + dueAtMs };
    const { id } = await standingOrder(town, { state: 'paid', ...due });
    const draft = await standingOrder(town, { dueAtMs: nowMs + 1 });

    await advanceOrder(town.world, id);
    await advanceOrder(town.world, draft.id);
    await advanceOrder(town.world, 'ord_none');

    expect((await town.order(id)).version).toBe(1);
    expect(await town.order(draft.id)).toEqual(draft);
  });
});

it('a draft runs out', async () => {
  expect((await looked(() => ({ state: 'draft' }))).steps).toEqual(['draft_expired']);
});

it('an order that moves at the same moment is left to whoever moved it', async () => {
  const town = await openShopTown();
  const order = await standingOrder(town, { ...paying, method: 'checkout', dueAtMs: 1 });
  const { orders } = town.world;
  let isFirst = true;
  const commit: typeof orders.commit = async (change) => {
    if (!isFirst) return orders.commit(change);
    isFirst = false;
    await orders.commit(checkoutOpened(order));
    return { kind: 'conflict' };
  };

  await advanceOrder({ ...town.world, orders: { ...orders, commit } }, order.id);

  expect(await town.order(order.id)).toMatchObject({ state: 'awaiting_payment', version: 2 });
});

it('a bill of nothing is paid, whoever left it half way', async () => {
  const { order, steps, asked } = await looked(() => ({ ...paying, bill: free() }));

  expect([order.state, steps, asked]).toEqual(['paid', ['paid'], []]);

  function free() {
    const nothing = usd(0);
    const parts = { goods: nothing, discount: nothing, shipping: nothing, tax: nothing };
    return { lines: [], ...parts, tip: nothing, total: nothing };
  }
});

describe('Checkout’s page', () => {
  const page = { ...paying, method: 'checkout' } as const;
  const opened = { ...page, trail: { ...trail, sessionId: 'cs_1' } };
  const ofBank = { ...opened, trail: { ...opened.trail, intentId: 'pi_1' } };
  const close = ['close acct_joe cs_1'];
  const look = ['page acct_joe cs_1'];

  it('that nobody was shown is let go, and the provider is not asked', async () => {
    const { steps, asked } = await looked(() => page);

    expect([steps, asked]).toEqual([['order_expired'], []]);
  });

  it.each([
    ['closed when its time is over', 0, {}, close],
    ['closed where it has none', undefined, {}, close],
    ['looked at while there is time', 1, {}, look],
    ['closed when it is called off', hourMs, { closing: 'cancel' }, close],
    ['looked at when the bank works on it', 0, { trail: ofBank.trail }, look],
  ] as const)('is %s', async (...row) => {
    const [, msLeft, changes, calls] = row;
    const { asked } = await looked((nowMs) => {
      const time = msLeft === undefined ? {} : { payBeforeMs: nowMs + msLeft };
      return { ...opened, ...time, ...changes };
    });

    expect(asked).toEqual(calls);
  });

  it.each([
    [{ kind: 'closed' }, {}, ['order_expired']],
    [{ kind: 'closed' }, { closing: 'cancel' }, ['order_cancelled']],
    [{ kind: 'paid', intentId: 'pi_1', chargeId: 'ch_1', total }, {}, ['paid']],
    [{ kind: 'pending', intentId: 'pi_1' }, {}, ['payment_pending']],
    [silent, {}, ['payment_asked']],
    [{ kind: 'open' }, { trail: ofBank.trail }, ['payment_asked']],
    [{ kind: 'pending', intentId: 'pi_1' }, { trail: ofBank.trail }, ['payment_asked']],
    [{ kind: 'closed' }, { trail: ofBank.trail }, [['payment_declined', 'bank_said_no']]],
    [{ kind: 'closed' }, { trail: ofBank.trail, closing: 'expire' }, ['order_expired']],
  ] as const)('of which it is said %o, where %o, leads to %o', async (...row) => {
    const [answer, changes, expected] = row;

    expect((await looked(() => ({ ...opened, ...changes }), { page: answer })).steps).toEqual(
      expected,
    );
  });

  it.each([
    ['nobody answers, for the last time', 8, silent, true, [['order_expired', 'account_left']]],
    ['nobody answers, not yet for the last time', 7, silent, true, ['payment_asked']],
    ['nobody answers, of a shop that is there', 8, silent, false, never()],
    ['it is open all the same', 8, { kind: 'open' }, true, never()],
  ] as const)('of a shop that may have left, where %s', async (...row) => {
    const [, asked, page8, hasLeft, expected] = row;

    expect((await looked(() => ({ ...opened, asked }), { page: page8 }, hasLeft)).steps).toEqual(
      expected,
    );
  });

  function never() {
    return [['payment_asked', 'payment_never_known']];
  }
});

describe('a saved card', () => {
  const card = { ...paying, method: 'saved_card' } as const;
  const known = { ...card, trail: { ...trail, intentId: 'pi_1' } };
  const waiting = { ...known, state: 'needs_action' } as const;

  it.each([
    ['looked at while the bank works', known, ['look acct_joe pi_1']],
    [
      'looked at while the bank works, though its time is over',
      { ...known, payBeforeMs: 1 },
      ['look acct_joe pi_1'],
    ],
    [
      'given up when the buyer’s time at their bank is over',
      { ...waiting, payBeforeMs: 1 },
      ['abandon acct_joe pi_1'],
    ],
    ['given up where they have none', waiting, ['abandon acct_joe pi_1']],
    [
      'given up when it is called off',
      { ...waiting, ...late(), closing: 'cancel' },
      ['abandon acct_joe pi_1'],
    ],
    ['looked at while the buyer has time', { ...waiting, ...late() }, ['look acct_joe pi_1']],
  ] as const)('is %s', async (_, order, calls) => {
    expect((await looked(() => order)).asked).toEqual(calls);
  });

  it.each<[string, Says, readonly unknown[]]>([
    ['booked as it was taken', { charge: chargeFound(charged) }, ['paid']],
    [
      'held where another amount was taken',
      { charge: { kind: 'found', thing: { answer: charged, total: usd(1) } } },
      ['paid_wrongly'],
    ],
    ['asked about again where nobody tells how much', { charge: silent }, ['payment_asked']],
  ])('that was quicker than its end is looked up, and %s', async (_what, says, steps) => {
    const told = await looked(() => waiting, { abandoned: charged, ...says });

    expect(told.asked).toEqual(['abandon acct_joe pi_1', 'look acct_joe pi_1']);
    expect(told.steps.map((step) => (typeof step === 'string' ? step : step[0]))).toEqual(steps);
  });

  it.each([
    [{ kind: 'declined', reason: 'not_finished' } as const, 'payment_declined'],
    [silent, 'payment_asked'],
  ])('that is given up is not looked up: %o', async (abandoned, step) => {
    const { asked, steps } = await looked(() => waiting, { abandoned });

    expect(asked).toEqual(['abandon acct_joe pi_1']);
    expect([steps].flat(2)).toContain(step);
  });

  it('is given up at the very moment at which the buyer’s time is over', async () => {
    const { asked } = await looked((nowMs) => ({ ...waiting, payBeforeMs: nowMs }));
    expect(asked).toEqual(['abandon acct_joe pi_1']);
  });

  it.each([
    [charged, ['paid'], known],
    [{ kind: 'declined', reason: 'generic' }, [['payment_declined', 'generic']], known],
    [{ kind: 'pending', intentId: 'pi_1' }, ['payment_asked'], known],
    [atBank, ['action_needed'], known],
    [{ kind: 'pending', intentId: 'pi_1' }, ['payment_pending'], { ...waiting, ...late() }],
    [atBank, ['payment_asked'], { ...waiting, ...late() }],
    [silent, ['payment_asked'], known],
  ] as const)('of which it is said %o leads to %o', async (answer, steps, order) => {
    expect((await looked(() => order, { charge: chargeFound(answer) })).steps).toEqual(steps);
  });

  it.each([
    ['not found there', { charge: lost }, false, ['payment_asked']],
    ['not found there by a shop that has left', { charge: lost }, true, [gone()]],
    ['never answered for, by a shop that has left', {}, true, [gone()]],
    ['taken, by a shop that has left', { charge: chargeFound(charged) }, true, ['paid']],
  ] as const)('that is %s', async (...row) => {
    const [, says, hasLeft, steps] = row;
    const asked = hasLeft ? 8 : 1;

    expect((await looked(() => ({ ...known, asked }), says, hasLeft)).steps).toEqual(steps);
  });

  describe('whose charge is lost', () => {
    const startedMs = (ago: number) => (nowMs: number) => ({
      ...card,
      payBeforeMs: nowMs - ago + checkoutLifeMs,
    });

    it.each([
      ['charged again under its key while it is kept', 23 * hourMs - 1, ['charge']],
      ['looked for once it is forgotten', 23 * hourMs, ['find']],
    ] as const)('is %s', async (_, ago, calls) => {
      const { asked, steps } = await looked(startedMs(ago));
      expect([asked, steps]).toEqual([calls, ['payment_asked']]);
    });

    it('is looked for where nobody knows when it began, by its mark', async () => {
      const { asked, requests, order } = await looked(() => card);

      expect(asked).toEqual(['find']);
      const mark = { customerId: 'cus_1', orderId: order.id, attempt: 1 };
      expect(requests).toEqual([{ accountId: 'acct_joe', ...mark }]);
    });

    it('is settled by what charging again says, and then not counted as an ask', async () => {
      const { steps } = await looked(startedMs(0), { chargedAnew: charged });
      expect(steps).toEqual(['paid']);
    });

    it.each([
      ['never made', lost, false, [['order_expired', 'never_charged']]],
      ['made', chargeFound(charged), false, ['paid']],
      ['made and refused', chargeFound({ kind: 'declined', reason: 'generic' }), false, declined()],
      ['unknown', silent, false, ['payment_asked']],
      ['unknown for ever, of a shop that has left', silent, true, [gone()]],
    ] as const)('and was %s', async (...row) => {
      const [, lostCharge, hasLeft, steps] = row;
      const of = (nowMs: number) => ({ ...startedMs(2 * dayMs)(nowMs), asked: hasLeft ? 8 : 1 });

      expect((await looked(of, { lostCharge }, hasLeft)).steps).toEqual(steps);
    });

    function declined() {
      return [['payment_declined', 'generic']];
    }
  });

  function gone() {
    return ['order_expired', 'account_left'];
  }
  function late() {
    return { payBeforeMs: Number.MAX_SAFE_INTEGER };
  }
});
