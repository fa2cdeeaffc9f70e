// The machine of an order: which step leads from where to where. docs/states.md draws it; a test compares.
import type { OrderState } from './order.ts';

interface Edge {
  readonly from: readonly (OrderState | 'nothing')[];
  /** `same`: the order stays where it is, and something in it moves (a refund, a dispute, a due date). */
  readonly to: OrderState | 'same';
}

const open = ['awaiting_payment', 'needs_action'] as const;
const sold = ['paid', 'preparing', 'ready', 'fulfilled'] as const;
const ended = ['cancelled', 'expired'] as const;
const charged = [...sold, ...ended, 'conflicted'] as const;

export const orderSteps = {
  drafted: { from: ['nothing'], to: 'draft' },
  requoted: { from: ['draft'], to: 'draft' },
  /** Whoever opened the link first in Messenger is its buyer from now on. */
  claimed: { from: ['draft'], to: 'draft' },
  /** A browser has taken it, outside Messenger: what is typed there is shown in no other. */
  held: { from: ['draft'], to: 'draft' },
  reminded: { from: ['draft'], to: 'same' },
  draft_cancelled: { from: ['draft'], to: 'cancelled' },
  draft_expired: { from: ['draft'], to: 'expired' },
  /** Stock is reserved and the intent written; only then is the provider asked. */
  checkout_started: { from: ['draft'], to: 'awaiting_payment' },
  checkout_opened: { from: ['awaiting_payment'], to: 'same' },
  action_needed: { from: ['awaiting_payment'], to: 'needs_action' },
  payment_asked: { from: open, to: 'same' },
  /** The bank will say in days; the stock stays reserved. */
  payment_pending: { from: open, to: 'awaiting_payment' },
  /** A saved card that said no: back to the bill, stock freed, another card may try. */
  payment_declined: { from: open, to: 'draft' },
  closing_wanted: { from: open, to: 'same' },
  order_cancelled: { from: open, to: 'cancelled' },
  order_expired: { from: open, to: 'expired' },
  paid: { from: open, to: 'paid' },
  paid_wrongly: { from: open, to: 'conflicted' },
  /** After it ended, or a second time: it goes straight back. */
  paid_late: { from: ended, to: 'same' },
  paid_twice: { from: [...sold, 'conflicted'], to: 'same' },
  preparing: { from: ['paid'], to: 'preparing' },
  ready: { from: ['paid', 'preparing'], to: 'ready' },
  fulfilled: { from: ['paid', 'preparing', 'ready'], to: 'fulfilled' },
  preparing_undone: { from: ['preparing'], to: 'paid' },
  ready_undone: { from: ['ready'], to: 'preparing' },
  fulfilled_undone: { from: ['fulfilled'], to: 'ready' },
  cancelled_by_shop: { from: ['paid', 'preparing', 'ready', 'conflicted'], to: 'cancelled' },
  /** The buyer asks; money moves only by the shop's own step. */
  refund_wished: { from: [...sold, 'conflicted'], to: 'same' },
  refund_refused: { from: [...sold, 'conflicted'], to: 'same' },
  /** Also of what was called off: a bank may send back what was given then, and the shop has it again. */
  refund_wanted: { from: [...sold, 'cancelled', 'conflicted'], to: 'same' },
  refund_asked: { from: charged, to: 'same' },
  refund_pending: { from: charged, to: 'same' },
  refunded: { from: charged, to: 'same' },
  refund_failed: { from: charged, to: 'same' },
  dispute_opened: { from: charged, to: 'same' },
  dispute_moved: { from: charged, to: 'same' },
  evidence_sent: { from: charged, to: 'same' },
  dispute_won: { from: charged, to: 'same' },
  dispute_lost: { from: charged, to: 'same' },
} as const satisfies Record<string, Edge>;

export type OrderStep = keyof typeof orderSteps;

/** Whether `step` may be taken from `state`. */
export function isLegal(step: OrderStep, state: OrderState | 'nothing'): boolean {
  const from: readonly string[] = orderSteps[step].from;
  return from.includes(state);
}

/** Where `step` leads from `state`. */
export function stateAfter(step: OrderStep, state: OrderState): OrderState {
  const { to } = orderSteps[step];
  return to === 'same' ? state : to;
}
