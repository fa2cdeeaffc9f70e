// Items of orders and what belongs to them: their numbers, the provider's ids for them, and the carts they come of.
import * as z from 'zod/mini';
import { isNobodys, type Order, type OrderId } from '../../../domain/orders/order.ts';
import type { ShopId } from '../../../domain/shops/shop.ts';
import { itemFormat } from '../item-format.ts';
import { indexPartition, orderIntentKey, orderKey, orderNumberKey } from '../keys.ts';
import { dueKeys } from './due.ts';
import { orderState } from './states.ts';
import {
  address,
  maybe,
  moment,
  money,
  orderId,
  personId,
  productId,
  shopId,
  version,
} from './values.ts';

const wantedLine = { productId, choices: z.array(z.string()), quantity: z.int() };

export const cart = z.object({ lines: z.array(z.object(wantedLine)), orderId: maybe(orderId) });

const postalAddress = z.object({
  name: z.string(),
  street1: z.string(),
  street2: maybe(z.string()),
  city: z.string(),
  state: maybe(z.string()),
  postalCode: z.string(),
  country: z.string(),
});

const handover = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pick_up') }),
  z.object({ kind: z.literal('shipping'), optionId: z.string(), to: postalAddress }),
]);

const wish = z.object({
  lines: z.array(z.object(wantedLine)),
  customLines: maybe(
    z.array(
      z.object({ name: z.string(), quantity: z.int(), unitPrice: money, isTaxed: z.boolean() }),
    ),
  ),
  handover,
  tipPercent: z.number(),
  promotionCode: maybe(z.string()),
  note: maybe(z.string()),
});

const bill = z.object({
  lines: z.array(
    z.object({
      ...wantedLine,
      productId: maybe(productId),
      name: z.string(),
      unitPrice: money,
      amount: money,
      isUntaxed: maybe(z.literal(true)),
    }),
  ),
  goods: money,
  discount: money,
  shipping: money,
  tax: money,
  tip: money,
  total: money,
});

const trail = z.object({
  accountId: maybe(z.string()),
  sessionId: maybe(z.string()),
  checkoutUrl: maybe(z.string()),
  intentId: maybe(z.string()),
  chargeId: maybe(z.string()),
  card: maybe(z.object({ brand: z.string(), last4: z.string() })),
  customerId: maybe(z.string()),
  instrumentId: maybe(z.string()),
  taken: maybe(money),
});

const refund = z.object({
  id: z.templateLiteral(['rfd_', z.string()]),
  state: z.enum(['asked', 'pending', 'done', 'failed']),
  amount: money,
  feeBack: money,
  reason: z.enum([
    'requested_by_customer',
    'duplicate',
    'fraudulent',
    'paid_too_late',
    'paid_twice',
    'cancelled_by_shop',
  ]),
  intentId: z.string(),
  providerRefundId: maybe(z.string()),
  askedAtMs: moment,
  asked: z.int(),
});

const dispute = z.object({
  id: z.string(),
  state: z.enum(['needs_response', 'under_review', 'won', 'lost']),
  amount: money,
  fee: money,
  reason: z.string(),
  respondBeforeMs: maybe(moment),
  isOutOfSight: maybe(z.literal(true)),
  evidenceSentAtMs: maybe(moment),
});

const order = z.object({
  id: orderId,
  version,
  state: orderState,
  number: z.string(),
  shopId,
  buyerId: personId,
  address: maybe(address),
  buyerName: z.string(),
  wish,
  bill,
  fee: money,
  method: maybe(z.enum(['checkout', 'saved_card'])),
  attempt: z.int(),
  trail,
  closing: maybe(z.enum(['cancel', 'expire'])),
  isStockReserved: z.boolean(),
  refunds: z.array(refund),
  refundWish: maybe(
    z.object({
      state: z.enum(['open', 'answered']),
      wishedAtMs: moment,
      words: maybe(z.string()),
      refusal: maybe(z.string()),
    }),
  ),
  dispute: maybe(dispute),
  tracking: maybe(
    z.object({ carrier: maybe(z.string()), number: z.string(), url: maybe(z.string()) }),
  ),
  source: z.enum(['cart', 'payment_request']),
  sent: maybe(
    z.object({
      endsAtMs: moment,
      isByLink: z.boolean(),
      note: maybe(z.string()),
      holder: maybe(z.string()),
      remindedAtMs: maybe(moment),
    }),
  ),
  payerEmail: maybe(z.string()),
  asked: z.int(),
  createdAtMs: moment,
  paidAtMs: maybe(moment),
  fulfilledAtMs: maybe(moment),
  payBeforeMs: maybe(moment),
  dueAtMs: maybe(moment),
  reason: maybe(z.string()),
  seal: maybe(z.string()),
});

export const orderItem = itemFormat({
  entity: 'Order',
  keys: (order: Order) => ({
    ...orderKey(order.id),
    createdAt: orderPlace(order),
    // Nobody asks for the orders of nobody.
    ...(isNobodys(order) ? {} : { payerKey: indexPartition.orders(order.buyerId, order.shopId) }),
    ...shopKeys(order),
    ...dueKeys(order.id, order.dueAtMs),
  }),
  schema: order,
});

/** Where an order stands among others, oldest first; its id tells apart those of one millisecond. */
export function orderPlace({ createdAtMs, id }: Pick<Order, 'createdAtMs' | 'id'>): string {
  return `${new Date(createdAtMs).toISOString()}#${id}`;
}

/** A shop sees what was ever checked out; a bill that waits for its buyer's yes is the buyer's own affair. */
export function isForShop({ state, method, attempt }: Order): boolean {
  // A try that came to nothing is forgotten, but counted.
  return state !== 'draft' && (method !== undefined || attempt > 1);
}

function shopKeys(order: Order): { payeeKey?: string } {
  return isForShop(order)
    ? { payeeKey: indexPartition.shopOrdersIn(order.shopId, order.state) }
    : {};
}

export const orderNumberItem = itemFormat({
  entity: 'OrderNumber',
  keys: ({ shopId, number }: { shopId: ShopId; number: string; orderId: OrderId }) =>
    orderNumberKey(shopId, number),
  schema: z.object({ shopId, number: z.string(), orderId }),
});

export const orderIntentItem = itemFormat({
  entity: 'OrderIntent',
  keys: ({ intentId }: { intentId: string; orderId: OrderId }) => orderIntentKey(intentId),
  schema: z.object({ intentId: z.string(), orderId }),
});
