// An event for merchants: what happened to one of their orders, small enough to be posted, without anything of the buyer's.
import type { Money } from '../money/money.ts';
import type {
  Order,
  OrderDispute,
  OrderDisputeState,
  OrderId,
  OrderState,
  Refund,
  RefundReason,
  RefundState,
} from '../orders/order.ts';
import type { ShopId } from '../shops/shop.ts';

/** Begins with its moment, so that ids sort by time. */
export type MerchantEventId = `evt_${string}`;

export const eventTypes = [
  'payment_request.created',
  'payment_request.claimed',
  'payment_request.reminded',
  'order.paid',
  'order.preparing',
  'order.ready',
  'order.fulfilled',
  'order.cancelled',
  'order.expired',
  'refund.succeeded',
  'refund.failed',
  'dispute.opened',
  'dispute.closed',
] as const;

export type MerchantEventType = (typeof eventTypes)[number];

export interface MerchantEvent {
  readonly id: MerchantEventId;
  readonly shopId: ShopId;
  readonly type: MerchantEventType;
  readonly createdAtMs: number;
  readonly data: MerchantEventData;
}

export interface MerchantEventData {
  readonly orderId: OrderId;
  readonly number: string;
  /** Which the step led to; the order may have moved on since. */
  readonly state: OrderState;
  readonly source: Order['source'];
  readonly total: Money;
  readonly refund?: {
    readonly id: Refund['id'];
    readonly state: RefundState;
    readonly amount: Money;
    readonly reason: RefundReason;
  };
  readonly dispute?: {
    readonly id: OrderDispute['id'];
    readonly state: OrderDisputeState;
    readonly amount: Money;
    readonly reason: string;
    readonly respondBeforeMs?: number;
  };
}
