// An order as merchants read it: the bill, where it goes, and what became of the money.
import * as z from 'zod/mini';
import type {
  Bill,
  Handover,
  Order,
  OrderDispute,
  Refund,
} from '../../lambdas/domain/orders/order.ts';
import { leftToRefund } from '../../lambdas/domain/orders/refundable.ts';
import { amount, amountOf, given, idOf, moment, momentOf, named } from './fields.ts';

export const orderId = idOf('ord');

export const orderStates = [
  'draft',
  'awaiting_payment',
  'needs_action',
  'paid',
  'preparing',
  'ready',
  'fulfilled',
  'cancelled',
  'expired',
  'conflicted',
] as const;

const line = z.strictObject({
  /** None: a line that the shop wrote itself. */
  product: z.exactOptional(idOf('prd')),
  name: z.string(),
  choices: z.array(z.string()),
  quantity: z.int(),
  unit_price: amount,
  amount,
  taxed: z.boolean(),
});

const postalAddress = z.strictObject({
  name: z.string(),
  street1: z.string(),
  street2: z.exactOptional(z.string()),
  city: z.string(),
  state: z.exactOptional(z.string()),
  postal_code: z.string(),
  country: z.string(),
});

const handover = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pick_up') }),
  z.strictObject({ kind: z.literal('shipping'), option: z.string(), to: postalAddress }),
]);

export const refund = z.strictObject({
  id: idOf('rfd'),
  order: orderId,
  state: z.enum(['asked', 'pending', 'done', 'failed']),
  amount,
  reason: z.enum([
    'requested_by_customer',
    'duplicate',
    'fraudulent',
    'paid_too_late',
    'paid_twice',
    'cancelled_by_shop',
  ]),
  created_at: moment,
});
named.add(refund, { id: 'Refund' });

const dispute = z.strictObject({
  id: z.string(),
  state: z.enum(['needs_response', 'under_review', 'won', 'lost']),
  amount,
  reason: z.string(),
  respond_before: z.exactOptional(moment),
});

const tracking = z.strictObject({
  carrier: z.exactOptional(z.string()),
  number: z.string(),
  url: z.exactOptional(z.string()),
});

/** What the bill of an order adds up from. */
export const bill = {
  lines: z.array(line),
  goods: amount,
  discount: amount,
  shipping: amount,
  tax: amount,
  tip: amount,
  total: amount,
};

export const order = z.strictObject({
  id: orderId,
  number: z.string(),
  state: z.enum(orderStates),
  source: z.enum(['cart', 'payment_request']),
  /** `email` where somebody paid without Messenger: as typed on the provider's page. */
  buyer: z.strictObject({ name: z.string(), email: z.exactOptional(z.string()) }),
  ...bill,
  handover,
  note: z.exactOptional(z.string()),
  left_to_refund: amount,
  refunds: z.array(refund),
  dispute: z.exactOptional(dispute),
  tracking: z.exactOptional(tracking),
  created_at: moment,
  paid_at: z.exactOptional(moment),
  fulfilled_at: z.exactOptional(moment),
  pay_before: z.exactOptional(moment),
});
named.add(order, { id: 'Order' });

export function orderBody(found: Order): z.output<typeof order> {
  const { id, number, state, source, wish } = found;
  return {
    id,
    number,
    state,
    source,
    buyer: { name: found.buyerName, ...given({ email: found.payerEmail }) },
    ...billBody(found.bill),
    handover: handoverBody(wish.handover),
    left_to_refund: amountOf(leftToRefund(found)),
    refunds: found.refunds.map((each) => refundBody(found, each)),
    created_at: momentOf(found.createdAtMs),
    ...given({
      note: wish.note,
      tracking: trackingBody(found.tracking),
      dispute: disputeBody(found.dispute),
      paid_at: maybeMoment(found.paidAtMs),
      fulfilled_at: maybeMoment(found.fulfilledAtMs),
      pay_before: maybeMoment(found.payBeforeMs),
    }),
  };
}

export function billBody({ lines, goods, discount, shipping, tax, tip, total }: Bill) {
  return {
    lines: lines.map((each) => ({
      ...given({ product: each.productId }),
      name: each.name,
      choices: [...each.choices],
      quantity: each.quantity,
      unit_price: amountOf(each.unitPrice),
      amount: amountOf(each.amount),
      taxed: each.isUntaxed !== true,
    })),
    goods: amountOf(goods),
    discount: amountOf(discount),
    shipping: amountOf(shipping),
    tax: amountOf(tax),
    tip: amountOf(tip),
    total: amountOf(total),
  };
}

export function refundBody(
  { id: order }: Pick<Order, 'id'>,
  { id, state, reason, ...of }: Refund,
): z.output<typeof refund> {
  return {
    id,
    order,
    state,
    amount: amountOf(of.amount),
    reason,
    created_at: momentOf(of.askedAtMs),
  };
}

function handoverBody(of: Handover): z.output<typeof handover> {
  if (of.kind === 'pick_up') return { kind: 'pick_up' };
  const { postalCode, name, street1, street2, city, state, country } = of.to;
  return {
    kind: 'shipping',
    option: of.optionId,
    to: { name, street1, city, postal_code: postalCode, country, ...given({ street2, state }) },
  };
}

function trackingBody(of: Order['tracking']): z.output<typeof tracking> | undefined {
  if (of === undefined) return undefined;
  return { number: of.number, ...given({ carrier: of.carrier, url: of.url }) };
}

function disputeBody(of: OrderDispute | undefined): z.output<typeof dispute> | undefined {
  if (of === undefined) return undefined;
  const { id, state, reason } = of;
  const deadline = maybeMoment(of.respondBeforeMs);
  return { id, state, amount: amountOf(of.amount), reason, ...given({ respond_before: deadline }) };
}

export function maybeMoment(atMs: number | undefined): string | undefined {
  return atMs === undefined ? undefined : momentOf(atMs);
}
