// A request: one person asking another for money, and the machine it follows.
import type { JournalEntry } from '../journal/entry.ts';
import type { Money } from '../money/money.ts';
import type { PaymentId } from '../payments/payment.ts';
import type { PersonId } from '../people/person.ts';
import type { RequestId } from './request-id.ts';

export type RequestState = 'open' | 'paying' | 'paid' | 'declined' | 'cancelled' | 'expired';

export interface MoneyRequest {
  readonly id: RequestId;
  readonly version: number;
  readonly state: RequestState;
  readonly askerId: PersonId;
  readonly payerId: PersonId;
  readonly amount: Money;
  readonly note?: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly remindedAtMs?: number;
  /** The payment that answers it; a new one for each acceptance. */
  readonly paymentId?: PaymentId;
  /** How often it was accepted: part of the payment's derived id. */
  readonly acceptances: number;
  readonly dueAtMs?: number;
  /** The seal of its last journal entry, which the next one continues. */
  readonly seal?: string;
}

interface Edge {
  readonly from: readonly (RequestState | 'nothing')[];
  readonly to: RequestState;
}

export const requestSteps = {
  asked: { from: ['nothing'], to: 'open' },
  reminded: { from: ['open'], to: 'open' },
  accepted: { from: ['open'], to: 'paying' },
  reopened: { from: ['paying'], to: 'open' },
  fulfilled: { from: ['paying'], to: 'paid' },
  declined: { from: ['open'], to: 'declined' },
  withdrawn: { from: ['open'], to: 'cancelled' },
  expired: { from: ['open'], to: 'expired' },
} as const satisfies Record<string, Edge>;

export type RequestStep = keyof typeof requestSteps;

export type RequestEntry = JournalEntry<RequestId, RequestStep, RequestState>;

/** A request after one step, with the entry that says so: written together or not at all. */
export interface RequestChange {
  readonly request: MoneyRequest;
  readonly entry: RequestEntry;
}
