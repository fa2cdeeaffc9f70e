// Disputes and early fraud warnings: opened by test cards or on request, won or lost.
import type Stripe from 'stripe';
import type { Desk } from '../desk.ts';
import { noSuch, notPossible } from '../server/api-error.ts';
import { recordMovement } from './balance.ts';
import { getCharge } from './charges.ts';
import { checkEvidenceFiles } from './files.ts';
import { idOf } from './id-of.ts';
import { listPage } from './list-page.ts';
import { mergeMetadata } from './metadata.ts';
import { onlyImitated } from './only-imitated.ts';
import { cardOf, getCard } from './payment-methods.ts';

const DISPUTE_FEE = 1500;
const SECONDS_TO_RESPOND = 9 * 24 * 3600;
const UNTIL_DECIDED_MS = 200;

export interface Complaint {
  reason: string;
  /** The bank asks first; no money moves. */
  inquiry: boolean;
  amount?: number;
}

/** What the card of a charge that just went well brings about. */
export function openDisputes(desk: Desk, chargeId: string): void {
  const charge = getCharge(desk, chargeId);
  const card = cardOf(getCard(desk, charge.payment_method ?? ''));
  if (card.fraudWarning) warnOfFraud(desk, charge);
  const reasons = card.disputes ?? [];
  for (const reason of reasons) {
    // Several disputes of one charge share its amount.
    const amount = Math.floor(charge.amount / reasons.length);
    openDispute(desk, chargeId, { reason, inquiry: card.inquiry === true, amount });
  }
}

export function openDispute(desk: Desk, chargeId: string, complaint: Complaint): Stripe.Dispute {
  const before = getCharge(desk, chargeId);
  const dispute = buildDispute(desk, before, complaint);
  const withdrawn = complaint.inquiry ? [] : [withdraw(desk, dispute)];
  const full = { ...dispute, balance_transactions: withdrawn };
  desk.shelves.disputes.put(full.id, full);
  if (!complaint.inquiry) {
    desk.shelves.charges.put(chargeId, { ...before, disputed: true });
  }
  desk.emit('charge.dispute.created', full);
  if (!complaint.inquiry) desk.emit('charge.dispute.funds_withdrawn', full);
  return full;
}

function withdraw(desk: Desk, dispute: Stripe.Dispute): Stripe.BalanceTransaction {
  const { currency } = dispute;
  const fee = { amount: DISPUTE_FEE, application: null, currency, type: 'stripe_fee' };
  return recordMovement(desk, {
    amount: -dispute.amount,
    currency,
    fees: [{ ...fee, description: 'Dispute fee' }],
    type: 'adjustment',
    source: dispute.id,
    description: `Chargeback withdrawal for ${idOf(dispute.charge)}`,
  });
}

function buildDispute(desk: Desk, charge: Stripe.Charge, complaint: Complaint): Stripe.Dispute {
  return {
    id: desk.id('du'),
    object: 'dispute',
    amount: complaint.amount ?? charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created: desk.nowSeconds(),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: NO_EVIDENCE,
    evidence_details: {
      due_by: desk.nowSeconds() + SECONDS_TO_RESPOND,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: complaint.inquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      type: 'card',
      card: {
        brand: 'visa',
        case_type: complaint.inquiry ? 'inquiry' : 'chargeback',
        network: 'visa',
        network_reason_code: complaint.reason === 'fraudulent' ? '10.4' : '13.1',
      },
    },
    reason: complaint.reason,
    status: complaint.inquiry ? 'warning_needs_response' : 'needs_response',
  };
}

const NO_EVIDENCE: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};

function isOpen(dispute: Stripe.Dispute): boolean {
  return !['won', 'lost', 'warning_closed', 'prevented'].includes(dispute.status);
}

