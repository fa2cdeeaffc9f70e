// People for tests: members who have finished first contact, each with an id, an address and a handle of their own.
import type { Address } from '../../lambdas/domain/people/address.ts';
import type { Member, Person } from '../../lambdas/domain/people/person.ts';

let made = 0;

/** Counts up; unique in one test file. */
export function nextNumber(): number {
  made += 1;
  return made;
}

export function anAddress(): Address {
  return { pageId: '1000', psid: `70000000000000${nextNumber()}` };
}

export function aPerson(changes: Partial<Person> = {}): Person {
  const number = nextNumber();
  return {
    id: `per_${number}`,
    version: 1,
    addresses: [anAddress()],
    locale: 'en-US',
    currency: 'USD',
    level: 'new',
    findableByName: false,
    instruments: [],
    createdAtMs: 1_700_000_000_000,
    ...changes,
  };
}

export function aMember(changes: Partial<Member> = {}): Member {
  return {
    ...aPerson(),
    name: 'Bob Stone',
    handle: `bob${nextNumber()}`,
    termsAcceptedAtMs: 1_700_000_000_000,
    findableByName: true,
    ...changes,
  };
}
