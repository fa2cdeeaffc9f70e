// Reads a PaymentIntent: the one place that says what a charge's state means, whoever brought the intent.
import * as z from 'zod/mini';
import type { ChargeAnswer, FoundCharge } from '../../domain/payments/ports.ts';
import { fromStripeAmount } from './amounts.ts';
import { readDeclineReason } from './decline-reasons.ts';
import { idSchema } from './expandable.ts';
import { metadataSchema, paymentIdIn } from './tie-back.ts';

/** What we read of a PaymentIntent, of all that Stripe tells. */
export const intentSchema = z.object({
  id: z.string(),
  status: z.string(),
  amount: z.int(),
  amount_received: z.optional(z.int()),
  currency: z.string(),
  latest_charge: z.nullish(idSchema),
  metadata: metadataSchema,
  next_action: z.nullish(
    z.object({
      type: z.string(),
      redirect_to_url: z.optional(z.object({ url: z.nullable(z.string()) })),
    }),
  ),
  last_payment_error: z.nullish(
    z.object({
      code: z.nullish(z.string()),
      decline_code: z.nullish(z.string()),
      advice_code: z.nullish(z.string()),
    }),
  ),
});

export type Intent = z.infer<typeof intentSchema>;

export function readChargeAnswer(intent: Intent): ChargeAnswer {
  const intentId = intent.id;
  switch (intent.status) {
    case 'succeeded':
      return typeof intent.latest_charge === 'string'
        ? { kind: 'done', intentId, chargeId: intent.latest_charge }
        : { kind: 'unknown', why: 'charge_missing' };
    case 'requires_action':
      return readNextAction(intent);
    case 'processing':
    // Between making and confirming the intent, which we ask for in one call: not over yet.
    case 'requires_confirmation':
      return { kind: 'pending', intentId };
    case 'requires_payment_method':
      return hasFailed(intent)
        ? { kind: 'declined', reason: lastReason(intent), intentId }
        : { kind: 'pending', intentId };
    case 'canceled':
      return {
        kind: 'declined',
        reason: hasFailed(intent) ? lastReason(intent) : 'not_finished',
        intentId,
      };
    default:
      // `requires_capture` cannot be with automatic capture; the rest is what Stripe may add.
      return { kind: 'unknown', why: 'unexpected_intent_status' };
  }
}

/** Undefined when its amount is none that we can count: then nothing about it can be believed. */
export function readFoundCharge(intent: Intent): FoundCharge | undefined {
  const amount =
    intent.status === 'succeeded' ? (intent.amount_received ?? intent.amount) : intent.amount;
  const total = fromStripeAmount({ amount, currency: intent.currency });
  if (total === undefined) return undefined;
  const paymentId = paymentIdIn(intent.metadata);
  return { total, answer: readChargeAnswer(intent), ...(paymentId && { paymentId }) };
}

/** A payer can follow a link. Anything else would need Stripe's script on our page, which we do not have. */
function readNextAction(intent: Intent): ChargeAnswer {
  const url = intent.next_action?.redirect_to_url?.url;
  return url === undefined || url === null
    ? { kind: 'declined', reason: 'not_supported', intentId: intent.id }
    : { kind: 'needs_action', intentId: intent.id, url };
}

function hasFailed(intent: Intent): boolean {
  return intent.last_payment_error !== undefined && intent.last_payment_error !== null;
}

function lastReason(intent: Intent) {
  const error = intent.last_payment_error;
  return readDeclineReason({
    code: error?.code,
    declineCode: error?.decline_code,
    adviceCode: error?.advice_code,
  });
}
