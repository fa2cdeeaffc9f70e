// Transfers to connected accounts, the rules of source_transaction, and reversals.
import type Stripe from 'stripe';
import type { Desk } from '../desk.ts';
import { invalidParameter, noSuch, notPossible } from '../server/api-error.ts';
import { canReceiveTransfers } from './account-capabilities.ts';
import { readCurrency } from './amounts.ts';
import { moneyIn, recordMovement } from './balance.ts';
import { idOf } from './id-of.ts';
import { listPage } from './list-page.ts';
import { mergeMetadata } from './metadata.ts';
import { onlyImitated } from './only-imitated.ts';

export function createTransfer(desk: Desk, params: Stripe.TransferCreateParams): Stripe.Transfer {
  onlyImitated(params, [
    ...(['amount', 'currency', 'destination', 'description', 'metadata'] as const),
    ...(['source_transaction', 'transfer_group'] as const),
  ]);
  const currency = readCurrency(params.currency);
  const source = sourceOf(desk, params, currency);
  const amount = params.amount ?? source?.amount ?? 0;
  checkAmount(amount);
  checkDestination(desk, params.destination);
  if (source) checkFitsSource(desk, source, amount);
  else checkAvailable(desk, amount, currency);
  const transfer = buildTransfer(desk, params, { amount, currency, source });
  desk.shelves.transfers.put(transfer.id, transfer);
  desk.emit('transfer.created', transfer);
  return transfer;
}

function checkAmount(amount: number): void {
  if (amount >= 1) return;
  const message = 'This value must be greater than or equal to 1.';
  throw invalidParameter({ param: 'amount', code: 'parameter_invalid_integer', message });
}

/** The charge that feeds the transfer: a charge id (never a payment intent's), paid, in the same currency. */
function sourceOf(desk: Desk, params: Stripe.TransferCreateParams, currency: string) {
  const id = params.source_transaction;
  if (id === undefined) return undefined;
  const charge = desk.shelves.charges.get(id);
  if (!charge) throw noSuch('charge', id, 'source_transaction');
  const param = 'source_transaction';
  if (!charge.paid || !charge.captured) {
    throw notPossible({ param, message: `The charge ${id} did not succeed or is not captured.` });
  }
  if (charge.currency !== currency) {
    throw notPossible({
      param,
      code: 'transfer_source_balance_parameters_mismatch',
      message: `The currency of source_transaction's balance transaction (${charge.currency}) must be the same as the transfer currency (${currency})`,
    });
  }
  return charge;
}

function checkDestination(desk: Desk, destination: string): void {
  const account = desk.shelves.accounts.get(destination);
  if (!account) throw noSuch('destination', destination, 'destination');
  if (canReceiveTransfers(account)) return;
  throw notPossible({
    param: 'destination',
    code: 'insufficient_capabilities_for_transfer',
    message:
      'Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments',
  });
}

function checkFitsSource(desk: Desk, source: Stripe.Charge, amount: number): void {
  const used = desk.shelves.transfers
    .all()
    .filter((each) => each.source_transaction === source.id)
    .reduce((sum, each) => sum + each.amount - each.amount_reversed, 0);
  if (used + amount <= source.amount_captured) return;
  throw notPossible({
    param: 'amount',
    message: `Transfers using this transaction as a source must not exceed the source amount of ${source.amount_captured}. (There is already ${used} transferred using this source)`,
  });
}

function checkAvailable(desk: Desk, amount: number, currency: string): void {
  if (moneyIn(desk, currency).available >= amount) return;
  throw notPossible({
    code: 'balance_insufficient',
    message:
      'You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance by creating Charges using the 4000000000000077 test card. See: https://docs.stripe.com/testing#available-balance',
  });
}

interface Terms {
  amount: number;
  currency: string;
  source: Stripe.Charge | undefined;
}

