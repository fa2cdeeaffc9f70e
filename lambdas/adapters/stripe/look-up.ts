// Reads the truth about anything at Stripe by its id, without changing it.
import type { ProviderLookUp } from '../../domain/payments/ports.ts';
import type { StripeClient } from './client.ts';
import { disputeSchema, readFoundDispute } from './disputes.ts';
import { findChargeOf } from './find-charge.ts';
import { find, read } from './find-object.ts';
import { readSavedInstrument, setupSessionSchema } from './instruments.ts';
import { intentSchema, readFoundCharge } from './intent.ts';
import { payOutOf, transferSchema } from './payouts.ts';
import { accountSchema, readFoundRecipient } from './recipients.ts';
import { readRefundAnswer, refundSchema } from './refunds.ts';
import { paymentIdIn } from './tie-back.ts';

export function createStripeLookUp(client: StripeClient): ProviderLookUp {
  return {
    async charge(intentId) {
      const found = await find(client, intentSchema, (stripe) =>
        stripe.paymentIntents.retrieve(intentId),
      );
      return read(found, readFoundCharge, { kind: 'unknown', why: 'unreadable_answer' });
    },
    chargeOf: (paymentId, customerId) => findChargeOf(client, paymentId, customerId),
    payOutOf: (tried) => payOutOf(client, tried),
    async payOut(payOutId) {
      const found = await find(client, transferSchema, (stripe) =>
        stripe.transfers.retrieve(payOutId),
      );
      return read(found, ({ metadata, reversed: isReversed }) => {
        const paymentId = paymentIdIn(metadata);
        return { isReversed, ...(paymentId && { paymentId }) };
      });
    },
    async refund(refundId) {
      const found = await find(client, refundSchema, (stripe) => stripe.refunds.retrieve(refundId));
      return read(found, (refund) => {
        const paymentId = paymentIdIn(refund.metadata);
        const chargeId = refund.charge;
        return {
          answer: readRefundAnswer(refund),
          ...(paymentId && { paymentId }),
          ...(chargeId && { chargeId }),
        };
      });
    },
    async dispute(disputeId) {
      const found = await find(client, disputeSchema, (stripe) =>
        stripe.disputes.retrieve(disputeId, { expand: ['payment_intent'] }),
      );
      return read(found, readFoundDispute);
    },
    async recipient(accountId) {
      const found = await find(client, accountSchema, (stripe) =>
        stripe.v2.core.accounts.retrieve(accountId, { include: ['configuration.recipient'] }),
      );
      return read(found, readFoundRecipient);
    },
    async instrument(setupId) {
      // It comes out of an address bar: what is no session's id is not asked about.
      if (!/^cs_\w{1,200}$/u.test(setupId)) return { kind: 'not_found' };
      const found = await find(client, setupSessionSchema, (stripe) =>
        stripe.checkout.sessions.retrieve(setupId, { expand: ['setup_intent.payment_method'] }),
      );
      return read(found, readSavedInstrument);
    },
  };
}
