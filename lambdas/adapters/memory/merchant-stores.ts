// The twins of the merchants' API's stores.
import type { ApiKey, ApiKeyId } from '../../domain/merchant-api/api-key.ts';
import type { Delivery } from '../../domain/merchant-api/delivery.ts';
import type { ApiCall } from '../../domain/merchant-api/api-call.ts';
import type { MerchantEvent } from '../../domain/merchant-api/merchant-event.ts';
import type { MerchantWorld, RateStore } from '../../domain/merchant-api/ports.ts';
import type { WebhookEndpoint } from '../../domain/merchant-api/webhook-endpoint.ts';
import type { Page, PageOf } from '../../domain/shops/ports.ts';
import { newShelf, type Shelf } from './shelf.ts';

type MemoryMerchantStores = Omit<MerchantWorld, 'webhookQueue' | 'webhookSender'>;

export function memoryMerchantStores(): MemoryMerchantStores {
  const keys = newShelf<ApiKey>('ApiKey');
  const calls = newShelf<ApiCall>('ApiCall');
  const endpoints = newShelf<WebhookEndpoint>('WebhookEndpoint');
  const events = newShelf<MerchantEvent>('MerchantEvent');
  const deliveries = newShelf<Delivery>('Delivery');
  return {
    apiKeys: {
      get: async (id) => keys.get(id),
      ofShop: async (shopId) => keys.all().filter((key) => key.shopId === shopId),
      save: async (key) => saveNext(keys, key, [key.id]),
      async noteUse(id, day) {
        const key = keys.get(id);
        if (key !== undefined && (key.lastUsedOn ?? '') < day)
          keys.put({ ...key, lastUsedOn: day }, id);
      },
    },
    apiCalls: {
      get: async (shopId, key) => calls.get(shopId, key),
      save: async (call) => saveNext(calls, call, [call.shopId, call.key]),
    },
    rates: memoryRates(),
    webhookEndpoints: {
      get: async (shopId, id) => endpoints.get(shopId, id),
      ofShop: async (shopId) => endpoints.all().filter((each) => each.shopId === shopId),
      save: async (endpoint) => saveNext(endpoints, endpoint, [endpoint.shopId, endpoint.id]),
      remove: async (shopId, id) => endpoints.remove(shopId, id),
    },
    merchantEvents: {
      async add(event) {
        if (events.get(event.shopId, event.id) === undefined)
          events.put(event, event.shopId, event.id);
      },
      get: async (shopId, id) => events.get(shopId, id),
      ofShop: async (shopId, page) =>
        pageOf(
          events.all().filter((event) => event.shopId === shopId),
          page,
          { placeOf: ({ id }) => id },
        ),
    },
    deliveries: {
      get: async (id) => deliveries.get(id),
      save: async (delivery) => saveNext(deliveries, delivery, [delivery.id]),
      ofEndpoint: async (endpointId, page) =>
        pageOf(
          deliveries.all().filter((delivery) => delivery.endpointId === endpointId),
          page,
          { placeOf: ({ createdAtMs, id }) => `${createdAtMs}.${id}` },
        ),
    },
  };
}

function saveNext<Thing extends { readonly version: number }>(
  shelf: Shelf<Thing>,
  thing: Thing,
  key: readonly string[],
): 'saved' | 'conflict' {
  if (!shelf.isNext(thing.version, ...key)) return 'conflict';
  shelf.put(thing, ...key);
  return 'saved';
}

/** Newest first: places begin with their moment. */
function pageOf<Thing>(
  all: readonly Thing[],
  { limit, after }: PageOf,
  { placeOf }: { readonly placeOf: (thing: Thing) => string },
): Page<Thing> {
  const left = all
    .filter((thing) => after === undefined || placeOf(thing) < after)
    .sort((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1));
  const things = left.slice(0, limit);
  const last = things.at(-1);
  return left.length > limit && last !== undefined ? { things, next: placeOf(last) } : { things };
}

function memoryRates(): RateStore {
  const fullAt = new Map<ApiKeyId, number>();
  return {
    async take(keyId, { nowMs, size, refillMs }) {
      const fullAtMs = Math.max(fullAt.get(keyId) ?? 0, nowMs) + refillMs;
      if (fullAtMs > nowMs + size * refillMs) {
        return { kind: 'empty', fullAtMs: fullAtMs - refillMs };
      }
      fullAt.set(keyId, fullAtMs);
      return { kind: 'taken', fullAtMs };
    },
  };
}
