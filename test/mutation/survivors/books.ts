// Of the books: the mutants that live on, and why.
import type { Survivor } from './survivor.ts';

const books = 'domain/books';
const nothingIsSkipped = 'What is nothing is left out, whichever way it would be called.';

export const booksSurvivors: readonly Survivor[] = [
  {
    file: `${books}/audit-book.ts`,
    was: "'all'",
    why: 'Any word does that is the same for all postings of an entry.',
  },
  {
    file: `${books}/book.ts`,
    was: '[]',
    why: 'An account of another name is in no journal, so nothing is left in it.',
  },
  { file: `${books}/movement.ts`, was: 'amount.minor > 0', why: nothingIsSkipped },
  {
    file: `${books}/reconcile.ts`,
    was: 'one.subject < other.subject',
    becomes: 'one.subject <= other.subject',
    why: 'Of one subject at one moment, either may be told first.',
  },
  {
    file: `${books}/report.ts`,
    was: "'en-US'",
    why: 'A locale that is none is read as this one.',
  },
];
