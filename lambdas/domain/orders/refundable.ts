// What can still be given back of an order, and the operator's fee that goes back with it.
import { compare, isSameMoney, type Money, money, subtract, sum, zero } from '../money/money.ts';
import type { Order, Refund } from './order.ts';

/** What the provider charged under an intent for this order: its own, or one that came late or twice. */
export function chargeOf(order: Order, intentId: string): Money | undefined {
  if (order.trail.intentId === intentId) return order.trail.taken ?? order.bill.total;
  return order.refunds.find((refund) => refund.intentId === intentId)?.amount;
}

/** Whether the money of this intent is in our books already. */
export function isBooked(order: Order, intentId: string): boolean {
  const isOwn = order.paidAtMs !== undefined && order.trail.intentId === intentId;
  return isOwn || order.refunds.some((refund) => refund.intentId === intentId);
}

/** Of the order's own charge: less what went back, is on its way back, or is with the buyer's bank. */
export function leftToRefund(order: Order): Money {
  const { intentId, taken } = order.trail;
  const whole = taken ?? order.bill.total;
  if (intentId === undefined || order.paidAtMs === undefined) return zero(whole.currency);
  const gone = liveRefunds(order, intentId).map(({ amount }) => amount);
  const left = subtract(whole, sum([...gone, ...disputedOf(order, whole)], whole.currency));
  return left.minor < 0 ? zero(whole.currency) : left;
}

/** In proportion to all that has gone back: together the refunds of the whole give back the whole fee, to the cent. */
export function feeBackFor(order: Order, intentId: string, amount: Money): Money {
  const whole = chargeOf(order, intentId) ?? amount;
  // Another amount than the bill's was never divided: the fee in it is a person's to find.
  if (!isSameMoney(whole, order.bill.total)) return zero(amount.currency);
  const live = liveRefunds(order, intentId);
  const back = sum([amount, ...live.map((refund) => refund.amount)]);
  const due = (BigInt(order.fee.minor) * BigInt(back.minor)) / BigInt(whole.minor);
  const given = sum(
    live.map((refund) => refund.feeBack),
    order.fee.currency,
  );
  const feeBack = subtract(money(Number(due), order.fee.currency), given);
  if (feeBack.minor < 0) return zero(amount.currency);
  return compare(feeBack, amount) > 0 ? amount : feeBack;
}

/** A refund that failed gives nothing back. */
function liveRefunds(order: Order, intentId: string): Refund[] {
  return order.refunds.filter((each) => each.intentId === intentId && each.state !== 'failed');
}

function disputedOf({ dispute }: Order, whole: Money): Money[] {
  const isGone = dispute !== undefined && dispute.state !== 'won';
  return isGone && dispute.amount.currency === whole.currency ? [dispute.amount] : [];
}
