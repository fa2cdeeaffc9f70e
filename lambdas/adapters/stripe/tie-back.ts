// What we write on every Stripe object so that a look-up or an event finds its way back to our own record.
import * as z from 'zod/mini';
import type { OrderId } from '../../domain/orders/order.ts';
import type { PaymentId } from '../../domain/payments/payment.ts';
import type { PersonId } from '../../domain/people/person.ts';
import type { ShopId } from '../../domain/shops/shop.ts';

export const metadataSchema = z.record(z.string(), z.string());

type Metadata = Readonly<Record<string, string>> | null | undefined;

export function paymentMark(paymentId: PaymentId): { tender_payment: PaymentId } {
  return { tender_payment: paymentId };
}

export function personMark(personId: PersonId): { tender_person: PersonId } {
  return { tender_person: personId };
}

export function orderMark(orderId: OrderId): { tender_order: OrderId } {
  return { tender_order: orderId };
}

export function shopMark(shopId: ShopId): { tender_shop: ShopId } {
  return { tender_shop: shopId };
}

/** Undefined on objects that something else than a payment of ours made. */
export function paymentIdIn(metadata: Metadata): PaymentId | undefined {
  const text = metadata?.['tender_payment'];
  return text !== undefined && isPaymentId(text) ? text : undefined;
}

export function personIdIn(metadata: Metadata): PersonId | undefined {
  const text = metadata?.['tender_person'];
  return text !== undefined && isPersonId(text) ? text : undefined;
}

/** Undefined on what a shop sells elsewhere through the same account. */
export function orderIdIn(metadata: Metadata): OrderId | undefined {
  const text = metadata?.['tender_order'];
  return text !== undefined && isOrderId(text) ? text : undefined;
}

export function shopIdIn(metadata: Metadata): ShopId | undefined {
  const text = metadata?.['tender_shop'];
  return text !== undefined && isShopId(text) ? text : undefined;
}

function isPaymentId(text: string): text is PaymentId {
  return text.startsWith('pay_');
}

function isPersonId(text: string): text is PersonId {
  return text.startsWith('per_');
}

function isOrderId(text: string): text is OrderId {
  return text.startsWith('ord_');
}

function isShopId(text: string): text is ShopId {
  return text.startsWith('shp_');
}
