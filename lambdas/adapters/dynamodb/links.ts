// Links in the Users table, known by the fingerprint of their token.
import type { LinkStore } from '../../domain/links/link.ts';
import { linkItem } from './items/links.ts';
import { linkKey } from './keys.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';
import { overVersionBefore, put } from './write.ts';

export function dynamoLinks(users: Table): LinkStore {
  return {
    async get(fingerprint) {
      const item = await getItem(users, linkKey(fingerprint));
      return item === undefined ? undefined : linkItem.read(item);
    },
    async save(link) {
      return put(users, linkItem.write(link), overVersionBefore(link.version));
    },
  };
}
