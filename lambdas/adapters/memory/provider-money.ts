// The twin moves money: charges, payouts, refunds and reversals, under the rules that Stripe keeps.
import { add, compare, isSameMoney, type Money, zero } from '../../domain/money/money.ts';
import type {
  ChargeAnswer,
  ChargeRequest,
  PaymentProvider,
  PayOutAnswer,
  PayOutRequest,
  RefundAnswer,
  RefundRequest,
  ReversalAnswer,
} from '../../domain/payments/ports.ts';
import { type Books, createOnce, type MemoryIntent, type MemoryRefund } from './provider-books.ts';
import { type MemoryCard, memoryCard } from './provider-cards.ts';

type ReversalRequest = Parameters<PaymentProvider['reversePayOut']>[0];

export interface ProviderMoney {
  charge(request: ChargeRequest): ChargeAnswer;
  abandonCharge(intentId: string): ChargeAnswer;
  payOut(request: PayOutRequest): PayOutAnswer;
  refund(request: RefundRequest): RefundAnswer;
  reversePayOut(request: ReversalRequest): ReversalAnswer;
}

export function createProviderMoney(books: Books): ProviderMoney {
  const onceCharge = createOnce<ChargeRequest, ChargeAnswer>(books.clock);
  const oncePayOut = createOnce<PayOutRequest, PayOutAnswer>(books.clock);
  const onceRefund = createOnce<RefundRequest, RefundAnswer>(books.clock);
  const onceReversal = createOnce<ReversalRequest, ReversalAnswer>(books.clock);
  return {
    charge(request) {
      const card = cardOf(books, request);
      // Refused before anything began: such an answer is not kept under the key.
      if (card === undefined) return { kind: 'declined', reason: 'instrument_gone' };
      const key = `${request.paymentId}:charge:1`;
      return onceCharge(key, request, () => chargeCard(books, request, card));
    },
    abandonCharge: (intentId) => abandon(books, intentId),
    payOut: (request) =>
      oncePayOut(`${request.paymentId}:payout:${request.attempt}`, request, () =>
        transfer(books, request),
      ),
    refund: (request) =>
      onceRefund(`${request.paymentId}:refund:1`, request, () => giveBack(books, request)),
    reversePayOut: (request) =>
      onceReversal(`${request.paymentId}:reversal:1:${request.payOutId}`, request, () =>
        takeBack(books, request),
      ),
  };
}

/** A saved card of that customer, or one of the test instruments by its name. */
function cardOf(books: Books, request: ChargeRequest): MemoryCard | undefined {
  const saved = books.cards.get(request.instrumentId);
  if (saved !== undefined) return saved.customerId === request.customerId ? saved.card : undefined;
  return memoryCard(request.instrumentId);
}

function chargeCard(books: Books, request: ChargeRequest, card: MemoryCard): ChargeAnswer {
  const { paymentId, customerId, total } = request;
  const id = books.newId('pi');
  const answer: ChargeAnswer = card.asksPayer
    ? { kind: 'needs_action', intentId: id, url: `https://provider.test/action/${id}` }
    : { kind: 'pending', intentId: id };
  const intent: MemoryIntent = { id, paymentId, customerId, total, card, answer };
  books.intents.set(id, intent);
  return card.asksPayer ? answer : attemptCharge(books, intent);
}

/** The card is asked: after the payer, where it wants that. */
export function attemptCharge(books: Books, intent: MemoryIntent): ChargeAnswer {
  const { card, paymentId, total } = intent;
  if (card.declines !== undefined) {
    intent.answer = { kind: 'declined', reason: card.declines, intentId: intent.id };
  } else {
    intent.answer = { kind: 'done', intentId: intent.id, chargeId: books.newId('ch') };
    books.movements.push({ kind: 'charge', paymentId, amount: total });
  }
  books.events.push({ kind: 'charge_changed', intentId: intent.id });
  return intent.answer;
}

function abandon(books: Books, intentId: string): ChargeAnswer {
  const intent = books.intents.get(intentId);
  if (intent === undefined) throw new Error(`There is no intent ${intentId}`);
  if (intent.answer.kind === 'needs_action' || intent.answer.kind === 'pending') {
    intent.answer = { kind: 'declined', reason: 'not_finished', intentId };
    books.events.push({ kind: 'charge_changed', intentId });
  }
  return intent.answer;
}

