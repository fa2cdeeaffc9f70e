// Reads a dispute: where it stands for the money, and which payment it is about.
import * as z from 'zod/mini';
import type { OrderDisputeState } from '../../domain/orders/order.ts';
import type { FoundDispute } from '../../domain/payments/ports.ts';
import { idSchema } from './expandable.ts';
import { metadataSchema, paymentIdIn } from './tie-back.ts';

export const disputeSchema = z.object({
  id: z.string(),
  status: z.string(),
  charge: z.nullish(idSchema),
  /** Asked for expanded; a dispute carries no metadata of ours, the intent does. */
  payment_intent: z.nullish(z.object({ metadata: metadataSchema })),
  /** Funds withdrawn are below zero, funds given back above; in minor units. */
  balance_transactions: z.array(z.object({ amount: z.int() })),
});

type Dispute = z.infer<typeof disputeSchema>;

export function readFoundDispute(dispute: Dispute): FoundDispute {
  const paymentId = paymentIdIn(dispute.payment_intent?.metadata);
  const chargeId = dispute.charge;
  const state = readDisputeState(dispute);
  return {
    status: state === 'won' || state === 'lost' ? state : 'open',
    ...(paymentId && { paymentId }),
    ...(chargeId && { chargeId }),
  };
}

/** From the dispute itself, never from the name of the event: `charge.dispute.closed` says not who won. */
export function readDisputeState(
  dispute: Pick<Dispute, 'status' | 'balance_transactions'>,
): OrderDisputeState {
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
      // Stopped before it was filed: by giving the payer their money back (then it is gone), or by argument.
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

function isMoneyGone(dispute: Pick<Dispute, 'balance_transactions'>): boolean {
  const withdrawn = dispute.balance_transactions.filter(({ amount }) => amount < 0).length;
  const reinstated = dispute.balance_transactions.filter(({ amount }) => amount > 0).length;
  return withdrawn > reinstated;
}
