// In the wallet: takes a chat at a shop and the account apart again, and says so at both ends.
import { answer, type Speaking, type Turn } from '../chat/turn.ts';
import { notJoinedAtAll, unjoined } from './join-replies.ts';
import { unjoin } from './joined-people.ts';
import type { Member, PersonId } from './person.ts';

export async function leaveShop(
  { world, person }: Speaking<Member>,
  customerId: PersonId,
): Promise<Turn> {
  const place = person.joined?.find(({ personId }) => personId === customerId);
  const shop = place === undefined ? undefined : await world.shops.get(place.shopId);
  if (shop === undefined) return answer(notJoinedAtAll);
  const apart = await unjoin(world, { customer: customerId, member: person.id });
  const [to] = apart?.customer.addresses ?? [];
  const reply = unjoined(shop);
  const isTold = to !== undefined && apart?.customer.stoppedAtMs === undefined;
  return { ...answer(reply), ...(isTold ? { toOthers: [{ to, reply }] } : {}) };
}
