// The books of the shops' twin: one account a shop, and on it its pages, charges, refunds and disputes.
import type { Money } from '../../domain/money/money.ts';
import type { EvidenceFiles } from '../../domain/orders/evidence-file.ts';
import type { OrderDisputeState, OrderId } from '../../domain/orders/order.ts';
import type { CheckoutRequest, FoundMerchant, PaidBy } from '../../domain/orders/ports.ts';
import type { PayoutTrouble } from '../../domain/orders/shop-money.ts';
import type { ShopEvent } from '../../domain/orders/shop-event.ts';
import type { ChargeAnswer, ProviderEvent } from '../../domain/payments/ports.ts';
import type { Clock } from '../../domain/ports.ts';
import type { ShopId } from '../../domain/shops/shop.ts';
import type { MemoryCard } from './provider-cards.ts';

export interface MemoryMerchant {
  readonly shopId: ShopId;
  status: FoundMerchant['status'];
  missing: readonly string[];
}

export interface MemoryCheckout {
  readonly id: string;
  readonly accountId: string;
  readonly request: CheckoutRequest;
  readonly url: string;
  state: 'open' | 'pending' | 'paid' | 'closed';
  /** One page has one intent, whatever cards are tried on it. */
  intent?: MemoryShopIntent;
  /** The buyer ticked that the card be kept. */
  isSaveTicked: boolean;
  saved?: NonNullable<PaidBy['saved']>;
  /** What was typed beside the card. */
  payer?: NonNullable<PaidBy['payer']>;
}

export interface MemoryShopIntent {
  readonly id: string;
  readonly accountId: string;
  readonly orderId: OrderId;
  /** Asked for, or really taken where a test makes it another amount. */
  total: Money;
  /** The operator's, taken with the charge. */
  readonly fee: Money;
  card: MemoryCard;
  readonly sessionId?: string;
  /** Of a saved card: which try it was. */
  readonly attempt?: number;
  answer: ChargeAnswer;
}

export interface MemoryShopRefund {
  readonly id: string;
  readonly accountId: string;
  readonly intentId: string;
  readonly orderId: OrderId;
  /** Our own id of it; none on one that was made on the provider's dashboard. */
  readonly refundId?: string;
  readonly amount: Money;
  /** What the operator gave back of the fee: in proportion. */
  readonly feeBack: Money;
  status: 'done' | 'pending' | 'failed';
}

export interface MemoryEvidence {
  readonly text: string;
  readonly files: EvidenceFiles;
}

export interface MemoryEvidenceFile {
  readonly id: string;
  readonly accountId: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface MemoryShopDispute {
  readonly id: string;
  readonly accountId: string;
  readonly intentId: string;
  readonly orderId: OrderId;
  readonly amount: Money;
  readonly fee: Money;
  readonly reason: string;
  readonly respondBeforeMs: number;
  state: OrderDisputeState;
  evidence?: MemoryEvidence;
}

/** Money that really moved on a shop's account, as it happened. `fee` is the operator's part that moved with it. */
export interface ShopMovement {
  readonly kind: 'charge' | 'refund' | 'refund_failed' | 'dispute' | 'dispute_won';
  readonly accountId: string;
  readonly orderId: OrderId;
  readonly amount: Money;
  readonly fee: Money;
  readonly atMs: number;
}

/** A payout to the shop's bank; the bank may send it back, also late. */
export interface MemoryShopPayout {
  readonly id: string;
  readonly accountId: string;
  readonly amount: Money;
  readonly atMs: number;
  state: 'in_transit' | 'paid' | 'failed';
  trouble?: PayoutTrouble;
}

export interface ShopBooks {
  readonly clock: Clock;
  readonly merchants: Map<string, MemoryMerchant>;
  /** Saved cards by id: a customer of one account is not another's. */
  readonly cards: Map<
    string,
    { readonly accountId: string; readonly customerId: string; readonly card: MemoryCard }
  >;
  readonly customers: Map<string, { readonly accountId: string }>;
  readonly checkouts: Map<string, MemoryCheckout>;
  readonly intents: Map<string, MemoryShopIntent>;
  readonly refunds: Map<string, MemoryShopRefund>;
  readonly disputes: Map<string, MemoryShopDispute>;
  readonly files: Map<string, MemoryEvidenceFile>;
  readonly payouts: Map<string, MemoryShopPayout>;
  readonly movements: readonly ShopMovement[];
  move(movement: Omit<ShopMovement, 'atMs'>): void;
  /** What it would have sent a webhook about, oldest first. */
  readonly events: ProviderEvent[];
  newId(prefix: string): string;
  tell(accountId: string, about: ShopEvent): void;
}

export function openShopBooks(clock: Clock): ShopBooks {
  let made = 0;
  const events: ProviderEvent[] = [];
  const movements: ShopMovement[] = [];
  return {
    clock,
    merchants: new Map(),
    cards: new Map(),
    customers: new Map(),
    checkouts: new Map(),
    intents: new Map(),
    refunds: new Map(),
    disputes: new Map(),
    files: new Map(),
    payouts: new Map(),
    movements,
    move: (movement) => void movements.push({ ...movement, atMs: clock.now() }),
    events,
    newId(prefix) {
      made += 1;
      return `${prefix}_${made}`;
    },
    tell: (accountId, about) => void events.push({ kind: 'shop_event', accountId, about }),
  };
}

/** A thing of that account; another account's is not there. */
export function ofAccount<Thing extends { readonly accountId: string }>(
  things: ReadonlyMap<string, Thing>,
  accountId: string,
  id: string,
): Thing | undefined {
  const thing = things.get(id);
  return thing?.accountId === accountId ? thing : undefined;
}

/** The card is asked, after the buyer where it wants that. */
export function attemptShopCharge(books: ShopBooks, intent: MemoryShopIntent): ChargeAnswer {
  const { accountId, card, fee, id, orderId, total } = intent;
  if (card.declines !== undefined) {
    intent.answer = { kind: 'declined', reason: card.declines, intentId: id };
  } else {
    intent.answer = { kind: 'done', intentId: id, chargeId: books.newId('ch') };
    books.move({ kind: 'charge', accountId, orderId, amount: total, fee });
  }
  books.tell(accountId, { kind: 'charge_changed', intentId: id });
  return intent.answer;
}
