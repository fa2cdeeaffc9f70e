// When an order is to be looked at again: whatever waits for a provider or a buyer has a date, so nothing waits for ever.
import { isAskedTooOften, waitAfterAsk } from '../payments/ask-again.ts';
import { dayMs } from '../payments/due-dates.ts';
import type { Settings } from '../settings.ts';
import type { Order, OrderDispute, Refund } from './order.ts';

const minuteMs = 60 * 1000;

/** Stripe keeps Checkout's page open for 30 minutes at least (API reference, "expires_at"); a minute for clocks. */
export const checkoutLifeMs = 31 * minuteMs;

/** How long a request to pay stands where the shop does not say. */
export const paymentRequestLifeMs = dayMs;

export interface OrderDueContext {
  readonly settings: Pick<Settings, 'draftMinutes'>;
  readonly nowMs: number;
}

/** Milliseconds since the epoch, or undefined where only someone's act moves it on. */
export function orderDueAfter(order: Order, context: OrderDueContext): number | undefined {
  const dates = [
    paymentDue(order, context),
    ...order.refunds.map((refund) => refundDue(refund, context.nowMs)),
    disputeDue(order.dispute, context.nowMs),
  ].filter((date) => date !== undefined);
  return dates.length === 0 ? undefined : Math.min(...dates);
}

function paymentDue(order: Order, { nowMs, settings }: OrderDueContext): number | undefined {
  switch (order.state) {
    case 'draft':
      return draftDue(order, nowMs + settings.draftMinutes * minuteMs);
    case 'awaiting_payment':
    case 'needs_action':
      return openDue(order, nowMs);
    case 'paid':
    case 'preparing':
    case 'ready':
    case 'fulfilled':
    case 'cancelled':
    case 'expired':
    case 'conflicted':
      return undefined;
  }
}

/** A request to pay stands as long as it says; a card that was refused at its very end may still be followed by another. */
function draftDue({ source, sent, payBeforeMs, attempt }: Order, usualMs: number): number {
  const endsAtMs = sent?.endsAtMs ?? payBeforeMs;
  if (source === 'cart' || endsAtMs === undefined) return usualMs;
  return attempt === 1 ? endsAtMs : Math.max(endsAtMs, usualMs);
}

function openDue(order: Order, nowMs: number): number {
  const { asked, closing, method, payBeforeMs, trail } = order;
  if (asked > 0) return nowMs + waitAfterAsk(asked);
  if (closing !== undefined) return nowMs;
  // The bank works on it: its event should come first.
  if (order.state === 'awaiting_payment' && trail.intentId !== undefined)
    return nowMs + waitAfterAsk(1);
  // The process that charges should be back long before; if it died, the provider is asked.
  if (order.state === 'awaiting_payment' && method === 'saved_card') return nowMs + minuteMs;
  return Math.max(payBeforeMs ?? nowMs, nowMs);
}

/** The first ask is at once; after the last one a person must look, told by its reason. */
function refundDue({ state, asked }: Refund, nowMs: number): number | undefined {
  switch (state) {
    case 'asked':
      if (asked === 0) return nowMs;
      return isAskedTooOften(asked) ? undefined : nowMs + waitAfterAsk(asked);
    case 'pending':
      return isAskedTooOften(asked) ? undefined : nowMs + waitAfterAsk(asked);
    case 'done':
    case 'failed':
      return undefined;
  }
}

/** The bank decides in its own time; looked up daily, as long as we may look. */
function disputeDue(dispute: OrderDispute | undefined, nowMs: number): number | undefined {
  if (dispute?.isOutOfSight === true) return undefined;
  switch (dispute?.state) {
    case 'needs_response':
    case 'under_review':
      return nowMs + dayMs;
    case 'won':
    case 'lost':
    case undefined:
      return undefined;
  }
}
