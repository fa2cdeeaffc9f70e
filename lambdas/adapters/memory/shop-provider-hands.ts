// What buyers, banks and shopkeepers do at the shops' twin: pay on its page, answer their bank, dispute, leave. For tests.
import { type Money, money } from '../../domain/money/money.ts';
import type { PaidBy } from '../../domain/orders/ports.ts';
import type { CardBrand } from '../../domain/shops/shop.ts';
import { type MemoryCardName, memoryCards } from './provider-cards.ts';
import type { PayoutTrouble } from '../../domain/orders/shop-money.ts';
import { balanceOf } from './shop-money.ts';
import {
  attemptShopCharge,
  type MemoryEvidence,
  type MemoryCheckout,
  type MemoryMerchant,
  type MemoryShopIntent,
  type ShopBooks,
} from './shop-provider-books.ts';
import { closePage, endIfOver } from './shop-provider-checkout.ts';
import { recordRefund } from './shop-provider-money.ts';

export interface PaidOnPage {
  readonly card?: MemoryCardName;
  /** Ticks that the card be kept. */
  readonly save?: boolean;
  /** Takes another amount than the page asks for, as no provider should. */
  readonly taken?: Money;
  /** By a method whose bank says in days whether it works: see `endAsync`. */
  readonly isAsync?: boolean;
  /** What the page asks for beside the card. */
  readonly payer?: NonNullable<PaidBy['payer']>;
}

export type PageOutcome =
  /** Finished: the page leads back to `url`, whether or not the bank has said yes. */
  | { readonly kind: 'back'; readonly url: string }
  | { readonly kind: 'needs_action'; readonly url: string }
  | { readonly kind: 'declined' }
  | { readonly kind: 'brand_refused' }
  | { readonly kind: 'over' };

export interface ShopProviderHands {
  /** A buyer fills in Checkout's page, named by its url or its id; a Visa where no card is named. */
  payCheckout(urlOrSessionId: string, how?: PaidOnPage): PageOutcome;
  /** The bank says at last whether an asynchronous payment works. */
  endAsync(sessionId: string, isPaid: boolean): void;
  expireCheckout(sessionId: string): void;
  /** The buyer answers their bank on the page of `url`; on Checkout's the page goes on by itself. */
  answerAction(url: string, isPassed: boolean): void;
  /** Saves a card without a page; gives what a charge of it names. */
  saveCard(accountId: string, card: MemoryCardName): { customerId: string; instrumentId: string };
  /** Ends a pending refund, or fails one that looked done. */
  endRefund(refundId: string, isDone: boolean): void;
  /** A refund that somebody makes on the provider's own dashboard. */
  refundByHand(intentId: string, amount: Money): string;
  openDispute(intentId: string, how?: { reason?: string; amount?: Money }): string;
  closeDispute(disputeId: string, result: 'won' | 'lost'): void;
  finishOnboarding(accountId: string): void;
  restrictMerchant(accountId: string, missing?: readonly string[]): void;
  /** All that there is, on its way to the shop's bank; gives the payout's id. */
  payOut(accountId: string): string;
  /** The bank has it, or sends it back: the money is on the balance again. */
  endPayout(payoutId: string, trouble?: PayoutTrouble): void;
  /** The shop takes our access away: nothing on its account answers us any more. */
  deauthorise(accountId: string): void;
  /** What the bank was sent. */
  evidenceOf(disputeId: string): MemoryEvidence | undefined;
}

export function createShopProviderHands(books: ShopBooks): ShopProviderHands {
  return {
    ...buyerHands(books),
    ...bankHands(books),
    ...merchantHands(books),
    ...payoutHands(books),
  };
}

type BuyerHand = 'payCheckout' | 'endAsync' | 'expireCheckout' | 'answerAction' | 'saveCard';

function buyerHands(books: ShopBooks): Pick<ShopProviderHands, BuyerHand> {
  return {
    payCheckout: (urlOrSessionId, how = {}) =>
      payOnPage(books, known(books.checkouts, lastPart(urlOrSessionId)), how),
    endAsync(sessionId, isPaid) {
      const session = known(books.checkouts, sessionId);
      if (session.state !== 'pending' || session.intent === undefined) return;
      endPending(books, session, { intent: session.intent, isPaid });
    },
    expireCheckout(sessionId) {
      const session = known(books.checkouts, sessionId);
      if (session.state === 'open') closePage(books, session);
    },
    answerAction: (url, isPassed) =>
      answerBank(books, known(books.intents, lastPart(url)), isPassed),
    saveCard(accountId, name) {
      const customerId = books.newId('cus');
      const instrumentId = books.newId('pm');
      books.customers.set(customerId, { accountId });
      books.cards.set(instrumentId, { accountId, customerId, card: memoryCards[name] });
      return { customerId, instrumentId };
    },
  };
}

