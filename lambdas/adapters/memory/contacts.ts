// The twin of the contact store.
import type { PersonId } from '../../domain/people/person.ts';
import type { BlockStore, Contact, ContactStore } from '../../domain/people/ports.ts';
import { newShelf } from './shelf.ts';

export function memoryContacts(blocks: BlockStore): ContactStore {
  const contacts = newShelf<Contact & { readonly ownerId: PersonId }>('Contact');
  return {
    of: async (owner) =>
      contacts
        .all()
        .filter(({ ownerId }) => ownerId === owner)
        .map(({ personId, lastPaidAtMs }) => ({ personId, lastPaidAtMs })),
    tieBetween: async (owner, other) => ({
      isContact: contacts.get(owner, other) !== undefined,
      isBlocked: await blocks.isBlockedBetween(owner, other),
    }),
    async remember(owner, contact) {
      const known = contacts.get(owner, contact.personId);
      if (known !== undefined && known.lastPaidAtMs >= contact.lastPaidAtMs) return;
      contacts.put({ ownerId: owner, ...contact }, owner, contact.personId);
    },
  };
}
