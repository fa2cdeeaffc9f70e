// Who of a shop's team hears of something, each in their own thread at the shop's Page.
import type { Reply } from '../chat/reply.ts';
import type { Address } from '../people/address.ts';
import type { Person } from '../people/person.ts';
import type { World } from '../world.ts';
import type { Shop } from './shop.ts';

/** Owner and staff; readers only look. Whoever said stop is not written to. */
export async function teamOf(
  world: Pick<World, 'people'>,
  shop: Pick<Shop, 'team' | 'pageId'>,
): Promise<{ readonly person: Person; readonly address: Address }[]> {
  const ids = shop.team.filter(({ role }) => role !== 'reader').map(({ personId }) => personId);
  const people = ids.length === 0 ? [] : await world.people.byIds(ids);
  return people.flatMap((person) => {
    const address = person.addresses.find(({ pageId }) => pageId === shop.pageId);
    return address === undefined || person.stoppedAtMs !== undefined ? [] : [{ person, address }];
  });
}

export interface TeamNews {
  readonly text: string;
  /** For the template, where a window is closed: what it is about, and how that stands. */
  readonly about: string;
  readonly state: string;
}

export function teamReply({ text, about, state }: TeamNews): Reply {
  return { kind: 'text', text, utility: { name: 'order_update', parameters: [about, state] } };
}

export async function tellTeam(
  { world, shop }: { readonly world: Pick<World, 'people'>; readonly shop: Shop },
  news: TeamNews,
): Promise<{ readonly to: Address; readonly reply: Reply }[]> {
  const team = await teamOf(world, shop);
  return team.map(({ address }) => ({ to: address, reply: teamReply(news) }));
}
