// Two at once on one order, in every order in which their writes can fall: one wins, the other is told, the books hold.
import { describe, expect, it } from 'vitest';
import { randomTokens } from '../../../lambdas/wiring/randomness.ts';
import { advanceOrder } from '../../../lambdas/domain/orders/advance-order.ts';
import { billSeen } from '../../../lambdas/domain/orders/bill-seen.ts';
import { claimBill } from '../../../lambdas/domain/orders/claim-bill.ts';
import { cancelOrder } from '../../../lambdas/domain/orders/cancel-order.ts';
import { draftOrder } from '../../../lambdas/domain/orders/draft-order.ts';
import { holdBill } from '../../../lambdas/domain/orders/hold-bill.ts';
import { checkOut } from '../../../lambdas/domain/orders/check-out.ts';
import type { Order } from '../../../lambdas/domain/orders/order.ts';
import { moveOrder } from '../../../lambdas/domain/orders/move-order.ts';
import { refreshOrder } from '../../../lambdas/domain/orders/refresh-order.ts';
import { refundOrder } from '../../../lambdas/domain/orders/refund-order.ts';
import { requoteOrder } from '../../../lambdas/domain/orders/requote-order.ts';
import { type Act, inEveryOrder } from '../../builders/interleavings.ts';
import { minuteMs } from '../../builders/scenes.ts';
import { aPerson } from '../../builders/people.ts';
import { mug, usd } from '../../builders/shop-town/joes-coffee.ts';
import {
  aWish,
  oneMug,
  openShopTown,
  type ShopTown,
  type ShopWorld,
} from '../../builders/shop-town/open-shop-town.ts';
import { aBuyer, urlsFor } from '../../builders/shop-town/shop-buyer.ts';

type ShopAct = Act<ShopWorld>;

const pays =
  (order: Order, by: 'checkout' | 'saved_card' = 'checkout'): ShopAct =>
  (world) =>
    checkOut(world, {
      orderId: order.id,
      billSeen: billSeen(order),
      customerWish: by,
      urls: urlsFor(order.id),
    });
const cancels =
  ({ id: orderId }: Order): ShopAct =>
  (world) =>
    cancelOrder(world, { orderId, actor: 'buyer' });
const looks =
  ({ id }: Order): ShopAct =>
  (world) =>
    refreshOrder(world, id);
const isDue =
  ({ id }: Order): ShopAct =>
  (world) =>
    advanceOrder(world, id);
const givesBack =
  ({ id: orderId }: Order, minor: number, madeBy: string): ShopAct =>
  (world) =>
    refundOrder(world, {
      orderId,
      amount: usd(minor),
      reason: 'requested_by_customer',
      madeBy,
    });

interface Start {
  readonly title: string;
  readonly begin: (town: ShopTown) => Promise<Order>;
  readonly acts: (order: Order) => readonly ShopAct[];
  /** What may be in the end, when everything has come by itself. */
  readonly ends: readonly string[];
}

const aDraft = (town: ShopTown) => aBuyer(town).orders(oneMug);

async function atCheckout(town: ShopTown, isPaid: boolean): Promise<Order> {
  const ann = aBuyer(town);
  const { id } = await ann.orders(oneMug);
  const outcome = await ann.pressesPay(id);
  town.holdEvents();
  if (isPaid && outcome.kind === 'redirect') town.provider.hands.payAt(outcome.url);
  return town.order(id);
}

/** A bill for one mug that went out as a link. */
async function aBillByLink(town: ShopTown): Promise<Order> {
  const drafted = await draftOrder(town.running, {
    shop: await town.shop(),
    wish: aWish(oneMug),
    madeBy: 'form_1',
    source: 'payment_request',
    payBeforeMs: town.time.nowMs + 60 * minuteMs,
  });
  if (drafted.kind === 'refused') throw new Error(drafted.why);
  await town.world.links.save({
    purpose: { kind: 'bill', orderId: drafted.order.id },
    personId: drafted.order.buyerId,
    address: { pageId: '2000', psid: '' },
    fingerprint: randomTokens.fingerprint('token'),
    version: 1,
    createdAtMs: 0,
    expiresAtMs: Number.MAX_SAFE_INTEGER,
  });
  return drafted.order;
}
const claims = (): ShopAct => {
  const person = aPerson({ name: 'Somebody' });
  return async (world) => {
    const shop = await world.shops.get(mug.shopId);
    if (shop === undefined) throw new Error('Joe has gone.');
    const address = { pageId: '2000', psid: person.id };
    return claimBill({ ...world, tokens: randomTokens }, 'token', { shop, person, address });
  };
};
const holdsAndPays =
  (order: Order, holder: string): ShopAct =>
  async (world) => {
    const held = await holdBill(world, order, { holder, anew: false });
    return held.kind === 'held' ? pays(held.order)(world) : held;
  };

const starts: readonly Start[] = [
  {
    title: 'a link opened by two in Messenger, and called off by the shop',
    begin: aBillByLink,
    acts: (order) => [claims(), claims(), cancels(order)],
    ends: ['cancelled', 'expired'],
  },
  {
    title: 'a link opened in Messenger while a browser goes to pay',
    begin: aBillByLink,
    acts: (order) => [claims(), holdsAndPays(order, 'one')],
    ends: ['expired'],
  },
  {
    title: 'a link taken by two browsers that pay',
    begin: aBillByLink,
    acts: (order) => [holdsAndPays(order, 'one'), holdsAndPays(order, 'other')],
    ends: ['expired'],
  },
  {
    title: 'Pay twice and a cancellation',
    begin: aDraft,
    acts: (order) => [pays(order), pays(order), cancels(order)],
    ends: ['cancelled', 'expired'],
  },
  {
    title: 'Pay and another tip',
    begin: aDraft,
    acts: (order) => [
      pays(order),
      (world) => requoteOrder(world, order.id, aWish({ ...oneMug, tipPercent: 20 })),
    ],
    ends: ['expired'],
  },
  {
    title: 'paid at Checkout, called off, looked up and due',
    begin: (town) => atCheckout(town, true),
    acts: (order) => [cancels(order), looks(order), isDue(order)],
    ends: ['paid'],
  },
  {
    title: 'not paid, called off twice and due',
    begin: (town) => atCheckout(town, false),
    acts: (order) => [cancels(order), cancels(order), isDue(order)],
    ends: ['cancelled'],
  },
  {
    title: 'two of the staff give back, and a third hands over',
    begin: async (town) => aBuyer(town).buys(oneMug),
    acts: (order) => [
      givesBack(order, 1500, 'one'),
      givesBack(order, 1500, 'other'),
      (world) => moveOrder(world, { orderId: order.id, step: 'fulfilled' }),
    ],
    ends: ['fulfilled'],
  },
];

describe.each(starts)('$title', ({ begin, acts, ends }) => {
  it('ends well in every order', async () => {
    const orders = await inEveryOrder(async () => {
      const town = await openShopTown({ mugs: 1 });
      const order = await begin(town);
      return {
        world: town.world,
        acts: acts(order),
        finally: async () => {
          await town.checkBooks();
          await town.letEventsIn();
          await town.later(minuteMs);
          await town.untilNothingIsDue();
          await town.checkBooks(true);
          expect(ends).toContain((await town.order(order.id)).state);
        },
      };
    });

    expect(orders).toBeGreaterThan(1);
  });
});
