// What we write on every Stripe object so that a look-up or an event finds its way back to our own record.
import * as z from 'zod/mini';
import type { PaymentId } from '../../domain/payments/payment.ts';
import type { PersonId } from '../../domain/people/person.ts';

export const metadataSchema = z.record(z.string(), z.string());

type Metadata = Readonly<Record<string, string>> | null | undefined;

export function paymentMark(paymentId: PaymentId): { tender_payment: PaymentId } {
  return { tender_payment: paymentId };
}

export function personMark(personId: PersonId): { tender_person: PersonId } {
  return { tender_person: personId };
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

function isPaymentId(text: string): text is PaymentId {
  return text.startsWith('pay_');
}

function isPersonId(text: string): text is PersonId {
  return text.startsWith('per_');
}
