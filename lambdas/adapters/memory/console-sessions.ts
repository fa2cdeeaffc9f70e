// The twin of the store of console sessions.
import type { ConsoleSessionStore } from '../../domain/console/ports.ts';
import type { ConsoleSession } from '../../domain/console/session.ts';
import { newShelf } from './shelf.ts';

export function memoryConsoleSessions(): ConsoleSessionStore {
  const sessions = newShelf<ConsoleSession>('ConsoleSession');
  return {
    get: async (fingerprint) => sessions.get(fingerprint),
    async save(session) {
      if (!sessions.isNext(session.version, session.fingerprint)) return 'conflict';
      sessions.put(session, session.fingerprint);
      return 'saved';
    },
    end: async (fingerprint) => sessions.remove(fingerprint),
  };
}
