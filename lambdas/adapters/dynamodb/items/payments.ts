// Items of payments and what belongs to them: running totals, claim codes, providers' events.
import * as z from 'zod/mini';
import { type Payment, type PaymentId, payeeId } from '../../../domain/payments/payment.ts';
import type { Spending } from '../../../domain/payments/spending.ts';
import { itemFormat } from '../item-format.ts';
import { claimKey, eventKey, indexPartition, paymentKey, spendingKey } from '../keys.ts';
import { dueKeys } from './due.ts';
import { paymentState } from './states.ts';
import {
  currency,
  maybe,
  moment,
  money,
  paymentId,
  personId,
  requestId,
  version,
} from './values.ts';

const payee = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), personId }),
  z.object({ kind: z.literal('claim'), claimCode: z.string(), calledName: z.string() }),
]);

const trail = z.object({
  intentId: maybe(z.string()),
  chargeId: maybe(z.string()),
  payOutId: maybe(z.string()),
  refundId: maybe(z.string()),
  reversalId: maybe(z.string()),
  disputeId: maybe(z.string()),
});

const payment = z.object({
  id: paymentId,
  version,
  state: paymentState,
  payerId: personId,
  payee,
  amount: money,
  fee: money,
  note: maybe(z.string()),
  requestId: maybe(requestId),
  isFirstToPayee: z.boolean(),
  instrument: maybe(z.object({ id: z.string(), brand: z.string(), last4: z.string() })),
  trail,
  payOutAttempt: z.int(),
  asked: z.int(),
  createdAtMs: moment,
  confirmedAtMs: maybe(moment),
  heldAtMs: maybe(moment),
  claimBeforeMs: maybe(moment),
  remindedAtMs: maybe(moment),
  paidAtMs: maybe(moment),
  dueAtMs: maybe(moment),
  reason: maybe(z.string()),
  seal: maybe(z.string()),
});

export const paymentItem = itemFormat({
  entity: 'Payment',
  keys: (payment: Payment) => ({
    ...paymentKey(payment.id),
    createdAt: new Date(payment.createdAtMs).toISOString(),
    payerKey: indexPartition.payments(payment.payerId),
    ...payeeKeys(payment),
    ...dueKeys(payment.id, payment.dueAtMs),
  }),
  schema: payment,
});

/** Nobody receives what was never charged: a draft is the payer's own affair. */
function payeeKeys(payment: Payment): { payeeKey?: string } {
  const receiver = payeeId(payment);
  if (receiver === undefined || payment.heldAtMs === undefined) return {};
  return {
    payeeKey:
      payment.state === 'held' ? indexPartition.held(receiver) : indexPartition.payments(receiver),
  };
}

export const spendingItem = itemFormat({
  entity: 'Spending',
  keys: ({ personId }: Spending) => spendingKey(personId),
  schema: z.object({
    personId,
    version,
    days: z.record(z.string(), z.partialRecord(currency, z.int())),
  }),
});

export const claimCodeItem = itemFormat({
  entity: 'ClaimCode',
  keys: ({ claimCode }: { claimCode: string; paymentId: PaymentId }) => claimKey(claimCode),
  schema: z.object({ claimCode: z.string(), paymentId }),
});

/** `settledHow` is there once it has been dealt with. */
export const providerEventItem = itemFormat({
  entity: 'ProviderEvent',
  keys: ({ eventId }: { eventId: string; atMs: number; settledHow?: string }) => eventKey(eventId),
  schema: z.object({ eventId: z.string(), atMs: moment, settledHow: maybe(z.string()) }),
});