function chargedBy(books: Books, chargeId: string): MemoryIntent | undefined {
  return [...books.intents.values()].find(
    ({ answer }) => answer.kind === 'done' && answer.chargeId === chargeId,
  );
}

function transfer(books: Books, request: PayOutRequest): PayOutAnswer {
  const { paymentId, attempt, amount, accountId, chargeId } = request;
  const made = [...books.transfers.values()].filter((each) => each.paymentId === paymentId);
  const same = made.find((each) => each.attempt === attempt && each.reversalId === undefined);
  if (same !== undefined) return { kind: 'done', payOutId: same.id };
  const charged = chargedBy(books, chargeId);
  if (charged === undefined) return { kind: 'declined', why: 'resource_missing' };
  if (books.accounts.get(accountId)?.status !== 'ready') return { kind: 'recipient_not_ready' };
  const standing = made.filter((each) => each.reversalId === undefined);
  const before = standing.reduce((sum, each) => add(sum, each.amount), zero(amount.currency));
  if (isOver(add(before, amount), charged.total))
    return { kind: 'declined', why: 'transfer_refused' };
  const id = books.newId('tr');
  books.transfers.set(id, { id, paymentId, attempt, accountId, chargeId, amount });
  books.movements.push({ kind: 'payout', paymentId, amount });
  books.events.push({ kind: 'payout_changed', payOutId: id });
  return { kind: 'done', payOutId: id };
}

function giveBack(books: Books, request: RefundRequest): RefundAnswer {
  const { paymentId, chargeId, total } = request;
  const standing = [...books.refunds.values()].find(
    (each) => each.chargeId === chargeId && each.status !== 'failed',
  );
  if (standing !== undefined) return refundAnswer(standing);
  const charged = chargedBy(books, chargeId);
  if (charged === undefined) return { kind: 'declined', why: 'resource_missing' };
  if (isDisputed(books, charged)) return { kind: 'declined', why: 'charge_disputed' };
  if (isOver(total, charged.total)) return { kind: 'declined', why: 'refund_refused' };
  const id = books.newId('re');
  const status = charged.card.refund === 'pending' ? 'pending' : 'done';
  const refund: MemoryRefund = { id, paymentId, chargeId, amount: total, status };
  books.refunds.set(id, refund);
  if (status === 'done') books.movements.push({ kind: 'refund', paymentId, amount: total });
  books.events.push({ kind: 'refund_changed', refundId: id });
  return refundAnswer(refund);
}

export function refundAnswer({ id, status }: MemoryRefund): RefundAnswer {
  switch (status) {
    case 'done':
      return { kind: 'done', refundId: id };
    case 'pending':
      return { kind: 'pending', refundId: id };
    case 'failed':
      return { kind: 'declined', why: 'expired_or_canceled_card', refundId: id };
  }
}

function takeBack(books: Books, request: ReversalRequest): ReversalAnswer {
  const made = books.transfers.get(request.payOutId);
  if (made === undefined) return { kind: 'declined', why: 'resource_missing' };
  if (made.reversalId !== undefined) return { kind: 'done', reversalId: made.reversalId };
  const isCovered = books.accounts.get(made.accountId)?.isEmptied === false;
  if (!isCovered) return { kind: 'declined', why: 'balance_insufficient' };
  if (!isSameMoney(made.amount, request.amount))
    return { kind: 'declined', why: 'reversal_refused' };
  made.reversalId = books.newId('trr');
  books.movements.push({ kind: 'reversal', paymentId: made.paymentId, amount: made.amount });
  books.events.push({ kind: 'payout_changed', payOutId: made.id });
  return { kind: 'done', reversalId: made.reversalId };
}

function isDisputed(books: Books, { paymentId }: MemoryIntent): boolean {
  return [...books.disputes.values()].some(
    (dispute) => dispute.paymentId === paymentId && dispute.status !== 'won',
  );
}

function isOver(amount: Money, most: Money): boolean {
  return compare(amount, most) > 0;
}
