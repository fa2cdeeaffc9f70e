// A link: a key to one action of one person, handed out in a button, short-lived, used up by its action.
import type { OrderId } from '../orders/order.ts';
import type { PaymentId } from '../payments/payment.ts';
import type { Address } from '../people/address.ts';
import type { PersonId } from '../people/person.ts';
import type { ShopId } from '../shops/shop.ts';

export type LinkPurpose =
  | { readonly kind: 'pay'; readonly paymentId: PaymentId }
  | { readonly kind: 'payout' }
  | { readonly kind: 'settings' }
  /** The bill of one order: choose how it is handed over, and pay. */
  | { readonly kind: 'order'; readonly orderId: OrderId }
  /** A bill for whoever opens it first: not for one person, and tied to a browser by the order itself. */
  | { readonly kind: 'bill'; readonly orderId: OrderId }
  /** Signs one member of a shop's team in to its console. */
  | { readonly kind: 'console'; readonly shopId: ShopId }
  /** Joins a chat at a shop to an account of the wallet; opened in a thread, not on a page. */
  | {
      readonly kind: 'join';
      readonly shopId: ShopId;
      /** Who tapped Join in the wallet: nobody else can any more. */
      readonly joinerId?: PersonId;
    };

/** What opens on a page of ours. */
export type PagePurpose = Exclude<LinkPurpose, { kind: 'join' }>;

export interface Link {
  /** Of the token: the token itself is nowhere kept. */
  readonly fingerprint: string;
  readonly version: number;
  readonly purpose: LinkPurpose;
  readonly personId: PersonId;
  /** Of a bill for anybody: the shop's Page, and nobody there. */
  readonly address: Address;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** Fingerprint of the cookie of the browser that first acted with it; another browser is refused. */
  readonly boundTo?: string;
  readonly usedAtMs?: number;
}

export interface LinkStore {
  get(fingerprint: string): Promise<Link | undefined>;
  /** Version 1 only where there is none; else over version - 1. */
  save(link: Link): Promise<'saved' | 'conflict'>;
}
