// The twin of the provider event store.
import type { ProviderEventStore } from '../../domain/payments/ports.ts';
import { newShelf } from './shelf.ts';

export function memoryProviderEvents(): ProviderEventStore {
  const events = newShelf<{ readonly atMs: number; readonly settledHow?: string }>('ProviderEvent');
  return {
    async begin(eventId, atMs) {
      const known = events.get(eventId);
      if (known !== undefined) return known.settledHow === undefined ? 'unsettled' : 'seen';
      events.put({ atMs }, eventId);
      return 'new';
    },
    async settle(eventId, how) {
      const known = events.get(eventId);
      if (known === undefined) throw new Error('A provider event was settled before it began.');
      events.put({ ...known, settledHow: how }, eventId);
    },
    unsettled: async (eventIds) =>
      eventIds.filter((eventId) => events.get(eventId)?.settledHow === undefined),
  };
}
