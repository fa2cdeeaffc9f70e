// Money on an account's balance: one balance transaction a movement, and their sum.
import type Stripe from 'stripe';
import type { Desk } from '../desk.ts';
import { noSuch } from '../server/api-error.ts';
import { listPage } from './list-page.ts';
import { onlyImitated } from './only-imitated.ts';

export interface Movement {
  /** Signed minor units, before fees. */
  amount: number;
  currency: string;
  fees?: Stripe.BalanceTransaction.FeeDetail[];
  type: Stripe.BalanceTransaction.Type;
  source: string;
  description?: string | null;
  /** When the money can be used, in seconds; now when absent. */
  availableOn?: number;
}

export function recordMovement(desk: Desk, movement: Movement): Stripe.BalanceTransaction {
  const { amount, currency, source, type, fees = [] } = movement;
  const fee = fees.reduce((sum, each) => sum + each.amount, 0);
  const availableOn = movement.availableOn ?? desk.nowSeconds();
  const transaction: Stripe.BalanceTransaction = {
    id: desk.id('txn'),
    object: 'balance_transaction',
    amount,
    available_on: availableOn,
    balance_type: 'payments',
    created: desk.nowSeconds(),
    currency,
    description: movement.description ?? null,
    exchange_rate: null,
    fee,
    fee_details: fees,
    net: amount - fee,
    reporting_category: type,
    source,
    status: statusAt(desk, availableOn),
    type,
  };
  desk.shelves.balanceTransactions.put(transaction.id, transaction);
  return transaction;
}

function statusAt(desk: Desk, availableOn: number): string {
  return availableOn <= desk.nowSeconds() ? 'available' : 'pending';
}

/** Stripe's fee on a domestic card charge: 2.9% and 30 minor units. */
export function processingFee(
  amount: number,
  currency: string,
): Stripe.BalanceTransaction.FeeDetail {
  return {
    amount: Math.round((amount * 29) / 1000) + 30,
    application: null,
    currency,
    description: 'Stripe processing fees',
    type: 'stripe_fee',
  };
}

export function getBalanceTransaction(desk: Desk, id: string): Stripe.BalanceTransaction {
  const transaction = desk.shelves.balanceTransactions.get(id);
  if (!transaction) throw noSuch('balance transaction', id);
  return { ...transaction, status: statusAt(desk, transaction.available_on) };
}

export function listBalanceTransactions(desk: Desk, params: Stripe.BalanceTransactionListParams) {
  onlyImitated(params, [
    ...(['limit', 'starting_after', 'ending_before', 'created'] as const),
    ...(['currency', 'source', 'type'] as const),
  ]);
  const fitting = desk.shelves.balanceTransactions
    .all()
    .filter(
      (each) =>
        (params.currency === undefined || each.currency === params.currency) &&
        (params.source === undefined || each.source === params.source) &&
        (params.type === undefined || each.type === params.type),
    )
    .map((each) => ({ ...each, status: statusAt(desk, each.available_on) }));
  return listPage(fitting, params, '/v1/balance_transactions');
}

/** Available and pending money of one currency, in minor units. */
export function moneyIn(desk: Desk, currency: string): { available: number; pending: number } {
  const sums = { available: 0, pending: 0 };
  for (const each of desk.shelves.balanceTransactions.all()) {
    if (each.currency !== currency) continue;
    if (each.available_on <= desk.nowSeconds()) sums.available += each.net;
    else sums.pending += each.net;
  }
  return sums;
}

export function getBalance(desk: Desk): Stripe.Balance {
  const all = desk.shelves.balanceTransactions.all().map((each) => each.currency);
  const currencies = [...new Set([...all, 'usd'])];
  const entry = (currency: string, amount: number) => ({
    amount,
    currency,
    source_types: { card: amount },
  });
  return {
    object: 'balance',
    available: currencies.map((each) => entry(each, moneyIn(desk, each).available)),
    livemode: false,
    pending: currencies.map((each) => entry(each, moneyIn(desk, each).pending)),
  };
}
