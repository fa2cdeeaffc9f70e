// What a person of the wallet is at the shops that they are joined to: found from either end, left, and coming back.
import { RetryLater } from '../retry-later.ts';
import type { World } from '../world.ts';
import { changePerson } from './change-person.ts';
import type { Person, PersonId } from './person.ts';

type PeopleWorld = Pick<World, 'people'>;

const maxTries = 4;

/** Each is themselves again, all or nothing. Gives the two, or undefined where they were not joined. */
export async function unjoin(
  world: PeopleWorld,
  ids: { readonly customer: PersonId; readonly member: PersonId },
): Promise<{ readonly customer: Person; readonly member: Person } | undefined> {
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const [customer, member] = [
      await world.people.byId(ids.customer),
      await world.people.byId(ids.member),
    ];
    if (customer === undefined || member === undefined) return undefined;
    if (customer.joinedTo?.personId !== member.id) return undefined;
    const { joinedTo: _joined, ...alone } = customer;
    const joined = (member.joined ?? []).filter(({ personId }) => personId !== customer.id);
    const outcome = await world.people.saveBoth(
      { person: { ...alone, version: customer.version + 1 }, before: customer },
      { person: { ...member, version: member.version + 1, joined }, before: member },
    );
    if (outcome === 'saved') return { customer, member };
  }
  throw new RetryLater('conversation_moved');
}

/** Whoever wants to be forgotten is to be forgotten at each shop, too. */
export async function leaveEverywhere(
  world: PeopleWorld,
  { joined = [] }: Person,
  atMs: number,
): Promise<void> {
  for (const { personId } of joined)
    await changePerson(world, personId, (customer) =>
      customer.deletionRequestedAtMs === undefined
        ? { ...customer, deletionRequestedAtMs: atMs }
        : undefined,
    );
}

/** Only what the same wish had asked for: a wish of its own at a shop is taken back there. */
export async function takeBackLeaving(
  world: PeopleWorld,
  { joined = [], deletionRequestedAtMs }: Person,
): Promise<void> {
  if (deletionRequestedAtMs === undefined) return;
  for (const { personId } of joined)
    await changePerson(world, personId, (customer) => {
      const { deletionRequestedAtMs: wishedAtMs, ...rest } = customer;
      return wishedAtMs === deletionRequestedAtMs ? rest : undefined;
    });
}
