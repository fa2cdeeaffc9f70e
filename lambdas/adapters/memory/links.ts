// The twin of the link store.
import type { Link, LinkStore } from '../../domain/links/link.ts';
import { newShelf } from './shelf.ts';

export function memoryLinks(): LinkStore {
  const links = newShelf<Link>('Link');
  return {
    get: async (fingerprint) => links.get(fingerprint),
    async save(link) {
      if (!links.isNext(link.version, link.fingerprint)) return 'conflict';
      links.put(link, link.fingerprint);
      return 'saved';
    },
  };
}
