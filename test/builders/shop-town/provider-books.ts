// What the company that moves the shops' money keeps in a shop town: pages, charges, refunds, disputes, and what moved.
import type { Money } from '../../../lambdas/domain/money/money.ts';
import type { OrderDisputeState, OrderId } from '../../../lambdas/domain/orders/order.ts';
import type { CheckoutRequest } from '../../../lambdas/domain/orders/ports.ts';
import type { ShopEvent } from '../../../lambdas/domain/orders/shop-event.ts';
import type { ChargeAnswer } from '../../../lambdas/domain/payments/ports.ts';
import type { ShopId } from '../../../lambdas/domain/shops/shop.ts';

/** How a card behaves, by its name. */
export const cards = {
  good: { brand: 'visa', last4: '4242' },
  poor: { brand: 'visa', last4: '9995' },
  careful: { brand: 'visa', last4: '3155' },
  slow: { brand: 'sepa_debit', last4: '3000' },
} as const;
export type CardName = keyof typeof cards;

export interface Intent {
  readonly id: string;
  readonly accountId: string;
  readonly orderId: OrderId;
  /** Of a saved card. */
  readonly attempt?: number;
  readonly total: Money;
  readonly card: CardName;
  answer: ChargeAnswer;
}

export interface Session {
  readonly id: string;
  readonly request: CheckoutRequest;
  isClosed: boolean;
  intentId?: string;
  saved?: { readonly customerId: string; readonly instrumentId: string; readonly card: CardName };
}

export interface KeptRefund {
  readonly id: string;
  readonly accountId: string;
  readonly intentId: string;
  readonly amount: Money;
  readonly mark?: { readonly orderId: OrderId; readonly refundId: string };
  status: 'done' | 'pending' | 'failed';
}

export interface KeptDispute {
  readonly id: string;
  readonly accountId: string;
  readonly intentId: string;
  readonly amount: Money;
  readonly fee: Money;
  state: OrderDisputeState;
}

/** Money that really moved, as it happened. */
export interface Moved {
  readonly kind: 'charge' | 'refund' | 'refund_failed' | 'dispute' | 'dispute_won';
  readonly orderId: OrderId;
  readonly intentId: string;
  readonly amount: Money;
}

export interface ShopEventSent {
  readonly accountId: string;
  readonly about: ShopEvent;
}

export interface ShopProviderBooks {
  readonly time: { nowMs: number };
  readonly accounts: Map<
    string,
    { readonly shopId: ShopId; status: 'started' | 'active' | 'restricted' | 'left' }
  >;
  readonly sessions: Map<string, Session>;
  readonly intents: Map<string, Intent>;
  readonly instruments: Map<string, CardName>;
  readonly refunds: Map<string, KeptRefund>;
  readonly disputes: Map<string, KeptDispute>;
  readonly moved: Moved[];
  readonly events: ShopEventSent[];
  newId(prefix: string): string;
}

export function openShopProviderBooks(time: { nowMs: number }): ShopProviderBooks {
  let made = 0;
  return {
    time,
    accounts: new Map(),
    sessions: new Map(),
    intents: new Map(),
    instruments: new Map(),
    refunds: new Map(),
    disputes: new Map(),
    moved: [],
    events: [],
    newId: (prefix) => {
      made += 1;
      return `${prefix}_${made}`;
    },
  };
}

export function known<Thing>(things: ReadonlyMap<string, Thing>, id: string): Thing {
  const thing = things.get(id);
  if (thing === undefined) throw new Error(`The provider knows no ${id}`);
  return thing;
}
