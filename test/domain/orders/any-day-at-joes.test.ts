// Any day at Joe's: random acts, faults, late and doubled events, jumps of the clock. The books hold after each of them.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { cancelOrder } from '../../../lambdas/domain/orders/cancel-order.ts';
import { claimBill } from '../../../lambdas/domain/orders/claim-bill.ts';
import { draftOrder } from '../../../lambdas/domain/orders/draft-order.ts';
import { holdBill } from '../../../lambdas/domain/orders/hold-bill.ts';
import { moveOrder } from '../../../lambdas/domain/orders/move-order.ts';
import { isBeingPaid, type Order, type Wish } from '../../../lambdas/domain/orders/order.ts';
import { refundOrder } from '../../../lambdas/domain/orders/refund-order.ts';
import { refreshOrder } from '../../../lambdas/domain/orders/refresh-order.ts';
import { remindOfBill } from '../../../lambdas/domain/orders/remind-of-bill.ts';
import { requoteOrder } from '../../../lambdas/domain/orders/requote-order.ts';
import { sendEvidence } from '../../../lambdas/domain/orders/send-evidence.ts';
import { randomTokens } from '../../../lambdas/wiring/randomness.ts';
import { dayMs, hourMs, minuteMs, secondMs } from '../../builders/scenes.ts';
import { coffee, mug, usd } from '../../builders/shop-town/joes-coffee.ts';
import { aWish, openShopTown, type ShopTown } from '../../builders/shop-town/open-shop-town.ts';
import type { ShopCall } from '../../builders/shop-town/provider.ts';
import type { CardName } from '../../builders/shop-town/provider-books.ts';
import { aBuyer, type ShopBuyer } from '../../builders/shop-town/shop-buyer.ts';

interface Day {
  readonly town: ShopTown;
  readonly buyers: readonly ShopBuyer[];
}
type Run = (day: Day) => Promise<unknown>;

/** Each act is shown by its words when a run fails. */
function act(words: string, run: Run): { run: Run; toString(): string } {
  return { run, toString: () => words };
}

/** One of the orders so far, if there is any. */
function withOrder(
  words: string,
  pick: number,
  what: (order: Order, day: Day) => Promise<unknown>,
) {
  return act(`${words} ${pick}`, async (day) => {
    const orders = await day.town.orders();
    const order = orders[pick % Math.max(1, orders.length)];
    if (order !== undefined) await what(order, day);
  });
}

const which = fc.nat(7);
const cardNames: CardName[] = ['good', 'good', 'poor', 'careful', 'slow'];
const card = fc.constantFrom(...cardNames);
const faulty: ShopCall[] = [
  'openCheckout',
  'closeCheckout',
  'chargeSavedCard',
  'abandonCharge',
  'refund',
  'lookUp.checkout',
  'lookUp.charge',
  'lookUp.refund',
  'lookUp.dispute',
];

const drafts = fc
  .tuple(fc.nat(2), fc.integer({ min: 1, max: 3 }), fc.constantFrom(0, 15))
  .map(([who, quantity, tipPercent]) => {
    const lines: Wish['lines'] = [
      { productId: mug.id, choices: [], quantity },
      { productId: coffee.id, choices: [], quantity: 1 },
    ];
    return act(`buyer ${who} wants ${quantity} mugs`, async ({ buyers }) =>
      buyers[who]?.orders({ lines, tipPercent }),
    );
  });
/** Bills that the shop sends: to nobody yet, with a line of its own beside a mug. */
const sends = fc
  .tuple(fc.integer({ min: 0, max: 2 }), fc.boolean(), fc.constantFrom(hourMs, dayMs))
  .map(([quantity, isTaxed, lifeMs]) =>
    act(`a bill for ${quantity} mugs and a deposit goes out as a link`, async ({ town }) =>
      draftOrder(town.running, {
        shop: await town.shop(),
        wish: aWish({
          lines: quantity === 0 ? [] : [{ productId: mug.id, choices: [], quantity }],
          customLines: [{ name: 'Deposit', quantity: 1, unitPrice: usd(1234), isTaxed }],
        }),
        madeBy: `link_${town.nextNumber()}`,
        source: 'payment_request',
        payBeforeMs: town.time.nowMs + lifeMs,
      }),
    ),
  );
const claims = fc.tuple(which, fc.nat(2)).map(([pick, who]) =>
  withOrder(`buyer ${who} opens in Messenger`, pick, async (order, { town, buyers }) => {
    const person = buyers[who]?.person;
    if (person === undefined || order.sent?.isByLink !== true) return;
    const token = `token of ${order.id}`;
    const { fingerprint } = randomTokens;
    await town.world.links.save({
      purpose: { kind: 'bill', orderId: order.id },
      personId: order.buyerId,
      address: { pageId: '2000', psid: '' },
      fingerprint: fingerprint(token),
      version: 1,
      createdAtMs: 0,
      expiresAtMs: Number.MAX_SAFE_INTEGER,
    });
    const claimer = { shop: await town.shop(), person, address: { pageId: '2000', psid: '7' } };
    await claimBill({ ...town.running, tokens: randomTokens }, token, claimer);
    const now = await town.order(order.id);
    // Whoever has it keeps it.
    if (order.address !== undefined && now.buyerId !== order.buyerId)
      throw new Error(`${order.id} was taken from its buyer.`);
  }),
);
const holds = fc
  .tuple(which, fc.nat(1), fc.boolean())
  .map(([pick, browser, anew]) =>
    withOrder(`browser ${browser} takes, anew ${anew}`, pick, async (order, { town }) =>
      holdBill(town.running, order, { holder: `browser ${browser}`, anew }),
    ),
  );