const brandsOnPage: Readonly<Record<string, CardBrand>> = {
  visa: 'visa',
  mastercard: 'mastercard',
  amex: 'american_express',
  discover: 'discover',
};

function payOnPage(books: ShopBooks, session: MemoryCheckout, how: PaidOnPage): PageOutcome {
  endIfOver(books, session);
  if (session.state !== 'open') return { kind: 'over' };
  const card = memoryCards[how.card ?? 'pm_card_visa'];
  const brand = brandsOnPage[card.brand];
  if (brand === undefined || !session.request.acceptedBrands.includes(brand)) {
    return { kind: 'brand_refused' };
  }
  const intent = intentOn(books, session);
  intent.card = card;
  intent.total = how.taken ?? session.request.bill.total;
  // Whom we do not know is not asked: nobody could find that card again.
  session.isSaveTicked = how.save === true && session.request.isForAnybody !== true;
  if (how.payer !== undefined) session.payer = how.payer;
  if (how.isAsync === true) return waitForBank(books, session, intent);
  if (intent.card.asksPayer === true) {
    const url = `https://provider.test/action/${intent.id}`;
    intent.answer = { kind: 'needs_action', intentId: intent.id, url };
    return { kind: 'needs_action', url };
  }
  attemptShopCharge(books, intent);
  if (intent.answer.kind !== 'done') return { kind: 'declined' };
  return finishPage(books, session, intent);
}

function intentOn(books: ShopBooks, session: MemoryCheckout): MemoryShopIntent {
  if (session.intent !== undefined) return session.intent;
  const { accountId, orderId, fee, bill } = session.request;
  const id = books.newId('pi');
  const intent: MemoryShopIntent = {
    id,
    accountId,
    orderId,
    fee,
    total: bill.total,
    card: memoryCards.pm_card_visa,
    sessionId: session.id,
    answer: { kind: 'pending', intentId: id },
  };
  session.intent = intent;
  books.intents.set(id, intent);
  return intent;
}

function waitForBank(
  books: ShopBooks,
  session: MemoryCheckout,
  intent: MemoryShopIntent,
): PageOutcome {
  intent.answer = { kind: 'pending', intentId: intent.id };
  session.state = 'pending';
  books.tell(session.accountId, { kind: 'checkout_changed', sessionId: session.id });
  return { kind: 'back', url: session.request.successUrl };
}

function endPending(
  books: ShopBooks,
  session: MemoryCheckout,
  { intent, isPaid }: { readonly intent: MemoryShopIntent; readonly isPaid: boolean },
): void {
  if (isPaid) {
    attemptShopCharge(books, intent);
    finishPage(books, session, intent);
    return;
  }
  intent.answer = { kind: 'declined', reason: 'generic', intentId: intent.id };
  closePage(books, session);
}

function finishPage(
  books: ShopBooks,
  session: MemoryCheckout,
  intent: MemoryShopIntent,
): PageOutcome {
  const { accountId, request } = session;
  session.state = 'paid';
  if (session.isSaveTicked) {
    const customerId = request.customerId ?? books.newId('cus');
    const id = books.newId('pm');
    const { brand, last4 } = intent.card;
    books.customers.set(customerId, { accountId });
    books.cards.set(id, { accountId, customerId, card: intent.card });
    session.saved = { customerId, instrument: { id, brand, last4 } };
  }
  books.tell(accountId, { kind: 'checkout_changed', sessionId: session.id });
  return { kind: 'back', url: request.successUrl };
}

function answerBank(books: ShopBooks, intent: MemoryShopIntent, isPassed: boolean): void {
  if (intent.answer.kind !== 'needs_action') return;
  if (!isPassed) {
    intent.answer = {
      kind: 'declined',
      reason: 'authentication_failed',
      intentId: intent.id,
    };
    books.tell(intent.accountId, { kind: 'charge_changed', intentId: intent.id });
    return;
  }
  const answer = attemptShopCharge(books, intent);
  if (intent.sessionId !== undefined && answer.kind === 'done') {
    finishPage(books, known(books.checkouts, intent.sessionId), intent);
  }
}

