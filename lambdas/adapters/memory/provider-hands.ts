// What people and banks do at the twin: fill in its pages, answer 3-D Secure, dispute, spend. For tests and simulation.
import type { PaymentId } from '../../domain/payments/payment.ts';
import type { Books, MemoryIntent } from './provider-books.ts';
import { type MemoryCardName, memoryCards } from './provider-cards.ts';
import { attemptCharge } from './provider-money.ts';

export interface ProviderHands {
  /** Saves a card on the page of `url`; gives where the page leads back to. */
  saveCard(url: string, name: MemoryCardName): string;
  /** The payer answers their bank on the page of `url`. */
  answerAction(url: string, isPassed: boolean): void;
  finishOnboarding(accountId: string): void;
  restrictAccount(accountId: string): void;
  /** The recipient takes their money out: it cannot be reversed any more. */
  emptyAccount(accountId: string): void;
  /** Ends a pending refund, or fails one that looked done. */
  endRefund(refundId: string, isDone: boolean): void;
  openDispute(paymentId: PaymentId): string;
  closeDispute(disputeId: string, status: 'won' | 'lost'): void;
}

export function createProviderHands(books: Books): ProviderHands {
  return {
    ...payerHands(books),
    ...recipientHands(books),
    ...bankHands(books),
  };
}

function payerHands(books: Books): Pick<ProviderHands, 'saveCard' | 'answerAction'> {
  return {
    saveCard(url, name) {
      const setupId = lastPart(url);
      const setup = known(books.setups, setupId);
      const { brand, last4 } = memoryCards[name];
      const id = books.newId('pm');
      books.cards.set(id, { customerId: setup.customerId, card: memoryCards[name] });
      setup.saved = { id, brand, last4 };
      books.events.push({ kind: 'instrument_saved', setupId });
      return setup.returnUrl.replaceAll('{SETUP_ID}', setupId);
    },
    answerAction(url, isPassed) {
      const intent = known(books.intents, lastPart(url));
      if (intent.answer.kind !== 'needs_action') return;
      if (isPassed) {
        attemptCharge(books, intent);
        return;
      }
      intent.answer = { kind: 'declined', reason: 'authentication_failed', intentId: intent.id };
      books.events.push({ kind: 'charge_changed', intentId: intent.id });
    },
  };
}

function recipientHands(
  books: Books,
): Pick<ProviderHands, 'finishOnboarding' | 'restrictAccount' | 'emptyAccount'> {
  const change = (accountId: string, status: 'ready' | 'restricted') => {
    known(books.accounts, accountId).status = status;
    books.events.push({ kind: 'recipient_changed', accountId });
  };
  return {
    finishOnboarding: (accountId) => change(accountId, 'ready'),
    restrictAccount: (accountId) => change(accountId, 'restricted'),
    emptyAccount(accountId) {
      known(books.accounts, accountId).isEmptied = true;
    },
  };
}

function bankHands(
  books: Books,
): Pick<ProviderHands, 'endRefund' | 'openDispute' | 'closeDispute'> {
  return {
    endRefund(refundId, isDone) {
      const refund = known(books.refunds, refundId);
      const { paymentId, amount } = refund;
      if (isDone && refund.status === 'pending') {
        refund.status = 'done';
        books.movements.push({ kind: 'refund', paymentId, amount });
      }
      if (!isDone && refund.status !== 'failed') {
        if (refund.status === 'done')
          books.movements.push({ kind: 'refund_failed', paymentId, amount });
        refund.status = 'failed';
      }
      books.events.push({ kind: 'refund_changed', refundId });
    },
    openDispute(paymentId) {
      const { total, answer } = chargedFor(books, paymentId);
      const chargeId = answer.kind === 'done' ? answer.chargeId : '';
      const id = books.newId('du');
      books.disputes.set(id, { id, paymentId, chargeId, amount: total, status: 'open' });
      books.movements.push({ kind: 'dispute', paymentId, amount: total });
      books.events.push({ kind: 'dispute_changed', disputeId: id });
      return id;
    },
    closeDispute(disputeId, status) {
      const dispute = known(books.disputes, disputeId);
      const { paymentId, amount } = dispute;
      if (dispute.status !== 'open') return;
      dispute.status = status;
      if (status === 'won') books.movements.push({ kind: 'dispute_won', paymentId, amount });
      books.events.push({ kind: 'dispute_changed', disputeId });
    },
  };
}

function chargedFor(books: Books, paymentId: PaymentId): MemoryIntent {
  const intent = [...books.intents.values()].find(
    (each) => each.paymentId === paymentId && each.answer.kind === 'done',
  );
  if (intent === undefined) throw new Error(`Nothing is charged for ${paymentId}`);
  return intent;
}

function lastPart(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

function known<Thing>(things: ReadonlyMap<string, Thing>, id: string): Thing {
  const thing = things.get(id);
  if (thing === undefined) throw new Error(`The provider knows no ${id}`);
  return thing;
}