const reminds = which.map((pick) =>
  withOrder('reminds', pick, async ({ id }, { town }) => remindOfBill(town.running, id)),
);
const paysAt = fc
  .tuple(which, card, fc.boolean(), fc.integer({ min: 0, max: 9 }))
  .map(([pick, name, keep, odd]) =>
    withOrder(
      `pays at Checkout with ${name}, odd ${odd}`,
      pick,
      async (order, { town, buyers }) => {
        await pressesPay(order, buyers, 'checkout');
        const url = (await town.order(order.id)).trail.checkoutUrl;
        if (url === undefined) return;
        const taken = odd === 0 ? { taken: usd(order.bill.total.minor + 1) } : {};
        town.provider.hands.payAt(url, { card: name, keep, ...taken });
        await town.settle();
      },
    ),
  );
const taps = fc.tuple(which, card).map(([pick, name]) =>
  withOrder(`one tap with ${name}`, pick, async (order, { town, buyers }) => {
    for (const each of town.provider.books.instruments.keys())
      town.provider.books.instruments.set(each, name);
    await pressesPay(order, buyers, 'saved_card');
    await town.settle();
  }),
);
const answersBank = fc.tuple(which, fc.boolean()).map(([pick, isPassed]) =>
  withOrder(`the buyer passes their bank: ${isPassed}`, pick, async (order, { town }) => {
    const { intentId } = order.trail;
    if (order.state === 'needs_action' && intentId !== undefined)
      town.provider.hands.answerBank(`https://provider.test/bank/${intentId}`, isPassed);
    await town.settle();
  }),
);
const slowEnds = fc.tuple(which, fc.boolean()).map(([pick, isDone]) =>
  withOrder(`a slow bank ends: ${isDone}`, pick, async (order, { town }) => {
    const { intentId } = order.trail;
    if (isBeingPaid(order) && intentId !== undefined) town.provider.hands.endSlow(intentId, isDone);
    await town.settle();
  }),
);
const cancels = fc
  .tuple(which, fc.constantFrom('buyer' as const, 'shop' as const, 'clock' as const))
  .map(([pick, actor]) =>
    withOrder(`${actor} calls off`, pick, async ({ id }, { town }) => {
      await cancelOrder(town.running, { orderId: id, actor });
      await town.settle();
    }),
  );
const comesBack = which.map((pick) =>
  withOrder('comes back', pick, async ({ id }, { town }) => refreshOrder(town.running, id)),
);
const requotes = fc
  .tuple(which, fc.constantFrom(0, 10, 20))
  .map(([pick, tipPercent]) =>
    withOrder(`tips ${tipPercent}`, pick, async ({ id, wish }, { town }) =>
      requoteOrder(town.running, id, { ...aWish(), ...wish, tipPercent }),
    ),
  );
const moves = fc
  .tuple(
    which,
    fc.constantFrom(
      'preparing' as const,
      'ready' as const,
      'fulfilled' as const,
      'fulfilled_undone' as const,
    ),
  )
  .map(([pick, step]) =>
    withOrder(step, pick, async ({ id }, { town }) =>
      moveOrder(town.running, { orderId: id, step }),
    ),
  );
const refunds = fc
  .tuple(which, fc.constantFrom(1, 333, 900, 'all' as const), fc.boolean(), fc.nat(3))
  .map(([pick, amount, cancel, form]) =>
    withOrder(
      `gives back ${amount}, cancel ${cancel}, form ${form}`,
      pick,
      async (order, { town }) => {
        await refundOrder(town.running, {
          orderId: order.id,
          amount: amount === 'all' ? 'all' : usd(amount),
          reason: 'requested_by_customer',
          madeBy: `form_${form}`,
          cancel,
        });
        await town.settle();
      },
    ),
  );
