// What buyers, banks and merchants do at the provider of a shop town: pay on its page, answer, dispute, refund, leave.
import { type Money, zero } from '../../../lambdas/domain/money/money.ts';
import type { OrderId } from '../../../lambdas/domain/orders/order.ts';
import {
  type CardName,
  type Intent,
  known,
  type Session,
  type ShopProviderBooks,
} from './provider-books.ts';
import { makeRefund } from './provider-refunds.ts';

export interface ShopHands {
  /** Pays on Checkout's page; `keep` ticks the box. False where the page is closed or paid. */
  payAt(url: string, how?: { card?: CardName; keep?: boolean; taken?: Money }): boolean;
  /** The bank has decided about a slow payment. */
  endSlow(intentId: string, isDone: boolean): void;
  /** The buyer answers their bank on the page of `url`. */
  answerBank(url: string, isPassed: boolean): void;
  /** Another charge with our mark on it. */
  chargeAgain(order: {
    readonly id: OrderId;
    readonly accountId: string;
    readonly total: Money;
  }): string;
  /** A charge that was refused goes through all the same. */
  turnOutDone(intentId: string): void;
  refundOnDashboard(intentId: string, amount: Money): string;
  /** A refund that looked done or pending comes to an end. */
  endRefund(refundId: string, isDone: boolean): void;
  makeRefundPending(refundId: string): void;
  openDispute(intentId: string): string;
  closeDispute(disputeId: string, state: 'won' | 'lost'): void;
  setAccount(accountId: string, status: 'active' | 'restricted' | 'left'): void;
}

export function createShopHands(books: ShopProviderBooks): ShopHands {
  return { ...buyerHands(books), ...refundHands(books), ...bankHands(books) };
}

function buyerHands(
  books: ShopProviderBooks,
): Pick<ShopHands, 'payAt' | 'endSlow' | 'answerBank' | 'chargeAgain' | 'turnOutDone'> {
  const finish = (intent: Intent, isDone: boolean) => {
    const { id: intentId, orderId, accountId, total } = intent;
    intent.answer = isDone
      ? { kind: 'done', intentId, chargeId: `ch_of_${intentId}` }
      : { kind: 'declined', reason: 'generic', intentId };
    if (isDone) books.moved.push({ kind: 'charge', orderId, intentId, amount: total });
    books.events.push({ accountId, about: { kind: 'charge_changed', intentId } });
    const session = [...books.sessions.values()].find((each) => each.intentId === intentId);
    if (session === undefined) return;
    const about = { kind: 'checkout_changed', sessionId: session.id } as const;
    books.events.push({ accountId, about });
  };
  return {
    payAt(url, { card = 'good', keep = false, taken } = {}) {
      const session = known(books.sessions, lastPart(url));
      const { accountId, orderId, bill, expiresAtMs } = session.request;
      const isOver = session.isClosed || session.intentId !== undefined;
      if (isOver || expiresAtMs <= books.time.nowMs || card === 'poor') return false;
      const id = books.newId('pi');
      const answer = { kind: 'pending', intentId: id } as const;
      const intent: Intent = { id, accountId, orderId, total: taken ?? bill.total, card, answer };
      books.intents.set(id, intent);
      session.intentId = id;
      if (keep) session.saved = keepCard(books, session, card);
      if (card === 'slow')
        books.events.push({
          accountId,
          about: { kind: 'checkout_changed', sessionId: session.id },
        });
      else finish(intent, true);
      return true;
    },
    endSlow(intentId, isDone) {
      const intent = known(books.intents, intentId);
      if (intent.answer.kind === 'pending') finish(intent, isDone);
    },
    answerBank(url, isPassed) {
      const intent = known(books.intents, lastPart(url));
      if (intent.answer.kind === 'needs_action') finish(intent, isPassed);
    },
    chargeAgain({ id: orderId, accountId, total }) {
      const id = books.newId('pi');
      const answer = { kind: 'pending', intentId: id } as const;
      const intent: Intent = { id, accountId, orderId, total, card: 'good', answer };
      books.intents.set(id, intent);
      finish(intent, true);
      return id;
    },
    turnOutDone: (intentId) => finish(known(books.intents, intentId), true),
  };
}

function keepCard(books: ShopProviderBooks, { request }: Session, card: CardName) {
  const instrumentId = books.newId('pm');
  books.instruments.set(instrumentId, card);
  return { customerId: request.customerId ?? books.newId('cus'), instrumentId, card };
}

function refundHands(
  books: ShopProviderBooks,
): Pick<ShopHands, 'refundOnDashboard' | 'endRefund' | 'makeRefundPending'> {
  return {
    refundOnDashboard(intentId, amount) {
      const { accountId } = known(books.intents, intentId);
      return makeRefund(books, { accountId, intentId, amount }).id;
    },
    makeRefundPending(refundId) {
      const refund = known(books.refunds, refundId);
      if (refund.status !== 'done') return;
      refund.status = 'pending';
      const at = books.moved.findLastIndex(
        ({ kind, intentId }) => kind === 'refund' && intentId === refund.intentId,
      );
      books.moved.splice(at, 1);
    },
    endRefund(refundId, isDone) {
      const refund = known(books.refunds, refundId);
      const { intentId, amount, accountId, status } = refund;
      const { orderId } = known(books.intents, intentId);
      if (status === 'failed' || (isDone && status === 'done')) return;
      refund.status = isDone ? 'done' : 'failed';
      if (isDone) books.moved.push({ kind: 'refund', orderId, intentId, amount });
      if (status === 'done') books.moved.push({ kind: 'refund_failed', orderId, intentId, amount });
      books.events.push({ accountId, about: { kind: 'refund_changed', refundId } });
    },
  };
}

function bankHands(
  books: ShopProviderBooks,
): Pick<ShopHands, 'openDispute' | 'closeDispute' | 'setAccount'> {
  return {
    openDispute(intentId) {
      const { orderId, accountId, total } = known(books.intents, intentId);
      const refunded = [...books.refunds.values()]
        .filter((each) => each.intentId === intentId && each.status !== 'failed')
        .reduce((all, { amount }) => all + amount.minor, 0);
      const amount = { ...total, minor: total.minor - refunded };
      const id = books.newId('du');
      const fee = { ...zero(total.currency), minor: 1500 };
      books.disputes.set(id, { id, accountId, intentId, amount, fee, state: 'needs_response' });
      books.moved.push({ kind: 'dispute', orderId, intentId, amount });
      books.events.push({ accountId, about: { kind: 'dispute_changed', disputeId: id } });
      return id;
    },
    closeDispute(disputeId, state) {
      const dispute = known(books.disputes, disputeId);
      const { accountId, intentId, amount } = dispute;
      if (dispute.state === 'won' || dispute.state === 'lost') return;
      dispute.state = state;
      const { orderId } = known(books.intents, intentId);
      if (state === 'won') books.moved.push({ kind: 'dispute_won', orderId, intentId, amount });
      books.events.push({ accountId, about: { kind: 'dispute_changed', disputeId } });
    },
    setAccount(accountId, status) {
      known(books.accounts, accountId).status = status;
      books.events.push({ accountId, about: { kind: 'merchant_changed' } });
    },
  };
}

function lastPart(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
