// One of everything that the merchants' API keeps, with every field that it can have.
import type { ApiKey } from '../../lambdas/domain/merchant-api/api-key.ts';
import type { Delivery } from '../../lambdas/domain/merchant-api/delivery.ts';
import type { ApiCall } from '../../lambdas/domain/merchant-api/api-call.ts';
import type { MerchantEvent } from '../../lambdas/domain/merchant-api/merchant-event.ts';
import type { WebhookEndpoint } from '../../lambdas/domain/merchant-api/webhook-endpoint.ts';
import {
  apiCallItem,
  apiKeyItem,
  apiKeyOfShopItem,
  deliveryItem,
  merchantEventItem,
  rateBucketItem,
  webhookEndpointItem,
} from '../../lambdas/adapters/dynamodb/items/merchant-api.ts';
import { kept, type Kept } from './kept.ts';

const usd = (minor: number) => ({ minor, currency: 'USD' }) as const;
const atMs = Date.UTC(2026, 10, 22, 12);
const keyId = 'key_aaaaaaaaaaaaaaaaaaaa';
const shopId = 'shp_joe';

const apiKey: Required<Omit<ApiKey, 'lastUsedOn'>> = {
  id: keyId,
  version: 3,
  shopId,
  name: 'cash desk',
  scopes: ['products:read', 'refunds:write'],
  fingerprint: 'f1',
  previous: { fingerprint: 'f0', validUntilMs: atMs + 1000 },
  createdAtMs: atMs,
  rolledAtMs: atMs + 500,
  revokedAtMs: atMs + 900,
};

/** Since there is a day of the last use. */
const usedApiKey: Required<ApiKey> = { ...apiKey, lastUsedOn: '2026-11-22' };

const endpoint: Required<WebhookEndpoint> = {
  id: 'whe_1',
  version: 4,
  shopId,
  url: 'https://joe.example/hooks',
  description: 'the till',
  eventTypes: ['order.paid', 'dispute.closed'],
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  previousSecret: { secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD', validUntilMs: atMs },
  disabledBecause: 'failing',
  failingSinceMs: atMs,
  createdAtMs: atMs,
};

const call: Required<ApiCall> = {
  shopId,
  key: 'refund 7',
  version: 2,
  fingerprint: 'f2',
  startedAtMs: atMs,
  answer: { status: 201, body: '{"id":"rfd_1"}' },
};

const event: Required<MerchantEvent> = {
  id: 'evt_01kf2b0dg0aaaa',
  shopId,
  type: 'refund.failed',
  createdAtMs: atMs,
  data: {
    orderId: 'ord_1',
    number: 'K7M-2QX',
    state: 'cancelled',
    source: 'payment_request',
    total: usd(1250),
    refund: { id: 'rfd_1', state: 'failed', amount: usd(250), reason: 'duplicate' },
    dispute: {
      id: 'dp_1',
      state: 'lost',
      amount: usd(1250),
      reason: 'fraudulent',
      respondBeforeMs: atMs,
    },
  },
};

const delivery: Required<Delivery> = {
  id: 'whd_1',
  version: 3,
  shopId,
  endpointId: 'whe_1',
  eventId: 'evt_01kf2b0dg0aaaa',
  eventType: 'refund.failed',
  state: 'waiting',
  tries: 2,
  attempts: [
    { atMs, tookMs: 31, status: 500, answer: 'out of paper' },
    { atMs, tookMs: 15_000, why: 'timeout' },
  ],
  createdAtMs: atMs,
  dueAtMs: atMs + 5000,
};

export const everyMerchantThing: readonly Kept[] = [
  kept('api-key', apiKeyItem, apiKey),
  kept('used-api-key', apiKeyItem, usedApiKey),
  kept('api-key-of-shop', apiKeyOfShopItem, { shopId, keyId }),
  kept('rate-bucket', rateBucketItem, { keyId, fullAtMs: atMs }),
  kept('webhook-endpoint', webhookEndpointItem, endpoint),
  kept('api-call', apiCallItem, call),
  kept('merchant-event', merchantEventItem, event),
  kept('delivery', deliveryItem, delivery),
];
