// What the bookkeeper reads from: our own tables, and the provider's books.
import type { Book } from './book.ts';
import type { ShopId } from '../shops/shop.ts';
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

/** A shop that has taken our access to its account away: what moved there is not ours to read any more. */
export interface Closed {
  readonly closed: ShopId;
}

export interface ProviderLedger {
  /** Every movement that was booked in the period, on the platform's account and on those of shops that let us read. */
  movements(period: Period): AsyncIterable<Movement | Closed>;
}
