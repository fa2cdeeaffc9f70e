// What the domain needs of the orders' books and of the company that moves the shops' money.
import type { JournalEntry } from '../journal/entry.ts';
import type { Money } from '../money/money.ts';
import type { ChargeAnswer, Found, RefundAnswer, SetupAnswer } from '../payments/ports.ts';
import type { Instrument, PersonId } from '../people/person.ts';
import type { Page, PageOf } from '../shops/ports.ts';
import type { ProductId } from '../shops/product.ts';
import type { CardBrand, Shop, ShopId } from '../shops/shop.ts';
import type { EvidenceFiles, EvidenceFileType, EvidenceKind } from './evidence-file.ts';
import type { Bill, Order, OrderDisputeState, OrderId, OrderState, RefundReason } from './order.ts';
import type { OrderStep } from './order-steps.ts';

export type OrderEntry = JournalEntry<OrderId, OrderStep, OrderState>;

/** One step of an order: everything in it is written together or not at all. */
export interface OrderChange {
  readonly order: Order;
  readonly entry: OrderEntry;
  /** What is taken from the shelf (negative) or put back; refused when a counted product has less. */
  readonly stock?: readonly { readonly productId: ProductId; readonly delta: number }[];
}

/** `sold_out` names what there is too little of; nothing is written then, nor on the others. */
export type OrderCommitted =
  | { readonly kind: 'done' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'number_taken' }
  | { readonly kind: 'sold_out'; readonly productIds: readonly ProductId[] };

export interface OrderStore {
  get(id: OrderId): Promise<Order | undefined>;
  commit(change: OrderChange): Promise<OrderCommitted>;
  byNumber(shopId: ShopId, number: string): Promise<Order | undefined>;
  /** Newest first: all that were ever checked out, or those in one state. Drafts are their buyer's own affair. */
  ofShop(shopId: ShopId, page: PageOf & { readonly state?: OrderState }): Promise<Page<Order>>;
  /** The bills that it sent, newest first, whatever became of them. */
  billsOf(shopId: ShopId, page: PageOf): Promise<Page<Order>>;
  /** Of one buyer at one shop, newest first. */
  ofBuyer(shopId: ShopId, buyerId: PersonId, limit: number): Promise<Order[]>;
  /** By the provider's ids, for events that carry no mark of ours. */
  byIntent(intentId: string): Promise<Order | undefined>;
  journalOf(id: OrderId): Promise<OrderEntry[]>;
}

/** A buyer's card kept at one shop's account: customers of one account are not another's. */
export interface SavedCard {
  readonly shopId: ShopId;
  readonly buyerId: PersonId;
  readonly customerId: string;
  readonly instrument: Instrument;
  /** When the order was made with which it was kept: it was typed in after that. */
  readonly orderMadeAtMs?: number;
}

export interface SavedCardStore {
  of(shopId: ShopId, buyerId: PersonId): Promise<SavedCard | undefined>;
  save(card: SavedCard): Promise<void>;
  forget(shopId: ShopId, buyerId: PersonId): Promise<void>;
}

/** What became of Checkout's page. `paid` tells what was really taken. */
export type CheckoutAnswer =
  | { readonly kind: 'open' }
  /** Finished by the buyer; the bank says later whether it works. */
  | { readonly kind: 'pending'; readonly intentId: string }
  | ({ readonly kind: 'paid' } & PaidBy)
  /** Nothing was taken, and nothing will be. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'unknown'; readonly why: string };

export interface PaidBy {
  readonly intentId: string;
  readonly chargeId: string;
  readonly total: Money;
  readonly card?: { readonly brand: string; readonly last4: string };
  /** There when the buyer ticked that the card be kept. */
  readonly saved?: { readonly customerId: string; readonly instrument: Instrument };
  /** As typed on Checkout's page. */
  readonly payer?: { readonly name?: string; readonly email?: string };
}

export interface CheckoutRequest {
  readonly orderId: OrderId;
  readonly number: string;
  readonly attempt: number;
  readonly accountId: string;
  readonly shopName: string;
  readonly bill: Bill;
  /** The operator's, out of the total. */
  readonly fee: Money;
  readonly acceptedBrands: readonly CardBrand[];
  readonly customerId?: string;
  readonly buyerId: PersonId;
  /** Nobody whom we know: no card is kept, for nobody could find it again. */
  readonly isForAnybody?: true;
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly expiresAtMs: number;
}

export interface SavedCardCharge {
  readonly orderId: OrderId;
  readonly number: string;
  readonly attempt: number;
  readonly accountId: string;
  readonly total: Money;
  readonly fee: Money;
  readonly customerId: string;
  readonly instrumentId: string;
  readonly returnUrl: string;
}

export interface OrderRefundRequest {
  readonly orderId: OrderId;
  /** Our own id of it: makes the key. */
  readonly refundId: string;
  readonly accountId: string;
  readonly intentId: string;
  readonly amount: Money;
  readonly reason: RefundReason;
}

