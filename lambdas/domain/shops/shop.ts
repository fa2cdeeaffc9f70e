// A shop: a retailer that sells from its own Page, and what its owner has decided about selling.
import type { Currency } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import type { PersonId } from '../people/person.ts';

export type ShopId = `shp_${string}`;

/** Where a shop is paid: its own account at the provider, of which it is the merchant. Money moves only while `active`. */
export interface MerchantAccount {
  readonly accountId: string;
  readonly status: 'started' | 'active' | 'restricted' | 'left';
  /** What the provider still wants to know, in its own words. */
  readonly missing: readonly string[];
}

export type CardBrand = 'visa' | 'mastercard' | 'american_express' | 'discover';

/** `owner` may all; `staff` may sell, fulfil and refund; `reader` only looks. */
export type Role = 'owner' | 'staff' | 'reader';

export interface TeamMember {
  /** The person at the shop's own Page. */
  readonly personId: PersonId;
  readonly name: string;
  readonly role: Role;
  readonly addedAtMs: number;
}

/** A code that makes whoever writes it in the shop's thread a member, once. */
export interface TeamInvite {
  /** Of the code: the code itself is shown once and kept nowhere. */
  readonly fingerprint: string;
  readonly role: Role;
  readonly expiresAtMs: number;
}

/** Minutes since midnight in the shop's time zone; `to` is exclusive and may be 1440. */
export interface OpenSpan {
  readonly from: number;
  readonly to: number;
}

export interface ShippingOption {
  readonly id: string;
  readonly name: string;
  readonly price: Money;
}

/** A code that buyers type: a percentage of the goods or an amount off them. */
export interface Promotion {
  readonly code: string;
  readonly off:
    | { readonly kind: 'percent'; readonly percent: number }
    | { readonly kind: 'amount'; readonly amount: Money };
  readonly endsAtMs?: number;
}

export interface Shop {
  readonly id: ShopId;
  readonly version: number;
  readonly pageId: string;
  readonly name: string;
  readonly currency: Currency;
  /** ISO 3166 alpha-2. */
  readonly country: string;
  /** IANA, such as `America/New_York`. */
  readonly timeZone: string;
  /** The owner's own switch: a paused shop answers and sells nothing. */
  readonly isPaused: boolean;
  readonly account?: MerchantAccount;
  /** In the order in which they are shown; each product is in one. */
  readonly categories: readonly string[];
  readonly acceptedBrands: readonly CardBrand[];
  /** Seven, Sunday first; no spans on any day means that it never closes. */
  readonly hours: readonly (readonly OpenSpan[])[];
  /** Percent added to goods and shipping; four decimals at most, 0 for none. */
  readonly taxPercent: number;
  readonly offersPickUp: boolean;
  /** At most five; none means that it does not ship. */
  readonly shipping: readonly ShippingOption[];
  readonly shipsTo: readonly string[];
  /** Percentages to choose from; none means that it does not ask. */
  readonly tips: readonly number[];
  readonly promotions: readonly Promotion[];
  /** Percent of the total that the operator of Tender keeps. */
  readonly feePercent: number;
  /** Asked just before each charge, when there: the merchant's last word. */
  readonly lastWord?: {
    readonly url: string;
    /** As Standard Webhooks writes it: `whsec_` and base64. */
    readonly secret: string;
    /** What it was before it was rolled; signs beside the new one until then. */
    readonly previousSecret?: { readonly secret: string; readonly validUntilMs: number };
  };
  readonly team: readonly TeamMember[];
  readonly invites?: readonly TeamInvite[];
  /** Fingerprint of the code that makes whoever writes it in the thread the owner; gone once used. */
  readonly ownerCode?: string;
  readonly createdAtMs: number;
}

/** Why a shop sells nothing now, if so; opening hours are asked apart. */
export function whyNotSelling(
  shop: Pick<Shop, 'isPaused' | 'account'>,
): 'paused' | 'not_ready' | 'restricted' | undefined {
  if (shop.isPaused) return 'paused';
  switch (shop.account?.status) {
    case undefined:
    case 'started':
      return 'not_ready';
    case 'restricted':
    case 'left':
      return 'restricted';
    case 'active':
      return undefined;
  }
}

export function roleOf(shop: Pick<Shop, 'team'>, personId: PersonId): Role | undefined {
  return shop.team.find((member) => member.personId === personId)?.role;
}
