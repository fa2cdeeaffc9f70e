// When a payment is to be looked at again: every waiting state has a date, so nothing waits for ever.
import type { Settings } from '../settings.ts';
import { waitAfterAsk } from './ask-again.ts';
import type { Payment } from './payment.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** A payer who left 3-D Secure open is reminded once, then the charge is given up. */
export const actionReminderMs = 10 * minuteMs;
export const actionGivenUpMs = hourMs;

/** Whoever has not claimed is reminded once, this long before the money goes back. */
export const claimReminderBeforeEndMs = 2 * dayMs;

export interface DueContext {
  readonly settings: Pick<Settings, 'undoSeconds' | 'draftMinutes'>;
  readonly nowMs: number;
  /** Whether the payee's account takes money now; decides how long a held payment waits. */
  readonly isPayeeReady: boolean;
}

/** Milliseconds since the epoch, or undefined where only someone's act moves it on. */
export function dueAfter(payment: Payment, context: DueContext): number | undefined {
  switch (payment.state) {
    case 'draft':
      return payment.createdAtMs + context.settings.draftMinutes * minuteMs;
    // The process that charges should be back long before; if it died, the provider is asked.
    case 'charging':
      return context.nowMs + minuteMs;
    case 'needs_action':
      return actionDue(payment, context.nowMs);
    // A payout is asked for by whoever starts it; if that process died, the first look is as soon as after one ask.
    case 'unknown':
    case 'paying_out':
      return context.nowMs + waitAfterAsk(asksSoFar(payment));
    case 'held':
      return heldUntil(payment, context);
    // The first refund is asked for at once; later looks follow the common rhythm.
    case 'refunding':
      return context.nowMs + (payment.asked === 0 ? 0 : waitAfterAsk(payment.asked));
    case 'refund_failed':
      return context.nowMs;
    case 'disputed':
      return context.nowMs + dayMs;
    case 'paid':
    case 'declined':
    case 'cancelled':
    case 'refunded':
    case 'lost':
    case 'review':
      return undefined;
  }
}

export function undoEndsAt(payment: Payment, settings: Pick<Settings, 'undoSeconds'>): number {
  return (payment.heldAtMs ?? payment.createdAtMs) + settings.undoSeconds * secondMs;
}

export function claimReminderAt(payment: Payment): number {
  return (payment.claimBeforeMs ?? payment.createdAtMs) - claimReminderBeforeEndMs;
}

/** A reminder, then the end; a provider that does not answer by then is asked again as for any unknown charge. */
function actionDue(payment: Payment, nowMs: number): number {
  if (payment.asked === 0) return nowMs + actionReminderMs;
  if (payment.remindedAtMs === nowMs) return nowMs + actionGivenUpMs;
  return nowMs + waitAfterAsk(asksSoFar(payment));
}

function heldUntil(payment: Payment, context: DueContext): number | undefined {
  if (context.isPayeeReady) return Math.max(undoEndsAt(payment, context.settings), context.nowMs);
  return payment.remindedAtMs === undefined ? claimReminderAt(payment) : payment.claimBeforeMs;
}

/** Without a clear answer, in the state in which the payment is. */
export function asksSoFar({
  asked,
  remindedAtMs,
  state,
}: Pick<Payment, 'asked' | 'remindedAtMs' | 'state'>): number {
  // What led to `unknown` was an ask without an answer: the first.
  if (state === 'unknown') return asked + 1;
  // The reminder of an open action was counted, and nobody was asked.
  return state === 'needs_action' && remindedAtMs !== undefined ? Math.max(0, asked - 1) : asked;
}
