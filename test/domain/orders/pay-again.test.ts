// Whoever presses Pay once more, or whose payment is looked at: led on to where it waits, and charged by nobody twice.
import { beforeEach, describe, expect, it } from 'vitest';
import { askForPayment, chargeCard } from '../../../lambdas/domain/orders/ask-for-payment.ts';
import type { Order } from '../../../lambdas/domain/orders/order.ts';
import type { ShopLookUp, ShopProvider } from '../../../lambdas/domain/orders/ports.ts';
import { refreshOrder, refreshPayment } from '../../../lambdas/domain/orders/refresh-order.ts';
import { settleOrderCharge } from '../../../lambdas/domain/orders/settle-order-charge.ts';
import type { ChargeAnswer } from '../../../lambdas/domain/payments/ports.ts';
import { openShopTown, type ShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { standingOrder } from '../../builders/shop-town/standing-order.ts';
import { urlsFor } from '../../builders/shop-town/shop-buyer.ts';

let town: ShopTown;
let calls: string[];
beforeEach(async () => {
  town = await openShopTown();
  calls = [];
});

type Answers = Partial<
  Pick<ShopProvider, 'openCheckout' | 'chargeSavedCard'> & Pick<ShopLookUp, 'checkout' | 'charge'>
>;

const notAsked = async (): Promise<never> => {
  throw new Error('Nobody was to ask the provider for this.');
};

/** A provider that is asked for what is said here, and for nothing else. */
function answering(answers: Answers) {
  const noting =
    <Asked extends readonly unknown[], Answer>(
      name: string,
      answer: (...asked: Asked) => Promise<Answer>,
    ) =>
    (...asked: Asked) => {
      calls.push(name);
      return answer(...asked);
    };
  const { shopProvider } = town.world;
  return {
    ...town.world,
    shopProvider: {
      ...shopProvider,
      openCheckout: noting('openCheckout', answers.openCheckout ?? notAsked),
      chargeSavedCard: noting('chargeSavedCard', answers.chargeSavedCard ?? notAsked),
      lookUp: {
        ...shopProvider.lookUp,
        checkout: noting('checkout', answers.checkout ?? notAsked),
        charge: noting('charge', answers.charge ?? notAsked),
      },
    },
  };
}

const atCheckout = (changes: Partial<Order> = {}) =>
  standingOrder(town, {
    state: 'awaiting_payment',
    method: 'checkout',
    payBeforeMs: town.time.nowMs + 1000,
    ...changes,
  });
const byCard = (changes: Partial<Order> = {}) =>
  atCheckout({
    method: 'saved_card',
    trail: { accountId: 'acct_joe', customerId: 'cus_1', instrumentId: 'pm_1' },
    ...changes,
  });
const started = {
  accountId: 'acct_joe',
  customerId: 'cus_1',
  instrumentId: 'pm_1',
  intentId: 'pi_1',
};

const pressPay = async (world: ReturnType<typeof answering>, order: Order) =>
  refreshPayment(world, { order, shop: await town.shop(), urls: urlsFor(order.id) });

const taken: ChargeAnswer = { kind: 'done', intentId: 'pi_1', chargeId: 'ch_1' };
const declined: ChargeAnswer = { kind: 'declined', reason: 'expired_card', intentId: 'pi_1' };
const bank: ChargeAnswer = { kind: 'needs_action', intentId: 'pi_1', url: 'https://bank.test' };
const pending: ChargeAnswer = { kind: 'pending', intentId: 'pi_1' };
const charge = (order: Order, answer: ChargeAnswer) => async () =>
  ({ kind: 'found', thing: { orderId: order.id, total: order.bill.total, answer } }) as const;

describe('a payment that nobody was led to', () => {
  it('is begun while there is time, and not at its very end', async () => {
    const order = await byCard();
    expect(await pressPay(answering({ chargeSavedCard: async () => bank }), order)).toMatchObject({
      kind: 'needs_action',
    });
    const late = await byCard();
    town.time.nowMs += 1000;
    expect(await pressPay(answering({}), late)).toEqual({ kind: 'unknown', order: late });
    const page = await atCheckout({ payBeforeMs: town.time.nowMs });
    expect(await pressPay(answering({}), page)).toEqual({ kind: 'not_open', order: page });
    expect(calls).toEqual(['chargeSavedCard']);
  });

  it('is not begun where it is being called off', async () => {
    const order = await byCard({ closing: 'cancel' });

    expect(await pressPay(answering({}), order)).toEqual({ kind: 'not_open', order });
  });
});

describe('a card that is being charged', () => {
  it.each<[string, ChargeAnswer, object]>([
    ['asks for its bank', bank, { kind: 'needs_action', url: 'https://bank.test' }],
    ['was declined', declined, { kind: 'declined', reason: 'expired_card' }],
    ['went through', taken, { kind: 'paid' }],
    ['is under way', pending, { kind: 'pending' }],
  ])('and %s is looked up, never charged again', async (_how, answer, outcome) => {
    const order = await byCard({ trail: started });

    expect(await pressPay(answering({ charge: charge(order, answer) }), order)).toMatchObject(
      outcome,
    );
    expect(calls).toEqual(['charge']);
  });

  it('and is under way is not counted as asked about by whoever looks', async () => {
    const order = await byCard({ trail: started });
    await refreshOrder(answering({ charge: charge(order, pending) }), order.id);
    const asking = await byCard();
    await chargeCard(
      answering({ chargeSavedCard: async () => ({ kind: 'unknown', why: 'x' }) }),
      asking,
    );

    expect(await town.order(order.id)).toEqual(order);
    expect(await town.order(asking.id)).toEqual(asking);
  });

  it('is looked up as a card, though its buyer was at Checkout before', async () => {
    const order = await byCard({ trail: { ...started, sessionId: 'cs_1' } });

    await pressPay(answering({ charge: charge(order, taken) }), order);

    expect(calls).toEqual(['charge']);
  });

  it.each([
    ['asks for its bank', bank],
    ['was declined', declined],
  ])('and %s by an answer that comes too late is paid all the same', async (_how, late) => {
    for (const isLookedUp of [true, false]) {
      const intentId = `pi_${isLookedUp}`;
      const order = await byCard({ trail: { ...started, intentId } });
      /** Somebody else has heard the truth meanwhile. */
      const overtaken = async () => {
        const answer = { ...taken, intentId };
        await settleOrderCharge(town.world, order.id, { answer, isDue: false });
        return { ...late, intentId };
      };
      const world = answering({
        charge: async () => charge(order, await overtaken())(),
        chargeSavedCard: overtaken,
      });

      expect(await (isLookedUp ? pressPay(world, order) : chargeCard(world, order))).toMatchObject({
        kind: 'paid',
      });
    }
  });
});

it('what is paid, or waits for nobody, is looked up nowhere', async () => {
  const trail = { ...started, sessionId: 'cs_1' };
  for (const changes of [{ state: 'paid' }, { state: 'draft' }, { state: 'expired' }] as const) {
    const order = await byCard({
      ...changes,
      trail: { ...trail, intentId: `pi_${changes.state}` },
    });
    expect(await refreshOrder(answering({}), order.id)).toEqual(order);
  }
  expect(calls).toEqual([]);
});

it('a page of Checkout that comes late is not that of the next try', async () => {
  const order = await atCheckout({ attempt: 2, version: 1 });
  // Nobody has written that it is the second try by now.
  const first = { ...order, attempt: 1, version: 0 };
  const world = answering({
    openCheckout: async () => ({ kind: 'done', url: 'https://pay.test/1', sessionId: 'cs_1' }),
  });

  const asked = { order: first, shop: await town.shop(), urls: urlsFor(order.id) };
  expect((await askForPayment(world, asked)).kind).toBe('unknown');

  expect((await town.order(order.id)).trail).not.toHaveProperty('sessionId');
});
