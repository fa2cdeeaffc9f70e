// The company that moves the shops' money, as small as a test can have it: stateful, with keys, and lost calls on demand.
import { createOnce } from '../../../lambdas/adapters/memory/provider-books.ts';
import type {
  CheckoutAnswer,
  CheckoutRequest,
  OrderRefundRequest,
  PaidBy,
  SavedCardCharge,
  ShopLookUp,
  ShopProvider,
} from '../../../lambdas/domain/orders/ports.ts';
import type { ChargeAnswer, Found, RefundAnswer } from '../../../lambdas/domain/payments/ports.ts';
import {
  type CardName,
  cards,
  type Intent,
  type KeptRefund,
  openShopProviderBooks,
  type Session,
  type ShopEventSent,
  type ShopProviderBooks,
} from './provider-books.ts';
import { createShopHands, type ShopHands } from './provider-hands.ts';
import { makeRefund } from './provider-refunds.ts';

export type ShopCall = Exclude<keyof ShopProvider, 'lookUp'> | `lookUp.${keyof ShopLookUp}`;
export type ShopFault = 'lost_before' | 'lost_after';

export interface ShopProviderTwin {
  readonly provider: ShopProvider;
  readonly hands: ShopHands;
  readonly books: ShopProviderBooks;
  failNext(call: ShopCall, fault: ShopFault): void;
  /** What happened since the last time, as its webhooks would tell it. */
  takeEvents(): ShopEventSent[];
}

type Lost = { readonly kind: 'unknown'; readonly why: string };
type Through = <Answer>(
  call: ShopCall,
  accountId: string | undefined,
  act: () => Answer,
) => Promise<Answer | Lost>;

export function createShopProviderTwin(time: { nowMs: number }): ShopProviderTwin {
  const books = openShopProviderBooks(time);
  const ordered: { readonly call: ShopCall; readonly fault: ShopFault }[] = [];
  const through: Through = async (call, accountId, act) => {
    await Promise.resolve();
    closeWhatRanOut(books);
    const at = ordered.findIndex((order) => order.call === call);
    const fault = at === -1 ? undefined : ordered.splice(at, 1)[0]?.fault;
    const isGone = accountId !== undefined && books.accounts.get(accountId)?.status === 'left';
    if (fault === 'lost_before' || isGone) return { kind: 'unknown', why: 'no_answer' };
    const answer = act();
    return fault === 'lost_after' ? { kind: 'unknown', why: 'no_answer' } : answer;
  };
  return {
    provider: createProvider(books, through),
    hands: createShopHands(books),
    books,
    failNext: (call, fault) => void ordered.push({ call, fault }),
    takeEvents: () => {
      closeWhatRanOut(books);
      return books.events.splice(0);
    },
  };
}

