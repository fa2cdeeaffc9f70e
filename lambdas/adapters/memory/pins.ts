// The twin of the PIN store.
import type { PinRecord, PinStore } from '../../domain/people/ports.ts';
import { newShelf } from './shelf.ts';

export function memoryPins(): PinStore {
  const pins = newShelf<PinRecord>('Pin');
  return {
    of: async (personId) => pins.get(personId),
    async save(record) {
      if (!pins.isNext(record.version, record.personId)) return 'conflict';
      pins.put(record, record.personId);
      return 'saved';
    },
  };
}
