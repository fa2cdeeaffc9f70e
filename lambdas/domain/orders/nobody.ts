// Whoever pays a bill without Messenger, where code asks for a person: no name, no address, no language that we know.
import type { Person } from '../people/person.ts';
import type { Order } from './order.ts';

export function nobody({ buyerId, bill, createdAtMs }: Order): Person {
  return {
    id: buyerId,
    version: 1,
    addresses: [],
    locale: 'en-US',
    currency: bill.total.currency,
    level: 'new',
    findableByName: false,
    instruments: [],
    createdAtMs,
  };
}