export function updateDispute(
  desk: Desk,
  id: string,
  params: Stripe.DisputeUpdateParams,
): Stripe.Dispute {
  onlyImitated(params, ['evidence', 'metadata', 'submit']);
  const before = getDispute(desk, id);
  if (!isOpen(before)) throw notPossible({ message: 'This dispute is already closed.' });
  checkEvidenceFiles(desk, params.evidence ?? {});
  const { enhanced_evidence: _plain, appeal: _none, ...given } = params.evidence ?? {};
  const submitted = params.submit !== false && params.evidence !== undefined;
  const details = before.evidence_details;
  const dispute: Stripe.Dispute = {
    ...before,
    evidence: { ...before.evidence, ...given },
    evidence_details: {
      ...details,
      has_evidence: details.has_evidence || params.evidence !== undefined,
      submission_count: details.submission_count + (submitted ? 1 : 0),
      submission_method: submitted ? 'manual' : details.submission_method,
    },
    metadata: mergeMetadata(before.metadata, params.metadata),
    ...(submitted && { status: reviewOf(before) }),
  };
  desk.shelves.disputes.put(id, dispute);
  desk.emit('charge.dispute.updated', dispute, before);
  if (submitted) desk.later('decide-dispute', id, UNTIL_DECIDED_MS);
  return dispute;
}

function reviewOf(dispute: Stripe.Dispute): Stripe.Dispute.Status {
  return dispute.status.startsWith('warning') ? 'warning_under_review' : 'under_review';
}

/** Stripe's test text in the evidence decides; without it the bank keeps thinking. */
export function decideDispute(desk: Desk, id: string): void {
  const dispute = getDispute(desk, id);
  const text = dispute.evidence.uncategorized_text;
  if (!isOpen(dispute)) return;
  if (text === 'winning_evidence') endDispute(desk, id, 'won');
  if (text === 'losing_evidence') endDispute(desk, id, 'lost');
}

/** Closes a dispute; a won one brings the money back. */
export function endDispute(desk: Desk, id: string, result: 'won' | 'lost'): Stripe.Dispute {
  const before = getDispute(desk, id);
  if (!isOpen(before)) {
    throw notPossible({ message: `This dispute is already closed as ${before.status}.` });
  }
  const inquiry = before.status.startsWith('warning');
  const won = result === 'won' && !inquiry;
  const dispute: Stripe.Dispute = {
    ...before,
    balance_transactions: won
      ? [...before.balance_transactions, reinstate(desk, before)]
      : before.balance_transactions,
    status: inquiry ? 'warning_closed' : result,
  };
  desk.shelves.disputes.put(id, dispute);
  if (won) desk.emit('charge.dispute.funds_reinstated', dispute, before);
  desk.emit('charge.dispute.closed', dispute, before);
  return dispute;
}

function reinstate(desk: Desk, dispute: Stripe.Dispute): Stripe.BalanceTransaction {
  const { amount, currency, id } = dispute;
  const description = `Chargeback reversal for ${idOf(dispute.charge)}`;
  return recordMovement(desk, { amount, currency, type: 'adjustment', source: id, description });
}

function warnOfFraud(desk: Desk, charge: Stripe.Charge): void {
  const warning: Stripe.Radar.EarlyFraudWarning = {
    id: desk.id('issfr'),
    object: 'radar.early_fraud_warning',
    actionable: true,
    charge: charge.id,
    created: desk.nowSeconds(),
    fraud_type: 'made_with_stolen_card',
    livemode: false,
    payment_intent: idOf(charge.payment_intent),
  };
  desk.shelves.warnings.put(warning.id, warning);
  desk.emit('radar.early_fraud_warning.created', warning);
}

export function getDispute(desk: Desk, id: string): Stripe.Dispute {
  const dispute = desk.shelves.disputes.get(id);
  if (!dispute) throw noSuch('dispute', id);
  return dispute;
}

export function listDisputes(desk: Desk, params: Stripe.DisputeListParams) {
  onlyImitated(params, [
    ...(['limit', 'starting_after', 'ending_before', 'created'] as const),
    ...(['charge', 'payment_intent'] as const),
  ]);
  const fitting = desk.shelves.disputes
    .all()
    .filter(
      (each) =>
        (params.charge === undefined || each.charge === params.charge) &&
        (params.payment_intent === undefined || each.payment_intent === params.payment_intent),
    );
  return listPage(fitting, params, '/v1/disputes');
}

export function getWarning(desk: Desk, id: string): Stripe.Radar.EarlyFraudWarning {
  const warning = desk.shelves.warnings.get(id);
  if (!warning) throw noSuch('early fraud warning', id);
  return warning;
}
