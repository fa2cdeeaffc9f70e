// The twin of the block store.
import type { PersonId } from '../../domain/people/person.ts';
import type { BlockStore } from '../../domain/people/ports.ts';
import { newShelf } from './shelf.ts';

export function memoryBlocks(): BlockStore {
  const blocks = newShelf<{ readonly owner: PersonId; readonly blocked: PersonId }>('Block');
  return {
    block: async (owner, blocked) => blocks.put({ owner, blocked }, owner, blocked),
    unblock: async (owner, blocked) => blocks.remove(owner, blocked),
    isBlockedBetween: async (one, other) =>
      blocks.get(one, other) !== undefined || blocks.get(other, one) !== undefined,
    blockedBy: async (of) =>
      blocks
        .all()
        .filter(({ owner }) => owner === of)
        .map(({ blocked }) => blocked),
  };
}
