// An order: one purchase from one shop, from the bill in the thread to the goods in the buyer's hands.
import type { Money } from '../money/money.ts';
import type { Address } from '../people/address.ts';
import type { PersonId } from '../people/person.ts';
import type { ProductId } from '../shops/product.ts';
import type { ShopId } from '../shops/shop.ts';

export type OrderId = `ord_${string}`;

/** Whether it is shaped like one, as typed text, payloads and addresses carry it; whether it exists, the store knows. */
export function isOrderId(text: string): text is OrderId {
  return /^ord_[\w-]{1,80}$/u.test(text);
}

export type OrderState =
  | 'draft'
  | 'awaiting_payment'
  | 'needs_action'
  | 'paid'
  | 'preparing'
  | 'ready'
  | 'fulfilled'
  | 'cancelled'
  | 'expired'
  /** The provider took another amount or currency than we asked for: held, never fulfilled, the operator is told. */
  | 'conflicted';

/** What somebody wants of a product: choices by name, in the order of the product's options. */
export interface WantedLine {
  readonly productId: ProductId;
  readonly choices: readonly string[];
  readonly quantity: number;
}

/** What a shop wrote onto a bill by hand: nothing of its catalog, and on no shelf. */
export interface CustomLine {
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly isTaxed: boolean;
}

export interface PostalAddress {
  readonly name: string;
  readonly street1: string;
  readonly street2?: string;
  readonly city: string;
  readonly state?: string;
  readonly postalCode: string;
  /** ISO 3166 alpha-2. */
  readonly country: string;
}

export type Handover =
  | { readonly kind: 'pick_up' }
  | { readonly kind: 'shipping'; readonly optionId: string; readonly to: PostalAddress };

/** All that a buyer decides; the shop's prices make a bill of it. */
export interface Wish {
  readonly lines: readonly WantedLine[];
  /** Only on a bill that the shop sends. */
  readonly customLines?: readonly CustomLine[];
  readonly handover: Handover;
  /** One of the shop's percentages, or 0. */
  readonly tipPercent: number;
  readonly promotionCode?: string;
  readonly note?: string;
}

export interface BillLine extends Omit<WantedLine, 'productId'> {
  /** None: a line that the shop wrote by hand. */
  readonly productId?: ProductId;
  readonly name: string;
  readonly unitPrice: Money;
  /** Unit price times quantity. */
  readonly amount: Money;
  readonly isUntaxed?: true;
}

/** total = goods - discount + shipping + tax + tip, to the cent. */
export interface Bill {
  readonly lines: readonly BillLine[];
  readonly goods: Money;
  readonly discount: Money;
  readonly shipping: Money;
  readonly tax: Money;
  readonly tip: Money;
  readonly total: Money;
}

/** The provider's ids for what it did, as it told us; all of them live on the shop's own account. */
export interface OrderTrail {
  readonly accountId?: string;
  /** Checkout's page, while it waits for the buyer. */
  readonly sessionId?: string;
  readonly checkoutUrl?: string;
  readonly intentId?: string;
  readonly chargeId?: string;
  readonly card?: { readonly brand: string; readonly last4: string };
  /** Of the saved card that is charged: the same request under the same key, however often it is asked. */
  readonly customerId?: string;
  readonly instrumentId?: string;
  /** What the provider took, where it is not the bill's total. */
  readonly taken?: Money;
}

export type RefundState = 'asked' | 'pending' | 'done' | 'failed';

export type RefundReason =
  | 'requested_by_customer'
  | 'duplicate'
  | 'fraudulent'
  /** Paid after the order had ended, or twice: it goes straight back. */
  | 'paid_too_late'
  | 'paid_twice'
  | 'cancelled_by_shop';

/** Money going back to the buyer. What is `asked`, `pending` or `done` counts against what can still be given back. */
export interface Refund {
  readonly id: `rfd_${string}`;
  readonly state: RefundState;
  readonly amount: Money;
  /** The operator's fee that goes back to the shop with it, in proportion. */
  readonly feeBack: Money;
  readonly reason: RefundReason;
  /** Which charge it gives back from: the order's, or one that came twice. */
  readonly intentId: string;
  readonly providerRefundId?: string;
  readonly askedAtMs: number;
  readonly asked: number;
}