function createProvider(books: ShopProviderBooks, through: Through): ShopProvider {
  const clock = { now: () => books.time.nowMs };
  const onceAccount = createOnce<string, string>(clock);
  const onceCheckout = createOnce<CheckoutRequest, Session>(clock);
  const onceCharge = createOnce<SavedCardCharge, Intent>(clock);
  const onceRefund = createOnce<OrderRefundRequest, KeptRefund>(clock);
  return {
    onboardMerchant: ({ shop, accountId: given }) =>
      through('onboardMerchant', undefined, () => {
        const accountId =
          given ?? onceAccount(`${shop.id}:merchant:1`, shop.id, () => newAccount(books, shop.id));
        return { kind: 'done', url: `https://provider.test/onboarding/${accountId}`, accountId };
      }),
    openCheckout: (request) =>
      through('openCheckout', request.accountId, () => {
        const key = `${request.orderId}:checkout:${request.attempt}`;
        const session = onceCheckout(key, request, () => newSession(books, request));
        return { kind: 'done', url: checkoutUrl(session.id), sessionId: session.id };
      }),
    closeCheckout: (accountId, sessionId) =>
      through('closeCheckout', accountId, () => closeSession(books, sessionId)),
    chargeSavedCard: (request) =>
      through(
        'chargeSavedCard',
        request.accountId,
        () =>
          onceCharge(`${request.orderId}:charge:${request.attempt}`, request, () =>
            chargeCard(books, request),
          ).answer,
      ),
    abandonCharge: (accountId, intentId) =>
      through('abandonCharge', accountId, () => abandon(books, intentId)),
    refund: (request) =>
      through('refund', request.accountId, () => {
        const refund = onceRefund(`${request.refundId}:refund`, request, () => {
          const { orderId, refundId } = request;
          return makeRefund(books, { ...request, mark: { orderId, refundId } });
        });
        return refundAnswer(refund);
      }),
    uploadEvidence: ({ accountId, kind }) =>
      through('uploadEvidence', accountId, () => ({ kind: 'done', fileId: `file_${kind}` })),
    sendEvidence: ({ accountId, disputeId }) =>
      through('sendEvidence', accountId, () => {
        const dispute = books.disputes.get(disputeId);
        if (dispute?.state !== 'needs_response') return { kind: 'declined', why: 'too_late' };
        dispute.state = 'under_review';
        books.events.push({ accountId, about: { kind: 'dispute_changed', disputeId } });
        return { kind: 'done' };
      }),
    lookUp: createLookUp(books, through),
  };
}

function newAccount(books: ShopProviderBooks, shopId: `shp_${string}`): string {
  const id = books.newId('acct');
  books.accounts.set(id, { shopId, status: 'started' });
  return id;
}

export function checkoutUrl(sessionId: string): string {
  return `https://provider.test/checkout/${sessionId}`;
}

function newSession(books: ShopProviderBooks, request: CheckoutRequest): Session {
  const session: Session = { id: books.newId('cs'), request, isClosed: false };
  books.sessions.set(session.id, session);
  return session;
}

function closeWhatRanOut(books: ShopProviderBooks): void {
  for (const session of books.sessions.values()) {
    if (session.request.expiresAtMs <= books.time.nowMs) closeSession(books, session.id);
  }
}

function closeSession(books: ShopProviderBooks, sessionId: string): CheckoutAnswer {
  const session = books.sessions.get(sessionId);
  if (session === undefined) return { kind: 'unknown', why: 'no_such_page' };
  if (!session.isClosed && session.intentId === undefined) {
    session.isClosed = true;
    const { accountId } = session.request;
    books.events.push({ accountId, about: { kind: 'checkout_changed', sessionId } });
  }
  return checkoutAnswer(books, session);
}

function checkoutAnswer(books: ShopProviderBooks, session: Session): CheckoutAnswer {
  const intent = books.intents.get(session.intentId ?? '');
  if (intent === undefined) return session.isClosed ? { kind: 'closed' } : { kind: 'open' };
  if (intent.answer.kind === 'pending') return { kind: 'pending', intentId: intent.id };
  return intent.answer.kind === 'done'
    ? { kind: 'paid', ...paidBy(intent, session) }
    : { kind: 'closed' };
}

function paidBy(intent: Intent, { saved }: Session): PaidBy {
  const chargeId = `ch_of_${intent.id}`;
  const paid = { intentId: intent.id, chargeId, total: intent.total, card: cards[intent.card] };
  if (saved === undefined) return paid;
  const { customerId, instrumentId, card } = saved;
  return { ...paid, saved: { customerId, instrument: { id: instrumentId, ...cards[card] } } };
}

function chargeCard(books: ShopProviderBooks, request: SavedCardCharge): Intent {
  const { accountId, orderId, attempt, total, instrumentId } = request;
  const card: CardName = books.instruments.get(instrumentId) ?? 'poor';
  const id = books.newId('pi');
  const answer = answerOf(id, card);
  const intent: Intent = { id, accountId, orderId, attempt, total, card, answer };
  books.intents.set(id, intent);
  if (intent.answer.kind === 'done')
    books.moved.push({ kind: 'charge', orderId, intentId: id, amount: total });
  books.events.push({ accountId, about: { kind: 'charge_changed', intentId: id } });
  return intent;
}

