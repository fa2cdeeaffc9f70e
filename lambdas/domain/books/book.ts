// A book: one payment, order or request as it stands, beside everything that its journal says happened to it.
import type { Order } from '../orders/order.ts';
import { isLegal as isLegalForOrder, stateAfter } from '../orders/order-steps.ts';
import type { OrderEntry } from '../orders/ports.ts';
import { isFinal, type Payment } from '../payments/payment.ts';
import { isLegal as isLegalForPayment, paymentSteps } from '../payments/payment-steps.ts';
import type { PaymentEntry } from '../payments/ports.ts';
import { type MoneyRequest, type RequestEntry, requestSteps } from '../requests/money-request.ts';
import { isLegalRequestStep } from '../requests/take-request-step.ts';

/** The journal is in the order of its sequence; the subject is missing where only entries were found. */
export type Book =
  | Kept<'payment', Payment, PaymentEntry>
  | Kept<'order', Order, OrderEntry>
  | Kept<'request', MoneyRequest, RequestEntry>
  | { readonly of: 'unreadable'; readonly id: string; readonly why: string };

export type ReadableBook = Exclude<Book, { of: 'unreadable' }>;
export type AnyStep = ReadableBook['journal'][number];

interface Kept<Of extends string, Subject, Entry> {
  readonly of: Of;
  readonly id: string;
  readonly subject: Subject | undefined;
  readonly journal: readonly Entry[];
}

/** Entries that say something which the machine of their subject does not draw. */
export function wrongEdges(book: ReadableBook): AnyStep[] {
  switch (book.of) {
    case 'payment':
      return book.journal.filter(
        ({ step, from, to }) => !isLegalForPayment(step, from) || paymentSteps[step].to !== to,
      );
    case 'order':
      return book.journal.filter(({ step, from, to }) => {
        const leadsTo = from === 'nothing' ? 'draft' : stateAfter(step, from);
        return !isLegalForOrder(step, from) || leadsTo !== to;
      });
    case 'request':
      return book.journal.filter(
        ({ step, from, to }) => !isLegalRequestStep(step, from) || requestSteps[step].to !== to,
      );
  }
}

/** The accounts that are ours to empty, where nothing is to happen any more. */
export function accountsToBeEmpty(book: ReadableBook): string[] {
  if (book.subject === undefined) return [];
  if (book.of === 'payment') {
    const { id, state } = book.subject;
    return isFinal(state) && state !== 'review' ? [`held:${id}`, `disputed:${id}`] : [];
  }
  if (book.of === 'request') return [];
  const { id, dispute } = book.subject;
  const isOpen = dispute?.state === 'needs_response' || dispute?.state === 'under_review';
  return isOpen ? [] : [`disputed:${id}`];
}
