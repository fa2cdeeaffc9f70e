// The twin of the shops' provider: a stateful one in memory, with an account a shop, that can lose calls on demand.
import type { ShopLookUp, ShopProvider } from '../../domain/orders/ports.ts';
import type { ShopMoney } from '../../domain/orders/shop-money.ts';
import type { Found, ProviderEvent } from '../../domain/payments/ports.ts';
import type { Clock } from '../../domain/ports.ts';
import type { ProviderFault } from './payment-provider.ts';
import { createOnce } from './provider-books.ts';
import { createShopMoneyTwin } from './shop-money.ts';
import {
  type MemoryShopDispute,
  type MemoryShopIntent,
  type MemoryShopRefund,
  ofAccount,
  openShopBooks,
  type ShopBooks,
  type ShopMovement,
} from './shop-provider-books.ts';
import { createShopCheckout, type ShopCheckout } from './shop-provider-checkout.ts';
import { createShopEvidence } from './shop-provider-evidence.ts';
import { createShopProviderHands, type ShopProviderHands } from './shop-provider-hands.ts';
import { createShopMoney, shopRefundAnswer } from './shop-provider-money.ts';

export type ShopProviderCall =
  | Exclude<keyof ShopProvider, 'lookUp'>
  | `lookUp.${keyof ShopLookUp}`
  | `money.${keyof ShopMoney}`;

export interface MemoryShopProviderOptions {
  readonly clock: Clock;
  /** Asked at every call; what `failNext` ordered comes first. */
  readonly faultFor?: (call: ShopProviderCall) => ProviderFault | undefined;
}

export interface MemoryShopProvider {
  readonly shopProvider: ShopProvider;
  readonly shopMoney: ShopMoney;
  readonly hands: ShopProviderHands;
  failNext(call: ShopProviderCall, fault: ProviderFault): void;
  /** All money that really moved on shops' accounts, oldest first. */
  movements(): readonly ShopMovement[];
  /** What happened since the last time, as the provider's webhooks would tell it. */
  takeEvents(): ProviderEvent[];
  /** For whoever plays the banks, or compares these books with ours. */
  readonly books: ShopBooks;
}

type Lost = { readonly kind: 'unknown'; readonly why: string };
type Through = <Answer>(call: ShopProviderCall, act: () => Answer) => Promise<Answer | Lost>;

export function createMemoryShopProvider(options: MemoryShopProviderOptions): MemoryShopProvider {
  const books = openShopBooks(options.clock);
  const ordered: { readonly call: ShopProviderCall; readonly fault: ProviderFault }[] = [];
  const takeFault = (call: ShopProviderCall) => {
    const at = ordered.findIndex((order) => order.call === call);
    return at === -1 ? options.faultFor?.(call) : ordered.splice(at, 1)[0]?.fault;
  };
  const through: Through = async (call, act) => {
    // Another task gets its turn here, as it would while a request is on its way.
    await Promise.resolve();
    const fault = takeFault(call);
    if (fault === 'lost_before') return { kind: 'unknown', why: 'no_answer' };
    const answer = act();
    return fault === 'lost_after' ? { kind: 'unknown', why: 'no_answer' } : answer;
  };
  return {
    shopProvider: createShopProvider(books, through),
    shopMoney: createShopMoneyTwin(books, (call, act) => through(`money.${call}`, act)),
    hands: createShopProviderHands(books),
    failNext: (call, fault) => void ordered.push({ call, fault }),
    books,
    movements: () => books.movements,
    takeEvents: () => books.events.splice(0),
  };
}

function createShopProvider(books: ShopBooks, through: Through): ShopProvider {
  const checkout = createShopCheckout(books);
  const money = createShopMoney(books);
  const evidence = createShopEvidence(books);
  return {
    onboardMerchant: createOnboarding(books, through),
    openCheckout: (request) => through('openCheckout', () => checkout.open(request)),
    closeCheckout: (accountId, sessionId) =>
      through('closeCheckout', () =>
        onAccount(books, accountId, () => checkout.close(accountId, sessionId)),
      ),
    chargeSavedCard: (request) => through('chargeSavedCard', () => money.charge(request)),
    abandonCharge: (accountId, intentId) =>
      through('abandonCharge', () =>
        onAccount(books, accountId, () => money.abandon(accountId, intentId)),
      ),
    refund: (request) => through('refund', () => money.refund(request)),
    uploadEvidence: (request) => through('uploadEvidence', () => evidence.upload(request)),
    sendEvidence: (request) => through('sendEvidence', () => evidence.take(request)),
    lookUp: createLookUp(books, checkout, through),
  };
}