export interface FoundCheckout {
  readonly orderId?: OrderId;
  readonly answer: CheckoutAnswer;
}
export interface FoundOrderCharge {
  readonly orderId?: OrderId;
  readonly answer: ChargeAnswer;
  readonly total: Money;
  readonly card?: { readonly brand: string; readonly last4: string };
}
export interface FoundOrderRefund {
  readonly orderId?: OrderId;
  /** Our own id of it, as we wrote it there; undefined for one made on the provider's dashboard. */
  readonly refundId?: string;
  readonly intentId?: string;
  readonly amount: Money;
  readonly answer: RefundAnswer;
}
export interface FoundOrderDispute {
  readonly intentId: string;
  readonly amount: Money;
  readonly fee: Money;
  readonly reason: string;
  readonly state: OrderDisputeState;
  readonly respondBeforeMs?: number;
}
export interface FoundMerchant {
  readonly shopId?: ShopId;
  readonly status: 'started' | 'active' | 'restricted' | 'left';
  readonly missing: readonly string[];
}

/** One try with a saved card, of which no id of the provider's ever came. */
export type LostCharge = Pick<SavedCardCharge, 'accountId' | 'customerId' | 'orderId' | 'attempt'>;

/** Reads the truth on a shop's account. Never changes anything at the provider. */
export interface ShopLookUp {
  checkout(accountId: string, sessionId: string): Promise<Found<FoundCheckout>>;
  charge(accountId: string, intentId: string): Promise<Found<FoundOrderCharge>>;
  refund(accountId: string, refundId: string): Promise<Found<FoundOrderRefund>>;
  dispute(accountId: string, disputeId: string): Promise<Found<FoundOrderDispute>>;
  /** By our own mark, among the customer's charges; `not_found` is sure once nobody asks for it any more. */
  lostCharge(lost: LostCharge): Promise<Found<FoundOrderCharge>>;
  /** By our own mark, among the refunds of its charge. */
  lostRefund(
    lost: Pick<OrderRefundRequest, 'accountId' | 'intentId' | 'refundId'>,
  ): Promise<Found<FoundOrderRefund>>;
  merchant(accountId: string): Promise<Found<FoundMerchant>>;
}

/**
 * The provider as shops use it: every charge is made on the shop's own account, with the operator's fee taken out of it.
 * Keys are derived (`ord_x:checkout:1`, `ord_x:charge:1`, `rfd_x:refund`), so calling again is asking, not doing.
 */
export interface ShopProvider {
  /** Opens (once) the account where a shop is paid, and a fresh page to finish it. */
  onboardMerchant(request: {
    readonly shop: Pick<Shop, 'id' | 'name' | 'country'>;
    readonly accountId?: string;
    readonly returnUrl: string;
    readonly refreshUrl: string;
  }): Promise<SetupAnswer<{ readonly url: string; readonly accountId: string }>>;
  openCheckout(
    request: CheckoutRequest,
  ): Promise<SetupAnswer<{ readonly url: string; readonly sessionId: string }>>;
  /** Closes Checkout's page for good. The answer is the truth: it may have been paid meanwhile. */
  closeCheckout(accountId: string, sessionId: string): Promise<CheckoutAnswer>;
  chargeSavedCard(request: SavedCardCharge): Promise<ChargeAnswer>;
  abandonCharge(accountId: string, intentId: string): Promise<ChargeAnswer>;
  refund(request: OrderRefundRequest): Promise<RefundAnswer>;
  /** Lays a file ready on the shop's account; the bank gets it with what is sent. The same bytes for the same place are one file. */
  uploadEvidence(request: {
    readonly accountId: string;
    readonly disputeId: string;
    readonly kind: EvidenceKind;
    readonly type: EvidenceFileType;
    readonly bytes: Uint8Array;
  }): Promise<SetupAnswer<{ readonly fileId: string }>>;
  /** What the shop answers to a dispute; once sent, it cannot be changed. */
  sendEvidence(request: {
    readonly accountId: string;
    readonly disputeId: string;
    readonly text: string;
    readonly files?: EvidenceFiles;
  }): Promise<SetupAnswer<object>>;
  readonly lookUp: ShopLookUp;
}

/** What of an order is told to the merchant's system. */
export type AskedOrder = Pick<Order, 'id' | 'version' | 'number' | 'attempt' | 'wish' | 'bill'>;

/**
 * The merchant's last word just before a charge: stock, price, opening hours as their own system knows them.
 * A signed call to their endpoint; ten seconds, no redirects, and no answer is a no.
 */
export interface LastWord {
  ask(request: {
    readonly shop: Shop;
    readonly order: AskedOrder;
    /** Nobody buys: the owner tries it. */
    readonly isTest?: true;
  }): Promise<
    | { readonly kind: 'go' }
    | { readonly kind: 'no'; readonly why: string }
    | { readonly kind: 'silent' }
  >;
}
