// A payment: money from one person to another, its terms frozen when the draft is made.
import type { Money } from '../money/money.ts';
import type { Instrument, PersonId } from '../people/person.ts';
import type { RequestId } from '../requests/request-id.ts';

export type PaymentId = `pay_${string}`;

export type PaymentState =
  | 'draft'
  | 'charging'
  | 'needs_action'
  | 'unknown'
  | 'declined'
  | 'cancelled'
  | 'held'
  | 'paying_out'
  | 'paid'
  | 'refunding'
  | 'refunded'
  | 'refund_failed'
  | 'disputed'
  | 'lost'
  | 'review';

/** Who gets it: someone we know, or whoever opens the claim link first. */
export type Payee =
  | { readonly kind: 'person'; readonly personId: PersonId }
  | { readonly kind: 'claim'; readonly claimCode: string; readonly calledName: string };

/** The frozen terms. */
export interface Terms {
  readonly payerId: PersonId;
  readonly amount: Money;
  /** On top of the amount, paid by the payer. */
  readonly fee: Money;
  readonly note?: string;
  readonly requestId?: RequestId;
  /** The payer had never paid this person when the draft was made. */
  readonly isFirstToPayee: boolean;
}

/** The provider's ids for what it did, as it told us. */
export interface ProviderTrail {
  readonly intentId?: string;
  readonly chargeId?: string;
  readonly payOutId?: string;
  readonly refundId?: string;
  readonly reversalId?: string;
  readonly disputeId?: string;
}

export interface Payment extends Terms {
  readonly id: PaymentId;
  readonly version: number;
  readonly state: PaymentState;
  readonly payee: Payee;
  readonly instrument?: Instrument;
  readonly trail: ProviderTrail;
  /** Counts definite new tries to pay out; part of the idempotency key. Starts at 1. */
  readonly payOutAttempt: number;
  /** How often the provider was asked in this state without a clear answer. */
  readonly asked: number;
  readonly createdAtMs: number;
  readonly confirmedAtMs?: number;
  readonly heldAtMs?: number;
  readonly claimBeforeMs?: number;
  readonly remindedAtMs?: number;
  readonly paidAtMs?: number;
  /** When to look at it again: every waiting state has one. */
  readonly dueAtMs?: number;
  /** A registered word for why it is where it is: a decline reason, why it is in review. */
  readonly reason?: string;
  /** The seal of its last journal entry, which the next one continues. */
  readonly seal?: string;
}

export function payeeId(payment: Pick<Payment, 'payee'>): PersonId | undefined {
  return payment.payee.kind === 'person' ? payment.payee.personId : undefined;
}

/** Whether nothing more will happen to it by itself. */
export function isFinal(state: PaymentState): boolean {
  switch (state) {
    case 'declined':
    case 'cancelled':
    case 'paid':
    case 'refunded':
    case 'lost':
    case 'review':
      return true;
    case 'draft':
    case 'charging':
    case 'needs_action':
    case 'unknown':
    case 'held':
    case 'paying_out':
    case 'refunding':
    case 'refund_failed':
    case 'disputed':
      return false;
  }
}