type BankHand = 'endRefund' | 'refundByHand' | 'openDispute' | 'closeDispute' | 'evidenceOf';

/** What Stripe takes for a dispute in the United States. */
const disputeFeeMinor = 1500;
const timeToRespondMs = 9 * 24 * 60 * 60 * 1000;

function bankHands(books: ShopBooks): Pick<ShopProviderHands, BankHand> {
  return {
    endRefund: (refundId, isDone) => endRefund(books, refundId, isDone),
    refundByHand: (intentId, amount) =>
      recordRefund(books, known(books.intents, intentId), { amount }).id,
    openDispute(intentId, { reason = 'fraudulent', amount } = {}) {
      const intent = known(books.intents, intentId);
      const { accountId, orderId, total } = intent;
      const id = books.newId('du');
      const disputed = amount ?? total;
      const fee = money(disputeFeeMinor, total.currency);
      const respondBeforeMs = books.clock.now() + timeToRespondMs;
      books.disputes.set(id, {
        id,
        accountId,
        intentId,
        orderId,
        amount: disputed,
        fee,
        reason,
        respondBeforeMs,
        state: 'needs_response',
      });
      books.move({ kind: 'dispute', accountId, orderId, amount: disputed, fee });
      books.tell(accountId, { kind: 'dispute_changed', disputeId: id });
      return id;
    },
    closeDispute(disputeId, result) {
      const dispute = known(books.disputes, disputeId);
      if (dispute.state === 'won' || dispute.state === 'lost') return;
      dispute.state = result;
      const { accountId, orderId, amount } = dispute;
      const fee = money(0, amount.currency);
      if (result === 'won') books.move({ kind: 'dispute_won', accountId, orderId, amount, fee });
      books.tell(accountId, { kind: 'dispute_changed', disputeId });
    },
    evidenceOf: (disputeId) => known(books.disputes, disputeId).evidence,
  };
}

function endRefund(books: ShopBooks, refundId: string, isDone: boolean): void {
  const refund = known(books.refunds, refundId);
  const { accountId, orderId, amount, feeBack: fee } = refund;
  if (isDone && refund.status === 'pending') {
    refund.status = 'done';
    books.move({ kind: 'refund', accountId, orderId, amount, fee });
  }
  if (!isDone && refund.status !== 'failed') {
    if (refund.status === 'done')
      books.move({ kind: 'refund_failed', accountId, orderId, amount, fee });
    refund.status = 'failed';
  }
  books.tell(accountId, { kind: 'refund_changed', refundId });
}

function merchantHands(
  books: ShopBooks,
): Pick<ShopProviderHands, 'finishOnboarding' | 'restrictMerchant' | 'deauthorise'> {
  const change = (
    accountId: string,
    status: MemoryMerchant['status'],
    missing: readonly string[] = [],
  ) => {
    const merchant = known(books.merchants, accountId);
    merchant.status = status;
    merchant.missing = missing;
    books.tell(accountId, { kind: 'merchant_changed' });
  };
  return {
    finishOnboarding: (accountId) => change(accountId, 'active'),
    restrictMerchant: (accountId, missing = ['Proof of address']) =>
      change(accountId, 'restricted', missing),
    deauthorise: (accountId) => change(accountId, 'left'),
  };
}

function payoutHands(books: ShopBooks): Pick<ShopProviderHands, 'payOut' | 'endPayout'> {
  return {
    payOut(accountId) {
      const id = books.newId('po');
      const amount = balanceOf(books, accountId);
      const atMs = books.clock.now();
      books.payouts.set(id, { id, accountId, amount, atMs, state: 'in_transit' });
      return id;
    },
    endPayout(payoutId, trouble) {
      const payout = known(books.payouts, payoutId);
      payout.state = trouble === undefined ? 'paid' : 'failed';
      if (trouble !== undefined) payout.trouble = trouble;
    },
  };
}

function lastPart(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

function known<Thing>(things: ReadonlyMap<string, Thing>, id: string): Thing {
  const thing = things.get(id);
  if (thing === undefined) throw new Error(`The provider knows no ${id}`);
  return thing;
}
