// Tells both sides of a request what a step of it means for them.
import type { RequestEntry } from '../requests/money-request.ts';
import { requestAnnouncements } from '../requests/replies.ts';
import type { World } from '../world.ts';
import { sayToPerson, type SayWorld } from './say-to-person.ts';

export type RequestNewsWorld = SayWorld & Pick<World, 'requests' | 'people'>;

export async function announceRequest(world: RequestNewsWorld, entry: RequestEntry): Promise<void> {
  const request = await world.requests.get(entry.subject);
  if (request === undefined)
    throw new Error(`Entry ${entry.subject}#${entry.sequence} has no request.`);
  const people = await world.people.byIds([request.askerId, request.payerId]);
  const asker = people.find((each) => each.id === request.askerId);
  const payer = people.find((each) => each.id === request.payerId);
  if (asker === undefined || payer === undefined) return;
  const told = requestAnnouncements(entry, request, { asker, payer });
  await sayToPerson(world, { entry, to: payer, replies: told.toPayer });
  await sayToPerson(world, { entry, to: asker, replies: told.toAsker });
}
