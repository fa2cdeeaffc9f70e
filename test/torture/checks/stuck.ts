// Stuck: neither at an end nor with a person who knows why, or waiting in a queue that nobody empties.
import type { Book, ReadableBook } from '../../../lambdas/domain/books/book.ts';
import { isFinal } from '../../../lambdas/domain/payments/payment.ts';
import type { Evidence } from '../evidence.ts';
import type { Wrong } from './wrong.ts';

export function findStuck({ books, queues, webhooks }: Evidence): Wrong[] {
  const waiting = queues.filter(
    ({ name, visible, inFlight, delayed }) =>
      !/dead/iu.test(name) && visible + inFlight + delayed > 0,
  );
  return [
    ...books.flatMap(stuckBook),
    ...waiting.map(({ name, ...counts }) => stuck(name, JSON.stringify(counts))),
    ...(webhooks > 0 ? [stuck('webhooks', `${webhooks} never arrived`)] : []),
  ];
}

const stuck = (subject: string, what: string): Wrong => ({ kind: 'stuck', subject, what });

function stuckBook(book: Book): Wrong[] {
  if (book.of === 'unreadable' || book.subject === undefined) return [];
  const { id, state, dueAtMs } = book.subject;
  if (!isOver(book)) return [stuck(id, `still ${state}`)];
  if (dueAtMs !== undefined) return [stuck(id, `${state}, and still due`)];
  const needsReason = state === 'review' || state === 'conflicted';
  if (needsReason && reasonOf(book) === undefined) return [stuck(id, `${state} for no reason`)];
  return [];
}

function reasonOf(book: ReadableBook): string | undefined {
  return book.of === 'request' ? undefined : book.subject?.reason;
}

function isOver(book: ReadableBook): boolean {
  if (book.subject === undefined) return false;
  switch (book.of) {
    case 'payment':
      return isFinal(book.subject.state);
    case 'request':
      return ['paid', 'declined', 'cancelled', 'expired'].includes(book.subject.state);
    case 'order': {
      const { state, refunds } = book.subject;
      const isOpen = ['draft', 'awaiting_payment', 'needs_action'].includes(state);
      return !isOpen && refunds.every((each) => each.state === 'done' || each.state === 'failed');
    }
  }
}
