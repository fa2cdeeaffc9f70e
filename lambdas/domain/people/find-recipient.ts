// Who "bob" is: one person, several, or nobody that we know.
import type { RecipientText } from '../chat/command.ts';
import type { World } from '../world.ts';
import { nameKeyOf, nameKeysOf } from './name-keys.ts';
import { hasLeft, isMember, type Member, type Person } from './person.ts';

export type FoundRecipient =
  | { readonly kind: 'one'; readonly person: Member }
  | { readonly kind: 'several'; readonly people: readonly Member[] }
  | { readonly kind: 'oneself' }
  | { readonly kind: 'none' };

/** Messenger shows 13 quick replies at most; one more is needed for "someone else". */
export const mostChoices = 10;

/**
 * A handle is exact. A name is first someone already paid, when just one of those has it; then everyone who may be
 * found by it, and whoever has it as a handle. Never a guess between two.
 */
export async function findRecipient(
  world: Pick<World, 'people' | 'contacts'>,
  seeker: Person,
  wanted: RecipientText,
): Promise<FoundRecipient> {
  if (wanted.kind === 'handle') return oneOf(seeker, await world.people.byHandle(wanted.handle));
  const known = await contactsNamed(world, seeker, wanted.name);
  if (known.length === 1) return oneOf(seeker, known[0]);
  const handleLike = wanted.name.toLowerCase().replaceAll(/\s/gu, '');
  const [byHandle, byName] = await Promise.all([
    world.people.byHandle(handleLike),
    world.people.byNameKey(nameKeyOf(wanted.name), mostChoices + 1),
  ]);
  return oneOrSeveral(seeker, [...known, ...(byHandle === undefined ? [] : [byHandle]), ...byName]);
}

async function contactsNamed(
  world: Pick<World, 'people' | 'contacts'>,
  seeker: Person,
  name: string,
): Promise<Person[]> {
  const contacts = await world.contacts.of(seeker.id);
  if (contacts.length === 0) return [];
  const people = await world.people.byIds(contacts.map((contact) => contact.personId));
  const key = nameKeyOf(name);
  return people.filter((person) => isNamed(person, key));
}

function isNamed(person: Person, key: string): boolean {
  if (person.handle === key) return true;
  return person.name !== undefined && nameKeysOf(person.name).includes(key);
}

function oneOf(seeker: Person, person: Person | undefined): FoundRecipient {
  if (person === undefined || !isMember(person) || hasLeft(person)) return { kind: 'none' };
  return person.id === seeker.id ? { kind: 'oneself' } : { kind: 'one', person };
}

function oneOrSeveral(seeker: Person, found: readonly Person[]): FoundRecipient {
  const byId = new Map(found.map((person) => [person.id, person]));
  const isSeekerFound = byId.delete(seeker.id);
  const members = [...byId.values()].filter(isMember).filter((person) => !hasLeft(person));
  const [only] = members;
  if (only === undefined) return { kind: isSeekerFound ? 'oneself' : 'none' };
  if (members.length === 1) return { kind: 'one', person: only };
  return { kind: 'several', people: members.slice(0, mostChoices) };
}
