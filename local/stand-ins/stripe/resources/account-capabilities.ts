// What a v2 account may do now.
import type Stripe from 'stripe';

export function canReceiveTransfers(account: Stripe.V2.Core.Account): boolean {
  const balance = account.configuration?.recipient?.capabilities?.stripe_balance;
  return account.closed !== true && balance?.stripe_transfers?.status === 'active';
}
