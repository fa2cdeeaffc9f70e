// Makes, changes and deletes webhook endpoints, rolls their secrets, and sends a delivery once more.
import type { ShopId } from '../shops/shop.ts';
import type { World } from '../world.ts';
import type { Delivery, DeliveryId } from './delivery.ts';
import { secretOfForm } from './form-secret.ts';
import type { MerchantEventType } from './merchant-event.ts';
import type { MerchantWorld } from './ports.ts';
import {
  type EndpointId,
  mostEndpoints,
  endpointSecret,
  type WebhookEndpoint,
} from './webhook-endpoint.ts';

type EndpointWorld = Pick<World, 'clock' | 'ids' | 'tokens'> &
  Pick<MerchantWorld, 'webhookEndpoints'>;

/** What a merchant says of an endpoint; its URL has been looked at (`whyNotAUrl`). */
export interface EndpointWish {
  readonly url: string;
  readonly description?: string;
  readonly eventTypes: readonly MerchantEventType[];
}

/** `madeBy` is what was pressed or sent: twice makes one endpoint. */
export async function makeEndpoint(
  world: EndpointWorld,
  asked: EndpointWish & { readonly shopId: ShopId; readonly madeBy: string },
): Promise<
  | { readonly kind: 'made' | 'made_already'; readonly endpoint: WebhookEndpoint }
  | { readonly kind: 'too_many' }
> {
  const { shopId, madeBy, ...wish } = asked;
  const id = world.ids.derived('whe', shopId, madeBy);
  const present = await world.webhookEndpoints.ofShop(shopId);
  const before = present.find((each) => each.id === id);
  if (before !== undefined) return { kind: 'made_already', endpoint: before };
  if (present.length >= mostEndpoints) return { kind: 'too_many' };
  const endpoint: WebhookEndpoint = {
    ...wish,
    id,
    version: 1,
    shopId,
    secret: endpointSecret(world.tokens.newToken()),
    createdAtMs: world.clock.now(),
  };
  if ((await world.webhookEndpoints.save(endpoint)) === 'saved') return { kind: 'made', endpoint };
  // The other press was first, and its secret is the one that signs.
  const made = await world.webhookEndpoints.get(shopId, id);
  return { kind: 'made_already', endpoint: made ?? endpoint };
}

export interface EndpointChange {
  readonly url?: string | undefined;
  readonly description?: string | undefined;
  readonly eventTypes?: readonly MerchantEventType[] | undefined;
  /** True begins anew: what it failed before is forgiven. */
  readonly isEnabled?: boolean | undefined;
}

export type EndpointOutcome =
  | { readonly kind: 'changed'; readonly endpoint: WebhookEndpoint }
  | { readonly kind: 'unknown' | 'moved' };

export async function changeEndpoint(
  world: EndpointWorld,
  asked: { readonly shopId: ShopId; readonly id: EndpointId; readonly change: EndpointChange },
): Promise<EndpointOutcome> {
  return update(world, asked, (endpoint) => {
    const { url, description, eventTypes, isEnabled } = asked.change;
    return {
      ...switched(endpoint, isEnabled),
      ...(url === undefined ? {} : { url }),
      ...(description === undefined ? {} : { description }),
      ...(eventTypes === undefined ? {} : { eventTypes }),
    };
  });
}

function switched(endpoint: WebhookEndpoint, isEnabled: boolean | undefined): WebhookEndpoint {
  if (isEnabled === undefined) return endpoint;
  if (!isEnabled) return { ...endpoint, disabledBecause: endpoint.disabledBecause ?? 'merchant' };
  const { disabledBecause: _disabled, failingSinceMs: _failing, ...enabled } = endpoint;
  return enabled;
}

/**
 * A new secret; both sign for `overlapMs` more. `version`: which one whoever rolls it has seen. The same form sent again
 * gives the same secret.
 */
export async function rollEndpointSecret(
  world: EndpointWorld,
  asked: {
    readonly shopId: ShopId;
    readonly id: EndpointId;
    readonly overlapMs: number;
    readonly version?: number;
    readonly seed?: string;
  },
): Promise<EndpointOutcome> {
  const { seed, version } = asked;
  const token = seed === undefined ? world.tokens.newToken() : secretOfForm(world.tokens, seed);
  const secret = endpointSecret(token);
  const outcome = await update(world, asked, (endpoint) => ({
    ...endpoint,
    secret,
    previousSecret: {
      secret: endpoint.secret,
      validUntilMs: world.clock.now() + Math.max(asked.overlapMs, 0),
    },
  }));
  if (outcome.kind !== 'moved' || seed === undefined || version === undefined) return outcome;
  const now = await world.webhookEndpoints.get(asked.shopId, asked.id);
  const isThisRoll = now?.version === version + 1 && now.secret === secret;
  return isThisRoll ? { kind: 'changed', endpoint: now } : outcome;
}

async function update(
  world: EndpointWorld,
  {
    shopId,
    id,
    version,
  }: { readonly shopId: ShopId; readonly id: EndpointId; readonly version?: number },
  change: (endpoint: WebhookEndpoint) => WebhookEndpoint,
): Promise<EndpointOutcome> {
  const endpoint = await world.webhookEndpoints.get(shopId, id);
  if (endpoint === undefined) return { kind: 'unknown' };
  if (version !== undefined && version !== endpoint.version) return { kind: 'moved' };
  const changed = { ...change(endpoint), version: endpoint.version + 1 };
  const outcome = await world.webhookEndpoints.save(changed);
  return outcome === 'saved' ? { kind: 'changed', endpoint: changed } : { kind: 'moved' };
}

/** A new round of tries, under the same event id, whatever came of the last one; of `version`, once. */
export async function redeliver(
  world: Pick<World, 'clock'> & Pick<MerchantWorld, 'deliveries' | 'webhookQueue'>,
  asked: {
    readonly shopId: ShopId;
    readonly endpointId: EndpointId;
    readonly id: DeliveryId;
    readonly version?: number;
  },
): Promise<
  { readonly kind: 'waiting'; readonly delivery: Delivery } | { readonly kind: 'unknown' | 'moved' }
> {
  const delivery = await world.deliveries.get(asked.id);
  if (delivery?.shopId !== asked.shopId || delivery.endpointId !== asked.endpointId) {
    return { kind: 'unknown' };
  }
  if (asked.version !== undefined && asked.version !== delivery.version) return { kind: 'moved' };
  const waiting: Delivery = {
    ...delivery,
    version: delivery.version + 1,
    state: 'waiting',
    tries: 0,
    dueAtMs: world.clock.now(),
  };
  if ((await world.deliveries.save(waiting)) === 'conflict') return { kind: 'moved' };
  await world.webhookQueue.wake(waiting.id, 0);
  return { kind: 'waiting', delivery: waiting };
}
