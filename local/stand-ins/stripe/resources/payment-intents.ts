// Payment intents after they are made: read, updated, captured, cancelled, listed.
import type Stripe from 'stripe';
import type { Desk } from '../desk.ts';
import { noSuch, notPossible } from '../server/api-error.ts';
import { checkChargeAmount } from './amounts.ts';
import { getCharge, settleCharge } from './charges.ts';
import { idOf } from './id-of.ts';
import { listPage } from './list-page.ts';
import { mergeMetadata } from './metadata.ts';
import { onlyImitated } from './only-imitated.ts';
import { getUsableCard } from './payment-methods.ts';

/** Throws unless the intent is in one of the `allowed` statuses; `verb` is a stem (`captur`). */
export function checkStatus(intent: Stripe.PaymentIntent, verb: string, allowed: string[]): void {
  if (allowed.includes(intent.status)) return;
  throw notPossible({
    code: 'payment_intent_unexpected_state',
    message: `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be ${verb}ed: ${allowed.join(', ')}.`,
  });
}

export function updatePaymentIntent(
  desk: Desk,
  id: string,
  params: Stripe.PaymentIntentUpdateParams,
): Stripe.PaymentIntent {
  onlyImitated(params, ['metadata', 'description', 'amount', 'payment_method', 'transfer_group']);
  const before = getPaymentIntent(desk, id);
  const frozen = before.status === 'succeeded' || before.status === 'canceled';
  if (frozen && (params.amount !== undefined || params.payment_method !== undefined)) {
    checkStatus(before, 'updat', ['requires_payment_method', 'requires_confirmation']);
  }
  if (params.amount !== undefined) checkChargeAmount(params.amount, before.currency);
  const method = params.payment_method
    ? getUsableCard(desk, params.payment_method, before.customer).method.id
    : before.payment_method;
  const intent: Stripe.PaymentIntent = {
    ...before,
    amount: params.amount ?? before.amount,
    description: params.description ?? before.description,
    metadata: mergeMetadata(before.metadata, params.metadata),
    payment_method: method,
    transfer_group: params.transfer_group || before.transfer_group,
    ...(params.payment_method && { status: 'requires_confirmation' as const }),
  };
  desk.shelves.paymentIntents.put(id, intent);
  return intent;
}

export function cancelPaymentIntent(
  desk: Desk,
  id: string,
  params: { cancellation_reason?: string },
): Stripe.PaymentIntent {
  const before = getPaymentIntent(desk, id);
  checkStatus(before, 'cancel', [
    ...(['requires_payment_method', 'requires_capture', 'requires_confirmation'] as const),
    ...(['requires_action', 'processing'] as const),
  ]);
  const intent: Stripe.PaymentIntent = {
    ...before,
    amount_capturable: 0,
    canceled_at: desk.nowSeconds(),
    cancellation_reason: params.cancellation_reason ?? null,
    next_action: null,
    status: 'canceled',
  };
  desk.shelves.paymentIntents.put(id, intent);
  if (before.status === 'requires_capture') letGo(desk, before);
  desk.emit('payment_intent.canceled', intent);
  return intent;
}

/** Releases a hold: Stripe marks its charge as refunded in full. */
function letGo(desk: Desk, intent: Stripe.PaymentIntent): void {
  const before = getCharge(desk, idOf(intent.latest_charge));
  const charge = { ...before, amount_refunded: before.amount, refunded: true };
  desk.shelves.charges.put(charge.id, charge);
  desk.emit('charge.refunded', charge, before);
}

/** A hold that nobody captured in time. */
export function expireAuthorization(desk: Desk, id: string): void {
  const intent = desk.shelves.paymentIntents.get(id);
  if (intent?.status === 'requires_capture') {
    cancelPaymentIntent(desk, id, { cancellation_reason: 'expired' });
  }
}

export function capturePaymentIntent(
  desk: Desk,
  id: string,
  params: Stripe.PaymentIntentCaptureParams,
): Stripe.PaymentIntent {
  onlyImitated(params, ['amount_to_capture', 'metadata', 'final_capture']);
  const before = getPaymentIntent(desk, id);
  checkStatus(before, 'captur', ['requires_capture']);
  const amount = params.amount_to_capture ?? before.amount_capturable;
  if (amount > before.amount_capturable) {
    throw notPossible({
      param: 'amount_to_capture',
      code: 'amount_too_large',
      message: `The remaining amount on this PaymentIntent that can be captured is ${before.amount_capturable}.`,
    });
  }
  const charge = { ...getCharge(desk, idOf(before.latest_charge)), captured: true };
  const captured = { ...charge, amount_captured: amount, amount_refunded: charge.amount - amount };
  desk.shelves.charges.put(charge.id, captured);
  desk.emit('charge.captured', captured);
  settleCharge(desk, charge.id);
  const intent: Stripe.PaymentIntent = {
    ...before,
    amount_capturable: 0,
    amount_received: amount,
    metadata: mergeMetadata(before.metadata, params.metadata),
    status: 'succeeded',
  };
  desk.shelves.paymentIntents.put(id, intent);
  desk.emit('payment_intent.succeeded', intent);
  return intent;
}

export function getPaymentIntent(desk: Desk, id: string, param?: string): Stripe.PaymentIntent {
  const intent = desk.shelves.paymentIntents.get(id);
  if (!intent) throw noSuch('payment_intent', id, param);
  return intent;
}

export function listPaymentIntents(desk: Desk, params: Stripe.PaymentIntentListParams) {
  onlyImitated(params, ['limit', 'starting_after', 'ending_before', 'created', 'customer']);
  const fitting = desk.shelves.paymentIntents
    .all()
    .filter((each) => params.customer === undefined || each.customer === params.customer);
  return listPage(fitting, params, '/v1/payment_intents');
}
