// Which event a step of an order is to its merchant, if any: all that they hear is derived from the journal.
import type { Order, OrderDispute, Refund } from '../orders/order.ts';
import type { OrderStep } from '../orders/order-steps.ts';
import type { OrderEntry } from '../orders/ports.ts';
import type { Ids } from '../ports.ts';
import type {
  MerchantEvent,
  MerchantEventData,
  MerchantEventId,
  MerchantEventType,
} from './merchant-event.ts';

/** As a record, so that a step that is new to the machine cannot be forgotten here. */
const typeOfStep: Readonly<Record<OrderStep, MerchantEventType | 'none'>> = {
  drafted: 'payment_request.created',
  claimed: 'payment_request.claimed',
  held: 'none',
  reminded: 'payment_request.reminded',
  requoted: 'none',
  draft_cancelled: 'order.cancelled',
  draft_expired: 'order.expired',
  checkout_started: 'none',
  checkout_opened: 'none',
  action_needed: 'none',
  payment_asked: 'none',
  payment_pending: 'none',
  payment_declined: 'none',
  closing_wanted: 'none',
  order_cancelled: 'order.cancelled',
  order_expired: 'order.expired',
  paid: 'order.paid',
  paid_wrongly: 'none',
  paid_late: 'none',
  paid_twice: 'none',
  preparing: 'order.preparing',
  ready: 'order.ready',
  fulfilled: 'order.fulfilled',
  preparing_undone: 'order.paid',
  ready_undone: 'order.preparing',
  fulfilled_undone: 'order.ready',
  cancelled_by_shop: 'order.cancelled',
  refund_wished: 'none',
  refund_refused: 'none',
  refund_wanted: 'none',
  refund_asked: 'none',
  refund_pending: 'none',
  refunded: 'refund.succeeded',
  refund_failed: 'refund.failed',
  dispute_opened: 'dispute.opened',
  dispute_moved: 'none',
  evidence_sent: 'none',
  dispute_won: 'dispute.closed',
  dispute_lost: 'dispute.closed',
};

/** `order` as it is now: at or after the entry. Carts that nobody paid are their buyer's own affair. */
export function eventOf(ids: Ids, entry: OrderEntry, order: Order): MerchantEvent | undefined {
  const type = typeOfStep[entry.step];
  if (type === 'none') return undefined;
  const isUnpaid = entry.from === 'draft' || entry.from === 'nothing';
  if (isUnpaid && order.source === 'cart') return undefined;
  return {
    id: eventIdOf(ids, entry),
    shopId: order.shopId,
    type,
    createdAtMs: entry.atMs,
    data: {
      orderId: order.id,
      number: order.number,
      state: entry.to,
      source: order.source,
      total: order.bill.total,
      ...refundOf(type, entry, order),
      ...(type.startsWith('dispute.') ? disputeOf(order.dispute) : {}),
    },
  };
}

/** Milliseconds until the year 10889 in base 32, whose digits sort as their numbers do. */
const momentLength = 10;

function eventIdOf(ids: Ids, entry: OrderEntry): MerchantEventId {
  const moment = entry.atMs.toString(32).padStart(momentLength, '0');
  const cause = ids.derived('evt', entry.subject, String(entry.sequence)).slice('evt_'.length);
  return `evt_${moment}${cause}`;
}

/** The last one in that state of which the step moved the very amount: entries tell money, not ids. */
function refundOf(
  type: MerchantEventType,
  entry: OrderEntry,
  order: Order,
): Pick<MerchantEventData, 'refund'> {
  const state = stateOfRefund(type);
  if (state === undefined) return {};
  const moved = new Set(entry.postings.map(({ amount }) => Math.abs(amount.minor)));
  const candidates = order.refunds.filter((each) => each.state === state);
  const refund = candidates.findLast(({ amount }) => moved.has(amount.minor)) ?? candidates.at(-1);
  return refund === undefined ? {} : { refund: partOf(refund, state) };
}

function stateOfRefund(type: MerchantEventType): 'done' | 'failed' | undefined {
  if (type === 'refund.succeeded') return 'done';
  return type === 'refund.failed' ? 'failed' : undefined;
}

function partOf({ id, amount, reason }: Refund, state: 'done' | 'failed') {
  return { id, state, amount, reason };
}

function disputeOf(dispute: OrderDispute | undefined): Pick<MerchantEventData, 'dispute'> {
  if (dispute === undefined) return {};
  const { id, state, amount, reason, respondBeforeMs } = dispute;
  return {
    dispute: {
      id,
      state,
      amount,
      reason,
      ...(respondBeforeMs === undefined ? {} : { respondBeforeMs }),
    },
  };
}
