// Reads the id of a payment, a request or an order from typed text, a payload or a queue.
import { isOrderId, type OrderId } from '../orders/order.ts';
import type { PaymentId } from '../payments/payment.ts';
import type { SubjectId } from './command.ts';

/** Undefined when it is not shaped like one; whether it exists, the store knows. */
export function readSubjectId(text: string): SubjectId | undefined {
  return isSubjectId(text) ? text : undefined;
}

/** As readSubjectId, of an order. */
export function readOrderId(text: string): OrderId | undefined {
  return isOrderId(text) ? text : undefined;
}

export function isPaymentId(id: SubjectId): id is PaymentId {
  return id.startsWith('pay_');
}

function isSubjectId(text: string): text is SubjectId {
  return /^(?:pay|req)_[A-Za-z0-9_-]{1,80}$/u.test(text);
}
