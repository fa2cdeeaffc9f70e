// Refunds: whole or in part, at once, pending first, or failing later, as the charged test card says.
import type Stripe from 'stripe';
import type { Desk } from '../desk.ts';
import { invalidParameter, noSuch, notPossible } from '../server/api-error.ts';
import { refundFee } from './application-fees.ts';
import { recordMovement } from './balance.ts';
import { getCharge, settleCharge } from './charges.ts';
import { idOf } from './id-of.ts';
import { listPage } from './list-page.ts';
import { mergeMetadata } from './metadata.ts';
import { onlyImitated } from './only-imitated.ts';
import { getPaymentIntent } from './payment-intents.ts';
import { cardOf, getCard } from './payment-methods.ts';

/** How long a refund that does not end at once takes. */
const UNTIL_FINISHED_MS = 300;

export function createRefund(desk: Desk, params: Stripe.RefundCreateParams): Stripe.Refund {
  onlyImitated(params, [
    ...(['charge', 'payment_intent', 'amount', 'reason', 'metadata'] as const),
    'refund_application_fee',
  ]);
  const asked = chargeToRefund(desk, params);
  // What is not on the balance yet, nor the fee taken out of it, cannot be given back.
  if (asked.paid && asked.captured) settleCharge(desk, asked.id);
  const charge = getCharge(desk, asked.id);
  const amount = params.amount ?? charge.amount - charge.amount_refunded;
  checkRefundable(charge, amount);
  const fate = cardOf(getCard(desk, charge.payment_method ?? '')).refund;
  const refund = buildRefund(desk, charge, { amount, params, pending: fate === 'pending' });
  desk.shelves.refunds.put(refund.id, refund);
  if (params.refund_application_fee === true) refundFee(desk, charge, amount);
  const after = countRefund(desk, charge, amount);
  desk.emit('refund.created', refund);
  desk.emit('charge.refunded', after, charge);
  if (fate !== undefined) desk.later('finish-refund', refund.id, UNTIL_FINISHED_MS);
  return refund;
}

function chargeToRefund(desk: Desk, params: Stripe.RefundCreateParams): Stripe.Charge {
  if (params.charge !== undefined) return getCharge(desk, params.charge, 'charge');
  if (params.payment_intent === undefined) {
    throw invalidParameter({
      code: 'parameter_missing',
      param: 'payment_intent',
      message:
        'One of the following params should be provided for this request: payment_intent or charge.',
    });
  }
  const intent = getPaymentIntent(desk, params.payment_intent, 'payment_intent');
  const charge = desk.shelves.charges.get(idOf(intent.latest_charge));
  if (intent.status === 'succeeded' && charge) return charge;
  const message = `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`;
  throw notPossible({ param: 'payment_intent', message });
}

function checkRefundable(charge: Stripe.Charge, amount: number): void {
  if (!charge.paid || !charge.captured) {
    throw notPossible({ message: `Charge ${charge.id} is not in a state that can be refunded.` });
  }
  if (charge.disputed) {
    const message = `Charge ${charge.id} has been charged back; cannot issue a refund.`;
    throw notPossible({ code: 'charge_disputed', message });
  }
  const left = charge.amount - charge.amount_refunded;
  if (left === 0) {
    const message = `Charge ${charge.id} has already been refunded.`;
    throw notPossible({ code: 'charge_already_refunded', message });
  }
  if (amount < 1) {
    const message = 'This value must be greater than or equal to 1.';
    throw invalidParameter({ param: 'amount', code: 'parameter_invalid_integer', message });
  }
  if (amount > left) {
    const message = `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`;
    throw notPossible({ param: 'amount', message });
  }
}

function buildRefund(
  desk: Desk,
  charge: Stripe.Charge,
  how: { amount: number; params: Stripe.RefundCreateParams; pending: boolean },
): Stripe.Refund {
  const id = desk.id('re');
  const { currency } = charge;
  const amount = -how.amount;
  const transaction = recordMovement(desk, { amount, currency, type: 'refund', source: id });
  return {
    id,
    object: 'refund',
    amount: how.amount,
    balance_transaction: transaction.id,
    charge: charge.id,
    created: desk.nowSeconds(),
    currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: { type: 'card', card: { type: 'refund' } },
    metadata: mergeMetadata({}, how.params.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    ...(how.pending && { pending_reason: 'processing' as const }),
    reason: how.params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: how.pending ? 'pending' : 'succeeded',
    transfer_reversal: null,
  };
}

/** Adds a refund (or, negative, a failed one) to its charge. */
function countRefund(desk: Desk, charge: Stripe.Charge, amount: number): Stripe.Charge {
  const refunded = charge.amount_refunded + amount;
  const after = { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount };
  desk.shelves.charges.put(charge.id, after);
  return after;
}

/** The end of a refund that did not end at once. */
export function finishRefund(desk: Desk, id: string): void {
  const before = getRefund(desk, id);
  const charge = getCharge(desk, idOf(before.charge));
  const fails = cardOf(getCard(desk, charge.payment_method ?? '')).refund === 'fails';
  if (fails) return failRefund(desk, before, charge);
  if (before.status !== 'pending') return undefined;
  const { pending_reason: _over, ...rest } = before;
  const refund = { ...rest, status: 'succeeded' };
  desk.shelves.refunds.put(id, refund);
  desk.emit('refund.updated', refund, before);
  return undefined;
}

function failRefund(desk: Desk, before: Stripe.Refund, charge: Stripe.Charge): void {
  if (before.status === 'failed') return;
  const { amount, currency, id } = before;
  const back = recordMovement(desk, { amount, currency, type: 'refund_failure', source: id });
  const refund: Stripe.Refund = {
    ...before,
    failure_balance_transaction: back.id,
    failure_reason: 'expired_or_canceled_card',
    status: 'failed',
  };
  desk.shelves.refunds.put(id, refund);
  countRefund(desk, charge, -amount);
  desk.emit('refund.updated', refund, before);
  desk.emit('refund.failed', refund, before);
  desk.emit('charge.refund.updated', refund, before);
}

export function updateRefund(desk: Desk, id: string, params: Stripe.RefundUpdateParams) {
  const before = getRefund(desk, id);
  const refund = { ...before, metadata: mergeMetadata(before.metadata ?? {}, params.metadata) };
  desk.shelves.refunds.put(id, refund);
  desk.emit('refund.updated', refund, before);
  return refund;
}

export function getRefund(desk: Desk, id: string): Stripe.Refund {
  const refund = desk.shelves.refunds.get(id);
  if (!refund) throw noSuch('refund', id);
  return refund;
}

export function listRefunds(desk: Desk, params: Stripe.RefundListParams) {
  onlyImitated(params, [
    ...(['limit', 'starting_after', 'ending_before', 'created'] as const),
    ...(['charge', 'payment_intent'] as const),
  ]);
  const fitting = desk.shelves.refunds
    .all()
    .filter(
      (each) =>
        (params.charge === undefined || each.charge === params.charge) &&
        (params.payment_intent === undefined || each.payment_intent === params.payment_intent),
    );
  return listPage(fitting, params, '/v1/refunds');
}
