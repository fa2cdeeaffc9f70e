// What a shop has at its provider: the balance of its account, what was paid out to its bank, and what each movement cost.
import type { Money } from '../money/money.ts';
import type { Found } from '../payments/ports.ts';
import type { Page, PageOf } from '../shops/ports.ts';
import type { OrderId } from './order.ts';

/** One amount a currency that the account holds. */
export interface ShopBalance {
  readonly available: readonly Money[];
  /** Sold, and not yet to be paid out. */
  readonly pending: readonly Money[];
}

export type ShopPayoutState = 'pending' | 'in_transit' | 'paid' | 'failed' | 'canceled';

/** Why a bank took no payout, as far as it says. */
export type PayoutTrouble =
  | 'account_closed'
  | 'account_wrong'
  | 'name_wrong'
  | 'bank_refused'
  | 'not_enough'
  | 'other';

export interface ShopPayout {
  readonly id: string;
  /** Below zero where the provider collects what the shop owes. */
  readonly amount: Money;
  readonly state: ShopPayoutState;
  readonly arrivesAtMs: number;
  readonly trouble?: PayoutTrouble;
}

export type ShopMovementKind =
  | 'sale'
  /** A payment by bank debit that was counted before the bank refused it. */
  | 'sale_failed'
  | 'refund'
  | 'refund_failed'
  | 'dispute'
  /** The operator's part, or some of it, given back. */
  | 'fee_back'
  | 'payout'
  | 'payout_failed'
  /** Charged by the provider apart from any sale. */
  | 'provider_fee'
  | 'other';

/** One movement on the account: `amount` less both fees is `net`. A fee that came back is below zero. */
export interface ShopMovement {
  readonly id: string;
  readonly kind: ShopMovementKind;
  readonly atMs: number;
  readonly amount: Money;
  readonly operatorFee: Money;
  readonly providerFee: Money;
  readonly net: Money;
  /** Undefined on what the shop sold elsewhere through the same account. */
  readonly orderId?: OrderId;
}

/** Reads the truth on a shop's account. Lists are newest first; a page that begins nowhere is not found. */
export interface ShopMoney {
  balance(accountId: string): Promise<Found<ShopBalance>>;
  payouts(accountId: string, page: PageOf): Promise<Found<Page<ShopPayout>>>;
  /** From `fromMs` on, and before `toMs`. */
  movements(
    accountId: string,
    page: PageOf & { readonly fromMs: number; readonly toMs: number },
  ): Promise<Found<Page<ShopMovement>>>;
}
