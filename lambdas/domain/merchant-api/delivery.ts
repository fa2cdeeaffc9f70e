// A delivery: one event on its way to one endpoint, tried for three days under one id.
import type { Ids } from '../ports.ts';
import type { ShopId } from '../shops/shop.ts';
import type { MerchantEventId, MerchantEventType } from './merchant-event.ts';
import type { EndpointId } from './webhook-endpoint.ts';

export type DeliveryId = `whd_${string}`;

export type DeliveryState =
  | 'waiting'
  | 'delivered'
  /** Every try failed. */
  | 'failed'
  /** Nobody wants it any more: its endpoint is disabled or deleted. */
  | 'dropped';

/** What one try came to: no headers, and no more of the answer than helps to find out why. */
export interface DeliveryAttempt {
  readonly atMs: number;
  readonly tookMs: number;
  readonly status?: number;
  /** The first characters of it. */
  readonly answer?: string;
  /** A registered word, where there was no answer or none that counts. */
  readonly why?: string;
}

export interface Delivery {
  readonly id: DeliveryId;
  readonly version: number;
  readonly shopId: ShopId;
  readonly endpointId: EndpointId;
  readonly eventId: MerchantEventId;
  readonly eventType: MerchantEventType;
  readonly state: DeliveryState;
  /** Tries of the present round; a redelivery begins anew. */
  readonly tries: number;
  /** The last ones, oldest first. */
  readonly attempts: readonly DeliveryAttempt[];
  readonly createdAtMs: number;
  readonly dueAtMs?: number;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** The pauses that Standard Webhooks recommends: ten tries over 75 hours. */
const pausesMs = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;

/** Undefined after the last. Up to a tenth longer, so that what failed together does not come back together. */
export function nextTryAt(
  delivery: Pick<Delivery, 'id' | 'tries'>,
  { ids, nowMs }: { readonly ids: Ids; readonly nowMs: number },
): number | undefined {
  const pauseMs = pausesMs[delivery.tries - 1];
  if (pauseMs === undefined) return undefined;
  return nowMs + pauseMs + Math.round((pauseMs / 10) * shareOf(ids, delivery));
}

/** Between 0 and 1, and the same for the same try. */
function shareOf(ids: Ids, { id, tries }: Pick<Delivery, 'id' | 'tries'>): number {
  const digits = ids.derived('jit', id, String(tries)).slice('jit_'.length);
  return Number.parseInt(digits.slice(0, 4), 36) / 36 ** 4;
}

/** Of which the log shows what happened. */
export const mostAttemptsKept = 20;
