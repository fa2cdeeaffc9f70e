// Reads a dispute of an order on the shop's account, and hands in what the shop has to say, once.
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { OrderDisputeState } from '../../domain/orders/order.ts';
import type { FoundOrderDispute, ShopProvider } from '../../domain/orders/ports.ts';
import { fromStripeAmount } from './amounts.ts';
import type { StripeClient } from './client.ts';
import { isMoneyGone } from './disputes.ts';
import { ask, isAccountGone, unexpected } from './errors.ts';
import { idSchema } from './expandable.ts';
import { find } from './find-object.ts';

type EvidenceRequest = Parameters<ShopProvider['sendEvidence']>[0];
type EvidenceAnswer = Awaited<ReturnType<ShopProvider['sendEvidence']>>;

export const orderDisputeSchema = z.object({
  id: z.string(),
  status: z.string(),
  amount: z.int(),
  currency: z.string(),
  reason: z.string(),
  payment_intent: z.nullish(idSchema),
  /** Funds withdrawn are below zero, funds given back above; in minor units. */
  balance_transactions: z.array(z.object({ amount: z.int(), fee: z.int(), currency: z.string() })),
  evidence: z.object({ uncategorized_text: z.nullish(z.string()) }),
  evidence_details: z.object({
    /** Seconds; 0 where no response is possible. */
    due_by: z.nullish(z.int()),
    past_due: z.boolean(),
    submission_count: z.int(),
  }),
});

type Dispute = z.infer<typeof orderDisputeSchema>;

/** Undefined when it is about no intent, or its amount is none that we can count. */
export function readFoundOrderDispute(dispute: Dispute): FoundOrderDispute | undefined {
  const amount = fromStripeAmount(dispute);
  const fee = readFee(dispute);
  const intentId = dispute.payment_intent;
  if (!amount || !fee || !intentId) return undefined;
  const dueBy = dispute.evidence_details.due_by;
  return {
    intentId,
    amount,
    fee,
    reason: dispute.reason,
    state: readState(dispute),
    ...(dueBy && { respondBeforeMs: dueBy * 1000 }),
  };
}

/** In the currency of the shop's balance, which its charge may not have been in. */
function readFee({ balance_transactions: moved, currency }: Dispute) {
  const settled = moved[0]?.currency ?? currency;
  const fees = moved.filter((each) => each.currency === settled).map(({ fee }) => fee);
  return fromStripeAmount({ amount: fees.reduce((all, fee) => all + fee, 0), currency: settled });
}

/** From the dispute itself, never from the name of the event: `charge.dispute.closed` says not who won. */
function readState(dispute: Dispute): OrderDisputeState {
  switch (dispute.status) {
    case 'needs_response':
    case 'warning_needs_response':
    case 'appeal_needs_response':
      return 'needs_response';
    case 'won':
    // An inquiry that ended without becoming a dispute: nothing was ever withdrawn.
    case 'warning_closed':
      return 'won';
    case 'lost':
      return 'lost';
    case 'prevented':
      return isMoneyGone(dispute) ? 'lost' : 'won';
    case 'under_review':
    case 'warning_under_review':
    case 'appeal_under_review':
      return 'under_review';
    default:
      // A status that Stripe invented since: under review is what makes us look again.
      return 'under_review';
  }
}

/** Stripe takes it once. The same words again are asking; other words after that are too late, and are told so. */
export async function sendEvidence(
  client: StripeClient,
  request: EvidenceRequest,
): Promise<EvidenceAnswer> {
  const { accountId: stripeAccount, disputeId, text } = request;
  const now = await find(client, orderDisputeSchema, (stripe) =>
    stripe.disputes.retrieve(disputeId, {}, { stripeAccount }),
  );
  if (now.kind === 'unknown') return now;
  if (now.kind === 'not_found') return { kind: 'declined', why: 'resource_missing' };
  const standing = readStanding(now.thing, text);
  if (standing !== undefined) return standing;
  const stripe = await client();
  const told = await ask(z.object({ id: z.string() }), () =>
    stripe.disputes.update(
      disputeId,
      { evidence: { uncategorized_text: text }, submit: true },
      { stripeAccount, idempotencyKey: `${disputeId}:evidence:${shortHash(text)}` },
    ),
  );
  switch (told.kind) {
    case 'told':
      return { kind: 'done' };
    case 'unknown':
      return { kind: 'unknown', why: told.why };
    case 'refused':
      if (isAccountGone(told)) return { kind: 'declined', why: 'account_gone' };
      if (told.code?.startsWith('parameter_') === true) throw unexpected(told);
      return { kind: 'declined', why: told.code ?? 'evidence_refused' };
  }
}

function readStanding(dispute: Dispute, text: string): EvidenceAnswer | undefined {
  const { past_due: isLate, submission_count: sent } = dispute.evidence_details;
  if (sent > 0) {
    return dispute.evidence.uncategorized_text === text
      ? { kind: 'done' }
      : { kind: 'declined', why: 'already_sent' };
  }
  const isOpen = readState(dispute) === 'needs_response';
  return isOpen && !isLate ? undefined : { kind: 'declined', why: 'too_late' };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
