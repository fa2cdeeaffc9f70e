// Items of the journal: all that whoever hears of a step needs to tell it, without reading anything else.
import * as z from 'zod/mini';
import type { OrderEntry } from '../../../domain/orders/ports.ts';
import type { PaymentEntry } from '../../../domain/payments/ports.ts';
import type { RequestEntry } from '../../../domain/requests/money-request.ts';
import { itemFormat } from '../item-format.ts';
import { orderJournalKey, paymentJournalKey, requestJournalKey } from '../keys.ts';
import {
  orderState,
  orderStep,
  paymentState,
  paymentStep,
  requestState,
  requestStep,
} from './states.ts';
import { maybe, moment, money, orderId, paymentId, requestId, version } from './values.ts';

const account = z.union([
  z.templateLiteral(['payer:', z.string()]),
  z.templateLiteral(['payee:', z.string()]),
  z.templateLiteral(['held:', z.string()]),
  z.templateLiteral(['disputed:', z.string()]),
  z.literal('tender:fees'),
  z.literal('tender:losses'),
  z.templateLiteral(['buyer:', z.string()]),
  z.templateLiteral(['shop:', z.string()]),
  z.templateLiteral(['tax:', z.string()]),
  z.templateLiteral(['tips:', z.string()]),
  z.literal('provider:dispute_fees'),
]);

/** What entries of every subject have. */
const common = {
  sequence: version,
  actor: z.enum(['payer', 'payee', 'buyer', 'shop', 'provider', 'clock', 'operator']),
  atMs: moment,
  postings: z.array(z.object({ account, amount: money })),
  reason: maybe(z.string()),
  dueAtMs: maybe(moment),
  seal: maybe(z.string()),
};
const nothing = z.literal('nothing');

export const paymentEntryItem = itemFormat({
  entity: 'JournalEntry',
  keys: ({ subject, sequence }: PaymentEntry) => paymentJournalKey(subject, sequence),
  schema: z.object({
    ...common,
    subject: paymentId,
    step: paymentStep,
    from: z.union([paymentState, nothing]),
    to: paymentState,
  }),
});

export const requestEntryItem = itemFormat({
  entity: 'JournalEntry',
  keys: ({ subject, sequence }: RequestEntry) => requestJournalKey(subject, sequence),
  schema: z.object({
    ...common,
    subject: requestId,
    step: requestStep,
    from: z.union([requestState, nothing]),
    to: requestState,
  }),
});

export const orderEntryItem = itemFormat({
  entity: 'JournalEntry',
  keys: ({ subject, sequence }: OrderEntry) => orderJournalKey(subject, sequence),
  schema: z.object({
    ...common,
    subject: orderId,
    step: orderStep,
    from: z.union([orderState, nothing]),
    to: orderState,
  }),
});

const subjectOf = z.object({ subject: z.string() });

/** An entry as the stream of Transactions brings it (unmarshalled), of a payment, a request or an order. */
export type AnyEntry =
  | { readonly of: 'payment'; readonly entry: PaymentEntry }
  | { readonly of: 'request'; readonly entry: RequestEntry }
  | { readonly of: 'order'; readonly entry: OrderEntry };

export function readJournalEntry(item: unknown): AnyEntry {
  const { subject } = subjectOf.parse(item);
  if (subject.startsWith('ord_')) return { of: 'order', entry: orderEntryItem.read(item) };
  return subject.startsWith('req_')
    ? { of: 'request', entry: requestEntryItem.read(item) }
    : { of: 'payment', entry: paymentEntryItem.read(item) };
}
