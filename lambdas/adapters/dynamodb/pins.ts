// PINs in the Users table: hashes and how often they were guessed wrong.
import type { PinStore } from '../../domain/people/ports.ts';
import { pinItem } from './items/people.ts';
import { pinKey } from './keys.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';
import { overVersionBefore, put } from './write.ts';

export function dynamoPins(users: Table): PinStore {
  return {
    async of(personId) {
      const item = await getItem(users, pinKey(personId));
      return item === undefined ? undefined : pinItem.read(item);
    },
    async save(record) {
      return put(users, pinItem.write(record), overVersionBefore(record.version));
    },
  };
}
