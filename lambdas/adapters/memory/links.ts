// The twin of the link store.
import type { Link, LinkStore } from '../../domain/links/link.ts';
import type { Shelf } from './shelf.ts';

export function memoryLinks(links: Shelf<Link>): LinkStore {
  return {
    get: async (fingerprint) => links.get(fingerprint),
    async save(link) {
      if (!links.isNext(link.version, link.fingerprint)) return 'conflict';
      links.put(link, link.fingerprint);
      return 'saved';
    },
  };
}
