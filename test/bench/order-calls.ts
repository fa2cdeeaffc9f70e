// What an order asks of DynamoDB, from its bill to a part refund, over the real adapters and a provider that says yes.
import { dynamoStores } from '../../lambdas/adapters/dynamodb/stores.ts';
import { advanceOrder } from '../../lambdas/domain/orders/advance-order.ts';
import { applyShopEvent } from '../../lambdas/domain/orders/apply-shop-event.ts';
import { billSeen } from '../../lambdas/domain/orders/bill-seen.ts';
import { checkOut } from '../../lambdas/domain/orders/check-out.ts';
import { draftOrder } from '../../lambdas/domain/orders/draft-order.ts';
import { moveOrder } from '../../lambdas/domain/orders/move-order.ts';
import type { Order, OrderId, Wish } from '../../lambdas/domain/orders/order.ts';
import type { ShopProvider } from '../../lambdas/domain/orders/ports.ts';
import { refundOrder } from '../../lambdas/domain/orders/refund-order.ts';
import { requoteOrder } from '../../lambdas/domain/orders/requote-order.ts';
import { derivedIds } from '../../lambdas/wiring/randomness.ts';
import { noonMs, someSettings } from '../builders/payments.ts';
import { aMember, anAddress } from '../builders/people.ts';
import { aProduct, aShop } from '../builders/shops.ts';
import { makeTables } from '../builders/tables.ts';
import { type CallCost, meterOf } from './meter.ts';

const unasked = async () => ({ kind: 'unknown', why: 'not asked here' }) as const;

/** Money that moves as asked, and is remembered by nobody. */
function providerThatDoes(paid: () => Order): ShopProvider {
  return {
    onboardMerchant: unasked,
    openCheckout: async () => ({
      kind: 'done',
      url: 'https://checkout.example',
      sessionId: 'cs_1',
    }),
    closeCheckout: unasked,
    chargeSavedCard: unasked,
    abandonCharge: unasked,
    refund: async () => ({ kind: 'done', refundId: 're_1' }),
    uploadEvidence: unasked,
    sendEvidence: unasked,
    lookUp: {
      checkout: async () => ({
        kind: 'found',
        thing: {
          orderId: paid().id,
          answer: {
            kind: 'paid',
            intentId: 'pi_1',
            chargeId: 'ch_1',
            total: paid().bill.total,
            saved: {
              customerId: 'cus_1',
              instrument: { id: 'pm_1', brand: 'visa', last4: '4242' },
            },
          },
        },
      }),
      charge: unasked,
      refund: unasked,
      dispute: unasked,
      lostCharge: unasked,
      lostRefund: unasked,
      merchant: unasked,
    },
  };
}

async function openCounter(dynamoDbUrl: string) {
  const { documents, names } = await makeTables(dynamoDbUrl);
  const stores = dynamoStores(documents, names);
  const time = { nowMs: noonMs };
  const [latte, scone] = [aProduct({ name: 'Latte' }), aProduct({ name: 'Scone' })];
  const shop = aShop({ id: latte.shopId });
  await stores.shops.create(shop);
  for (const product of [latte, scone]) await stores.products.save(product, undefined);
  await stores.stock.set(shop.id, scone.id, 9);
  const known: { order?: Order } = {};
  const paid = () => {
    if (known.order === undefined) throw new Error('There is no order yet.');
    return known.order;
  };
  const world = {
    ...stores,
    clock: { now: () => time.nowMs },
    ids: derivedIds,
    settings: someSettings,
    publicUrl: 'https://tender.example',
    shopProvider: providerThatDoes(paid),
    lastWord: { ask: async () => ({ kind: 'go' }) as const },
  };
  const lines = [latte, scone].map(({ id }) => ({ productId: id, choices: [], quantity: 1 }));
  const wish: Wish = { lines, handover: { kind: 'pick_up' }, tipPercent: 0 };
  return { world, meter: meterOf(documents), time, shop, wish, known };
}

/** One order of two things, one of them counted. */
export async function countOrderCalls(dynamoDbUrl: string): Promise<readonly CallCost[]> {
  const { world, meter, time, shop, wish, known } = await openCounter(dynamoDbUrl);
  const buyer = aMember();
  const urls = { success: 'https://a', cancel: 'https://b', back: 'https://c' };
  const current = async (): Promise<Order> => {
    const order = await world.orders.get(known.order?.id ?? 'ord_');
    if (order === undefined) throw new Error('The order is gone.');
    return order;
  };
  await meter.measure('an order is made of a cart', async () => {
    const drafted = await draftOrder(world, {
      shop,
      buyer,
      address: anAddress(),
      wish,
      madeBy: 'm_1',
    });
    if (drafted.kind !== 'drafted') throw new Error(`It was refused: ${drafted.why}.`);
    known.order = drafted.order;
  });
  const id: OrderId = (await current()).id;
  await meter.measure('its buyer changes the note: a new bill', () =>
    requoteOrder(world, id, { ...wish, note: 'no foam' }),
  );
  const seen = billSeen(await current());
  await meter.measure('checked out by Checkout: stock taken, page opened', () =>
    checkOut(world, { orderId: id, billSeen: seen, customerWish: 'checkout', urls }),
  );
  time.nowMs += 1000;
  const { accountId = '' } = shop.account ?? {};
  await meter.measure('the provider tells that it is paid: sold, card kept', () =>
    applyShopEvent(world, {
      accountId,
      about: { kind: 'checkout_changed', sessionId: 'cs_1' },
      deliveries: 1,
    }),
  );
  expectState(await current(), 'paid');
  await meter.measure('the shop says that it is ready', () =>
    moveOrder(world, { orderId: id, step: 'ready' }),
  );
  await meter.measure('the shop says that it is handed over', () =>
    moveOrder(world, { orderId: id, step: 'fulfilled' }),
  );
  const amount = { minor: 450, currency: 'USD' } as const;
  await meter.measure('the shop gives a part back', () =>
    refundOrder(world, { orderId: id, amount, reason: 'requested_by_customer', madeBy: 'f_1' }),
  );
  time.nowMs += 60_000;
  await meter.measure('the due worker asks the provider for it', () => advanceOrder(world, id));
  expectState(await current(), 'fulfilled');
  if ((await current()).refunds[0]?.state !== 'done') throw new Error('Nothing was given back.');
  await meter.measure('the shop looks at its newest orders', () =>
    world.orders.ofShop(shop.id, { limit: 20 }),
  );
  return meter.costs;
}

function expectState({ state }: Order, wanted: Order['state']): void {
  if (state !== wanted) throw new Error(`The order is ${state}, not ${wanted}.`);
}
