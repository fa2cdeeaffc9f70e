// Gives a buyer money back from a shop's account, with the operator's fee in proportion, each refund once.
import * as z from 'zod/mini';
import type { RefundReason } from '../../domain/orders/order.ts';
import type { FoundOrderRefund, OrderRefundRequest } from '../../domain/orders/ports.ts';
import type { RefundAnswer } from '../../domain/payments/ports.ts';
import { fromStripeAmount, toStripeAmount } from './amounts.ts';
import type { StripeClient } from './client.ts';
import { ask, isAccountGone, type Refusal, unexpected } from './errors.ts';
import { idSchema, pageSchema } from './expandable.ts';
import { readRefundAnswer, refundSchema } from './refunds.ts';
import { unlessMade } from './stored-failure.ts';
import { orderIdIn, orderMark } from './tie-back.ts';

export const orderRefundSchema = z.extend(refundSchema, {
  amount: z.int(),
  currency: z.string(),
  payment_intent: z.nullish(idSchema),
});

type OrderRefund = z.infer<typeof orderRefundSchema>;

/** Undefined when its amount is none that we can count. */
export function readFoundOrderRefund(refund: OrderRefund): FoundOrderRefund | undefined {
  const amount = fromStripeAmount(refund);
  if (amount === undefined) return undefined;
  const orderId = orderIdIn(refund.metadata);
  const refundId = refund.metadata?.['tender_refund'];
  const intentId = refund.payment_intent;
  return {
    amount,
    answer: readRefundAnswer(refund),
    ...(orderId && { orderId }),
    ...(refundId !== undefined && { refundId }),
    ...(intentId && { intentId }),
  };
}

/** Stripe knows three reasons; `fraudulent` feeds its block lists too, so nothing else is told as it. */
const stripeReason = {
  requested_by_customer: 'requested_by_customer',
  duplicate: 'duplicate',
  fraudulent: 'fraudulent',
  paid_too_late: 'requested_by_customer',
  paid_twice: 'duplicate',
  cancelled_by_shop: 'requested_by_customer',
} as const satisfies Record<RefundReason, string>;

export async function refundOrder(
  client: StripeClient,
  request: OrderRefundRequest,
): Promise<RefundAnswer> {
  const amount = toStripeAmount(request.amount);
  if (amount === undefined) return { kind: 'declined', why: 'not_supported' };
  const stripe = await client();
  const told = await ask(refundSchema, () =>
    stripe.refunds.create(
      {
        payment_intent: request.intentId,
        amount: amount.amount,
        reason: stripeReason[request.reason],
        refund_application_fee: true,
        metadata: { ...orderMark(request.orderId), tender_refund: request.refundId },
      },
      { stripeAccount: request.accountId, idempotencyKey: `${request.refundId}:refund` },
    ),
  );
  switch (told.kind) {
    case 'told':
      return readRefundAnswer(told.thing);
    case 'refused':
      return readRefusal(client, request, told);
    case 'unknown':
      return unlessMade(told, () => findOurs(client, request));
  }
}

/** Made already, under a key that Stripe has forgotten: that refund is the answer, not the refusal of another. */
async function readRefusal(
  client: StripeClient,
  request: OrderRefundRequest,
  refusal: Refusal,
): Promise<RefundAnswer> {
  const { code } = refusal;
  if (isAccountGone(refusal)) return { kind: 'declined', why: 'account_gone' };
  if (code?.startsWith('parameter_') === true) throw unexpected(refusal);
  const made = await findOurs(client, request);
  return made ?? { kind: 'declined', why: code ?? 'refund_refused' };
}

/** By our own id on it; undefined when Stripe is sure that there is none. */
async function findOurs(
  client: StripeClient,
  request: OrderRefundRequest,
): Promise<RefundAnswer | undefined> {
  const stripe = await client();
  const made = await ask(pageSchema(refundSchema), () =>
    stripe.refunds.list(
      { payment_intent: request.intentId, limit: 100 },
      { stripeAccount: request.accountId },
    ),
  );
  if (made.kind === 'unknown') return { kind: 'unknown', why: made.why };
  // The charge itself is not there: so is no refund of it.
  if (made.kind === 'refused') return undefined;
  const ours = made.thing.data.find(
    ({ metadata }) => metadata?.['tender_refund'] === request.refundId,
  );
  return ours && readRefundAnswer(ours);
}
