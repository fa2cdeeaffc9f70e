// Reads the truth about anything at Stripe by its id, without changing it.
import type * as z from 'zod/mini';
import type { Stripe } from 'stripe';
import type { Found, ProviderLookUp } from '../../domain/payments/ports.ts';
import type { StripeClient } from './client.ts';
import { disputeSchema, readFoundDispute } from './disputes.ts';
import { ask, unexpected } from './errors.ts';
import { findChargeOf } from './find-charge.ts';
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
    payOutOf: (paymentId) => payOutOf(client, paymentId),
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

/** v1 and v2 name it differently. Any other 404 is a wrong address, and no proof that a thing is not there. */
const notFoundCodes: ReadonlySet<string> = new Set(['resource_missing', 'not_found']);

async function find<Thing>(
  client: StripeClient,
  schema: z.ZodMiniType<Thing>,
  call: (stripe: Stripe) => Promise<unknown>,
): Promise<Found<Thing>> {
  const stripe = await client();
  const told = await ask(schema, () => call(stripe));
  switch (told.kind) {
    case 'told':
      return { kind: 'found', thing: told.thing };
    case 'unknown':
      return { kind: 'unknown', why: told.why };
    case 'refused':
      if (told.code !== undefined && notFoundCodes.has(told.code)) return { kind: 'not_found' };
      throw unexpected(told);
  }
}

/** Reads on where there is something to read; `otherwise` is the answer when it cannot be read as ours. */
function read<Raw, Thing>(
  found: Found<Raw>,
  reader: (raw: Raw) => Thing | undefined,
  otherwise: Found<Thing> = { kind: 'not_found' },
): Found<Thing> {
  if (found.kind !== 'found') return found;
  const thing = reader(found.thing);
  return thing === undefined ? otherwise : { kind: 'found', thing };
}
