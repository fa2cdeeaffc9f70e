// How somebody in the console writes amounts: in the shop's currency, with the commas and dots of their own language.
import type { Speaker } from '../../lambdas/domain/money/speaker.ts';
import type { ConsoleWorld, Visitor } from './console-world.ts';

export async function speakerOf(
  world: Pick<ConsoleWorld, 'people'>,
  { member, shop }: Pick<Visitor, 'member' | 'shop'>,
): Promise<Speaker> {
  const person = await world.people.byId(member.personId);
  return { locale: person?.locale ?? 'en-US', currency: shop.currency };
}
