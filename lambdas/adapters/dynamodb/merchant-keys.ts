// Keys of what the merchants' API keeps: their keys, calls, endpoints, events and deliveries.
import type { ApiKeyId } from '../../domain/merchant-api/api-key.ts';
import type { DeliveryId } from '../../domain/merchant-api/delivery.ts';
import type { MerchantEventId } from '../../domain/merchant-api/merchant-event.ts';
import type { EndpointId } from '../../domain/merchant-api/webhook-endpoint.ts';
import type { ShopId } from '../../domain/shops/shop.ts';
import { type Key, part } from './keys.ts';

// Users

export const apiKeyKey = (id: ApiKeyId): Key => ({ pk: `KEY#${part(id)}`, sk: 'KEY' });

export const keysOfShop = (shopId: ShopId): string => `KEYS#${part(shopId)}`;
export const apiKeyOfShopKey = (shopId: ShopId, id: ApiKeyId): Key => ({
  pk: keysOfShop(shopId),
  sk: part(id),
});

export const rateKey = (id: ApiKeyId): Key => ({ pk: `RATE#${part(id)}`, sk: 'RATE' });

export const endpointsOfShop = (shopId: ShopId): string => `ENDPOINTS#${part(shopId)}`;
export const endpointKey = (shopId: ShopId, id: EndpointId): Key => ({
  pk: endpointsOfShop(shopId),
  sk: part(id),
});

// Transactions

export const apiCallKey = (shopId: ShopId, key: string): Key => ({
  pk: `CALL#${part(shopId)}:${part(key)}`,
  sk: 'CALL',
});

/** Ids of events begin with their moment, so a shop's events lie in the order in which they happened. */
export const eventsOfShop = (shopId: ShopId): string => `EVENTS#${part(shopId)}`;
export const merchantEventKey = (shopId: ShopId, id: MerchantEventId): Key => ({
  pk: eventsOfShop(shopId),
  sk: part(id),
});

export const deliveryKey = (id: DeliveryId): Key => ({
  pk: `DELIVERY#${part(id)}`,
  sk: 'DELIVERY',
});

/** Partition of byPayee. */
export const deliveriesTo = (id: EndpointId): string => `DELIVERIES#${part(id)}`;
