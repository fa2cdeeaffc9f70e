// Lost: money that only one of the books knows, an entry that does not hold, goods that are nowhere, words that nobody answered.
import type { Book } from '../../../lambdas/domain/books/book.ts';
import type { Evidence } from '../evidence.ts';
import type { Wrong } from './wrong.ts';

export function findLost(evidence: Evidence, stockBefore: ReadonlyMap<string, number>): Wrong[] {
  const { differences, breaks } = evidence.found;
  return [
    ...differences.map(({ subject, kind, direction }) => lost(subject, `${kind} (${direction})`)),
    ...breaks.map(({ subject, kind, found }) => lost(subject, `${kind}: ${found}`)),
    ...lostGoods(evidence, stockBefore),
    ...lostWords(evidence),
  ];
}

const lost = (subject: string, what: string): Wrong => ({ kind: 'lost', subject, what });

/** What is on the shelf and what was sold are together what there was. */
function lostGoods({ books, stock }: Evidence, before: ReadonlyMap<string, number>): Wrong[] {
  const taken = new Map<string, number>();
  for (const book of books)
    for (const [product, quantity] of takenBy(book))
      taken.set(product, (taken.get(product) ?? 0) + quantity);
  return [...before].flatMap(([product, level]) => {
    const left = stock.get(product) ?? 0;
    const sold = taken.get(product) ?? 0;
    if (left + sold === level) return [];
    return [lost(product, `${level} there were, ${sold} are sold, and ${left} are left`)];
  });
}

const putBack: ReadonlySet<string> = new Set([
  'payment_declined',
  'order_cancelled',
  'order_expired',
  'cancelled_by_shop',
]);

function takenBy(book: Book): [product: string, quantity: number][] {
  if (book.of !== 'order' || book.subject === undefined) return [];
  const times = book.journal.reduce((sum, { step }) => {
    if (step === 'checkout_started') return sum + 1;
    return putBack.has(step) ? sum - 1 : sum;
  }, 0);
  return book.subject.wish.lines.map(({ productId, quantity }) => [productId, quantity * times]);
}

/** Whatever people write is answered under its own id; Joe is served by his console. */
function lostWords({ bubbles }: Evidence): Wrong[] {
  const answered = new Set(bubbles.map(({ outboxId }) => outboxId));
  const written = bubbles.filter(({ from, words }) => from === 'person' && isWish.test(words));
  return written
    .filter(({ mid }) => !answered.has(`${mid}:1`))
    .map(({ inThreadOf, words }) => lost(words, `${inThreadOf} wrote it and got no answer`));
}

const isWish = /^(?:send|ask|order|checkout)\b/u;
