// The twin of the request store.
import type { RequestStore } from '../../domain/requests/ports.ts';
import { type Books, commitRequest } from './books.ts';
import { pageOf } from './timeline.ts';

export function memoryRequests(books: Books): RequestStore {
  return {
    get: async (id) => books.requests.get(id),
    byIds: async (ids) => [...new Set(ids)].flatMap((id) => books.requests.get(id) ?? []),
    commit: async (change) => commitRequest(books, change),
    ofPerson: async (personId, page) =>
      pageOf(
        books.requests
          .all()
          .filter(({ payerId, askerId }) => payerId === personId || askerId === personId)
          .filter(({ state }) => page.openOnly !== true || state === 'open'),
        page,
      ),
    journalOf: async (id) =>
      books.requestJournal
        .all()
        .map(({ entry }) => entry)
        .filter(({ subject }) => subject === id),
  };
}
