// The twins of the stores of money: payments, requests, running totals and what is due, which one commit may all touch.
import { isDeepStrictEqual } from 'node:util';
import type { Payment, PaymentId } from '../../domain/payments/payment.ts';
import type { PaymentChange, PaymentEntry } from '../../domain/payments/ports.ts';
import type { Spending } from '../../domain/payments/spending.ts';
import type {
  MoneyRequest,
  RequestChange,
  RequestEntry,
} from '../../domain/requests/money-request.ts';
import { frozenCopy } from './frozen-copy.ts';
import { newShelf, type Shelf } from './shelf.ts';

/** An entry beside the whole change that it is of, so that the same change is known when it comes again. */
interface Kept<Entry> {
  readonly entry: Entry;
  readonly change: PaymentChange | RequestChange;
}

export interface Books {
  readonly payments: Shelf<Payment>;
  readonly paymentJournal: Shelf<Kept<PaymentEntry>>;
  readonly requests: Shelf<MoneyRequest>;
  readonly requestJournal: Shelf<Kept<RequestEntry>>;
  readonly spending: Shelf<Spending>;
  readonly claims: Shelf<{ readonly paymentId: PaymentId }>;
  /** Told of each entry right after it was written, in order: the stream of the real table. */
  readonly onEntry: (entry: PaymentEntry | RequestEntry) => void;
}

export function newBooks(onEntry: Books['onEntry'] = () => undefined): Books {
  return {
    payments: newShelf('Payment'),
    paymentJournal: newShelf('JournalEntry'),
    requests: newShelf('Request'),
    requestJournal: newShelf('JournalEntry'),
    spending: newShelf('Spending'),
    claims: newShelf('ClaimCode'),
    onEntry,
  };
}

export function commitPayment(books: Books, given: PaymentChange): 'done' | 'conflict' {
  const change = frozenCopy('Payment', given);
  const { payment, entry, spending, request } = change;
  const known = books.paymentJournal.get(entry.subject, String(entry.sequence));
  if (known !== undefined) return isDeepStrictEqual(known.change, change) ? 'done' : 'conflict';

  const isNext =
    books.payments.isNext(payment.version, payment.id) &&
    isClaimFree(books, payment) &&
    (spending === undefined || books.spending.isNext(spending.version, spending.personId)) &&
    (request === undefined || isNextRequest(books, request));
  if (!isNext) return 'conflict';

  books.payments.put(payment, payment.id);
  books.paymentJournal.put({ entry, change }, entry.subject, String(entry.sequence));
  if (claimMadeBy(payment) !== undefined) {
    books.claims.put({ paymentId: payment.id }, claimMadeBy(payment) ?? '');
  }
  if (spending !== undefined) books.spending.put(spending, spending.personId);
  if (request !== undefined) putRequest(books, request, change);
  books.onEntry(entry);
  if (request !== undefined) books.onEntry(request.entry);
  return 'done';
}

export function commitRequest(books: Books, given: RequestChange): 'done' | 'conflict' {
  const change = frozenCopy('Request', given);
  const { entry } = change;
  const known = books.requestJournal.get(entry.subject, String(entry.sequence));
  if (known !== undefined) return isDeepStrictEqual(known.change, change) ? 'done' : 'conflict';
  if (!isNextRequest(books, change)) return 'conflict';
  putRequest(books, change, change);
  books.onEntry(entry);
  return 'done';
}

function isNextRequest(books: Books, { request, entry }: RequestChange): boolean {
  return (
    books.requests.isNext(request.version, request.id) &&
    books.requestJournal.get(entry.subject, String(entry.sequence)) === undefined
  );
}

function putRequest(
  books: Books,
  { request, entry }: RequestChange,
  change: Kept<unknown>['change'],
) {
  books.requests.put(request, request.id);
  books.requestJournal.put({ entry, change }, entry.subject, String(entry.sequence));
}

function isClaimFree(books: Books, payment: Payment): boolean {
  const code = claimMadeBy(payment);
  return code === undefined || books.claims.get(code) === undefined;
}

/** The claim code that this version of a payment brings into the world. */
function claimMadeBy(payment: Payment): string | undefined {
  const isNew = payment.version === 1 && payment.payee.kind === 'claim';
  return isNew && payment.payee.kind === 'claim' ? payment.payee.claimCode : undefined;
}