const refundsEnd = fc.tuple(which, fc.boolean()).map(([pick, isDone]) =>
  withOrder(`a refund ends: ${isDone}`, pick, async ({ refunds: made }, { town }) => {
    const id = made.find(({ state }) => state === 'done')?.providerRefundId;
    if (id !== undefined) town.provider.hands.endRefund(id, isDone);
    await town.settle();
  }),
);
const dashboard = which.map((pick) =>
  withOrder('gives back $1 on the dashboard', pick, async ({ trail, paidAtMs }, { town }) => {
    if (paidAtMs === undefined || trail.intentId === undefined || trail.taken !== undefined) return;
    town.provider.hands.refundOnDashboard(trail.intentId, usd(100));
    await town.settle();
  }),
);
const paidAgain = which.map((pick) =>
  withOrder('is charged once more', pick, async (order, { town }) => {
    const { accountId } = order.trail;
    if (accountId === undefined) return;
    town.provider.hands.chargeAgain({ id: order.id, accountId, total: order.bill.total });
    await town.settle();
  }),
);
const disputes = fc
  .tuple(which, fc.constantFrom('won' as const, 'lost' as const, 'answered' as const))
  .map(([pick, end]) =>
    withOrder(
      `the bank disputes: ${end}`,
      pick,
      async ({ id, trail, paidAtMs, dispute }, { town }) => {
        if (paidAtMs === undefined || trail.intentId === undefined || dispute !== undefined) return;
        const disputeId = town.provider.hands.openDispute(trail.intentId);
        await town.settle();
        if (end === 'answered') await sendEvidence(town.running, { orderId: id, text: 'x' });
        else town.provider.hands.closeDispute(disputeId, end);
        await town.settle();
      },
    ),
  );
const timePasses = fc
  .constantFrom(secondMs, 30 * secondMs, 11 * minuteMs, 31 * minuteMs, hourMs, dayMs, 3 * dayMs)
  .map((ms) => act(`${ms / secondMs} s later`, ({ town }) => town.later(ms)));
const faults = fc
  .tuple(fc.constantFrom(...faulty), fc.constantFrom('lost_before' as const, 'lost_after' as const))
  .map(([call, fault]) =>
    act(`the next ${call} is ${fault}`, async ({ town }) => town.provider.failNext(call, fault)),
  );
const eventsWait = fc.constant(act('events wait', async ({ town }) => town.holdEvents()));
const eventsCome = fc
  .constantFrom('as_sent' as const, 'backwards' as const)
  .map((order) => act(`events come ${order}`, ({ town }) => town.letEventsIn(order)));
const pricesMove = fc
  .integer({ min: 1, max: 3 })
  .map((dollars) =>
    act(`mugs cost ${dollars}0`, ({ town }) =>
      town.changeProduct(mug, { price: usd(dollars * 1000) }),
    ),
  );

async function pressesPay(
  order: Order,
  buyers: readonly ShopBuyer[],
  by: 'checkout' | 'saved_card',
) {
  const buyer = buyers.find(({ person }) => person.id === order.buyerId);
  const [anybody] = buyers;
  await (buyer ?? anybody)?.pressesPay(order.id, { by });
}

const anyAct = fc.oneof(
  { weight: 6, arbitrary: drafts },
  { weight: 3, arbitrary: sends },
  { weight: 2, arbitrary: claims },
  { weight: 1, arbitrary: holds },
  { weight: 1, arbitrary: reminds },
  { weight: 8, arbitrary: paysAt },
  { weight: 5, arbitrary: taps },
  { weight: 2, arbitrary: answersBank },
  { weight: 2, arbitrary: slowEnds },
  { weight: 3, arbitrary: cancels },
  { weight: 2, arbitrary: comesBack },
  { weight: 1, arbitrary: requotes },
  { weight: 3, arbitrary: moves },
  { weight: 5, arbitrary: refunds },
  { weight: 1, arbitrary: refundsEnd },
  { weight: 1, arbitrary: dashboard },
  { weight: 2, arbitrary: paidAgain },
  { weight: 2, arbitrary: disputes },
  { weight: 5, arbitrary: timePasses },
  { weight: 4, arbitrary: faults },
  { weight: 1, arbitrary: eventsWait },
  { weight: 2, arbitrary: eventsCome },
  { weight: 1, arbitrary: pricesMove },
);

it('keeps the books whatever happens, and brings every payment to an end', async () => {
  const ends = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: 5, maxLength: 40 }), async (acts) => {
      const town = await openShopTown({ mugs: 6 });
      const day = { town, buyers: [aBuyer(town), aBuyer(town), aBuyer(town)] };
      for (const each of acts) {
        await each.run(day);
        await town.checkBooks();
      }
      await town.letEventsIn();
      await town.later(minuteMs);
      await town.untilNothingIsDue(30);
      await town.letEventsIn();
      await town.checkBooks(true);
      for (const order of await town.orders()) {
        ends.add(order.state);
        for (const { state } of order.refunds) ends.add(`refund ${state}`);
        if (isStillDeciding(town, order)) continue;
        expect(isBeingPaid(order), `${order.id} is ${order.state}`).toBe(false);
        expect(order.state).not.toBe('draft');
      }
    }),
    // The same days each time: others are for `SEED=…` and for the simulation.
    { numRuns: 300, seed: Number(process.env['SEED'] ?? 2026) },
  );
  // Days on which nothing happens would prove nothing.
  for (const state of ['paid', 'fulfilled', 'cancelled', 'expired', 'conflicted', 'refund done'])
    expect(ends).toContain(state);
}, 120_000);

/** A bank that never decides keeps an order waiting: nobody may guess. */
function isStillDeciding({ provider }: ShopTown, { trail, state }: Order): boolean {
  const intent = provider.books.intents.get(trail.intentId ?? '');
  return state === 'awaiting_payment' && intent?.answer.kind === 'pending';
}
