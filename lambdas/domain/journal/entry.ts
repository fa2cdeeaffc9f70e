// One entry of the journal: a step that happened, with the money it moved, balanced.
import { add, isZero, type Money } from '../money/money.ts';

/**
 * Where money can be. `payer:` and `payee:` are outside of us (a card, a payout account); `held:` is what we hold for
 * one payment; `disputed:` is what a payer's bank has taken back; each `held:` and `disputed:` ends at zero.
 */
export type Account =
  | `payer:${string}`
  | `payee:${string}`
  | `held:${string}`
  | `disputed:${string}`
  | 'tender:fees'
  | 'tender:losses'
  /** Of orders: `buyer:` is outside of us, the others are the shop's, on its own account at the provider. */
  | `buyer:${string}`
  | `shop:${string}`
  | `tax:${string}`
  | `tips:${string}`
  | 'provider:dispute_fees';

export interface Posting {
  readonly account: Account;
  /** Positive: the account has more. */
  readonly amount: Money;
}

/** Who made a step happen. */
export type Actor = 'payer' | 'payee' | 'buyer' | 'shop' | 'provider' | 'clock' | 'operator';

export interface JournalEntry<Subject extends string, Step extends string, State extends string> {
  readonly subject: Subject;
  /** The version of the subject that this step made: entries of one subject have no gaps. */
  readonly sequence: number;
  readonly step: Step;
  readonly from: State | 'nothing';
  readonly to: State;
  readonly actor: Actor;
  readonly atMs: number;
  readonly postings: readonly Posting[];
  /** A registered word for why, such as a decline reason. */
  readonly reason?: string;
  /** When the subject is to be looked at again. */
  readonly dueAtMs?: number;
  /** A hash over this entry and the seal of the one before: see seal.ts. */
  readonly seal?: string;
}

/** Throws when the postings of a currency do not sum to zero: an unbalanced step is a bug, never an outcome. */
export function assertBalanced(postings: readonly Posting[]): void {
  const totals = new Map<string, Money>();
  for (const { amount } of postings) {
    const before = totals.get(amount.currency);
    totals.set(amount.currency, before === undefined ? amount : add(before, amount));
  }
  for (const total of totals.values()) {
    if (isZero(total)) continue;
    throw new Error(`Journal postings do not balance: off by ${total.minor} ${total.currency}.`);
  }
}
