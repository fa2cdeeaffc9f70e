// Gives a payer back all that they were charged for a payment, once.
import * as z from 'zod/mini';
import type { RefundAnswer, RefundRequest } from '../../domain/payments/ports.ts';
import { toStripeAmount } from './amounts.ts';
import type { StripeClient } from './client.ts';
import { ask, type Refusal, unexpected } from './errors.ts';
import { idSchema, pageSchema } from './expandable.ts';
import { unlessMade } from './stored-failure.ts';
import { metadataSchema, paymentMark } from './tie-back.ts';

export const refundSchema = z.object({
  id: z.string(),
  status: z.nullable(z.string()),
  charge: z.nullish(idSchema),
  failure_reason: z.nullish(z.string()),
  metadata: z.nullish(metadataSchema),
});

export type Refund = z.infer<typeof refundSchema>;

export function readRefundAnswer(refund: Refund): RefundAnswer {
  const refundId = refund.id;
  switch (refund.status) {
    case 'succeeded':
      return { kind: 'done', refundId };
    case 'pending':
    // The payer must tell their bank details to Stripe; cards never come here.
    case 'requires_action':
      return { kind: 'pending', refundId };
    case 'failed':
    case 'canceled':
      return {
        kind: 'declined',
        why: refund.failure_reason ?? `refund_${refund.status}`,
        refundId,
      };
    case null:
    default:
      return { kind: 'unknown', why: 'unexpected_refund_status' };
  }
}

export async function refund(client: StripeClient, request: RefundRequest): Promise<RefundAnswer> {
  const total = toStripeAmount(request.total);
  if (total === undefined) return { kind: 'declined', why: 'not_supported' };
  const stripe = await client();
  const told = await ask(refundSchema, () =>
    stripe.refunds.create(
      { charge: request.chargeId, amount: total.amount, metadata: paymentMark(request.paymentId) },
      { idempotencyKey: `${request.paymentId}:refund:1` },
    ),
  );
  switch (told.kind) {
    case 'told':
      return readRefundAnswer(told.thing);
    case 'refused':
      return readRefusal(client, request, told);
    case 'unknown':
      return unlessMade(told, () => findStanding(client, request.chargeId));
  }
}

/** Refunded already, under a key that Stripe has forgotten or by the operator's hand: that refund is the answer. */
async function readRefusal(
  client: StripeClient,
  request: RefundRequest,
  refusal: Refusal,
): Promise<RefundAnswer> {
  const { code } = refusal;
  if (code?.startsWith('parameter_') === true) throw unexpected(refusal);
  const declined = { kind: 'declined', why: code ?? 'refund_refused' } as const;
  return code === 'charge_already_refunded'
    ? ((await findStanding(client, request.chargeId)) ?? declined)
    : declined;
}

/** The refund of a charge that did not fail; undefined when Stripe is sure that there is none. */
async function findStanding(
  client: StripeClient,
  chargeId: string,
): Promise<RefundAnswer | undefined> {
  const stripe = await client();
  const made = await ask(pageSchema(refundSchema), () =>
    stripe.refunds.list({ charge: chargeId, limit: 100 }),
  );
  if (made.kind === 'unknown') return { kind: 'unknown', why: made.why };
  if (made.kind === 'refused') throw unexpected(made);
  const standing = made.thing.data.find(
    ({ status }) => status !== 'failed' && status !== 'canceled',
  );
  return standing && readRefundAnswer(standing);
}
