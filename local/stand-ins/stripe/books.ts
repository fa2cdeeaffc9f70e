// The stand-in's own view of who was charged and who was paid, for reconciliation.
import type Stripe from 'stripe';
import type { Desk } from './desk.ts';
import { idOf } from './resources/id-of.ts';

/** All amounts in minor units. */
export interface Books {
  totals: Record<string, Totals>;
  charges: ChargeLine[];
  refunds: {
    id: string;
    charge: string;
    amount: number;
    currency: string;
    status: string | null;
  }[];
  transfers: TransferLine[];
  disputes: { id: string; charge: string; amount: number; currency: string; status: string }[];
  /** The platform's parts of this account's charges. */
  applicationFees: ApplicationFeeLine[];
}

interface ApplicationFeeLine {
  id: string;
  charge: string;
  amount: number;
  refunded: number;
  /** Each part that went back, oldest first. */
  refunds: number[];
  currency: string;
}

interface Totals {
  charged: number;
  refunded: number;
  transferred: number;
  reversed: number;
  disputed: number;
}

interface ChargeLine {
  id: string;
  paymentIntent: string;
  customer: string;
  amount: number;
  refunded: number;
  /** The platform's part, and what of it went back; both zero on the platform's own charges. */
  fee: number;
  feeRefunded: number;
  currency: string;
  status: string;
  transferGroup: string | null;
  metadata: Record<string, string>;
}

interface TransferLine {
  id: string;
  destination: string;
  sourceTransaction: string;
  amount: number;
  reversed: number;
  currency: string;
  transferGroup: string | null;
  metadata: Record<string, string>;
}

export function readBooks(desk: Desk): Books {
  const charges = desk.shelves.charges.all().map((each) => chargeLine(desk, each));
  const transfers = desk.shelves.transfers.all().map((each) => transferLine(each));
  const refunds = desk.shelves.refunds.all().map(({ id, charge, amount, currency, status }) => ({
    id,
    charge: idOf(charge),
    amount,
    currency,
    status,
  }));
  const disputes = desk.shelves.disputes.all().map(({ id, charge, amount, currency, status }) => ({
    id,
    charge: idOf(charge),
    amount,
    currency,
    status,
  }));
  return {
    totals: totalsOf({ charges, transfers, refunds, disputes }),
    charges,
    refunds,
    transfers,
    disputes,
    applicationFees: applicationFeeLines(desk),
  };
}

function applicationFeeLines(desk: Desk): ApplicationFeeLine[] {
  const fees = desk.shelves.applicationFees.all().filter(({ account }) => account === desk.account);
  const givenBack = desk.shelves.balanceTransactions
    .all()
    .filter(({ type }) => type === 'application_fee_refund');
  return fees.map(({ id, charge, amount, amount_refunded: refunded, currency }) => ({
    id,
    charge: idOf(charge),
    amount,
    refunded,
    refunds: givenBack.filter(({ source }) => source === id).map((each) => each.amount),
    currency,
  }));
}

function chargeLine(desk: Desk, charge: Stripe.Charge): ChargeLine {
  const fee = desk.shelves.applicationFees.get(idOf(charge.application_fee));
  return {
    id: charge.id,
    paymentIntent: idOf(charge.payment_intent),
    customer: idOf(charge.customer),
    amount: charge.amount_captured,
    refunded: charge.captured ? charge.amount_refunded : 0,
    fee: charge.captured ? (charge.application_fee_amount ?? 0) : 0,
    feeRefunded: fee?.amount_refunded ?? 0,
    currency: charge.currency,
    status: charge.status,
    transferGroup: charge.transfer_group,
    metadata: charge.metadata,
  };
}

function transferLine(transfer: Stripe.Transfer): TransferLine {
  return {
    id: transfer.id,
    destination: idOf(transfer.destination),
    sourceTransaction: idOf(transfer.source_transaction),
    amount: transfer.amount,
    reversed: transfer.amount_reversed,
    currency: transfer.currency,
    transferGroup: transfer.transfer_group,
    metadata: transfer.metadata,
  };
}

type Moved = Omit<Books, 'totals' | 'applicationFees'>;

function totalsOf(lines: Moved): Record<string, Totals> {
  const all = [...lines.charges, ...lines.transfers];
  const currencies = [...new Set(all.map((line) => line.currency))];
  return Object.fromEntries(currencies.map((each) => [each, totalsIn(lines, each)]));
}

function totalsIn(lines: Moved, currency: string): Totals {
  const sum = <T extends { currency: string }>(of: T[], amount: (line: T) => number) =>
    of.filter((line) => line.currency === currency).reduce((all, line) => all + amount(line), 0);
  const kept = lines.refunds.filter((refund) => refund.status !== 'failed');
  return {
    charged: sum(lines.charges, (line) => line.amount),
    refunded: sum(kept, (line) => line.amount),
    transferred: sum(lines.transfers, (line) => line.amount),
    reversed: sum(lines.transfers, (line) => line.reversed),
    disputed: sum(lines.disputes, (line) => line.amount),
  };
}
