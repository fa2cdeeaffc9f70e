// Charges: one a settled or failed attempt of a payment intent.
import type Stripe from 'stripe';
import type { Refusal } from '../cards/judge-charge.ts';
import type { TestCard } from '../cards/test-cards.ts';
import type { Desk } from '../desk.ts';
import { noSuch } from '../server/api-error.ts';
import type { SavedCard } from '../state.ts';
import { collectFee } from './application-fees.ts';
import { processingFee, recordMovement } from './balance.ts';
import { listPage } from './list-page.ts';
import { mergeMetadata } from './metadata.ts';
import { onlyImitated } from './only-imitated.ts';
import { cardOf, getCard } from './payment-methods.ts';

const SECONDS_TO_AVAILABLE = 2 * 24 * 3600;
/** A hold that was not captured is let go after seven days. */
const SECONDS_OF_HOLD = 7 * 24 * 3600;

export interface Attempt {
  saved: SavedCard;
  authenticated: boolean;
  refusal: Refusal | undefined;
}

/** Records the charge of one attempt at `intent`, and says so in events. */
export function recordCharge(
  desk: Desk,
  intent: Stripe.PaymentIntent,
  attempt: Attempt,
): Stripe.Charge {
  const held = intent.capture_method === 'manual';
  const charge = buildCharge(desk, intent, { ...attempt, held });
  desk.shelves.charges.put(charge.id, charge);
  desk.emit(attempt.refusal ? 'charge.failed' : 'charge.succeeded', charge);
  if (!attempt.refusal && !held) {
    if (intent.capture_method === 'automatic') settleCharge(desk, charge.id);
    else desk.later('settle-charge', charge.id, 20);
    planAftermath(desk, charge, cardOf(attempt.saved));
  }
  return desk.shelves.charges.get(charge.id) ?? charge;
}

