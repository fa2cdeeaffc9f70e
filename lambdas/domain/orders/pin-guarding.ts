// Whose PIN guards the card that a buyer keeps at a shop.
import type { Person, PersonId } from '../people/person.ts';
import type { World } from '../world.ts';
import type { SavedCard } from './ports.ts';

/**
 * Their own there, where they have one; else that of the account they are joined to. A card that was kept before the two were
 * joined is guarded by none: whoever holds somebody's phone for a minute could join their chat to an account of their
 * own, and a PIN that they chose would open what no PIN opened before.
 */
export async function pinGuarding(
  world: Pick<World, 'pins'>,
  of: {
    readonly buyer: Pick<Person, 'id' | 'joinedTo'>;
    readonly savedCard: Pick<SavedCard, 'orderMadeAtMs'> | undefined;
    readonly hasOwnPin: boolean;
  },
): Promise<PersonId | undefined> {
  const { buyer, savedCard } = of;
  if (of.hasOwnPin) return buyer.id;
  const { joinedTo } = buyer;
  if (joinedTo === undefined || savedCard?.orderMadeAtMs === undefined) return undefined;
  if (savedCard.orderMadeAtMs <= joinedTo.atMs) return undefined;
  return (await world.pins.of(joinedTo.personId)) === undefined ? undefined : joinedTo.personId;
}
