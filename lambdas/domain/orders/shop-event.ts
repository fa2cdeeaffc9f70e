// What an event of the provider on a shop's account is about, in our words.

/** What a provider's event on a shop's account is about. The event is a hint: the subject is looked up. */
export type ShopEvent =
  | { readonly kind: 'checkout_changed'; readonly sessionId: string }
  | { readonly kind: 'charge_changed'; readonly intentId: string }
  | { readonly kind: 'refund_changed'; readonly refundId: string }
  | { readonly kind: 'dispute_changed'; readonly disputeId: string }
  | { readonly kind: 'merchant_changed' };