function answerOf(id: string, card: CardName): ChargeAnswer {
  switch (card) {
    case 'good':
      return { kind: 'done', intentId: id, chargeId: `ch_of_${id}` };
    case 'poor':
      return { kind: 'declined', reason: 'insufficient_funds', intentId: id };
    case 'careful':
      return { kind: 'needs_action', intentId: id, url: `https://provider.test/bank/${id}` };
    case 'slow':
      return { kind: 'pending', intentId: id };
  }
}

function abandon(books: ShopProviderBooks, intentId: string): ChargeAnswer {
  const intent = books.intents.get(intentId);
  if (intent === undefined) return { kind: 'unknown', why: 'no_such_charge' };
  if (intent.answer.kind === 'needs_action')
    intent.answer = { kind: 'declined', reason: 'not_finished', intentId };
  return intent.answer;
}

function refundAnswer({ id, status }: KeptRefund): RefundAnswer {
  if (status === 'failed') return { kind: 'declined', why: 'more_than_is_left', refundId: id };
  return { kind: status, refundId: id };
}

function foundCharge({ orderId, answer, total, card }: Intent) {
  return { orderId, answer, total, card: cards[card] };
}

function foundRefund(refund: KeptRefund) {
  const { mark, intentId, amount } = refund;
  return { ...mark, intentId, amount, answer: refundAnswer(refund) };
}

function createLookUp(books: ShopProviderBooks, through: Through): ShopLookUp {
  return {
    checkout: (accountId, id) =>
      through('lookUp.checkout', accountId, () =>
        find(on(books.sessions.get(id), accountId), (session) => ({
          orderId: session.request.orderId,
          answer: checkoutAnswer(books, session),
        })),
      ),
    charge: (accountId, id) =>
      through('lookUp.charge', accountId, () =>
        find(on(books.intents.get(id), accountId), foundCharge),
      ),
    lostCharge: ({ accountId, orderId, attempt }) =>
      through('lookUp.lostCharge', accountId, () =>
        find(
          [...books.intents.values()].find(
            (each) =>
              each.accountId === accountId && each.orderId === orderId && each.attempt === attempt,
          ),
          foundCharge,
        ),
      ),
    refund: (accountId, id) =>
      through('lookUp.refund', accountId, () =>
        find(on(books.refunds.get(id), accountId), foundRefund),
      ),
    lostRefund: ({ accountId, intentId, refundId }) =>
      through('lookUp.lostRefund', accountId, () =>
        find(
          [...books.refunds.values()].find(
            (each) =>
              each.accountId === accountId &&
              each.intentId === intentId &&
              each.mark?.refundId === refundId,
          ),
          foundRefund,
        ),
      ),
    dispute: (accountId, id) =>
      through('lookUp.dispute', accountId, () =>
        find(on(books.disputes.get(id), accountId), ({ intentId, amount, fee, state }) => ({
          intentId,
          amount,
          fee,
          state,
          reason: 'fraudulent',
        })),
      ),
    merchant: (accountId) =>
      through('lookUp.merchant', undefined, () =>
        find(books.accounts.get(accountId), ({ shopId, status }) => ({
          shopId,
          status,
          missing: status === 'active' ? [] : ['something'],
        })),
      ),
  };
}

/** Another account's things are not there. */
function on<
  Thing extends
    | { readonly accountId: string }
    | { readonly request: { readonly accountId: string } },
>(thing: Thing | undefined, accountId: string): Thing | undefined {
  if (thing === undefined) return undefined;
  const owner = 'accountId' in thing ? thing.accountId : thing.request.accountId;
  return owner === accountId ? thing : undefined;
}

function find<Kept, Thing>(kept: Kept | undefined, read: (kept: Kept) => Thing): Found<Thing> {
  return kept === undefined ? { kind: 'not_found' } : { kind: 'found', thing: read(kept) };
}
