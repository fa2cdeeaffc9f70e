// What the bookkeeper reads from: our own tables, and the provider's books.
import type { Book } from './book.ts';
import type { Movement } from './movement.ts';

/** From `fromMs` on, before `toMs`. */
export interface Period {
  readonly fromMs: number;
  readonly toMs: number;
}

/** All books that there are, in no particular order. Reads the whole table: for the bookkeeper alone. */
export interface BookShelf {
  books(): AsyncIterable<Book>;
}

export interface ProviderLedger {
  /** Every movement that was booked in the period, on the platform's account and on those of shops. */
  movements(period: Period): AsyncIterable<Movement>;
}