function buildCharge(
  desk: Desk,
  intent: Stripe.PaymentIntent,
  attempt: Attempt & { held: boolean },
): Stripe.Charge {
  const { saved, refusal, held } = attempt;
  const id = desk.id('ch');
  return {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: refusal || held ? 0 : intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: intent.application_fee_amount,
    balance_transaction: null,
    billing_details: saved.method.billing_details,
    calculated_statement_descriptor: 'TENDER',
    captured: !refusal && !held,
    created: desk.nowSeconds(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: refusal?.code ?? null,
    failure_message: refusal?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: intent.on_behalf_of,
    outcome: outcomeOf(cardOf(saved), refusal),
    paid: !refusal,
    payment_intent: intent.id,
    payment_method: saved.method.id,
    payment_method_details: { card: cardDetails(desk, intent, attempt), type: 'card' },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: refusal ? null : desk.pageUrl(`/receipts/${id}`),
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: refusal ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: intent.transfer_group ?? (refusal ? null : `group_${intent.id}`),
  };
}

function outcomeOf(card: TestCard, refusal: Refusal | undefined): Stripe.Charge.Outcome {
  return {
    advice_code: refusal?.advice_code ?? null,
    network_advice_code: null,
    network_decline_code: refusal?.network_decline_code ?? null,
    network_status: networkStatus(refusal),
    reason: refusal ? (refusal.decline_code ?? refusal.code) : null,
    risk_level: card.radar === 'blocked' ? 'highest' : (card.radar ?? 'normal'),
    seller_message: refusal
      ? 'The bank did not return any further details with this decline.'
      : 'Payment complete.',
    type: outcomeType(refusal),
  };
}

function networkStatus(refusal: Refusal | undefined): string {
  if (refusal === undefined) return 'approved_by_network';
  return refusal.blocked ? 'not_sent_to_network' : 'declined_by_network';
}

function outcomeType(refusal: Refusal | undefined): string {
  if (refusal === undefined) return 'authorized';
  return refusal.blocked ? 'blocked' : 'issuer_declined';
}

function cardDetails(
  desk: Desk,
  intent: Stripe.PaymentIntent,
  attempt: Attempt & { held: boolean },
): Stripe.Charge.PaymentMethodDetails.Card {
  const card = cardOf(attempt.saved);
  const face = attempt.saved.method.card;
  return {
    amount_authorized: attempt.refusal ? null : intent.amount,
    authorization_code: attempt.refusal ? null : '123456',
    brand: card.brand,
    ...(attempt.held && { capture_before: desk.nowSeconds() + SECONDS_OF_HOLD }),
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    electronic_commerce_indicator: null,
    exp_month: face?.exp_month ?? 12,
    exp_year: face?.exp_year ?? 2030,
    fingerprint: face?.fingerprint ?? null,
    funding: card.funding ?? 'credit',
    installments: null,
    last4: card.number.slice(-4),
    mandate: null,
    network: card.brand,
    network_transaction_id: attempt.refusal ? null : '976910100000000',
    regulated_status: 'unregulated',
    three_d_secure: attempt.authenticated ? passedChallenge() : null,
    transaction_link_id: null,
    wallet: null,
  };
}

function passedChallenge(): Stripe.Charge.PaymentMethodDetails.Card.ThreeDSecure {
  return {
    authentication_flow: 'challenge',
    electronic_commerce_indicator: '05',
    exemption_indicator: null,
    result: 'authenticated',
    result_reason: null,
    transaction_id: null,
    version: '2.2.0',
  };
}

/** What some test cards bring about after a charge went well. */
function planAftermath(desk: Desk, charge: Stripe.Charge, card: TestCard): void {
  if (card.disputes || card.fraudWarning) desk.later('open-disputes', charge.id, 150);
}

/** Puts a captured charge's money on the balance; under automatic_async this comes after the answer. */
export function settleCharge(desk: Desk, id: string): void {
  const charge = getCharge(desk, id);
  if (charge.balance_transaction !== null) return;
  const fees = [processingFee(charge.amount_captured, charge.currency)];
  const applicationFee = desk.account === '' ? null : charge.application_fee_amount;
  if (applicationFee) fees.push(applicationFeeDetail(applicationFee, charge.currency));
  const card = cardOf(getCard(desk, charge.payment_method ?? ''));
  const transaction = recordMovement(desk, {
    amount: charge.amount_captured,
    currency: charge.currency,
    fees,
    type: 'charge',
    source: id,
    description: charge.description,
    availableOn: desk.nowSeconds() + (card.bypassesPending ? 0 : SECONDS_TO_AVAILABLE),
  });
  const settled: Stripe.Charge = {
    ...charge,
    balance_transaction: transaction.id,
    application_fee: applicationFee ? collectFee(desk, charge, applicationFee) : null,
  };
  desk.shelves.charges.put(id, settled);
  desk.emit('charge.updated', settled, charge);
}

function applicationFeeDetail(amount: number, currency: string) {
  return {
    amount,
    application: null,
    currency,
    description: 'Tender fee',
    type: 'application_fee',
  };
}

export function getCharge(desk: Desk, id: string, param?: string): Stripe.Charge {
  const charge = desk.shelves.charges.get(id);
  if (!charge) throw noSuch('charge', id, param);
  return charge;
}

export function updateCharge(desk: Desk, id: string, params: Stripe.ChargeUpdateParams) {
  onlyImitated(params, ['description', 'metadata', 'transfer_group']);
  const before = getCharge(desk, id);
  const charge: Stripe.Charge = {
    ...before,
    description: params.description ?? before.description,
    metadata: mergeMetadata(before.metadata, params.metadata),
    transfer_group: params.transfer_group ?? before.transfer_group,
  };
  desk.shelves.charges.put(id, charge);
  desk.emit('charge.updated', charge, before);
  return charge;
}

export function listCharges(desk: Desk, params: Stripe.ChargeListParams) {
  onlyImitated(params, [
    ...(['limit', 'starting_after', 'ending_before', 'created'] as const),
    ...(['customer', 'payment_intent', 'transfer_group'] as const),
  ]);
  const fitting = desk.shelves.charges
    .all()
    .filter(
      (each) =>
        (params.customer === undefined || each.customer === params.customer) &&
        (params.payment_intent === undefined || each.payment_intent === params.payment_intent) &&
        (params.transfer_group === undefined || each.transfer_group === params.transfer_group),
    );
  return listPage(fitting, params, '/v1/charges');
}
