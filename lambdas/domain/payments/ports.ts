// What the domain needs of the payments' books and of the company that really moves money.
import type { JournalEntry } from '../journal/entry.ts';
import type { Money } from '../money/money.ts';
import type { ShopEvent } from '../orders/shop-event.ts';
import type { Instrument, PersonId } from '../people/person.ts';
import type { RequestChange } from '../requests/money-request.ts';
import type { DeclineReason } from './decline-reason.ts';
import type { Payment, PaymentId, PaymentState } from './payment.ts';
import type { PaymentStep } from './payment-steps.ts';
import type { Spending } from './spending.ts';

export type PaymentEntry = JournalEntry<PaymentId, PaymentStep, PaymentState>;

/** One step of money: everything in it is written together or not at all. */
export interface PaymentChange {
  readonly payment: Payment;
  readonly entry: PaymentEntry;
  /** The payer's running totals, where this step changes them. */
  readonly spending?: Spending;
  /** The request that this payment answers, where this step changes it. */
  readonly request?: RequestChange;
}

export interface PaymentStore {
  get(id: PaymentId): Promise<Payment | undefined>;
  /** `conflict` when anything in it moved since it was read; nothing is written then. */
  commit(change: PaymentChange): Promise<'done' | 'conflict'>;
  spendingOf(personId: PersonId): Promise<Spending | undefined>;
  /** Newest first, sent and received; `before` is the createdAt cursor of the last page. */
  ofPerson(personId: PersonId, page: { limit: number; beforeMs?: number }): Promise<Payment[]>;
  /** Held for this person, oldest first. */
  heldFor(personId: PersonId, limit: number): Promise<Payment[]>;
  byClaimCode(claimCode: string): Promise<Payment | undefined>;
  journalOf(id: PaymentId): Promise<PaymentEntry[]>;
}

/** What is due: found through an index whose shards no hot key can block. */
export interface DueIndex {
  /** At most `limit` ids of one shard whose due date is not after `nowMs`, from this end of them on. */
  dueBefore(
    shard: number,
    nowMs: number,
    from: { readonly end: 'earliest' | 'latest'; readonly limit: number },
  ): Promise<string[]>;
  readonly shards: number;
}

/** Wakes a subject (pay_… or req_…) at its due date, or as soon after as the platform can. */
export interface DueQueue {
  wake(subject: string, inSeconds: number): Promise<void>;
}

/** Every answer of a provider, in our words. `unknown`: we asked and do not know what happened. */
export type ChargeAnswer =
  | { readonly kind: 'done'; readonly intentId: string; readonly chargeId: string }
  | { readonly kind: 'declined'; readonly reason: DeclineReason; readonly intentId?: string }
  | { readonly kind: 'needs_action'; readonly intentId: string; readonly url: string }
  /** The provider works on it and will say; ask again. */
  | { readonly kind: 'pending'; readonly intentId: string }
  | { readonly kind: 'unknown'; readonly why: string };

