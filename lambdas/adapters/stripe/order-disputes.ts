// Reads a dispute of an order on the shop's account.
import * as z from 'zod/mini';
import type { EvidenceKind } from '../../domain/orders/evidence-file.ts';
import type { FoundOrderDispute } from '../../domain/orders/ports.ts';
import { fromStripeAmount } from './amounts.ts';
import { readDisputeState } from './disputes.ts';
import { idSchema } from './expandable.ts';

/** A file stands there by its id. */
const file = z.nullish(idSchema);
const evidenceFiles = {
  receipt: file,
  customer_communication: file,
  shipping_documentation: file,
  service_documentation: file,
  customer_signature: file,
  refund_policy: file,
  uncategorized_file: file,
} satisfies Record<EvidenceKind, typeof file>;

export const orderDisputeSchema = z.object({
  id: z.string(),
  status: z.string(),
  amount: z.int(),
  currency: z.string(),
  reason: z.string(),
  payment_intent: z.nullish(idSchema),
  /** Funds withdrawn are below zero, funds given back above; in minor units. */
  balance_transactions: z.array(z.object({ amount: z.int(), fee: z.int(), currency: z.string() })),
  evidence: z.object({
    uncategorized_text: z.nullish(z.string()),
    ...evidenceFiles,
  }),
  evidence_details: z.object({
    /** Seconds; 0 where no response is possible. */
    due_by: z.nullish(z.int()),
    past_due: z.boolean(),
    submission_count: z.int(),
  }),
});

export type StripeOrderDispute = z.infer<typeof orderDisputeSchema>;

/** Undefined when it is about no intent, or its amount is none that we can count. */
export function readFoundOrderDispute(dispute: StripeOrderDispute): FoundOrderDispute | undefined {
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
    state: readDisputeState(dispute),
    ...(dueBy && { respondBeforeMs: dueBy * 1000 }),
  };
}

/** In the currency of the shop's balance, which its charge may not have been in. */
function readFee({ balance_transactions: moved, currency }: StripeOrderDispute) {
  const settled = moved[0]?.currency ?? currency;
  const fees = moved.filter((each) => each.currency === settled).map(({ fee }) => fee);
  return fromStripeAmount({ amount: fees.reduce((all, fee) => all + fee, 0), currency: settled });
}
