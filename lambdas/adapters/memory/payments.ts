// The twin of the payment store.
import { type Payment, payeeId } from '../../domain/payments/payment.ts';
import type { PaymentStore } from '../../domain/payments/ports.ts';
import { type Books, commitPayment } from './books.ts';
import { newerFirst, pageOf } from './timeline.ts';

export function memoryPayments(books: Books): PaymentStore {
  const received = (payment: Payment) =>
    payment.heldAtMs === undefined ? undefined : payeeId(payment);
  return {
    get: async (id) => books.payments.get(id),
    commit: async (change) => commitPayment(books, change),
    spendingOf: async (personId) => books.spending.get(personId),
    ofPerson: async (personId, page) =>
      pageOf(
        books.payments
          .all()
          .filter((each) => each.payerId === personId || received(each) === personId),
        page,
      ),
    heldFor: async (personId, limit) =>
      books.payments
        .all()
        .filter((each) => each.state === 'held' && received(each) === personId)
        .sort(newerFirst)
        .reverse()
        .slice(0, limit),
    async byClaimCode(claimCode) {
      const claim = books.claims.get(claimCode);
      return claim === undefined ? undefined : books.payments.get(claim.paymentId);
    },
    journalOf: async (id) =>
      books.paymentJournal
        .all()
        .map(({ entry }) => entry)
        .filter(({ subject }) => subject === id),
  };
}
