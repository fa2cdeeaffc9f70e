// Money as it crosses our border: what the journal says of it, and what the provider booked.
import type { Account } from '../journal/entry.ts';
import { type Money, negate } from '../money/money.ts';
import type { ShopId } from '../shops/shop.ts';
import type { AnyStep, ReadableBook } from './book.ts';

/** `in` from a card, `back` to it (a refund, or a bank that takes it), `out` to a recipient, `returned` from them. */
export const directions = ['in', 'back', 'out', 'returned'] as const;
export type Direction = (typeof directions)[number];

/** One movement in the provider's books. */
export interface Movement {
  /** The provider's own id of it. */
  readonly id: string;
  readonly direction: Direction;
  /** Always positive, in the currency that was asked for. */
  readonly amount: Money;
  readonly atMs: number;
  /** `pay_…` or `ord_…` as we marked it; missing where something else than Tender made it. */
  readonly subject?: string;
  /** Whose account: the platform's own, or a shop's. */
  readonly account: 'platform' | ShopId;
}

/** A movement that a journal entry says happened. */
export interface Written {
  readonly subject: string;
  readonly direction: Direction;
  readonly amount: Money;
  readonly atMs: number;
  readonly sequence: number;
  readonly step: string;
}

/** What a book says crossed our border, in the order of its journal. */
export function writtenIn(book: ReadableBook): Written[] {
  return book.journal.flatMap((entry) => writtenBy(entry));
}

function writtenBy({ subject, sequence, step, atMs, postings }: AnyStep): Written[] {
  return postings.flatMap(({ account, amount }): Written[] => {
    const direction = directionOf(account, amount.minor > 0);
    if (direction === undefined || amount.minor === 0) return [];
    const moved = amount.minor > 0 ? amount : negate(amount);
    return [{ subject, direction, amount: moved, atMs, sequence, step }];
  });
}

function directionOf(account: Account, hasMore: boolean): Direction | undefined {
  if (account.startsWith('payer:') || account.startsWith('buyer:')) return hasMore ? 'back' : 'in';
  if (account.startsWith('payee:')) return hasMore ? 'out' : 'returned';
  return undefined;
}
