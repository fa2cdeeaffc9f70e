// The money of each step of an order: which accounts have more and which have less, always zero in sum.
import type { Account, Posting } from '../journal/entry.ts';
import { isSameMoney, isZero, type Money, money, negate, subtract, sum } from '../money/money.ts';
import type { Order, OrderDispute } from './order.ts';
import type { OrderStep } from './order-steps.ts';
import { chargeOf } from './refundable.ts';

/** The postings of `step`, which led from `before` to `after`. */
export function postingsOfOrder(step: OrderStep, before: Order, after: Order): Posting[] {
  switch (step) {
    case 'paid':
    case 'paid_wrongly':
      return charged(after, after.trail.taken ?? after.bill.total);
    case 'paid_late':
    case 'paid_twice': {
      const refund = after.refunds.at(-1);
      if (refund === undefined) throw new Error(`Order ${after.id}: ${step} gives nothing back.`);
      return charged(after, refund.amount);
    }
    case 'refunded':
    case 'refund_failed':
      return difference(givenBack(before), givenBack(after));
    case 'dispute_opened':
    case 'dispute_moved':
    case 'dispute_won':
    case 'dispute_lost':
      return [...disputeMoney(step, after), ...disputeFee(before, after)];
    case 'drafted':
    case 'requoted':
    case 'claimed':
    case 'held':
    case 'reminded':
    case 'draft_cancelled':
    case 'draft_expired':
    case 'checkout_started':
    case 'checkout_opened':
    case 'action_needed':
    case 'payment_asked':
    case 'payment_pending':
    case 'payment_declined':
    case 'closing_wanted':
    case 'order_cancelled':
    case 'order_expired':
    case 'preparing':
    case 'ready':
    case 'fulfilled':
    case 'preparing_undone':
    case 'ready_undone':
    case 'fulfilled_undone':
    case 'cancelled_by_shop':
    case 'refund_wished':
    case 'refund_refused':
    case 'refund_wanted':
    case 'refund_asked':
    case 'refund_pending':
    case 'evidence_sent':
      return [];
  }
}

/** What is not the bill's total is all the shop's, until a person has looked at it. */
function charged(order: Order, amount: Money): Posting[] {
  const { bill, fee } = order;
  const { shop, buyer, tax, tips } = accountsOf(order);
  if (!isSameMoney(amount, bill.total)) return [less(buyer, amount), more(shop, amount)];
  const rest = subtract(amount, sum([fee, bill.tax, bill.tip]));
  return [
    less(buyer, amount),
    more(shop, rest),
    more(tax, bill.tax),
    more(tips, bill.tip),
    more('tender:fees', fee),
  ].filter(isMoved);
}

/**
 * All that done refunds have booked so far. Tax and tip go back by the whole of what was given back of a charge, rounded
 * down, and the shop bears the rest: so the order in which refunds end makes no difference, and the last one leaves nothing.
 */
function givenBack(order: Order): Posting[] {
  const intents = new Set(order.refunds.map(({ intentId }) => intentId));
  return [...intents].flatMap((intentId) => givenBackOf(order, intentId));
}

function givenBackOf(order: Order, intentId: string): Posting[] {
  const done = order.refunds.filter((each) => each.intentId === intentId && each.state === 'done');
  const whole = chargeOf(order, intentId);
  if (whole === undefined || done.length === 0) return [];
  const { shop, buyer, tax, tips } = accountsOf(order);
  const amount = sum(done.map((refund) => refund.amount));
  const feeBack = sum(done.map((refund) => refund.feeBack));
  const isDivided = isSameMoney(whole, order.bill.total);
  const share = (part: Money) =>
    isDivided ? shareOf(part, amount, whole) : money(0, amount.currency);
  const [taxBack, tipBack] = [share(order.bill.tax), share(order.bill.tip)];
  return [
    more(buyer, amount),
    less(tax, taxBack),
    less(tips, tipBack),
    less('tender:fees', feeBack),
    less(shop, subtract(amount, sum([taxBack, tipBack, feeBack]))),
  ];
}

/** Exact, rounded down: never more of a part than there is, and all of it for the whole. */
function shareOf(part: Money, amount: Money, whole: Money): Money {
  const minor = (BigInt(part.minor) * BigInt(amount.minor)) / BigInt(whole.minor);
  return money(Number(minor), part.currency);
}

function difference(before: readonly Posting[], after: readonly Posting[]): Posting[] {
  const totals = new Map<string, Posting>();
  const count = (account: Account, amount: Money) => {
    const key = `${account} ${amount.currency}`;
    const known = totals.get(key);
    totals.set(key, {
      account,
      amount: known === undefined ? amount : sum([known.amount, amount]),
    });
  };
  for (const { account, amount } of after) count(account, amount);
  for (const { account, amount } of before) count(account, negate(amount));
  return [...totals.values()].filter(isMoved);
}

/** A bank takes the money at once and says why later; what it keeps in the end is the shop's loss. */
function disputeMoney(step: OrderStep, order: Order): Posting[] {
  const { dispute } = order;
  if (dispute === undefined) throw new Error(`Order ${order.id}: ${step} without a dispute.`);
  const { shop, buyer, disputed } = accountsOf(order);
  if (step === 'dispute_opened')
    return [less(disputed, dispute.amount), more(buyer, dispute.amount)];
  if (step === 'dispute_won') return [more(disputed, dispute.amount), less(buyer, dispute.amount)];
  if (step === 'dispute_lost') return [more(disputed, dispute.amount), less(shop, dispute.amount)];
  return [];
}

/** Charged to the shop when it opens; some of it may come back. */
function disputeFee(before: Order, after: Order): Posting[] {
  const { shop } = accountsOf(after);
  const told = after.dispute;
  if (told === undefined) return [];
  const earlier: OrderDispute | undefined =
    before.dispute?.id === told.id ? before.dispute : undefined;
  const fee = earlier === undefined ? told.fee : subtract(told.fee, earlier.fee);
  return [less(shop, fee), more('provider:dispute_fees', fee)].filter(isMoved);
}

function accountsOf({ id, shopId, buyerId }: Order) {
  return {
    shop: `shop:${shopId}`,
    buyer: `buyer:${buyerId}`,
    tax: `tax:${shopId}`,
    tips: `tips:${shopId}`,
    disputed: `disputed:${id}`,
  } as const;
}

function isMoved({ amount }: Posting): boolean {
  return !isZero(amount);
}

function more(account: Account, amount: Money): Posting {
  return { account, amount };
}

function less(account: Account, amount: Money): Posting {
  return { account, amount: negate(amount) };
}
