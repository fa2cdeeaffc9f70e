// Doubled: charged, paid out or given back twice, made twice of one wish, or told twice.
import type { Direction, Movement } from '../../../lambdas/domain/books/movement.ts';
import { finalNews } from '../final-news.ts';
import type { Evidence } from '../evidence.ts';
import type { Wrong } from './wrong.ts';

export function findDoubled(evidence: Evidence): Wrong[] {
  return [...movedTwice(evidence), ...madeTwice(evidence), ...toldTwice(evidence)];
}

const doubled = (subject: string, what: string): Wrong => ({ kind: 'doubled', subject, what });

function movedTwice({ movements }: Evidence): Wrong[] {
  const bySubject = Map.groupBy(movements, ({ subject = 'nobody' }) => subject);
  return [...bySubject].flatMap(([subject, moved]) => {
    const count = (direction: Direction) =>
      moved.filter((each) => each.direction === direction).length;
    const isPayment = subject.startsWith('pay_');
    const found: Wrong[] = [];
    if (count('in') > 1) found.push(doubled(subject, `charged ${count('in')} times`));
    if (count('out') - count('returned') > 1)
      found.push(doubled(subject, `paid out ${count('out')} times`));
    if (isPayment && count('back') > 1)
      found.push(doubled(subject, `given back ${count('back')} times`));
    if (isPayment && count('back') > 0 && count('out') > count('returned'))
      found.push(doubled(subject, 'paid out and given back'));
    if (sum(moved, 'back') > sum(moved, 'in'))
      found.push(doubled(subject, `${sum(moved, 'back')} given back of ${sum(moved, 'in')}`));
    return found;
  });
}

function sum(moved: readonly Movement[], direction: Direction): number {
  return moved
    .filter((each) => each.direction === direction)
    .reduce((minor, { amount }) => minor + amount.minor, 0);
}

/** Each wish bears a note of its own: so many messages, so many drafts at most. */
function madeTwice({ books, bubbles }: Evidence): Wrong[] {
  const isSent = (words: string, note: string) =>
    words.startsWith('send') && words.endsWith(` for ${note}`);
  const drafts = books.flatMap((book) =>
    book.of === 'payment' && book.subject?.requestId === undefined ? [book.subject] : [],
  );
  const byNote = Map.groupBy(drafts, (payment) => payment?.note ?? '');
  return [...byNote].flatMap(([note, made]) => {
    const wished = bubbles.filter(
      ({ from, words }) => from === 'person' && isSent(words, note),
    ).length;
    const [first] = made;
    if (note === '' || note === 'moving in' || made.length <= wished) return [];
    return [doubled(first?.id ?? note, `${made.length} payments of ${wished} messages`)];
  });
}

/** Somebody died between saying and writing it down: it is said again when its echo has not come within this. */
const echoWaitMs = 20_000;

function toldTwice(evidence: Evidence): Wrong[] {
  return retold(evidence)
    .filter(({ afterMs }) => afterMs < echoWaitMs)
    .map(({ subject, step, afterMs }) =>
      doubled(subject, `${step} told again after ${afterMs} ms`),
    );
}

/** What was said again in doubt: words alone, never money. */
export function saidAgain(evidence: Evidence): number {
  return retold(evidence).filter(({ afterMs }) => afterMs >= echoWaitMs).length;
}

function retold({ books, bubbles }: Evidence) {
  const said = Map.groupBy(bubbles, ({ outboxId }) => outboxId);
  return finalNews(books).flatMap(({ outboxId, ...news }) => {
    const [first, ...again] = said.get(outboxId) ?? [];
    if (first === undefined) return [];
    return again.map(({ atMs }, index) => {
      const before = index === 0 ? first.atMs : (again[index - 1]?.atMs ?? 0);
      return { ...news, afterMs: atMs - before };
    });
  });
}
