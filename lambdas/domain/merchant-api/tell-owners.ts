// Tells a shop's owners in their thread that we have stopped to call one of their endpoints.
import { outboxId } from '../chat/outbox.ts';
import type { OutboxItem } from '../chat/ports.ts';
import { say } from '../chat/reply.ts';
import type { Address } from '../people/address.ts';
import type { Person } from '../people/person.ts';
import type { Shop } from '../shops/shop.ts';
import type { World } from '../world.ts';
import { disabledNotice } from './disabled-notice.ts';
import type { WebhookEndpoint } from './webhook-endpoint.ts';

/**
 * Whoever posts webhooks does not write to Messenger: the bubble is put down for whoever does. Returns how many owners
 * will read it; twice is once.
 */
export async function tellOwners(
  world: Pick<World, 'shops' | 'people' | 'outbox' | 'resendQueue' | 'clock'>,
  endpoint: WebhookEndpoint,
): Promise<number> {
  const text = disabledNotice(endpoint);
  const shop = await world.shops.get(endpoint.shopId);
  if (text === undefined || shop === undefined) return 0;
  const owners = shop.team.filter(({ role }) => role === 'owner').map(({ personId }) => personId);
  const people = await world.people.byIds(owners);
  let told = 0;
  for (const person of people) {
    const to = addressAt(shop, person);
    if (to === undefined) continue;
    const item: OutboxItem = {
      id: outboxId(`${endpoint.id}:${endpoint.version}:${person.id}`, 1),
      version: 1,
      to,
      state: 'waiting',
      reply: say(text),
      attempts: 0,
      atMs: world.clock.now(),
    };
    await world.outbox.save(item);
    await world.resendQueue.sayAgain(item);
    told += 1;
  }
  return told;
}

/** Their thread with the shop's own Page. */
function addressAt(shop: Pick<Shop, 'pageId'>, person: Person): Address | undefined {
  if (person.stoppedAtMs !== undefined) return undefined;
  return person.addresses.find(({ pageId }) => pageId === shop.pageId);
}
