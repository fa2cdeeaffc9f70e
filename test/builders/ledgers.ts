// Books and provider's ledgers as tests lay them out.
import type { Book } from '../../lambdas/domain/books/book.ts';
import type { Movement } from '../../lambdas/domain/books/movement.ts';
import type { BookShelf, ProviderLedger } from '../../lambdas/domain/books/ports.ts';
import { money } from '../../lambdas/domain/money/money.ts';
import type { Payment } from '../../lambdas/domain/payments/payment.ts';
import { wholeLife } from './payments.ts';

export type PaymentBook = Extract<Book, { of: 'payment' }>;

export function shelfOf(...books: readonly Book[]): BookShelf {
  return {
    async *books() {
      yield* books;
    },
  };
}

/** Answers, as a provider does, only what was booked in the period that it is asked for. */
export function ledgerOf(...movements: readonly Movement[]): ProviderLedger {
  return {
    async *movements({ fromMs, toMs }) {
      yield* movements.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
    },
  };
}

/** A payment's whole life, until its recipient was paid. */
export function aPaidBook(changes: Partial<Payment> = {}): PaymentBook {
  const life = wholeLife(changes);
  const subject = life.at(-1)?.payment;
  if (subject === undefined) throw new Error('a life has steps');
  return { of: 'payment', id: subject.id, subject, journal: life.map(({ entry }) => entry) };
}

/** What a provider books for it: the card charged, the recipient paid. */
export function movedFor({ id, journal, subject }: PaymentBook): Movement[] {
  const amount = subject?.amount ?? money(0, 'USD');
  const at = (step: string) => journal.find((entry) => entry.step === step)?.atMs ?? 0;
  return [
    {
      id: `ch_${id}`,
      direction: 'in',
      amount,
      atMs: at('charged') - 300,
      subject: id,
      account: 'platform',
    },
    {
      id: `tr_${id}`,
      direction: 'out',
      amount,
      atMs: at('paid_out') - 300,
      subject: id,
      account: 'platform',
    },
  ];
}
