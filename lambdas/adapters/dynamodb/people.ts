// People in the Users table: a person, and the look-ups by address, handle and name that are kept in step with them.
import type { Link } from '../../domain/links/link.ts';
import type { Address } from '../../domain/people/address.ts';
import { nameKeysOf } from '../../domain/people/name-keys.ts';
import type { Person, PersonId } from '../../domain/people/person.ts';
import type { PeopleStore } from '../../domain/people/ports.ts';
import { linkItem } from './items/links.ts';
import { addressItem, handleItem, nameItem, personItem } from './items/people.ts';
import { addressKey, handleKey, nameKey, personKey } from './keys.ts';
import { freeOrTheirs, type LookUp, lookUpWrites } from './look-ups.ts';
import { getItem, getItems, queryPartition } from './read.ts';
import type { Table } from './table.ts';
import { transact, transactPut, type TransactWrite } from './transact.ts';
import { ifAbsent, overVersionBefore } from './write.ts';

export function dynamoPeople(users: Table): PeopleStore {
  const byId = async (id: PersonId): Promise<Person | undefined> => {
    const item = await getItem(users, personKey(id));
    return item === undefined ? undefined : personItem.read(item);
  };
  const byIds = async (ids: readonly PersonId[]): Promise<Person[]> =>
    (await getItems(users, ids.map(personKey))).map(personItem.read);

  return {
    byId,
    byIds,
    async byAddress(address) {
      const found = await getItem(users, addressKey(address));
      return found === undefined ? undefined : byId(addressItem.read(found).personId);
    },
    async byHandle(handle) {
      const found = await getItem(users, handleKey(handle));
      return found === undefined ? undefined : byId(handleItem.read(found).personId);
    },
    async byNameKey(name, limit) {
      const { pk } = nameKey(name, 'per_');
      const found = await queryPartition(users, { pk, limit });
      return byIds(found.map((item) => nameItem.read(item).personId));
    },
    async create(person) {
      const writes = [
        transactPut(users, 'person', { item: personItem.write(person), condition: ifAbsent }),
        ...lookUpWrites(users, lookUpsOf(undefined), lookUpsOf(person)),
      ];
      return (await transact(users, writes)).kind === 'done' ? 'saved' : 'conflict';
    },
    async save(person, before) {
      if (before.version !== person.version - 1) {
        throw new Error(`Version ${person.version} of a person does not follow ${before.version}.`);
      }
      const condition = overVersionBefore(person.version);
      const writes = [
        transactPut(users, 'person', { item: personItem.write(person), condition }),
        ...lookUpWrites(users, lookUpsOf(before), lookUpsOf(person)),
      ];
      const outcome = await transact(users, writes);
      if (outcome.kind === 'done') return 'saved';
      const isOnlyHandle = outcome.failed.size === 1 && outcome.failed.has('handle');
      return isOnlyHandle ? 'handle_taken' : 'conflict';
    },
    async saveBoth(one, other, link) {
      const people = [one, other].map(({ person }) =>
        transactPut(users, person.id, {
          item: personItem.write(person),
          condition: overVersionBefore(person.version),
        }),
      );
      const links = link === undefined ? [] : [linkWrite(users, link)];
      const outcome = await transact(users, [...people, ...links]);
      return outcome.kind === 'done' ? 'saved' : 'conflict';
    },
  };
}

function linkWrite(users: Table, link: Link): TransactWrite {
  const condition = overVersionBefore(link.version);
  return transactPut(users, 'link', { item: linkItem.write(link), condition });
}

function lookUpsOf(person: Person | undefined): LookUp[] {
  if (person === undefined) return [];
  const { id: personId, addresses, handle, name, findableByName } = person;
  const items = [
    ...addresses.map((address: Address) => ({
      name: 'address',
      item: addressItem.write({ address, personId }),
    })),
    ...(handle === undefined
      ? []
      : [{ name: 'handle', item: handleItem.write({ handle, personId }) }]),
    ...(findableByName && name !== undefined ? nameKeysOf(name) : []).map((nameKey) => ({
      name: 'name',
      item: nameItem.write({ nameKey, personId }),
    })),
  ];
  return items.map((each) => ({ ...each, condition: freeOrTheirs(each.item, 'personId') }));
}
