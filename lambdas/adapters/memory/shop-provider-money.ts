// The twin moves money on shops' accounts: saved cards, refunds with their part of the fee, under the rules that Stripe keeps.
import { add, compare, type Money, money, subtract, zero } from '../../domain/money/money.ts';
import type { OrderRefundRequest, SavedCardCharge } from '../../domain/orders/ports.ts';
import type { ChargeAnswer, RefundAnswer } from '../../domain/payments/ports.ts';
import { createOnce } from './provider-books.ts';
import { type MemoryCard, memoryCard } from './provider-cards.ts';
import {
  attemptShopCharge,
  type MemoryShopIntent,
  type MemoryShopRefund,
  ofAccount,
  type ShopBooks,
} from './shop-provider-books.ts';
import { whyNoCharges } from './shop-provider-checkout.ts';

export interface ShopMoney {
  charge(request: SavedCardCharge): ChargeAnswer;
  abandon(accountId: string, intentId: string): ChargeAnswer;
  refund(request: OrderRefundRequest): RefundAnswer;
}

export function createShopMoney(books: ShopBooks): ShopMoney {
  const onceCharge = createOnce<SavedCardCharge, ChargeAnswer>(books.clock);
  const onceRefund = createOnce<OrderRefundRequest, RefundAnswer>(books.clock);
  return {
    charge(request) {
      const { accountId, orderId, attempt } = request;
      // Refused before anything began: such an answer is not kept under the key.
      const refusal = whyNoCharges(books.merchants.get(accountId));
      if (refusal === 'account_gone') return { kind: 'unknown', why: refusal };
      if (refusal !== undefined) return { kind: 'declined', reason: 'not_supported' };
      const card = cardOf(books, request);
      if (card === undefined) return { kind: 'declined', reason: 'instrument_gone' };
      const key = `${accountId}:${orderId}:charge:${attempt}`;
      return onceCharge(key, request, () => chargeCard(books, request, card));
    },
    abandon: (accountId, intentId) => abandon(books, accountId, intentId),
    refund(request) {
      if (whyNoCharges(books.merchants.get(request.accountId)) === 'account_gone') {
        return { kind: 'declined', why: 'account_gone' };
      }
      const key = `${request.accountId}:${request.refundId}:refund`;
      return onceRefund(key, request, () => giveBack(books, request));
    },
  };
}

/** A saved card of that customer on that account, or one of the test instruments by its name. */
function cardOf(books: ShopBooks, request: SavedCardCharge): MemoryCard | undefined {
  const { accountId, customerId, instrumentId } = request;
  if (ofAccount(books.customers, accountId, customerId) === undefined) return undefined;
  const saved = ofAccount(books.cards, accountId, instrumentId);
  if (saved !== undefined) return saved.customerId === customerId ? saved.card : undefined;
  return memoryCard(instrumentId);
}

function chargeCard(books: ShopBooks, request: SavedCardCharge, card: MemoryCard): ChargeAnswer {
  const { accountId, orderId, attempt, total, fee } = request;
  const id = books.newId('pi');
  const answer: ChargeAnswer = card.asksPayer
    ? { kind: 'needs_action', intentId: id, url: `https://provider.test/action/${id}` }
    : { kind: 'pending', intentId: id };
  const intent: MemoryShopIntent = { id, accountId, orderId, attempt, total, fee, card, answer };
  books.intents.set(id, intent);
  return card.asksPayer ? answer : attemptShopCharge(books, intent);
}

function abandon(books: ShopBooks, accountId: string, intentId: string): ChargeAnswer {
  const intent = ofAccount(books.intents, accountId, intentId);
  if (intent === undefined) throw new Error(`There is no intent ${intentId}`);
  if (intent.answer.kind === 'needs_action' || intent.answer.kind === 'pending') {
    intent.answer = { kind: 'declined', reason: 'not_finished', intentId };
    books.tell(accountId, { kind: 'charge_changed', intentId });
  }
  return intent.answer;
}

function giveBack(books: ShopBooks, request: OrderRefundRequest): RefundAnswer {
  const { accountId, intentId, amount } = request;
  const made = refundsOf(books, intentId).find((each) => each.refundId === request.refundId);
  if (made !== undefined) return shopRefundAnswer(made);
  const intent = ofAccount(books.intents, accountId, intentId);
  if (intent?.answer.kind !== 'done') return { kind: 'declined', why: 'resource_missing' };
  if (isDisputed(books, intentId)) return { kind: 'declined', why: 'charge_disputed' };
  const left = subtract(intent.total, refundedOf(books, intentId, intent.total));
  if (left.minor === 0) return { kind: 'declined', why: 'charge_already_refunded' };
  if (compare(amount, left) > 0) return { kind: 'declined', why: 'refund_refused' };
  return shopRefundAnswer(recordRefund(books, intent, { amount, refundId: request.refundId }));
}

/** With its part of the operator's fee, as `refund_application_fee` gives it back. */
export function recordRefund(
  books: ShopBooks,
  intent: MemoryShopIntent,
  asked: { readonly amount: Money; readonly refundId?: string },
): MemoryShopRefund {
  const { accountId, orderId, id: intentId } = intent;
  const refund: MemoryShopRefund = {
    id: books.newId('re'),
    accountId,
    orderId,
    intentId,
    ...asked,
    feeBack: feeBackOf(books, intent, asked.amount),
    status: intent.card.refund === 'pending' ? 'pending' : 'done',
  };
  books.refunds.set(refund.id, refund);
  if (refund.status === 'done') {
    const { amount, feeBack: fee } = refund;
    books.move({ kind: 'refund', accountId, orderId, amount, fee });
  }
  books.tell(accountId, { kind: 'refund_changed', refundId: refund.id });
  return refund;
}

/** All that is due in proportion by now, less what went back before: nothing is lost to rounding. */
function feeBackOf(books: ShopBooks, intent: MemoryShopIntent, amount: Money): Money {
  const refunded = add(refundedOf(books, intent.id, amount), amount).minor;
  const due = (BigInt(intent.fee.minor) * BigInt(refunded)) / BigInt(intent.total.minor);
  const before = refundsOf(books, intent.id).reduce(
    (all, { feeBack, status }) => (status === 'failed' ? all : add(all, feeBack)),
    zero(intent.fee.currency),
  );
  return subtract(money(Number(due), intent.fee.currency), before);
}

function refundsOf(books: ShopBooks, intentId: string): MemoryShopRefund[] {
  return [...books.refunds.values()].filter((each) => each.intentId === intentId);
}

function refundedOf(books: ShopBooks, intentId: string, like: Money): Money {
  return refundsOf(books, intentId).reduce(
    (all, { amount, status }) => (status === 'failed' ? all : add(all, amount)),
    zero(like.currency),
  );
}

export function shopRefundAnswer({ id, status }: MemoryShopRefund): RefundAnswer {
  switch (status) {
    case 'done':
      return { kind: 'done', refundId: id };
    case 'pending':
      return { kind: 'pending', refundId: id };
    case 'failed':
      return { kind: 'declined', why: 'expired_or_canceled_card', refundId: id };
  }
}

function isDisputed(books: ShopBooks, intentId: string): boolean {
  return [...books.disputes.values()].some(
    (dispute) => dispute.intentId === intentId && dispute.state !== 'won',
  );
}
