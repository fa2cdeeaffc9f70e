// The twin of the people store.
import type { Link } from '../../domain/links/link.ts';
import type { Address } from '../../domain/people/address.ts';
import { nameKeyOf, nameKeysOf } from '../../domain/people/name-keys.ts';
import type { Person, PersonId } from '../../domain/people/person.ts';
import type { PeopleStore } from '../../domain/people/ports.ts';
import { newShelf, type Shelf } from './shelf.ts';

interface Owned {
  readonly owner: PersonId;
}

export function memoryPeople(links: Shelf<Link>): PeopleStore {
  const people = newShelf<Person>('Person');
  const addresses = newShelf<Owned>('Address');
  const handles = newShelf<Owned>('Handle');

  const find = (owned: Owned | undefined) =>
    owned === undefined ? undefined : people.get(owned.owner);
  const isTaken = (owned: Owned | undefined, person: Person) =>
    owned !== undefined && owned.owner !== person.id;
  const isAnyAddressTaken = (person: Person) =>
    person.addresses.some((address) => isTaken(addresses.get(...partsOf(address)), person));
  const isHandleTaken = (person: Person) =>
    person.handle !== undefined && isTaken(handles.get(person.handle), person);

  const write = (person: Person, before: Person | undefined) => {
    people.put(person, person.id);
    for (const address of before?.addresses ?? []) addresses.remove(...partsOf(address));
    if (before?.handle !== undefined) handles.remove(before.handle);
    for (const address of person.addresses)
      addresses.put({ owner: person.id }, ...partsOf(address));
    if (person.handle !== undefined) handles.put({ owner: person.id }, person.handle);
  };

  return {
    byId: async (id) => people.get(id),
    byIds: async (ids) => [...new Set(ids)].flatMap((id) => people.get(id) ?? []),
    byAddress: async (address) => find(addresses.get(...partsOf(address))),
    byHandle: async (handle) => find(handles.get(handle)),
    byNameKey: async (nameKey, limit) =>
      people
        .all()
        .filter(({ findableByName, name }) => findableByName && hasKey(name, nameKey))
        .sort((one, other) => (one.id < other.id ? -1 : 1))
        .slice(0, limit),
    async create(person) {
      const isTakenAlready = isAnyAddressTaken(person) || isHandleTaken(person);
      if (isTakenAlready || people.get(person.id) !== undefined) return 'conflict';
      write(person, undefined);
      return 'saved';
    },
    async save(person, before) {
      if (before.version !== person.version - 1) {
        throw new Error(`Version ${person.version} of a person does not follow ${before.version}.`);
      }
      if (!people.isNext(person.version, person.id) || isAnyAddressTaken(person)) return 'conflict';
      if (isHandleTaken(person)) return 'handle_taken';
      write(person, before);
      return 'saved';
    },
    async saveBoth(one, other, link) {
      const changes = [one, other];
      const isEachNext = changes.every(({ person }) => people.isNext(person.version, person.id));
      const isLinkNext = link === undefined || links.isNext(link.version, link.fingerprint);
      if (!isEachNext || !isLinkNext) return 'conflict';
      for (const { person } of changes) people.put(person, person.id);
      if (link !== undefined) links.put(link, link.fingerprint);
      return 'saved';
    },
  };
}

function partsOf(address: Address): [string, string] {
  return [address.pageId, address.psid];
}

function hasKey(name: string | undefined, nameKey: string): boolean {
  return name !== undefined && nameKeysOf(name).includes(nameKeyOf(nameKey));
}
