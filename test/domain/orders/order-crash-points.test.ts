// Every call that leaves a function while somebody buys and is given back: the process dies before it and after it, once each.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { cancelOrder } from '../../../lambdas/domain/orders/cancel-order.ts';
import type { OrderId } from '../../../lambdas/domain/orders/order.ts';
import { claimBill } from '../../../lambdas/domain/orders/claim-bill.ts';
import { holdBill } from '../../../lambdas/domain/orders/hold-bill.ts';
import { remindOfBill } from '../../../lambdas/domain/orders/remind-of-bill.ts';
import { sendBill } from '../../../lambdas/domain/orders/send-bill.ts';
import { refundOrder } from '../../../lambdas/domain/orders/refund-order.ts';
import { refreshOrder } from '../../../lambdas/domain/orders/refresh-order.ts';
import { usd } from '../../builders/shop-town/joes-coffee.ts';
import { oneMug, openShopTown, type ShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { aBuyer, type ShopBuyer } from '../../builders/shop-town/shop-buyer.ts';
import { minuteMs } from '../../builders/scenes.ts';
import { type CrashPoint, createDeath, ProcessDied } from '../../builders/town/death.ts';

interface Story {
  readonly title: string;
  readonly setUp: (town: ShopTown, ann: ShopBuyer) => Promise<unknown>;
  readonly tell: (town: ShopTown, ann: ShopBuyer) => Promise<unknown>;
  readonly ends: readonly string[];
  readonly moved: readonly string[];
  readonly mugsLeft: number;
}

const stories: readonly Story[] = [
  {
    title: 'Ann pays at Checkout and is given back half',
    setUp: async () => undefined,
    async tell(town, ann) {
      const id = await paysAtCheckout(town, ann);
      await givesBack(town, id, 'half');
    },
    ends: ['paid'],
    moved: ['charge', 'refund'],
    mugsLeft: 9,
  },
  {
    title: 'Ann pays by one tap, and the shop calls it off',
    setUp: (_, ann) => ann.buys({}, { keep: true }),
    async tell(town, ann) {
      const { id } = await again(town, () => ann.orders(oneMug, 'm_tap'));
      await again(town, () => ann.pressesPay(id, { by: 'saved_card' }));
      await untilPaid(town, id);
      await givesBack(town, id, 'all');
    },
    ends: ['paid', 'cancelled'],
    moved: ['charge', 'charge', 'refund'],
    mugsLeft: 10,
  },
  {
    title: 'Ann’s bank wants to see her',
    async setUp(town, ann) {
      await ann.buys({}, { keep: true });
      for (const instrument of town.provider.books.instruments.keys())
        town.provider.books.instruments.set(instrument, 'careful');
    },
    async tell(town, ann) {
      const { id } = await again(town, () => ann.orders(oneMug, 'm_bank'));
      const outcome = await again(town, () => ann.pressesPay(id, { by: 'saved_card' }));
      if (outcome.kind === 'needs_action') town.provider.hands.answerBank(outcome.url, true);
      await again(town, () => refreshOrder(town.running, id));
    },
    ends: ['paid', 'paid'],
    moved: ['charge', 'charge'],
    mugsLeft: 9,
  },
  {
    title: 'Ann goes to Checkout and calls it off',
    setUp: async () => undefined,
    async tell(town, ann) {
      const { id } = await again(town, () => ann.orders(oneMug, 'm_off'));
      await again(town, () => ann.pressesPay(id));
      await again(town, () => cancelOrder(town.running, { orderId: id, actor: 'buyer' }));
    },
    ends: ['cancelled'],
    moved: [],
    mugsLeft: 10,
  },
  {
    title: 'Ann never comes back from Checkout',
    setUp: async () => undefined,
    async tell(town, ann) {
      const { id } = await again(town, () => ann.orders(oneMug, 'm_gone'));
      await again(town, () => ann.pressesPay(id));
    },
    ends: ['expired'],
    moved: [],
    mugsLeft: 10,
  },
  {
    title: 'Joe sends a bill as a link, Ann takes it, is reminded, and pays it',
    setUp: async () => undefined,
    async tell(town, ann) {
      const { token, id } = await again(town, () => sendsBill(town));
      await again(town, () => claims(town, ann, token));
      await again(town, () => remindOfBill(town.running, id));
      await again(town, () => ann.pressesPay(id));
      const order = await town.order(id);
      if (order.trail.checkoutUrl !== undefined)
        town.provider.hands.payAt(order.trail.checkoutUrl, {});
      await again(town, () => refreshOrder(town.running, id));
      await untilPaid(town, id);
    },
    ends: ['paid'],
    moved: ['charge'],
    mugsLeft: 9,
  },
  {
    title: 'Joe sends a bill as a link, and one browser takes it from another',
    setUp: async () => undefined,
    async tell(town) {
      const { id } = await again(town, () => sendsBill(town));
      for (const [holder, anew] of [
        ['first', false],
        ['second', true],
      ] as const) {
        const held = await again(town, async () =>
          holdBill(town.running, await town.order(id), { holder, anew }),
        );
        expect(held).toMatchObject({ kind: 'held', order: { sent: { holder } } });
      }
      await again(town, () => cancelOrder(town.running, { orderId: id, actor: 'shop' }));
    },
    ends: ['cancelled'],
    moved: [],
    mugsLeft: 10,
  },
];

/** Links are fresh each time, and each leads to the one bill that its form makes. */
const hash = (text: string) => createHash('sha256').update(text).digest('base64url');

function withLinks(town: ShopTown) {
  const newToken = () => `token${town.nextNumber()}`.padEnd(43, 'x');
  const tokens = { newToken, fingerprint: hash };
  return { ...town.running, tokens, publicUrl: 'https://tender.example' };
}

async function sendsBill(town: ShopTown): Promise<{ id: OrderId; token: string }> {
  const shop = await town.shop();
  const { lines = [] } = oneMug;
  const sent = await sendBill(withLinks(town), { shop, lines, madeBy: 'form_bill', note: 'Hello' });
  if (sent.kind !== 'sent') throw new Error(`Not sent: ${sent.kind}`);
  return { id: sent.order.id, token: sent.links.url.split('/').at(-1) ?? '' };
}

async function claims(town: ShopTown, ann: ShopBuyer, token: string): Promise<void> {
  const shop = await town.shop();
  const { person } = ann;
  const address = { pageId: shop.pageId, psid: '7' };
  const claimed = await claimBill(withLinks(town), token, { shop, person, address });
  expect(claimed.kind).toBe('theirs');
}

describe.each(stories)('$title', (story) => {
  test('ends well wherever the process dies', async () => {
    const undisturbed = await tellWith(story, undefined);
    await expectGoodEnd(story, undisturbed.town, 'without a death');
    const { calls } = undisturbed.death;
    const points = calls.flatMap((_, index): CrashPoint[] => [
      { call: index + 1, when: 'before' },
      { call: index + 1, when: 'after' },
    ]);
    expect(points.length).toBeGreaterThan(40);

    for (const point of points) {
      const where = `${point.when} call ${point.call}, ${calls[point.call - 1]}`;
      const told = await tellWith(story, point);
      expect(told.death.hasCome(), `dies ${where}`).toBe(true);
      await expectGoodEnd(story, told.town, where);
    }
    console.log(`  ${story.title}: ${points.length} crash points, all recovered`);
  });
});

async function tellWith(story: Story, point: CrashPoint | undefined) {
  const death = createDeath();
  const town = await openShopTown({ around: (world) => death.around(world) });
  const ann = aBuyer(town);
  await story.setUp(town, ann);
  death.await(point);
  await story.tell(town, ann);
  await town.settle();
  for (let minute = 0; minute < 4; minute += 1) await town.later(minuteMs);
  await town.untilNothingIsDue(10);
  await town.later(minuteMs);
  return { death, town };
}

/** A person whose page broke waits a minute and tries again. */
async function again<Answer>(
  town: ShopTown,
  act: () => Promise<Answer>,
  tries = 3,
): Promise<Answer> {
  try {
    return await act();
  } catch (error) {
    if (tries === 0 || !(error instanceof ProcessDied)) throw error;
    await town.later(minuteMs);
    return again(town, act, tries - 1);
  }
}

async function paysAtCheckout(town: ShopTown, ann: ShopBuyer): Promise<OrderId> {
  const { id } = await again(town, () => ann.orders(oneMug, 'm_buys'));
  const outcome = await again(town, () => ann.pressesPay(id));
  if (outcome.kind === 'redirect') town.provider.hands.payAt(outcome.url, { keep: true });
  await again(town, () => refreshOrder(town.running, id));
  await untilPaid(town, id);
  return id;
}

async function untilPaid(town: ShopTown, id: OrderId): Promise<void> {
  for (let minute = 0; minute < 60; minute += 1) {
    if ((await town.order(id)).state === 'paid') return;
    await town.later(minuteMs);
  }
  throw new Error('It is never paid.');
}

async function givesBack(town: ShopTown, orderId: OrderId, what: 'half' | 'all'): Promise<void> {
  await again(town, () =>
    refundOrder(town.running, {
      orderId,
      amount: what === 'half' ? usd(980) : 'all',
      reason: 'requested_by_customer',
      madeBy: 'form_1',
      cancel: what === 'all',
    }),
  );
}

async function expectGoodEnd(story: Story, town: ShopTown, where: string): Promise<void> {
  const orders = await town.orders();
  expect(
    orders.map(({ state }) => state),
    where,
  ).toEqual(story.ends);
  expect(
    town.provider.books.moved.map(({ kind }) => kind),
    where,
  ).toEqual(story.moved);
  const levels = await town.world.stock.levels('shp_joe', ['prd_mug']);
  expect(levels.get('prd_mug'), where).toBe(story.mugsLeft);
  await town.checkBooks(true);
}
