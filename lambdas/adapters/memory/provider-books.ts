// The twin's own books: what it holds, what it remembers of each key, and every movement of money it made.
import type { Money } from '../../domain/money/money.ts';
import type { PaymentId } from '../../domain/payments/payment.ts';
import type { ChargeAnswer, DisputeStatus, ProviderEvent } from '../../domain/payments/ports.ts';
import type { Instrument, PersonId } from '../../domain/people/person.ts';
import type { Clock } from '../../domain/ports.ts';
import type { MemoryCard } from './provider-cards.ts';

export interface MemoryIntent {
  readonly id: string;
  readonly paymentId: PaymentId;
  readonly customerId: string;
  readonly total: Money;
  readonly card: MemoryCard;
  /** What it comes to now. */
  answer: ChargeAnswer;
}

interface MemoryTransfer {
  readonly id: string;
  readonly paymentId: PaymentId;
  readonly attempt: number;
  readonly accountId: string;
  readonly chargeId: string;
  readonly amount: Money;
  reversalId?: string;
}

export interface MemoryRefund {
  readonly id: string;
  readonly paymentId: PaymentId;
  readonly chargeId: string;
  readonly amount: Money;
  status: 'done' | 'pending' | 'failed';
}

interface MemoryDispute {
  readonly id: string;
  readonly paymentId: PaymentId;
  readonly chargeId: string;
  readonly amount: Money;
  status: DisputeStatus;
}

interface MemoryAccount {
  readonly personId: PersonId;
  status: 'started' | 'ready' | 'restricted';
  /** The recipient has taken the money out: nothing can be reversed. */
  isEmptied: boolean;
}

interface MemorySetup {
  readonly personId: PersonId;
  readonly customerId: string;
  readonly returnUrl: string;
  saved?: Instrument;
}

/** Money that really moved at the provider, as it happened. */
export interface Movement {
  readonly kind:
    | 'charge'
    | 'payout'
    | 'refund'
    | 'refund_failed'
    | 'reversal'
    | 'dispute'
    | 'dispute_won';
  readonly paymentId: PaymentId;
  readonly amount: Money;
}

export interface Books {
  readonly clock: Clock;
  readonly customers: Map<string, PersonId>;
  readonly cards: Map<string, { readonly customerId: string; readonly card: MemoryCard }>;
  readonly setups: Map<string, MemorySetup>;
  readonly intents: Map<string, MemoryIntent>;
  readonly transfers: Map<string, MemoryTransfer>;
  readonly refunds: Map<string, MemoryRefund>;
  readonly disputes: Map<string, MemoryDispute>;
  readonly accounts: Map<string, MemoryAccount>;
  readonly movements: Movement[];
  /** What it would have sent a webhook about, oldest first. */
  readonly events: ProviderEvent[];
  newId(prefix: string): string;
}

/** Stripe may forget a key after a day: so does the twin, that nobody relies on more. */
const KEY_LIFE_MS = 24 * 60 * 60 * 1000;

export function openBooks(clock: Clock): Books {
  let made = 0;
  return {
    clock,
    customers: new Map(),
    cards: new Map(),
    setups: new Map(),
    intents: new Map(),
    transfers: new Map(),
    refunds: new Map(),
    disputes: new Map(),
    accounts: new Map(),
    movements: [],
    events: [],
    newId(prefix) {
      made += 1;
      return `${prefix}_${made}`;
    },
  };
}

/** Does a thing once a key, and repeats its first answer; the same key with another request is the caller's bug. */
export type Once<Request, Answer> = (key: string, request: Request, act: () => Answer) => Answer;

export function createOnce<Request, Answer>(clock: Clock): Once<Request, Answer> {
  const answers = new Map<string, { fingerprint: string; answer: Answer; atMs: number }>();
  return (key, request, act) => {
    const fingerprint = JSON.stringify(request);
    const known = answers.get(key);
    if (known === undefined || clock.now() - known.atMs >= KEY_LIFE_MS) {
      const answer = act();
      answers.set(key, { fingerprint, answer, atMs: clock.now() });
      return answer;
    }
    if (known.fingerprint !== fingerprint) {
      throw new Error(`The key ${key} was used again with other parameters`);
    }
    return known.answer;
  };
}