/** A shop that took our access away leaves us without an answer: what happened there may yet have happened. */
function onAccount<Answer>(books: ShopBooks, accountId: string, act: () => Answer): Answer | Lost {
  const isGone = books.merchants.get(accountId)?.status === 'left';
  return isGone ? { kind: 'unknown', why: 'account_gone' } : act();
}

function createOnboarding(books: ShopBooks, through: Through): ShopProvider['onboardMerchant'] {
  const onceAccount = createOnce<object, string>(books.clock);
  const open = (shop: Parameters<ShopProvider['onboardMerchant']>[0]['shop'], key: string) =>
    onceAccount(key, { country: shop.country }, () => {
      const id = books.newId('acct');
      const missing = ['Business details', 'Bank account'];
      books.merchants.set(id, { shopId: shop.id, status: 'started', missing });
      return id;
    });
  const isGone = (accountId: string) =>
    (books.merchants.get(accountId)?.status ?? 'left') === 'left';
  return ({ shop, accountId: known }) =>
    through('onboardMerchant', () => {
      const first = known ?? open(shop, `${shop.id}:merchant:1`);
      // The account of this key has left since: a shop that comes back gets another.
      const isAnew = known === undefined && isGone(first);
      const accountId = isAnew ? open(shop, `${shop.id}:merchant:after:${first}`) : first;
      if (isGone(accountId)) return { kind: 'declined', why: 'account_gone' } as const;
      const url = `https://provider.test/onboarding/${books.newId('link')}/${accountId}`;
      return { kind: 'done', url, accountId } as const;
    });
}

function createLookUp(books: ShopBooks, checkout: ShopCheckout, through: Through): ShopLookUp {
  const look = <Thing>(
    call: ShopProviderCall,
    accountId: string,
    find: () => Thing | undefined,
  ): Promise<Found<Thing>> => through(call, () => onAccount(books, accountId, () => found(find())));
  return {
    checkout: (accountId, id) =>
      look('lookUp.checkout', accountId, () => checkout.find(accountId, id)),
    charge: (accountId, id) =>
      look('lookUp.charge', accountId, () => {
        const intent = ofAccount(books.intents, accountId, id);
        return intent && foundCharge(intent);
      }),
    lostCharge: ({ accountId, orderId, attempt }) =>
      look('lookUp.lostCharge', accountId, () => {
        const isMeant = (each: MemoryShopIntent) =>
          each.accountId === accountId && each.orderId === orderId && each.attempt === attempt;
        const intent = [...books.intents.values()].find(isMeant);
        return intent && foundCharge(intent);
      }),
    refund: (accountId, id) =>
      look('lookUp.refund', accountId, () => {
        const refund = ofAccount(books.refunds, accountId, id);
        return refund && foundRefund(refund);
      }),
    lostRefund: ({ accountId, intentId, refundId }) =>
      look('lookUp.lostRefund', accountId, () => {
        const isMeant = (each: MemoryShopRefund) =>
          each.accountId === accountId && each.intentId === intentId && each.refundId === refundId;
        const refund = [...books.refunds.values()].find(isMeant);
        return refund && foundRefund(refund);
      }),
    dispute: (accountId, id) =>
      look('lookUp.dispute', accountId, () => {
        const dispute = ofAccount(books.disputes, accountId, id);
        return dispute && foundDispute(dispute);
      }),
    merchant: (accountId) =>
      through('lookUp.merchant', () => {
        const merchant = books.merchants.get(accountId);
        return found(merchant && { ...merchant });
      }),
  };
}

function foundCharge({ orderId, total, answer, card: { brand, last4 } }: MemoryShopIntent) {
  return { orderId, total, answer, ...(answer.kind === 'done' && { card: { brand, last4 } }) };
}

/** What is made on the dashboard carries no mark of ours. */
function foundRefund(refund: MemoryShopRefund) {
  const { orderId, refundId, intentId, amount } = refund;
  const answer = shopRefundAnswer(refund);
  return refundId === undefined
    ? { intentId, amount, answer }
    : { orderId, refundId, intentId, amount, answer };
}

function foundDispute(dispute: MemoryShopDispute) {
  const { intentId, amount, fee, reason, state, respondBeforeMs } = dispute;
  return { intentId, amount, fee, reason, state, respondBeforeMs };
}

function found<Thing>(thing: Thing | undefined): Found<Thing> {
  return thing === undefined ? { kind: 'not_found' } : { kind: 'found', thing };
}
