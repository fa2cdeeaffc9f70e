// What becomes of a buyer's wish for money back when the order moves on: whoever gives money back has answered it.
import { isPositive } from '../money/money.ts';
import type { Order, RefundWish } from './order.ts';
import { leftToRefund } from './refundable.ts';

/** Money that the shop sends back, here or at the provider, is an answer; so is that there is nothing left to send. */
export function wishAfter(before: Order, after: Order): RefundWish | undefined {
  const wish = after.refundWish;
  if (wish?.state !== 'open' || before.refundWish?.state !== 'open') return wish;
  const isOwn = ({ intentId }: Order['refunds'][number]) => intentId === after.trail.intentId;
  const isGiven = after.refunds.filter(isOwn).length > before.refunds.filter(isOwn).length;
  return isGiven || !isPositive(leftToRefund(after)) ? { ...wish, state: 'answered' } : wish;
}
