// How things end, and who must read so: one bubble for each, under the outbox id that its journal entry gives it.
import type { Book } from '../../lambdas/domain/books/book.ts';
import { payeeId } from '../../lambdas/domain/payments/payment.ts';

export interface News {
  readonly subject: string;
  readonly step: string;
  readonly outboxId: string;
}

const hearers: Readonly<
  Record<Exclude<Book['of'], 'unreadable'>, Readonly<Record<string, string>>>
> = {
  payment: {
    draft_expired: 'payer',
    charge_declined: 'payer',
    charged: 'payer',
    paid_out: 'payer payee',
    refused: 'payer',
    claim_expired: 'payer',
    undone: 'payee',
    refunded: 'payer',
    sent_to_review: 'payer',
  },
  request: { asked: 'payer', fulfilled: 'asker', declined: 'asker', expired: 'asker' },
  order: {
    draft_expired: 'buyer',
    order_cancelled: 'buyer',
    order_expired: 'buyer',
    payment_declined: 'buyer',
    paid: 'buyer',
    paid_late: 'buyer',
    ready: 'buyer',
    fulfilled: 'buyer',
    refunded: 'buyer',
    refund_failed: 'buyer',
  },
};

/** Of everything that came to an end. */
export function finalNews(books: readonly Book[]): News[] {
  return books.flatMap((book) => {
    if (book.of === 'unreadable') return [];
    const people = peopleOf(book);
    return book.journal.flatMap(({ subject, sequence, step }) =>
      (hearers[book.of][step] ?? '').split(' ').flatMap((role) => {
        const person = people[role];
        if (person === undefined) return [];
        return [{ subject, step, outboxId: `${subject}:${sequence}:${person}:1` }];
      }),
    );
  });
}

function peopleOf(
  book: Exclude<Book, { of: 'unreadable' }>,
): Readonly<Record<string, string | undefined>> {
  if (book.subject === undefined) return {};
  switch (book.of) {
    case 'payment':
      return { payer: book.subject.payerId, payee: payeeId(book.subject) };
    case 'request':
      return { payer: book.subject.payerId, asker: book.subject.askerId };
    case 'order':
      return { buyer: book.subject.buyerId };
  }
}
