// Items of the merchants' API: keys, buckets, calls, endpoints, events and deliveries.
import * as z from 'zod/mini';
import { type ApiKey, type ApiKeyId, scopes } from '../../../domain/merchant-api/api-key.ts';
import type { Delivery } from '../../../domain/merchant-api/delivery.ts';
import type { ApiCall } from '../../../domain/merchant-api/api-call.ts';
import { eventTypes, type MerchantEvent } from '../../../domain/merchant-api/merchant-event.ts';
import type { WebhookEndpoint } from '../../../domain/merchant-api/webhook-endpoint.ts';
import type { ShopId } from '../../../domain/shops/shop.ts';
import { itemFormat } from '../item-format.ts';
import {
  apiCallKey,
  apiKeyKey,
  apiKeyOfShopKey,
  deliveriesTo,
  deliveryKey,
  endpointKey,
  merchantEventKey,
  rateKey,
} from '../merchant-keys.ts';
import { dueKeys } from './due.ts';
import { expiresAfterDays } from './expiry.ts';
import { maybe, moment, money, version } from './values.ts';

const shopId = z.templateLiteral(['shp_', z.string()]);
const keyId = z.templateLiteral(['key_', z.string()]);
const endpointId = z.templateLiteral(['whe_', z.string()]);
const eventId = z.templateLiteral(['evt_', z.string()]);
const eventType = z.enum(eventTypes);

export const apiKeyItem = itemFormat({
  entity: 'ApiKey',
  keys: ({ id }: ApiKey) => apiKeyKey(id),
  schema: z.object({
    id: keyId,
    version,
    shopId,
    name: z.string(),
    scopes: z.array(z.enum(scopes)),
    fingerprint: z.string(),
    previous: maybe(z.object({ fingerprint: z.string(), validUntilMs: moment })),
    lastUsedOn: maybe(z.string()),
    createdAtMs: moment,
    rolledAtMs: maybe(moment),
    revokedAtMs: maybe(moment),
  }),
});

export const apiKeyOfShopItem = itemFormat({
  entity: 'ApiKeyOfShop',
  keys: ({ shopId, keyId }: { shopId: ShopId; keyId: ApiKeyId }) => apiKeyOfShopKey(shopId, keyId),
  schema: z.object({ shopId, keyId }),
});

/** A bucket that nobody takes from is full again within seconds; the item may go a day later. */
export const rateBucketItem = itemFormat({
  entity: 'RateBucket',
  keys: ({ keyId, fullAtMs }: { keyId: ApiKeyId; fullAtMs: number }) => ({
    ...rateKey(keyId),
    ...expiresAfterDays(1, fullAtMs),
  }),
  schema: z.object({ keyId, fullAtMs: moment }),
});

export const webhookEndpointItem = itemFormat({
  entity: 'WebhookEndpoint',
  keys: ({ shopId, id }: WebhookEndpoint) => endpointKey(shopId, id),
  schema: z.object({
    id: endpointId,
    version,
    shopId,
    url: z.string(),
    description: maybe(z.string()),
    eventTypes: z.array(eventType),
    secret: z.string(),
    previousSecret: maybe(z.object({ secret: z.string(), validUntilMs: moment })),
    disabledBecause: maybe(z.enum(['merchant', 'gone', 'failing'])),
    failingSinceMs: maybe(moment),
    createdAtMs: moment,
  }),
});

export const apiCallItem = itemFormat({
  entity: 'ApiCall',
  keys: ({ shopId, key }: ApiCall) => apiCallKey(shopId, key),
  schema: z.object({
    shopId,
    key: z.string(),
    version,
    fingerprint: z.string(),
    startedAtMs: moment,
    answer: maybe(z.object({ status: z.int(), body: z.string() })),
  }),
});

const orderState = z.enum([
  'draft',
  'awaiting_payment',
  'needs_action',
  'paid',
  'preparing',
  'ready',
  'fulfilled',
  'cancelled',
  'expired',
  'conflicted',
]);

const refund = z.object({
  id: z.templateLiteral(['rfd_', z.string()]),
  state: z.enum(['asked', 'pending', 'done', 'failed']),
  amount: money,
  reason: z.enum([
    'requested_by_customer',
    'duplicate',
    'fraudulent',
    'paid_too_late',
    'paid_twice',
    'cancelled_by_shop',
  ]),
});

const dispute = z.object({
  id: z.string(),
  state: z.enum(['needs_response', 'under_review', 'won', 'lost']),
  amount: money,
  reason: z.string(),
  respondBeforeMs: maybe(moment),
});

export const merchantEventItem = itemFormat({
  entity: 'MerchantEvent',
  keys: ({ shopId, id }: MerchantEvent) => merchantEventKey(shopId, id),
  schema: z.object({
    id: eventId,
    shopId,
    type: eventType,
    createdAtMs: moment,
    data: z.object({
      orderId: z.templateLiteral(['ord_', z.string()]),
      number: z.string(),
      state: orderState,
      source: z.enum(['cart', 'payment_request']),
      total: money,
      refund: maybe(refund),
      dispute: maybe(dispute),
    }),
  }),
});

/** Waiting ones are in the due index; all are in byPayee, under their endpoint. */
export const deliveryItem = itemFormat({
  entity: 'Delivery',
  keys: (delivery: Delivery) => ({
    ...deliveryKey(delivery.id),
    payeeKey: deliveriesTo(delivery.endpointId),
    createdAt: new Date(delivery.createdAtMs).toISOString(),
    ...dueKeys(delivery.id, delivery.dueAtMs),
  }),
  schema: z.object({
    id: z.templateLiteral(['whd_', z.string()]),
    version,
    shopId,
    endpointId,
    eventId,
    eventType,
    state: z.enum(['waiting', 'delivered', 'failed', 'dropped']),
    tries: z.int(),
    attempts: z.array(
      z.object({
        atMs: moment,
        tookMs: z.number(),
        status: maybe(z.int()),
        answer: maybe(z.string()),
        why: maybe(z.string()),
      }),
    ),
    createdAtMs: moment,
    dueAtMs: maybe(moment),
  }),
});