export type PayOutAnswer =
  | { readonly kind: 'done'; readonly payOutId: string }
  /** The recipient's account cannot take it now. */
  | { readonly kind: 'recipient_not_ready' }
  | { readonly kind: 'declined'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

export type RefundAnswer =
  | { readonly kind: 'done'; readonly refundId: string }
  | { readonly kind: 'pending'; readonly refundId: string }
  | { readonly kind: 'declined'; readonly why: string; readonly refundId?: string }
  | { readonly kind: 'unknown'; readonly why: string };

export type ReversalAnswer =
  | { readonly kind: 'done'; readonly reversalId: string }
  | { readonly kind: 'declined'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** Opening something at the provider that has no money in it. */
export type SetupAnswer<Made> =
  | ({ readonly kind: 'done' } & Made)
  | { readonly kind: 'declined'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

export interface ChargeRequest {
  readonly paymentId: PaymentId;
  /** Amount and fee together. */
  readonly total: Money;
  readonly customerId: string;
  readonly instrumentId: string;
  /** Where the payer comes back to from 3-D Secure. */
  readonly returnUrl: string;
}

/** One attempt to pay out: the provider pays each once. */
export interface PayOutTry {
  readonly paymentId: PaymentId;
  readonly attempt: number;
}

export interface PayOutRequest extends PayOutTry {
  readonly amount: Money;
  readonly accountId: string;
  readonly chargeId: string;
}

export interface RefundRequest {
  readonly paymentId: PaymentId;
  readonly chargeId: string;
  /** Amount and fee together: a refund leaves nothing with us. */
  readonly total: Money;
}

/** A saved card as the provider tells it, and whose it is. */
export interface SavedInstrument {
  readonly personId: PersonId;
  readonly customerId: string;
  readonly instrument: Instrument;
}

export type DisputeStatus = 'open' | 'won' | 'lost';

/** What a provider's event is about, in our words. The event is a hint: the subject is looked up. */
export type ProviderEvent =
  | { readonly kind: 'charge_changed'; readonly intentId: string }
  | { readonly kind: 'refund_changed'; readonly refundId: string }
  | { readonly kind: 'dispute_changed'; readonly disputeId: string }
  | { readonly kind: 'payout_changed'; readonly payOutId: string }
  | { readonly kind: 'recipient_changed'; readonly accountId: string }
  | { readonly kind: 'instrument_saved'; readonly setupId: string }
  /** On a shop's own account. */
  | { readonly kind: 'shop_event'; readonly accountId: string; readonly about: ShopEvent }
  | { readonly kind: 'not_for_us'; readonly type: string };

/** The object as the provider holds it now, tied to our own id by what we wrote into its metadata. */
export interface FoundCharge {
  readonly paymentId?: PaymentId;
  readonly total: Money;
  readonly answer: ChargeAnswer;
}
export interface FoundRefund {
  readonly paymentId?: PaymentId;
  /** Of which charge; not every provider tells. */
  readonly chargeId?: string;
  readonly answer: RefundAnswer;
}
export interface FoundDispute {
  readonly paymentId?: PaymentId;
  readonly chargeId?: string;
  readonly status: DisputeStatus;
}
export interface FoundRecipient {
  readonly personId?: PersonId;
  readonly status: 'started' | 'ready' | 'restricted';
}

/** `not_found`: the provider is sure there is no such thing. `unknown`: it did not answer. */
export type Found<Thing> =
  | { readonly kind: 'found'; readonly thing: Thing }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'unknown'; readonly why: string };

/** Reads the truth. Never changes anything at the provider. */
export interface ProviderLookUp {
  charge(intentId: string): Promise<Found<FoundCharge>>;
  /** For a charge whose answer never came: by our own id, past the provider's idempotency window too. */
  chargeOf(paymentId: PaymentId, customerId: string): Promise<Found<FoundCharge>>;
  /** For a payout whose answer never came: by our own id and the attempt, though it was taken back since. */
  payOutOf(tried: PayOutTry): Promise<Found<{ payOutId: string }>>;
  payOut(payOutId: string): Promise<Found<{ paymentId?: PaymentId; isReversed: boolean }>>;
  refund(refundId: string): Promise<Found<FoundRefund>>;
  dispute(disputeId: string): Promise<Found<FoundDispute>>;
  recipient(accountId: string): Promise<Found<FoundRecipient>>;
  instrument(setupId: string): Promise<Found<SavedInstrument | 'not_finished'>>;
}

/**
 * The company that really moves money. Each call that could move some carries an idempotency key derived from our id
 * and the step (`pay_x:charge:1`), so calling again with the same request is asking, not doing.
 */
export interface PaymentProvider {
  /** Opens the provider's own page to save a card: no card field is ours. */
  saveInstrument(request: {
    readonly personId: PersonId;
    readonly customerId?: string;
    /** Makes the key: one page a link and try. */
    readonly tryId: string;
    /** `{SETUP_ID}` in it is replaced by the provider with the id to look up. */
    readonly returnUrl: string;
    readonly cancelUrl: string;
  }): Promise<SetupAnswer<{ readonly url: string; readonly customerId: string }>>;
  charge(request: ChargeRequest): Promise<ChargeAnswer>;
  /** Gives up a charge that waits for its payer. The answer is the truth: it may have been done meanwhile. */
  abandonCharge(intentId: string): Promise<ChargeAnswer>;
  payOut(request: PayOutRequest): Promise<PayOutAnswer>;
  refund(request: RefundRequest): Promise<RefundAnswer>;
  reversePayOut(request: {
    readonly paymentId: PaymentId;
    readonly payOutId: string;
    readonly amount: Money;
  }): Promise<ReversalAnswer>;
  /** Opens (once) the account where a person is paid, and a fresh page to finish it. */
  onboardRecipient(request: {
    readonly personId: PersonId;
    readonly accountId?: string;
    readonly country: string;
    readonly returnUrl: string;
    readonly refreshUrl: string;
  }): Promise<SetupAnswer<{ readonly url: string; readonly accountId: string }>>;
  readonly lookUp: ProviderLookUp;
}

/** What an event is about, and nothing else of it: the truth is looked up. */
export interface ProviderEventHint {
  readonly id: string;
  /** The provider's own type, such as `payment_intent.succeeded`. */
  readonly type: string;
  /** The connected account that it happened on; absent for the platform's own. */
  readonly account?: string;
  readonly objectId?: string;
  readonly objectType?: string;
}

/** What happened, as the provider lists it itself, whether it was delivered to us or not. */
export interface ProviderEventLog {
  /**
   * Events of the types that we act on, from `fromMs` on, before `toMs`, newest first, in pages; on the platform's own
   * account where none is named. `not_known`: the provider gave no clear answer, or not any more.
   */
  happened(
    period: { readonly fromMs: number; readonly toMs: number },
    accountId?: string,
  ): AsyncIterable<readonly ProviderEventHint[] | 'not_known'>;
}

export interface ProviderEventsQueue {
  /** Resolves when the hint is on the queue. */
  put(hint: ProviderEventHint): Promise<void>;
}

/** A provider's event kept until it has been dealt with: parked when our own row is not there yet. */
export interface ProviderEventStore {
  /** `seen` when this event was settled before. */
  begin(eventId: string, atMs: number): Promise<'new' | 'unsettled' | 'seen'>;
  settle(eventId: string, how: string): Promise<void>;
  /** Those of them that nobody has settled, in their order; a page of at most 100. */
  unsettled(eventIds: readonly string[]): Promise<string[]>;
}
