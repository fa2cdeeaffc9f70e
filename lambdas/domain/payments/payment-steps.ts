// The machine of a payment: which step leads from where to where. docs/states.md draws it; a test compares.
import type { PaymentState } from './payment.ts';

interface Edge {
  readonly from: readonly (PaymentState | 'nothing')[];
  readonly to: PaymentState;
}

/** Steps that keep the state move its due date or its payee; they are journaled like all others. */
export const paymentSteps = {
  drafted: { from: ['nothing'], to: 'draft' },
  draft_cancelled: { from: ['draft'], to: 'cancelled' },
  draft_expired: { from: ['draft'], to: 'cancelled' },
  confirmed: { from: ['draft'], to: 'charging' },
  action_needed: { from: ['charging', 'unknown'], to: 'needs_action' },
  action_reminded: { from: ['needs_action'], to: 'needs_action' },
  action_asked: { from: ['needs_action'], to: 'needs_action' },
  charge_unknown: { from: ['charging'], to: 'unknown' },
  charge_asked: { from: ['unknown'], to: 'unknown' },
  charge_declined: { from: ['charging', 'needs_action', 'unknown'], to: 'declined' },
  /** It had been refused for good, and went through all the same: it goes straight back. */
  charged_late: { from: ['declined'], to: 'refunding' },
  charged: { from: ['charging', 'needs_action', 'unknown'], to: 'held' },
  claimed: { from: ['held'], to: 'held' },
  claim_reminded: { from: ['held'], to: 'held' },
  payee_ready: { from: ['held'], to: 'held' },
  payout_started: { from: ['held'], to: 'paying_out' },
  payout_asked: { from: ['paying_out'], to: 'paying_out' },
  payout_postponed: { from: ['held', 'paying_out'], to: 'held' },
  paid_out: { from: ['paying_out'], to: 'paid' },
  undone: { from: ['held'], to: 'refunding' },
  refused: { from: ['held'], to: 'refunding' },
  claim_expired: { from: ['held'], to: 'refunding' },
  refund_asked: { from: ['refunding'], to: 'refunding' },
  refunded: { from: ['refunding'], to: 'refunded' },
  refund_failed: { from: ['refunding', 'refunded'], to: 'refund_failed' },
  disputed_while_held: { from: ['held'], to: 'disputed' },
  disputed: { from: ['paid'], to: 'disputed' },
  payout_reversed: { from: ['disputed'], to: 'disputed' },
  dispute_asked: { from: ['disputed'], to: 'disputed' },
  dispute_won: { from: ['disputed'], to: 'paid' },
  dispute_won_while_held: { from: ['disputed'], to: 'held' },
  dispute_lost: { from: ['disputed'], to: 'lost' },
  sent_to_review: {
    from: [
      'charging',
      'needs_action',
      'unknown',
      'paying_out',
      'refunding',
      'refunded',
      'refund_failed',
    ],
    to: 'review',
  },
} as const satisfies Record<string, Edge>;

export type PaymentStep = keyof typeof paymentSteps;

/** Whether `step` may be taken from `state`. */
export function isLegal(step: PaymentStep, state: PaymentState | 'nothing'): boolean {
  const from: readonly string[] = paymentSteps[step].from;
  return from.includes(state);
}
