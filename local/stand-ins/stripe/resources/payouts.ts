// Payouts: an account's whole balance on its way to its bank, which takes it or sends it back.
import type Stripe from 'stripe';
import { PLATFORM, type Desk } from '../desk.ts';
import { noSuch, notPossible } from '../server/api-error.ts';
import { moneyIn, recordMovement } from './balance.ts';
import { listPage } from './list-page.ts';
import { onlyImitated } from './only-imitated.ts';

const SECONDS_TO_ARRIVAL = 2 * 24 * 3600;

/** Empties the balance of a connected account, what is pending too; gives the amount. The platform keeps its own. */
export function payOutEverything(desk: Desk, account: string, currency: string): number {
  const there = desk.at(account);
  const { available, pending } = moneyIn(there, currency);
  const amount = available + pending;
  if (amount > 0 && account !== PLATFORM) sendPayout(there, amount, currency);
  return amount;
}

function sendPayout(desk: Desk, amount: number, currency: string): void {
  const id = desk.id('po');
  const transaction = recordMovement(desk, {
    amount: -amount,
    currency,
    type: 'payout',
    source: id,
  });
  const payout: Stripe.Payout = {
    id,
    object: 'payout',
    amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: desk.nowSeconds() + SECONDS_TO_ARRIVAL,
    automatic: true,
    balance_transaction: transaction.id,
    created: desk.nowSeconds(),
    currency,
    description: 'STRIPE PAYOUT',
    destination: null,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: {},
    method: 'standard',
    original_payout: null,
    payout_method: null,
    reconciliation_status: 'in_progress',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: null,
    status: 'in_transit',
    trace_id: null,
    type: 'bank_account',
  };
  desk.shelves.payouts.put(id, payout);
  desk.emit('payout.created', payout);
}

/** What the bank makes of it: a payout that looked paid may still fail, one that failed is over. */
export function endPayout(
  desk: Desk,
  id: string,
  end: { result: 'paid' | 'failed'; code: string },
): Stripe.Payout {
  const before = getPayout(desk, id);
  if (before.status === 'failed') throw notPossible({ message: `${id} has failed already.` });
  if (end.result === 'paid') return keep(desk, { ...before, status: 'paid' }, before);
  const { amount, currency } = before;
  const back = recordMovement(desk, { amount, currency, type: 'payout_failure', source: id });
  const failed: Stripe.Payout = {
    ...before,
    failure_balance_transaction: back.id,
    failure_code: end.code,
    failure_message: 'The bank did not take this payout.',
    status: 'failed',
  };
  return keep(desk, failed, before);
}

function keep(desk: Desk, payout: Stripe.Payout, before: Stripe.Payout): Stripe.Payout {
  desk.shelves.payouts.put(payout.id, payout);
  desk.emit(payout.status === 'paid' ? 'payout.paid' : 'payout.failed', payout, before);
  return payout;
}

export function getPayout(desk: Desk, id: string): Stripe.Payout {
  const payout = desk.shelves.payouts.get(id);
  if (!payout) throw noSuch('payout', id);
  return payout;
}

export function listPayouts(desk: Desk, params: Stripe.PayoutListParams) {
  onlyImitated(params, ['limit', 'starting_after', 'ending_before', 'created', 'status']);
  const fitting = desk.shelves.payouts
    .all()
    .filter((each) => params.status === undefined || each.status === params.status);
  return listPage(fitting, params, '/v1/payouts');
}
