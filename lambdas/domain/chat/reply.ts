// What Tender can say in a thread, before any vendor's limits: the adapter cuts to those.
import type { Money } from '../money/money.ts';

export type Button =
  /** Opens a page; the title says that one leaves the chat where that is so. */
  | { readonly kind: 'link'; readonly title: string; readonly url: string }
  | { readonly kind: 'action'; readonly title: string; readonly payload: string };

export interface QuickReply {
  readonly title: string;
  readonly payload: string;
}

export interface Card {
  readonly title: string;
  readonly subtitle?: string;
  /** https. */
  readonly imageUrl?: string;
  readonly buttons: readonly Button[];
}

export interface Receipt {
  readonly recipientName: string;
  /** Unique for ever on its Page: a payment's id and whose receipt it is, or an order's number. */
  readonly orderNumber: string;
  readonly paymentMethod: string;
  readonly atMs: number;
  readonly lines: readonly ReceiptLine[];
  readonly merchantName?: string;
  readonly address?: ReceiptAddress;
  /** total = subtotal + shipping + tax - all discounts. */
  readonly subtotal?: Money;
  readonly shipping?: Money;
  readonly tax?: Money;
  readonly discounts?: readonly { readonly name: string; readonly amount: Money }[];
  readonly total: Money;
}

export interface ReceiptLine {
  readonly title: string;
  readonly subtitle?: string;
  readonly quantity?: number;
  /** Of all of them together. */
  readonly price: Money;
  readonly imageUrl?: string;
}

export interface ReceiptAddress {
  readonly street1: string;
  readonly street2?: string;
  readonly city: string;
  readonly postalCode: string;
  readonly state?: string;
  /** ISO 3166 alpha-2. */
  readonly country: string;
}

/** The same words as a pre-approved utility template, for when the 24-hour window is closed. */
export interface UtilityTemplate {
  readonly name: UtilityTemplateName;
  readonly parameters: readonly string[];
}

export type UtilityTemplateName =
  | 'payment_update'
  | 'payment_waiting'
  | 'request_update'
  | 'order_update';

export type ReplyContent =
  | { readonly kind: 'text'; readonly text: string; readonly quickReplies?: readonly QuickReply[] }
  | { readonly kind: 'buttons'; readonly text: string; readonly buttons: readonly Button[] }
  | { readonly kind: 'cards'; readonly cards: readonly Card[] }
  | { readonly kind: 'receipt'; readonly receipt: Receipt };

/** One bubble. Without `utility` it can be said only while the window is open. */
export type Reply = ReplyContent & {
  readonly utility?: UtilityTemplate;
  /** Once it is said, the people of the Page have the thread. */
  readonly handsOver?: true;
  /** Before it is said, the thread is taken back from the people of the Page, where that is ours to do. */
  readonly takesBack?: true;
  /** Said instead of a text that takes back, where the people of the Page keep the thread as well. */
  readonly ifShared?: string;
};

export function say(text: string, quickReplies: readonly QuickReply[] = []): Reply {
  return quickReplies.length === 0 ? { kind: 'text', text } : { kind: 'text', text, quickReplies };
}
