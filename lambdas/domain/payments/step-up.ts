// When a payment asks for the PIN besides the link: a payee never paid before, or more than a small amount.
import { compare } from '../money/money.ts';
import { pinFreeUpTo } from './limits.ts';
import type { Payment } from './payment.ts';
import { totalOf } from './postings.ts';

export function isPinNeeded(payment: Payment): boolean {
  const total = totalOf(payment);
  return payment.isFirstToPayee || compare(total, pinFreeUpTo(total.currency)) > 0;
}
