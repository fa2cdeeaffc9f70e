// The money of each step: which accounts have more and which have less, always zero in sum.
import type { Account, Posting } from '../journal/entry.ts';
import { add, isZero, type Money, negate } from '../money/money.ts';
import { type Payment, payeeId } from './payment.ts';
import type { PaymentStep } from './payment-steps.ts';

/** What the payer's card is charged: the amount and the fee. */
export function totalOf(payment: Pick<Payment, 'amount' | 'fee'>): Money {
  return add(payment.amount, payment.fee);
}

/** The postings of `step`, taken from `payment` as it was before it. */
export function postingsOf(step: PaymentStep, payment: Payment): Posting[] {
  const payer: Account = `payer:${payment.payerId}`;
  const held: Account = `held:${payment.id}`;
  const disputed: Account = `disputed:${payment.id}`;
  const payee: Account = `payee:${payeeId(payment) ?? 'nobody'}`;
  switch (step) {
    case 'charged':
    case 'charged_late':
      return [less(payer, totalOf(payment)), ...moreWithFee(held, payment)];
    case 'refunded':
      return [more(payer, totalOf(payment)), ...lessWithFee(held, payment)];
    case 'refund_failed':
      // Only a refund that was booked as done has something to take back.
      return payment.state === 'refunded'
        ? [less(payer, totalOf(payment)), ...moreWithFee(held, payment)]
        : [];
    case 'paid_out':
      return [less(held, payment.amount), more(payee, payment.amount)];
    case 'payout_reversed':
      return [less(payee, payment.amount), more(held, payment.amount)];
    case 'disputed':
    case 'disputed_while_held':
      return [less(disputed, totalOf(payment)), more(payer, totalOf(payment))];
    case 'dispute_won':
    case 'dispute_won_while_held':
      return [more(disputed, totalOf(payment)), less(payer, totalOf(payment))];
    case 'dispute_lost':
      // What is still held pays for it; what the payee kept is our loss.
      return [
        more(disputed, totalOf(payment)),
        ...lessWithFee(isInOurHands(payment) ? held : 'tender:losses', payment),
      ];
    case 'drafted':
    case 'draft_cancelled':
    case 'draft_expired':
    case 'confirmed':
    case 'action_needed':
    case 'action_reminded':
    case 'action_asked':
    case 'charge_unknown':
    case 'charge_asked':
    case 'charge_declined':
    case 'claimed':
    case 'claim_reminded':
    case 'payee_ready':
    case 'payout_started':
    case 'payout_asked':
    case 'payout_postponed':
    case 'undone':
    case 'refused':
    case 'claim_expired':
    case 'refund_asked':
    case 'dispute_asked':
    case 'sent_to_review':
      return [];
  }
}

/** Whether a disputed payment's money is with us: never paid out, or taken back from the payee. */
export function isInOurHands(payment: Pick<Payment, 'trail'>): boolean {
  return payment.trail.payOutId === undefined || payment.trail.reversalId !== undefined;
}

function more(account: Account, amount: Money): Posting {
  return { account, amount };
}

function less(account: Account, amount: Money): Posting {
  return { account, amount: negate(amount) };
}

function moreWithFee(account: Account, payment: Payment): Posting[] {
  const postings = [more(account, payment.amount)];
  return isZero(payment.fee) ? postings : [...postings, more('tender:fees', payment.fee)];
}

function lessWithFee(account: Account, payment: Payment): Posting[] {
  const postings = [less(account, payment.amount)];
  return isZero(payment.fee) ? postings : [...postings, less('tender:fees', payment.fee)];
}
