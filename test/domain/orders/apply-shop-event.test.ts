// An event on a shop's account: looked up, tied to its order, and given up only where nothing of ours can be meant.
import { beforeEach, describe, expect, it } from 'vitest';
import {
  applyShopEvent,
  type ArrivedShopEvent,
} from '../../../lambdas/domain/orders/apply-shop-event.ts';
import type { Order } from '../../../lambdas/domain/orders/order.ts';
import type { FoundOrderCharge, ShopLookUp } from '../../../lambdas/domain/orders/ports.ts';
import type { ShopEvent } from '../../../lambdas/domain/orders/shop-event.ts';
import { usd } from '../../builders/shop-town/joes-coffee.ts';
import { openShopTown, type ShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { standingOrder } from '../../builders/shop-town/standing-order.ts';

const silent = { kind: 'unknown', why: 'no_answer' } as const;
const none = { kind: 'not_found' } as const;
const found = <Thing>(thing: Thing) => ({ kind: 'found', thing }) as const;

let town: ShopTown;
let lookUps: string[];
beforeEach(async () => {
  town = await openShopTown();
  lookUps = [];
});

/** The town's world, whose provider answers look-ups so; what is not said here is not asked for. */
function answering(
  answers: { readonly [Of in keyof ShopLookUp]?: Awaited<ReturnType<ShopLookUp[Of]>> },
) {
  const answer = async (of: keyof ShopLookUp) => {
    lookUps.push(of);
    const said = answers[of];
    if (said === undefined) throw new Error(`Nobody was to look up a ${of}.`);
    return said;
  };
  const lookUp = new Proxy(town.world.shopProvider.lookUp, {
    get: (_target, of: keyof ShopLookUp) => () => answer(of),
  });
  return { ...town.world, shopProvider: { ...town.world.shopProvider, lookUp } };
}

const checkout: ShopEvent = { kind: 'checkout_changed', sessionId: 'cs_1' };
const charge: ShopEvent = { kind: 'charge_changed', intentId: 'pi_1' };
const refund: ShopEvent = { kind: 'refund_changed', refundId: 're_1' };
const dispute: ShopEvent = { kind: 'dispute_changed', disputeId: 'dp_1' };
const merchant: ShopEvent = { kind: 'merchant_changed' };

const arrived = (about: ShopEvent, more: Partial<ArrivedShopEvent> = {}): ArrivedShopEvent => ({
  accountId: 'acct_joe',
  about,
  deliveries: 1,
  ...more,
});

const leave = () =>
  town.changeShop({ account: { accountId: 'acct_joe', status: 'left', missing: [] } });

const kinds = [
  ['checkout', checkout],
  ['charge', charge],
  ['refund', refund],
  ['dispute', dispute],
] as const;

describe.each(kinds)('an event about a %s', (of, about) => {
  it('that the provider knows nothing of is nobody’s', async () => {
    expect(await applyShopEvent(answering({ [of]: none }), arrived(about))).toBe('unknown_object');
  });

  it('comes again while the provider is silent, also for the last time', async () => {
    for (const deliveries of [1, 3, 4, 9])
      await expect(
        applyShopEvent(answering({ [of]: silent }), arrived(about, { deliveries })),
      ).rejects.toMatchObject({ reason: 'provider_unknown' });
  });

  it('is given up where the provider is silent for good: the shop has left', async () => {
    await leave();
    const world = answering({ [of]: silent });

    await expect(applyShopEvent(world, arrived(about, { deliveries: 3 }))).rejects.toMatchObject({
      reason: 'provider_unknown',
    });
    expect(await applyShopEvent(world, arrived(about, { deliveries: 4 }))).toBe('gave_up_waiting');
  });

  it('that fails in another way fails, also where the shop has left', async () => {
    await leave();

    await expect(applyShopEvent(answering({}), arrived(about, { deliveries: 9 }))).rejects.toThrow(
      'Nobody was to look up',
    );
  });

  it('on an account that is no shop’s of ours comes again while it is silent', async () => {
    const stray = arrived(about, { accountId: 'acct_stray', deliveries: 9 });

    await expect(applyShopEvent(answering({ [of]: silent }), stray)).rejects.toMatchObject({
      reason: 'provider_unknown',
    });
  });
});

const taken = { kind: 'done', intentId: 'pi_1', chargeId: 'ch_1' } as const;
const chargeOf = (order: Order, more: Partial<FoundOrderCharge> = {}) =>
  found({ orderId: order.id, answer: taken, total: order.bill.total, ...more });

/** At the provider's Checkout, on Joe's account. */
async function atCheckout(changes: Partial<Order> = {}) {
  return standingOrder(town, {
    state: 'awaiting_payment',
    method: 'checkout',
    trail: { accountId: 'acct_joe', sessionId: 'cs_1' },
    payBeforeMs: town.time.nowMs + 1_800_000,
    ...changes,
  });
}

describe('an order', () => {
  it.each([
    ['Checkout', checkout],
    ['charge', charge],
  ] as const)('is paid by an event of its %s', async (_what, about) => {
    const order = await atCheckout();
    const answer = { ...taken, kind: 'paid', total: order.bill.total } as const;
    const world = answering({
      checkout: found({ orderId: order.id, answer }),
      charge: chargeOf(order),
    });

    expect(await applyShopEvent(world, arrived(about))).toBe('applied');
    expect((await town.order(order.id)).state).toBe('paid');
  });

  it('is not counted as asked about by an event that brings no news', async () => {
    const order = await atCheckout();
    const open = answering({
      checkout: found({ orderId: order.id, answer: { kind: 'open' } } as const),
    });
    expect(await applyShopEvent(open, arrived(checkout))).toBe('applied');
    const card = await atCheckout({
      method: 'saved_card',
      trail: { accountId: 'acct_joe', intentId: 'pi_1' },
    });
    const pending = answering({
      charge: chargeOf(card, { answer: { kind: 'pending', intentId: 'pi_1' } }),
    });
    expect(await applyShopEvent(pending, arrived(charge))).toBe('applied');

    expect(await town.order(order.id)).toEqual(order);
    expect(await town.order(card.id)).toEqual(card);
  });

  it('on an account that its shop has left for another is moved by that account’s events', async () => {
    const order = await atCheckout();
    await town.changeShop({ account: { accountId: 'acct_new', status: 'active', missing: [] } });

    expect(await applyShopEvent(answering({ charge: chargeOf(order) }), arrived(charge))).toBe(
      'applied',
    );
    expect((await town.order(order.id)).state).toBe('paid');
  });

  it('that we do not have yet makes its event come again, and a stranger’s end at the fourth time', async () => {
    const world = answering({
      charge: found({ orderId: 'ord_none', answer: taken, total: usd(1) }),
    });

    for (const deliveries of [1, 3])
      await expect(applyShopEvent(world, arrived(charge, { deliveries }))).rejects.toMatchObject({
        reason: 'row_not_there_yet',
      });
    expect(await applyShopEvent(world, arrived(charge, { deliveries: 4 }))).toBe('gave_up_waiting');
  });

  it('is not moved by what happened on another account, whatever mark it carries', async () => {
    const order = await atCheckout();
    const world = answering({ charge: chargeOf(order) });

    expect(await applyShopEvent(world, arrived(charge, { accountId: 'acct_other' }))).toBe(
      'unknown_object',
    );
    expect(await town.order(order.id)).toEqual(order);
  });

  it('that has no account yet is its shop’s: another shop’s event does not move it', async () => {
    const order = await atCheckout({ trail: {} });
    const world = answering({ charge: chargeOf(order) });

    expect(await applyShopEvent(world, arrived(charge, { accountId: 'acct_other' }))).toBe(
      'unknown_object',
    );
    expect(await town.order(order.id)).toEqual(order);
    expect(await applyShopEvent(world, arrived(charge))).toBe('applied');
  });

  it('is nobody’s where a charge carries no mark of ours', async () => {
    const world = answering({ charge: found({ answer: taken, total: usd(1) }) });

    expect(await applyShopEvent(world, arrived(charge))).toBe('unknown_object');
  });
});

describe('what is taken back', () => {
  const gaveBack = (more: object = {}) =>
    found({
      amount: usd(100),
      answer: { kind: 'done', refundId: 're_1' } as const,
      ...more,
    });
  const disputed = (more: object = {}) =>
    found({
      intentId: 'pi_1',
      amount: usd(486),
      fee: usd(1500),
      reason: 'fraudulent',
      state: 'needs_response',
      ...more,
    } as const);

  async function paid() {
    const order = await atCheckout();
    await applyShopEvent(answering({ charge: chargeOf(order) }), arrived(charge));
    lookUps = [];
    return town.order(order.id);
  }

  it('from what is in our books needs no second look at the charge', async () => {
    const order = await paid();

    expect(await applyShopEvent(answering({ dispute: disputed() }), arrived(dispute))).toBe(
      'applied',
    );
    expect(lookUps).toEqual(['dispute']);
    expect((await town.order(order.id)).dispute).toMatchObject({ id: 'dp_1' });
  });

  it('is tied to its order by our mark on it, and else by the charge', async () => {
    const order = await paid();
    const byMark = answering({ refund: gaveBack({ orderId: order.id, intentId: 'pi_1' }) });
    expect(await applyShopEvent(byMark, arrived(refund))).toBe('applied');

    const byCharge = answering({ refund: gaveBack({ intentId: 'pi_1' }) });
    expect(await applyShopEvent(byCharge, arrived({ ...refund, refundId: 're_2' }))).toBe(
      'applied',
    );
    expect(lookUps).toEqual(['refund', 'refund']);
  });

  it('from a charge that no book of ours knows is tied by the mark on the charge', async () => {
    const order = await atCheckout();
    const world = answering({ dispute: disputed(), charge: chargeOf(order) });

    expect(await applyShopEvent(world, arrived(dispute))).toBe('applied');

    const now = await town.order(order.id);
    expect(now.state).toBe('paid');
    expect(now.dispute).toMatchObject({ id: 'dp_1' });
  });

  it('waits until the charge that it is of is in our books', async () => {
    const order = await atCheckout();
    const pending = { kind: 'pending', intentId: 'pi_1' } as const;
    const world = answering({ dispute: disputed(), charge: chargeOf(order, { answer: pending }) });

    await expect(applyShopEvent(world, arrived(dispute))).rejects.toMatchObject({
      reason: 'row_not_there_yet',
    });
    expect(await applyShopEvent(world, arrived(dispute, { deliveries: 4 }))).toBe(
      'gave_up_waiting',
    );
    expect((await town.order(order.id)).dispute).toBeUndefined();
  });

  describe('by a second dispute whose news is quicker than the end of the first', () => {
    /** Of the first, what a look-up says now; the second is told. */
    const telling = (first: ReturnType<typeof disputed> | typeof silent, second: object = {}) => {
      const { shopProvider } = town.world;
      const dispute: ShopLookUp['dispute'] = async (_account, id) =>
        id === 'dp_1' ? first : disputed(second);
      return {
        ...town.world,
        shopProvider: { ...shopProvider, lookUp: { ...shopProvider.lookUp, dispute } },
      };
    };
    const secondTold = arrived({ ...dispute, disputeId: 'dp_2' });
    const stepsOf = async ({ id }: Order) =>
      (await town.world.orders.journalOf(id)).map(({ step }) => step);

    async function disputedOnce() {
      const order = await paid();
      await applyShopEvent(answering({ dispute: disputed() }), arrived(dispute));
      return order;
    }

    it('is not the first told again, which is looked up once', async () => {
      const order = await disputedOnce();
      lookUps = [];
      expect(await applyShopEvent(answering({ dispute: disputed() }), arrived(dispute))).toBe(
        'applied',
      );

      expect(lookUps).toEqual(['dispute']);
      expect((await stepsOf(order)).at(-1)).toBe('dispute_opened');
    });

    it('is booked once that one was looked up and is over', async () => {
      const order = await disputedOnce();
      await applyShopEvent(telling(disputed({ state: 'won' }), { state: 'lost' }), secondTold);

      expect((await stepsOf(order)).slice(-4)).toEqual([
        'dispute_opened',
        'dispute_won',
        'dispute_opened',
        'dispute_lost',
      ]);
      expect((await town.order(order.id)).dispute).toMatchObject({ id: 'dp_2', state: 'lost' });
    });

    it('waits while the first is open, or nobody tells', async () => {
      const order = await disputedOnce();
      for (const first of [disputed(), silent])
        await expect(applyShopEvent(telling(first), secondTold)).rejects.toMatchObject({
          reason: 'row_not_there_yet',
        });

      expect((await town.order(order.id)).dispute).toMatchObject({ id: 'dp_1' });
    });

    it('waits for nothing where it was won, or the first is known to be over', async () => {
      const order = await disputedOnce();
      expect(await applyShopEvent(telling(disputed(), { state: 'won' }), secondTold)).toBe(
        'applied',
      );
      expect((await town.order(order.id)).dispute).toMatchObject({ id: 'dp_1' });
      await applyShopEvent(answering({ dispute: disputed({ state: 'won' }) }), arrived(dispute));
      await applyShopEvent(answering({ dispute: disputed() }), secondTold);

      expect((await town.order(order.id)).dispute).toMatchObject({ id: 'dp_2' });
    });
  });

  it('from a charge that is not told, or is not ours, is nobody’s', async () => {
    const order = await paid();
    const untold = answering({ refund: gaveBack({ orderId: order.id }) });
    expect(await applyShopEvent(untold, arrived(refund))).toBe('unknown_object');
    expect(await applyShopEvent(answering({ refund: gaveBack() }), arrived(refund))).toBe(
      'unknown_object',
    );

    const elsewhere = answering({ dispute: disputed({ intentId: 'pi_9' }), charge: none });
    expect(await applyShopEvent(elsewhere, arrived(dispute))).toBe('unknown_object');
    expect((await town.order(order.id)).refunds).toEqual(order.refunds);
  });
});

describe('an event about a shop’s account', () => {
  it('is looked up, and kept', async () => {
    const restricted = found({ status: 'restricted', missing: ['tos'] } as const);

    expect(await applyShopEvent(answering({ merchant: restricted }), arrived(merchant))).toBe(
      'applied',
    );
    expect((await town.shop()).account).toMatchObject({ status: 'restricted', missing: ['tos'] });
  });

  it('comes again while the provider is silent', async () => {
    await expect(
      applyShopEvent(answering({ merchant: silent }), arrived(merchant)),
    ).rejects.toMatchObject({ reason: 'provider_unknown' });
  });

  it('that everybody changes all the time comes again, also of a shop that has left', async () => {
    await leave();
    const world = answering({ merchant: found({ status: 'active', missing: [] } as const) });
    const shops = { ...world.shops, save: async () => 'conflict' as const };

    await expect(
      applyShopEvent({ ...world, shops }, arrived(merchant, { deliveries: 9 })),
    ).rejects.toMatchObject({ reason: 'conversation_moved' });
  });

  it('is nobody’s where no shop has that account, or it is another shop’s', async () => {
    const stray = arrived(merchant, { accountId: 'acct_stray' });
    expect(await applyShopEvent(answering({}), stray)).toBe('unknown_object');

    const others = found({ shopId: 'shp_other', status: 'active', missing: [] } as const);
    expect(await applyShopEvent(answering({ merchant: others }), arrived(merchant))).toBe(
      'unknown_object',
    );
  });
});