function buildTransfer(
  desk: Desk,
  params: Stripe.TransferCreateParams,
  { amount, currency, source }: Terms,
): Stripe.Transfer {
  const id = desk.id('tr');
  const availableOn = source ? sourceAvailableOn(desk, source) : desk.nowSeconds();
  const out = { currency, type: 'transfer', source: id, availableOn } as const;
  const transaction = recordMovement(desk, { ...out, amount: -amount });
  const payment = desk.id('py');
  const there = { currency, type: 'payment', source: payment, availableOn } as const;
  recordMovement(desk.at(params.destination), { ...there, amount });
  return {
    id,
    object: 'transfer',
    amount,
    amount_reversed: 0,
    balance_transaction: transaction.id,
    created: desk.nowSeconds(),
    currency,
    description: params.description ?? null,
    destination: params.destination,
    destination_payment: payment,
    livemode: false,
    metadata: mergeMetadata({}, params.metadata),
    reversals: { object: 'list', data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
    reversed: false,
    source_transaction: source?.id ?? null,
    source_type: 'card',
    transfer_group: params.transfer_group ?? source?.transfer_group ?? null,
  };
}

/** The money of a transfer can be used when the charge's can. */
function sourceAvailableOn(desk: Desk, source: Stripe.Charge): number {
  const transaction = desk.shelves.balanceTransactions.get(idOf(source.balance_transaction));
  return transaction?.available_on ?? desk.nowSeconds();
}

export function createReversal(
  desk: Desk,
  id: string,
  params: Stripe.TransferCreateReversalParams,
): Stripe.TransferReversal {
  onlyImitated(params, ['amount', 'description', 'metadata']);
  const before = getTransfer(desk, id);
  const left = before.amount - before.amount_reversed;
  const amount = params.amount ?? left;
  checkReversible(desk, before, { amount, left });
  const reversal = buildReversal(desk, before, { amount, metadata: params.metadata });
  const transfer: Stripe.Transfer = {
    ...before,
    amount_reversed: before.amount_reversed + amount,
    reversals: { ...before.reversals, data: [reversal, ...before.reversals.data] },
    reversed: amount === left,
  };
  desk.shelves.transfers.put(id, transfer);
  desk.emit('transfer.reversed', transfer, before);
  return reversal;
}

function checkReversible(
  desk: Desk,
  transfer: Stripe.Transfer,
  { amount, left }: { amount: number; left: number },
): void {
  if (left === 0) {
    throw notPossible({ message: `Transfer ${transfer.id} is already fully reversed.` });
  }
  if (amount > left || amount < 1) {
    const message = `Transfer amount to reverse (${amount}) must be positive and no more than the unreversed amount (${left}).`;
    throw notPossible({ param: 'amount', message });
  }
  const money = moneyIn(desk.at(idOf(transfer.destination)), transfer.currency);
  if (money.available + money.pending < amount) {
    throw notPossible({
      code: 'balance_insufficient',
      message: 'Insufficient funds in the connected account to complete the reversal.',
    });
  }
}

function buildReversal(
  desk: Desk,
  transfer: Stripe.Transfer,
  terms: { amount: number; metadata: Stripe.TransferCreateReversalParams['metadata'] | undefined },
): Stripe.TransferReversal {
  const id = desk.id('trr');
  const { amount } = terms;
  const { currency } = transfer;
  const movement = { currency, source: id } as const;
  const back = recordMovement(desk, { ...movement, amount, type: 'transfer_refund' });
  const destination = desk.at(idOf(transfer.destination));
  recordMovement(destination, { ...movement, amount: -amount, type: 'payment_refund' });
  return {
    id,
    object: 'transfer_reversal',
    amount,
    balance_transaction: back.id,
    created: desk.nowSeconds(),
    currency,
    destination_payment_refund: desk.id('pyr'),
    metadata: mergeMetadata({}, terms.metadata),
    source_refund: null,
    transfer: transfer.id,
  };
}

export function listReversals(desk: Desk, id: string, params: Stripe.TransferListReversalsParams) {
  const oldestFirst = getTransfer(desk, id).reversals.data.toReversed();
  return listPage(oldestFirst, params, `/v1/transfers/${id}/reversals`);
}

export function getReversal(desk: Desk, id: string, reversalId: string): Stripe.TransferReversal {
  const found = getTransfer(desk, id).reversals.data.find((each) => each.id === reversalId);
  if (!found) throw noSuch('transfer reversal', reversalId);
  return found;
}

export function updateTransfer(desk: Desk, id: string, params: Stripe.TransferUpdateParams) {
  const before = getTransfer(desk, id);
  const transfer: Stripe.Transfer = {
    ...before,
    description: params.description ?? before.description,
    metadata: mergeMetadata(before.metadata, params.metadata),
  };
  desk.shelves.transfers.put(id, transfer);
  desk.emit('transfer.updated', transfer, before);
  return transfer;
}

export function getTransfer(desk: Desk, id: string): Stripe.Transfer {
  const transfer = desk.shelves.transfers.get(id);
  if (!transfer) throw noSuch('transfer', id);
  return transfer;
}

export function listTransfers(desk: Desk, params: Stripe.TransferListParams) {
  onlyImitated(params, [
    ...(['limit', 'starting_after', 'ending_before', 'created'] as const),
    ...(['destination', 'transfer_group'] as const),
  ]);
  const fitting = desk.shelves.transfers
    .all()
    .filter(
      (each) =>
        (params.destination === undefined || each.destination === params.destination) &&
        (params.transfer_group === undefined || each.transfer_group === params.transfer_group),
    );
  return listPage(fitting, params, '/v1/transfers');
}
