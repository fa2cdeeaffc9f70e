// What the merchants' API needs of the world beside the shop itself: keys, calls, endpoints, events and their deliveries.
import type { DueQueue } from '../payments/ports.ts';
import type { SaveOutcome } from '../people/ports.ts';
import type { Page, PageOf } from '../shops/ports.ts';
import type { ShopId } from '../shops/shop.ts';
import type { ApiKey, ApiKeyId } from './api-key.ts';
import type { Delivery, DeliveryId } from './delivery.ts';
import type { ApiCall } from './api-call.ts';
import type { MerchantEvent, MerchantEventId } from './merchant-event.ts';
import type { EndpointId, WebhookEndpoint } from './webhook-endpoint.ts';

export interface ApiKeyStore {
  get(id: ApiKeyId): Promise<ApiKey | undefined>;
  /** Revoked ones too, in no particular order. */
  ofShop(shopId: ShopId): Promise<ApiKey[]>;
  /** Version 1 only where there is none; else over version - 1. */
  save(key: ApiKey): Promise<SaveOutcome>;
  /** Keeps the day of its last use; its version stays. Writes only where that day is later than the one kept. */
  noteUse(id: ApiKeyId, day: string): Promise<void>;
}

/** Kept for ever: what moved money must never move it again. */
export interface ApiCallStore {
  get(shopId: ShopId, key: string): Promise<ApiCall | undefined>;
  /** Version 1 only where there is none; else over version - 1. */
  save(call: ApiCall): Promise<SaveOutcome>;
}

export interface RateStore {
  /** Takes one token of a bucket, if there is one. `fullAtMs`: when the bucket is full if nobody takes any more. */
  take(
    keyId: ApiKeyId,
    bucket: { readonly nowMs: number; readonly size: number; readonly refillMs: number },
  ): Promise<{ readonly kind: 'taken' | 'empty'; readonly fullAtMs: number }>;
}

export interface WebhookEndpointStore {
  get(shopId: ShopId, id: EndpointId): Promise<WebhookEndpoint | undefined>;
  ofShop(shopId: ShopId): Promise<WebhookEndpoint[]>;
  /** Version 1 only where there is none; else over version - 1. */
  save(endpoint: WebhookEndpoint): Promise<SaveOutcome>;
  remove(shopId: ShopId, id: EndpointId): Promise<void>;
}

export interface MerchantEventStore {
  /** The same event twice is there once. */
  add(event: MerchantEvent): Promise<void>;
  get(shopId: ShopId, id: MerchantEventId): Promise<MerchantEvent | undefined>;
  /** Newest first; `after` is an event's id. */
  ofShop(shopId: ShopId, page: PageOf): Promise<Page<MerchantEvent>>;
}

export interface DeliveryStore {
  get(id: DeliveryId): Promise<Delivery | undefined>;
  /** Version 1 only where there is none; else over version - 1. */
  save(delivery: Delivery): Promise<SaveOutcome>;
  /** Newest first; `after` is the cursor of a page before. */
  ofEndpoint(endpointId: EndpointId, page: PageOf): Promise<Page<Delivery>>;
}

/** What became of one post to a merchant's endpoint. */
export type PostAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly text: string;
      readonly tookMs: number;
    }
  | {
      readonly kind: 'no_answer';
      /** `address`: it is not on the public internet. */
      readonly why: 'timeout' | 'address' | 'unreachable';
      readonly tookMs: number;
    };

export interface WebhookSender {
  /** Signs by Standard Webhooks with each of the secrets, and posts. Never follows a redirect. */
  post(message: {
    readonly id: MerchantEventId;
    readonly url: string;
    readonly body: string;
    readonly secrets: readonly string[];
  }): Promise<PostAnswer>;
}

export interface MerchantWorld {
  readonly apiKeys: ApiKeyStore;
  readonly apiCalls: ApiCallStore;
  readonly rates: RateStore;
  readonly webhookEndpoints: WebhookEndpointStore;
  readonly merchantEvents: MerchantEventStore;
  readonly deliveries: DeliveryStore;
  /** Wakes deliveries, apart from the money's own due queue: a slow endpoint must not hold up a payment. */
  readonly webhookQueue: DueQueue;
  readonly webhookSender: WebhookSender;
}
