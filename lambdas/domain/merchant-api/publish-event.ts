// Keeps an event and sends it on its way to each endpoint that wants it.
import type { World } from '../world.ts';
import type { Delivery } from './delivery.ts';
import type { MerchantEvent } from './merchant-event.ts';
import type { MerchantWorld } from './ports.ts';
import { type WebhookEndpoint, wants } from './webhook-endpoint.ts';

export type PublishWorld = Pick<World, 'clock' | 'ids'> &
  Pick<MerchantWorld, 'merchantEvents' | 'webhookEndpoints' | 'deliveries' | 'webhookQueue'>;

/** Twice is once. Returns how many endpoints will hear of it. */
export async function publishEvent(world: PublishWorld, event: MerchantEvent): Promise<number> {
  await world.merchantEvents.add(event);
  const endpoints = await world.webhookEndpoints.ofShop(event.shopId);
  const wanting = endpoints.filter((endpoint) => wants(endpoint, event.type));
  for (const endpoint of wanting) await deliver(world, event, endpoint);
  return wanting.length;
}

async function deliver(
  world: PublishWorld,
  event: MerchantEvent,
  endpoint: WebhookEndpoint,
): Promise<void> {
  const nowMs = world.clock.now();
  const delivery: Delivery = {
    id: world.ids.derived('whd', event.id, endpoint.id),
    version: 1,
    shopId: event.shopId,
    endpointId: endpoint.id,
    eventId: event.id,
    eventType: event.type,
    state: 'waiting',
    tries: 0,
    attempts: [],
    createdAtMs: nowMs,
    dueAtMs: nowMs,
  };
  if ((await world.deliveries.save(delivery)) === 'conflict') return;
  await world.webhookQueue.wake(delivery.id, 0);
}
