// A link: a key to one action of one person, handed out in a button, short-lived, used up by its action.
import type { OrderId } from '../orders/order.ts';
import type { PaymentId } from '../payments/payment.ts';
import type { Address } from '../people/address.ts';
import type { PersonId } from '../people/person.ts';
import type { SaveOutcome } from '../people/ports.ts';
import type { ShopId } from '../shops/shop.ts';

export type LinkPurpose =
  | { readonly kind: 'pay'; readonly paymentId: PaymentId }
  | { readonly kind: 'payout' }
  | { readonly kind: 'settings' }
  /** The bill of one order: choose how it is handed over, and pay. */
  | { readonly kind: 'order'; readonly orderId: OrderId }
  /** Signs one member of a shop's team in to its console. */
  | { readonly kind: 'console'; readonly shopId: ShopId };

export interface Link {
  /** Of the token: the token itself is nowhere kept. */
  readonly fingerprint: string;
  readonly version: number;
  readonly purpose: LinkPurpose;
  readonly personId: PersonId;
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
  save(link: Link): Promise<SaveOutcome>;
}
