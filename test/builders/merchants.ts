// What merchants' programs meet: keys, endpoints, events and deliveries for tests, each with ids of their own.
import type { ApiKey } from '../../lambdas/domain/merchant-api/api-key.ts';
import { scopes } from '../../lambdas/domain/merchant-api/api-key.ts';
import type { Delivery } from '../../lambdas/domain/merchant-api/delivery.ts';
import type { MerchantEvent } from '../../lambdas/domain/merchant-api/merchant-event.ts';
import type { WebhookEndpoint } from '../../lambdas/domain/merchant-api/webhook-endpoint.ts';
import type { ShopId } from '../../lambdas/domain/shops/shop.ts';
import { nextNumber } from './people.ts';

export const noonMs = Date.UTC(2026, 10, 22, 12);

export const aShopId = (): ShopId => `shp_${nextNumber()}`;

/** Twenty characters of base 32, as derived ids have. */
const idText = (): string =>
  String(nextNumber())
    .replaceAll(/[0189]/g, (digit) => 'abcdefghij'.charAt(Number(digit)))
    .padStart(20, 'a');

export function anApiKey(changes: Partial<ApiKey> = {}): ApiKey {
  return {
    id: `key_${idText()}`,
    version: 1,
    shopId: 'shp_joe',
    name: 'cash desk',
    scopes,
    fingerprint: `f${nextNumber()}`,
    createdAtMs: noonMs,
    ...changes,
  };
}

export function anEndpoint(changes: Partial<WebhookEndpoint> = {}): WebhookEndpoint {
  return {
    id: `whe_${idText()}`,
    version: 1,
    shopId: 'shp_joe',
    url: 'https://joe.example/hooks',
    eventTypes: [],
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    createdAtMs: noonMs,
    ...changes,
  };
}

export function aMerchantEvent(changes: Partial<MerchantEvent> = {}): MerchantEvent {
  const createdAtMs = changes.createdAtMs ?? noonMs;
  return {
    id: `evt_${createdAtMs.toString(32).padStart(10, '0')}${idText()}`,
    shopId: 'shp_joe',
    type: 'order.paid',
    createdAtMs,
    data: {
      orderId: 'ord_1',
      number: 'K7M-2QX',
      state: 'paid',
      source: 'cart',
      total: { minor: 1250, currency: 'USD' },
    },
    ...changes,
  };
}

export function aDelivery(changes: Partial<Delivery> = {}): Delivery {
  return {
    id: `whd_${idText()}`,
    version: 1,
    shopId: 'shp_joe',
    endpointId: 'whe_1',
    eventId: 'evt_1',
    eventType: 'order.paid',
    state: 'waiting',
    tries: 0,
    attempts: [],
    createdAtMs: noonMs,
    dueAtMs: noonMs,
    ...changes,
  };
}
