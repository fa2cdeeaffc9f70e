// Orders in the words of whoever sells: states, steps of the story, reasons, moments by the shop's clock.
import { formatMoney } from '../../lambdas/domain/money/format-money.ts';
import type { Money } from '../../lambdas/domain/money/money.ts';
import type {
  Order,
  OrderDisputeState,
  OrderState,
  RefundReason,
  RefundState,
} from '../../lambdas/domain/orders/order.ts';
import type { OrderStep } from '../../lambdas/domain/orders/order-steps.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';
import { type Html, html } from '../html.ts';

export function price(amount: Money): string {
  return formatMoney(amount, 'en-US');
}

const states: Readonly<Record<OrderState, { readonly name: string; readonly tone: string }>> = {
  draft: { name: 'Not ordered yet', tone: '' },
  awaiting_payment: { name: 'Awaiting payment', tone: '' },
  needs_action: { name: 'Awaiting payment', tone: '' },
  paid: { name: 'New', tone: 'todo' },
  preparing: { name: 'Preparing', tone: 'todo' },
  ready: { name: 'Ready', tone: 'good' },
  fulfilled: { name: 'Done', tone: 'good' },
  cancelled: { name: 'Cancelled', tone: '' },
  expired: { name: 'Expired', tone: '' },
  conflicted: { name: 'Held', tone: 'bad' },
};

export function stateName(state: OrderState): string {
  return states[state].name;
}

export function statePill(order: Pick<Order, 'state' | 'wish'>): Html {
  const { name, tone } = states[order.state];
  const isShipped = order.state === 'ready' && order.wish.handover.kind === 'shipping';
  return html`<span class="pill ${tone}">${isShipped ? 'Shipped' : name}</span>`;
}

/** What happened, told to the shop. */
const steps: Readonly<Record<OrderStep, string>> = {
  drafted: 'The bill was made',
  requoted: 'The bill was changed',
  claimed: 'Somebody took the bill in Messenger',
  held: 'Somebody opened the bill on our page',
  reminded: 'The buyer was reminded',
  draft_cancelled: 'Cancelled before it was ordered',
  draft_expired: 'Not ordered in time',
  checkout_started: 'Ordered; the stock is reserved',
  checkout_opened: 'The buyer went to pay',
  action_needed: 'The buyer’s bank wants the buyer to confirm',
  payment_asked: 'Stripe was asked how the payment stands',
  payment_pending: 'The buyer’s bank will say in some days whether the payment works',
  payment_declined: 'Not paid with this try; the stock is free again',
  closing_wanted: 'To be closed, if it is not paid yet',
  order_cancelled: 'Cancelled before it was paid',
  order_expired: 'Not paid in time; the stock is free again',
  paid: 'Paid',
  paid_wrongly: 'Stripe reports another amount than was asked: held until the operator has looked',
  paid_late: 'Paid after it had ended: it goes straight back',
  paid_twice: 'Paid a second time: that one goes straight back',
  preparing: 'Being prepared',
  ready: 'Ready, or on its way',
  fulfilled: 'Handed over',
  preparing_undone: 'Taken back: not being prepared',
  ready_undone: 'Taken back: not ready',
  fulfilled_undone: 'Taken back: not handed over',
  cancelled_by_shop: 'Cancelled by the shop',
  refund_wished: 'The buyer asks for money back',
  refund_refused: 'The shop said no to a refund',
  refund_wanted: 'A refund was asked for',
  refund_asked: 'Stripe was asked for the refund',
  refund_pending: 'The refund is on its way to the buyer',
  refunded: 'The refund has arrived',
  refund_failed: 'The refund failed; the operator looks into it',
  dispute_opened: 'The buyer’s bank disputes the payment',
  dispute_moved: 'The dispute has moved on',
  evidence_sent: 'Evidence was sent to the bank',
  dispute_won: 'The dispute is won: the money stays',
  dispute_lost: 'The dispute is lost: the money is with the buyer',
};

export function stepWords(step: OrderStep): string {
  return steps[step];
}

export const refundStates: Readonly<Record<RefundState, string>> = {
  asked: 'asked for',
  pending: 'on its way',
  done: 'done',
  failed: 'failed',
};

export const refundReasons: Readonly<Record<RefundReason, string>> = {
  requested_by_customer: 'The buyer asked for it',
  duplicate: 'Ordered or paid twice',
  fraudulent: 'Not ordered by the card’s owner',
  paid_too_late: 'Paid after the order had ended',
  paid_twice: 'Paid a second time',
  cancelled_by_shop: 'The shop cancelled the order',
};

export const disputeStates: Readonly<Record<OrderDisputeState, string>> = {
  needs_response: 'The bank waits for your answer',
  under_review: 'The bank is looking at it',
  won: 'Won: the money stays with you',
  lost: 'Lost: the money is with the buyer',
};

export function paymentWords(order: Pick<Order, 'trail' | 'method' | 'paidAtMs'>): string {
  const { card } = order.trail;
  if (order.paidAtMs === undefined) return 'Not paid';
  if (card === undefined) return 'Paid by Stripe Checkout';
  const words = card.brand.replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} •• ${card.last4}`;
}

/** "Nov 22, 14:05" by the shop's own clock. */
export function moment(shop: Pick<Shop, 'timeZone'>, atMs: number): string {
  return new Intl.DateTimeFormat('en-US', {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: shop.timeZone,
  }).format(atMs);
}
