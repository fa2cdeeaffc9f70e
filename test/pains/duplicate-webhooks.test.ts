// Pain: the same webhook twice, three at once, or at the moment when the page asks as well. Settled once, told once, no error.
import { describe, expect, it } from 'vitest';
import { announceEntry } from '../../lambdas/domain/journal/announce-entry.ts';
import { refreshOrder } from '../../lambdas/domain/orders/refresh-order.ts';
import { applyProviderEvent } from '../../lambdas/domain/payments/apply-provider-event.ts';
import { inEveryOrder } from '../builders/interleavings.ts';
import { aDraft, aHeldPayment, annAndBob, moved, stepsOf } from '../builders/scenes.ts';
import type { ShopEventSent } from '../builders/shop-town/provider-books.ts';
import { oneMug, openShopTown, type ShopTown } from '../builders/shop-town/open-shop-town.ts';
import { aBuyer } from '../builders/shop-town/shop-buyer.ts';

/** Paid on Checkout's page; nobody has told us yet. */
async function paidAndUntold() {
  const town = await openShopTown();
  const ann = aBuyer(town);
  const { id } = await ann.orders(oneMug);
  const outcome = await ann.pressesPay(id);
  if (outcome.kind !== 'redirect') throw new Error(outcome.kind);
  town.provider.hands.payAt(outcome.url);
  const sent = town.provider.takeEvents().find(({ about }) => about.kind === 'checkout_changed');
  if (sent === undefined) throw new Error('No event.');
  return { town, id, sent };
}

/** `paid`, and never `paid_twice`, which would give the same money back. */
const stepsOfPaying = async (town: ShopTown, id: `ord_${string}`) =>
  (await town.world.orders.journalOf(id))
    .map(({ step }) => step)
    .filter((step) => step.startsWith('paid'));
const comes = (world: ShopTown['world'], sent: ShopEventSent, eventId: string) =>
  applyProviderEvent(world, { eventId, event: { ...sent, kind: 'shop_event' }, deliveries: 1 });

describe('a webhook that comes more than once', () => {
  it('three of them settle an order once, whichever two meet (Pinelab-studio/pinelab-vendure-plugins#620)', async () => {
    const orders = await inEveryOrder(async () => {
      const { town, id, sent } = await paidAndUntold();
      return {
        world: town.world,
        acts: [(world) => comes(world, sent, 'evt_1'), (world) => comes(world, sent, 'evt_2')],
        async finally() {
          await comes(town.world, sent, 'evt_3');
          expect(await stepsOfPaying(town, id)).toEqual(['paid']);
          await town.settle();
          await town.checkBooks(true);
        },
      };
    });
    expect(orders).toBeGreaterThan(1);
  });

  it('and the page that asks at the same moment finish the order together once, in every order (medusajs/medusa#13301, medusajs/medusa#3146, Automattic/woocommerce-payments#3783)', async () => {
    const orders = await inEveryOrder(async () => {
      const { town, id, sent } = await paidAndUntold();
      return {
        world: town.world,
        acts: [(world) => refreshOrder(world, id), (world) => comes(world, sent, 'evt_1')],
        async finally() {
          expect((await town.order(id)).state).toBe('paid');
          expect(await stepsOfPaying(town, id)).toEqual(['paid']);
        },
      };
    });
    expect(orders).toBeGreaterThan(1);
  });

  it('answers whoever comes second with success: a lost race is no error to be sent again (medusajs/medusa#4798, medusajs/medusa#2948)', async () => {
    const { town, sent } = await paidAndUntold();

    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) => comes(town.world, sent, `evt_${at}`)),
    );

    expect(new Set(answers)).toEqual(new Set(['applied']));
  });

  it('with the same id twice at once does not crash on its own mark (dj-stripe/dj-stripe#1239, woocommerce/woocommerce-gateway-stripe#3326)', async () => {
    const { town, id, sent } = await paidAndUntold();

    const answers = await Promise.all([
      comes(town.world, sent, 'evt_same'),
      comes(town.world, sent, 'evt_same'),
    ]);

    expect(answers.every((each) => each === 'applied' || each === 'seen_before')).toBe(true);
    expect(await comes(town.world, sent, 'evt_same')).toBe('seen_before');
    expect(await stepsOfPaying(town, id)).toEqual(['paid']);
  });

  it('about one charge under two names at once leaves the right state (opengovsg/FormSG#6022, woocommerce/woocommerce-gateway-stripe#2536)', async () => {
    const scene = await annAndBob();
    const { town, ann } = await aHeldPayment(scene);
    town.holdEvents();
    await ann.taps('Undo');
    const { intentId = '', refundId = '' } = (await town.paymentOf(ann)).trail;

    await Promise.all([
      town.hint({ kind: 'charge_changed', intentId }),
      town.hint({ kind: 'refund_changed', refundId }),
      town.hint({ kind: 'charge_changed', intentId }),
    ]);

    expect((await town.paymentOf(ann)).state).toBe('refunded');
    await town.checkBooks();
  });

  it('never applies the same payment twice, also a day later (formancehq/stack#1464, mollie/laravel-cashier-mollie#321, pretix/pretix#1189)', async () => {
    const scene = await annAndBob();
    const { town, ann } = await aHeldPayment(scene);
    const { intentId = '' } = (await town.paymentOf(ann)).trail;
    await town.untilNothingIsDue();
    const steps = await stepsOf(town, ann);

    town.pass(24 * 3600 * 1000);
    await town.hint({ kind: 'charge_changed', intentId });
    await town.hint({ kind: 'charge_changed', intentId });

    expect(await stepsOf(town, ann)).toEqual(steps);
    expect(moved(town)).toEqual(['charge', 'payout']);
  });

  it('tells people once, though the stream hands the entry over again (solidusio/solidus_stripe#188)', async () => {
    const scene = await annAndBob();
    const { town, ann } = await aHeldPayment(scene);
    const charged = () => ann.heard().filter((each) => each.includes('charged to')).length;
    expect(charged()).toBe(1);

    for (const entry of town.entries) await announceEntry(town.world, entry);

    expect(charged()).toBe(1);
  });
});

it('a message that Messenger sends again, having heard no 200, makes one payment and one answer (jgorset/facebook-messenger#46)', async () => {
  const scene = await annAndBob();
  const { town, ann } = await aDraft(scene);
  const said = { kind: 'message', text: 'send $5 to @bob', redacted: [] } as const;
  await ann.does(said, { id: 'mid.again' });
  const heard = ann.heard().length;

  await ann.does(said, { id: 'mid.again' });
  town.pass(6 * 60 * 1000);
  await ann.does(said, { id: 'mid.again' });

  expect(await town.payments()).toHaveLength(2);
  expect(ann.heard()).toHaveLength(heard);
});
