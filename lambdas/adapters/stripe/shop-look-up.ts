// Reads the truth about anything on a shop's account by its id, without changing it.
import type { ShopLookUp } from '../../domain/orders/ports.ts';
import { checkoutSchema, expandedCheckout, readFoundCheckout } from './checkout-session.ts';
import type { StripeClient } from './client.ts';
import { findLostCharge, findLostRefund } from './find-lost.ts';
import { find, read } from './find-object.ts';
import { merchantIncludes, merchantSchema, readFoundMerchant } from './merchants.ts';
import { expandedIntent, orderIntentSchema, readFoundOrderCharge } from './order-charges.ts';
import { orderDisputeSchema, readFoundOrderDispute } from './order-disputes.ts';
import { orderRefundSchema, readFoundOrderRefund } from './order-refunds.ts';

const unreadable = { kind: 'unknown', why: 'unreadable_answer' } as const;

export function createStripeShopLookUp(client: StripeClient): ShopLookUp {
  return {
    async checkout(stripeAccount, sessionId) {
      const found = await find(client, checkoutSchema, (stripe) =>
        stripe.checkout.sessions.retrieve(sessionId, expandedCheckout, { stripeAccount }),
      );
      return read(found, readFoundCheckout);
    },
    async charge(stripeAccount, intentId) {
      const found = await find(client, orderIntentSchema, (stripe) =>
        stripe.paymentIntents.retrieve(intentId, expandedIntent, { stripeAccount }),
      );
      return read(found, readFoundOrderCharge, unreadable);
    },
    async refund(stripeAccount, refundId) {
      const found = await find(client, orderRefundSchema, (stripe) =>
        stripe.refunds.retrieve(refundId, {}, { stripeAccount }),
      );
      return read(found, readFoundOrderRefund, unreadable);
    },
    async dispute(stripeAccount, disputeId) {
      const found = await find(client, orderDisputeSchema, (stripe) =>
        stripe.disputes.retrieve(disputeId, {}, { stripeAccount }),
      );
      return read(found, readFoundOrderDispute);
    },
    lostCharge: (lost) => findLostCharge(client, lost),
    lostRefund: (lost) => findLostRefund(client, lost),
    async merchant(accountId) {
      const found = await find(client, merchantSchema, (stripe) =>
        stripe.v2.core.accounts.retrieve(accountId, { include: [...merchantIncludes] }),
      );
      if (found.kind === 'unknown' && found.why === 'account_gone') {
        return { kind: 'found', thing: { status: 'left', missing: [] } };
      }
      return read(found, readFoundMerchant);
    },
  };
}
