// The twin's Checkout: pages that are open, finished, waiting for a bank, or over.
import type {
  CheckoutAnswer,
  CheckoutRequest,
  FoundCheckout,
  ShopProvider,
} from '../../domain/orders/ports.ts';
import { createOnce } from './provider-books.ts';
import {
  type MemoryCheckout,
  type MemoryMerchant,
  ofAccount,
  type ShopBooks,
} from './shop-provider-books.ts';

type Opened = Exclude<Awaited<ReturnType<ShopProvider['openCheckout']>>, { kind: 'unknown' }>;

export interface ShopCheckout {
  open(request: CheckoutRequest): Opened;
  close(accountId: string, sessionId: string): CheckoutAnswer;
  find(accountId: string, sessionId: string): FoundCheckout | undefined;
}

/** Stripe's bounds for `expires_at`, with five seconds for clocks. */
const shortestLifeMs = 30 * 60 * 1000 - 5000;
const longestLifeMs = 24 * 60 * 60 * 1000;

export function createShopCheckout(books: ShopBooks): ShopCheckout {
  const once = createOnce<CheckoutRequest, Opened>(books.clock);
  return {
    open(request) {
      // Refused before anything began: such an answer is not kept under the key.
      const refusal = whyNotOpened(books, request);
      const key = keyOf(request);
      if (refusal === 'no_such_customer') {
        const { customerId: _gone, ...rest } = request;
        return once(`${key}:no_customer`, request, () => openPage(books, rest));
      }
      if (refusal !== undefined) return { kind: 'declined', why: refusal };
      return once(key, request, () => openPage(books, request));
    },
    close(accountId, sessionId) {
      const session = ofAccount(books.checkouts, accountId, sessionId);
      if (session === undefined) throw new Error(`There is no page ${sessionId}`);
      endIfOver(books, session);
      if (session.state === 'open') closePage(books, session);
      return answerOf(session);
    },
    find(accountId, sessionId) {
      const session = ofAccount(books.checkouts, accountId, sessionId);
      if (session === undefined) return undefined;
      endIfOver(books, session);
      return { orderId: session.request.orderId, answer: answerOf(session) };
    },
  };
}

/** Asked for by another link, it is another page; with another bill, it is a bug. */
function keyOf(request: CheckoutRequest): string {
  const { acceptedBrands, cancelUrl, shopName, successUrl } = request;
  const page = JSON.stringify([acceptedBrands, cancelUrl, shopName, successUrl]);
  return `${request.accountId}:${request.orderId}:checkout:${request.attempt}:${page}`;
}

function whyNotOpened(books: ShopBooks, request: CheckoutRequest): string | undefined {
  const { accountId, customerId, expiresAtMs } = request;
  const refusal = whyNoCharges(books.merchants.get(accountId));
  if (refusal !== undefined) return refusal;
  if (customerId !== undefined && !ofAccount(books.customers, accountId, customerId)) {
    return 'no_such_customer';
  }
  const isKnown = [...books.checkouts.values()].some(
    (made) => made.request.orderId === request.orderId && made.request.attempt === request.attempt,
  );
  const lifeMs = expiresAtMs - books.clock.now();
  const isPossible = lifeMs >= shortestLifeMs && lifeMs <= longestLifeMs;
  return isKnown || isPossible ? undefined : 'no_time_left';
}

/** Undefined while the account may take cards. */
export function whyNoCharges(merchant: MemoryMerchant | undefined): string | undefined {
  switch (merchant?.status) {
    case 'active':
      return undefined;
    case 'started':
    case 'restricted':
      return 'account_not_ready';
    case 'left':
    case undefined:
      return 'account_gone';
  }
}

function openPage(books: ShopBooks, request: CheckoutRequest): Opened {
  const id = books.newId('cs');
  const url = `https://provider.test/checkout/${id}`;
  const { accountId } = request;
  books.checkouts.set(id, { id, accountId, request, url, state: 'open', isSaveTicked: false });
  return { kind: 'done', url, sessionId: id };
}

/** Its time is over: nobody can pay it any more. */
export function endIfOver(books: ShopBooks, session: MemoryCheckout): void {
  const isOver = session.request.expiresAtMs <= books.clock.now();
  if (session.state === 'open' && isOver) closePage(books, session);
}

export function closePage(books: ShopBooks, session: MemoryCheckout): void {
  const { accountId, id, intent } = session;
  session.state = 'closed';
  if (intent?.answer.kind === 'needs_action') {
    intent.answer = { kind: 'declined', reason: 'not_finished', intentId: intent.id };
  }
  books.tell(accountId, { kind: 'checkout_changed', sessionId: id });
}

function answerOf(session: MemoryCheckout): CheckoutAnswer {
  const { intent, payer, saved, state } = session;
  if (state === 'open' || state === 'closed') return { kind: state };
  if (intent === undefined) throw new Error(`${session.id} was finished without a charge`);
  if (state === 'pending') return { kind: 'pending', intentId: intent.id };
  if (intent.answer.kind !== 'done') throw new Error(`${session.id} is paid without a charge`);
  const { brand, last4 } = intent.card;
  return {
    kind: 'paid',
    intentId: intent.id,
    chargeId: intent.answer.chargeId,
    total: intent.total,
    card: { brand, last4 },
    ...(saved && { saved }),
    ...(payer && { payer }),
  };
}
