// Proves a book by itself: no gap, no illegal step, every entry balanced and sealed over the one before, and the subject as they say.
import { sealOf } from '../journal/seal.ts';
import { add, isZero, type Money } from '../money/money.ts';
import {
  type AnyStep,
  accountsToBeEmpty,
  type Book,
  type ReadableBook,
  wrongEdges,
} from './book.ts';

export type BreakKind =
  | 'unreadable'
  | 'subject_missing'
  | 'journal_missing'
  | 'gap'
  | 'wrong_edge'
  | 'does_not_follow'
  | 'unbalanced'
  | 'seal_missing'
  | 'seal_broken'
  | 'last_seal_differs'
  | 'state_differs'
  | 'version_differs'
  | 'money_left';

/** Where a book is broken: at this entry, or (without a sequence) as a whole. */
export interface Break {
  readonly subject: string;
  readonly kind: BreakKind;
  readonly sequence?: number;
  /** What was found, in figures and registered words alone. */
  readonly found: string;
}

/** Nothing when the book holds. */
export function auditBook(book: Book): Break[] {
  if (book.of === 'unreadable') return [{ subject: book.id, kind: 'unreadable', found: book.why }];
  return [
    ...presence(book),
    ...sequence(book),
    ...edges(book),
    ...balance(book),
    ...seals(book),
    ...agreement(book),
    ...leftovers(book),
  ];
}

function presence({ id, subject, journal }: ReadableBook): Break[] {
  if (subject === undefined)
    return [{ subject: id, kind: 'subject_missing', found: `${journal.length} entries` }];
  if (journal.length === 0)
    return [{ subject: id, kind: 'journal_missing', found: `version ${subject.version}` }];
  return [];
}

function sequence({ id, journal }: ReadableBook): Break[] {
  return journal.flatMap((entry, index): Break[] =>
    entry.sequence === index + 1
      ? []
      : [{ subject: id, kind: 'gap', sequence: entry.sequence, found: `expected ${index + 1}` }],
  );
}

function edges(book: ReadableBook): Break[] {
  const illegal = wrongEdges(book).map((entry) => breakAt(book, entry, 'wrong_edge'));
  const { journal } = book;
  const torn = journal.filter(
    (entry, index) => entry.from !== (journal[index - 1]?.to ?? 'nothing'),
  );
  return [...illegal, ...torn.map((entry) => breakAt(book, entry, 'does_not_follow'))];
}

function breakAt(book: ReadableBook, entry: AnyStep, kind: BreakKind): Break {
  const found = `${entry.step} from ${entry.from} to ${entry.to}`;
  return { subject: book.id, kind, sequence: entry.sequence, found };
}

function balance({ id, journal }: ReadableBook): Break[] {
  return journal.flatMap(({ postings, sequence: at }): Break[] =>
    [...totals(postings.map(({ amount }) => ['all', amount]))]
      .filter(([, sum]) => !isZero(sum))
      .map(([, sum]) => ({ subject: id, kind: 'unbalanced', sequence: at, found: words(sum) })),
  );
}

/** Entries of before there were seals have none; from the first seal on, each continues the one before. */
function seals({ id, subject, journal }: ReadableBook): Break[] {
  const first = journal.findIndex(({ seal }) => seal !== undefined);
  const chain = first === -1 ? [] : journal.slice(first);
  const breaks = chain.flatMap((entry, index): Break[] => {
    const at = { subject: id, sequence: entry.sequence, found: entry.step };
    if (entry.seal === undefined) return [{ ...at, kind: 'seal_missing' }];
    return entry.seal === sealOf(entry, chain[index - 1]?.seal)
      ? []
      : [{ ...at, kind: 'seal_broken' }];
  });
  if (subject === undefined || journal.length === 0 || subject.seal === journal.at(-1)?.seal)
    return breaks;
  const found = 'the subject bears another seal than its last entry';
  return [...breaks, { subject: id, kind: 'last_seal_differs', found }];
}

function agreement({ id, subject, journal }: ReadableBook): Break[] {
  const last = journal.at(-1);
  if (subject === undefined || last === undefined) return [];
  const breaks: Break[] = [];
  if (subject.state !== last.to) {
    const found = `${subject.state}, and its journal says ${last.to}`;
    breaks.push({ subject: id, kind: 'state_differs', found });
  }
  if (subject.version !== last.sequence) {
    const found = `version ${subject.version}, and its journal ends at ${last.sequence}`;
    breaks.push({ subject: id, kind: 'version_differs', found });
  }
  return breaks;
}

function leftovers(book: ReadableBook): Break[] {
  const sums = totals(
    book.journal.flatMap(({ postings }) =>
      postings.map(({ account, amount }): [string, Money] => [account, amount]),
    ),
  );
  return accountsToBeEmpty(book).flatMap((account): Break[] =>
    [...sums]
      .filter(([key, sum]) => key.startsWith(`${account} `) && !isZero(sum))
      .map(([, sum]) => ({
        subject: book.id,
        kind: 'money_left',
        found: `${words(sum)} in ${account}`,
      })),
  );
}

/** By name and currency. */
function totals(amounts: readonly (readonly [name: string, Money])[]): Map<string, Money> {
  const sums = new Map<string, Money>();
  for (const [name, amount] of amounts) {
    const key = `${name} ${amount.currency}`;
    const before = sums.get(key);
    sums.set(key, before === undefined ? amount : add(before, amount));
  }
  return sums;
}

function words({ minor, currency }: Money): string {
  return `${minor} ${currency}`;
}