/** What a buyer asks of the shop: it decides, and the buyer is told in the thread. */
export interface RefundWish {
  readonly state: 'open' | 'answered';
  readonly wishedAtMs: number;
  /** Why, fit to be shown to others. */
  readonly words?: string;
  /** The shop said no, and this. */
  readonly refusal?: string;
}

export type OrderDisputeState = 'needs_response' | 'under_review' | 'won' | 'lost';

/** The buyer's bank has taken money back and asks why. Its state is the provider's, never an event's name. */
export interface OrderDispute {
  readonly id: string;
  readonly state: OrderDisputeState;
  readonly amount: Money;
  /** What the provider charges the shop for it. */
  readonly fee: Money;
  readonly reason: string;
  readonly respondBeforeMs?: number;
  readonly evidenceSentAtMs?: number;
  /** The shop has left us: how it ends, nobody tells us any more. */
  readonly isOutOfSight?: true;
}

export interface Tracking {
  readonly carrier?: string;
  readonly number: string;
  readonly url?: string;
}

/** What a bill that the shop sends has beside other orders. */
export interface SentBill {
  /** Until then it can be paid, however often somebody begins to and does not. */
  readonly endsAtMs: number;
  /** It went out as a link, to nobody in particular: whoever takes it first is its buyer. */
  readonly isByLink: boolean;
  /** The shop's words to whoever pays. The wish has the buyer's to the shop. */
  readonly note?: string;
  /** Fingerprint of the mark of the browser that took it outside Messenger. */
  readonly holder?: string;
  readonly remindedAtMs?: number;
}

export interface Order {
  readonly id: OrderId;
  readonly version: number;
  readonly state: OrderState;
  /** What people read out: unique in its shop, such as `K7M-2QX`. */
  readonly number: string;
  readonly shopId: ShopId;
  /** Of a bill that nobody has taken in Messenger: an id of its own, which is no person's. */
  readonly buyerId: PersonId;
  /** The thread it was made in, where all of it is told. None: nobody can be told; see `isNobodys`. */
  readonly address?: Address;
  readonly buyerName: string;
  readonly wish: Wish;
  readonly bill: Bill;
  /** The operator's, out of the total. */
  readonly fee: Money;
  /** How it is being paid, from checkout on. */
  readonly method?: 'checkout' | 'saved_card';
  /** Counts definite new tries to be paid; part of idempotency keys. Starts at 1. */
  readonly attempt: number;
  readonly trail: OrderTrail;
  /** The buyer or the clock wants it closed; the provider is asked first, for it may be paid. */
  readonly closing?: 'cancel' | 'expire';
  readonly isStockReserved: boolean;
  readonly refunds: readonly Refund[];
  readonly refundWish?: RefundWish;
  readonly dispute?: OrderDispute;
  readonly tracking?: Tracking;
  /** The cart came by itself, or from the shop as a request to pay. */
  readonly source: 'cart' | 'payment_request';
  readonly sent?: SentBill;
  /** As whoever paid without a thread typed it on the provider's page. */
  readonly payerEmail?: string;
  readonly asked: number;
  readonly createdAtMs: number;
  readonly paidAtMs?: number;
  readonly fulfilledAtMs?: number;
  readonly payBeforeMs?: number;
  readonly dueAtMs?: number;
  /** A registered word for why it is where it is. */
  readonly reason?: string;
  /** The seal of its last journal entry, which the next one continues. */
  readonly seal?: string;
}

/** Whether anything is handed over: what a shop charges in its own words alone is neither picked up nor shipped. */
export function hasGoods({ lines }: Pick<Wish, 'lines'>): boolean {
  return lines.length > 0;
}

/** Whether money of the buyer's is with the shop for it. */
export function isPaid(state: OrderState): boolean {
  switch (state) {
    case 'paid':
    case 'preparing':
    case 'ready':
    case 'fulfilled':
    case 'conflicted':
      return true;
    case 'draft':
    case 'awaiting_payment':
    case 'needs_action':
    case 'cancelled':
    case 'expired':
      return false;
  }
}

/** Whether the provider was, or is about to be, asked for the buyer's money. */
export function isBeingPaid({ state }: Pick<Order, 'state'>): boolean {
  return state === 'awaiting_payment' || state === 'needs_action';
}

/** A bill that went out as a link and was not taken in Messenger: paid by a browser, or by nobody yet. */
export function isNobodys({ address }: Pick<Order, 'address'>): boolean {
  return address === undefined;
}
