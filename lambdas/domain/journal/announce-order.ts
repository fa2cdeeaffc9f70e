// Tells a buyer in the thread of their order, and the shop's team in theirs, what a step of it means for them.
import { isSilentStep, orderAnnouncements } from '../orders/announcements.ts';
import { nobody } from '../orders/nobody.ts';
import { isNobodys } from '../orders/order.ts';
import type { OrderEntry } from '../orders/ports.ts';
import { linkForBuyer } from '../orders/send-bill.ts';
import { teamOf } from '../shops/tell-team.ts';
import type { World } from '../world.ts';
import { sayToPerson, type SayWorld } from './say-to-person.ts';

export type OrderNewsWorld = SayWorld &
  Pick<World, 'orders' | 'shops' | 'people' | 'links' | 'tokens' | 'publicUrl'>;

export async function announceOrder(world: OrderNewsWorld, entry: OrderEntry): Promise<void> {
  if (isSilentStep(entry.step)) return;
  const order = await world.orders.get(entry.subject);
  if (order === undefined)
    throw new Error(`Entry ${entry.subject}#${entry.sequence} has no order.`);
  const [shop, buyer] = await Promise.all([
    world.shops.get(order.shopId),
    isNobodys(order) ? nobody(order) : world.people.byId(order.buyerId),
  ]);
  if (shop === undefined) throw new Error(`Order ${order.id} has no shop.`);
  if (buyer === undefined) throw new Error(`Order ${order.id} has no buyer.`);
  const { address } = order;
  const pay = async () => (address === undefined ? world.publicUrl : linkForBuyer(world, order));
  const { toBuyer, toTeam } = await orderAnnouncements({ entry, order, shop, buyer, pay });
  // Who pays without a thread is told on the page that they pay on, and by the provider's mail.
  if (address !== undefined)
    await sayToPerson(world, { entry, to: buyer, at: address, replies: toBuyer });
  if (toTeam.length === 0) return;
  for (const { person, address } of await teamOf(world, shop)) {
    // Who buys from their own shop hears it as a buyer.
    if (person.id === buyer.id) continue;
    await sayToPerson(world, { entry, to: person, at: address, replies: toTeam });
  }
}
