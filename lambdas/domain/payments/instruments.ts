// Saved cards: opened at the provider's page, remembered when the provider says that it is done.
import { changePerson } from '../people/change-person.ts';
import type { Person, PersonId } from '../people/person.ts';
import type { World } from '../world.ts';
import type { SavedInstrument } from './ports.ts';

const mostInstruments = 10;

export type SaveInstrumentOutcome =
  | { readonly kind: 'saved'; readonly personId: PersonId }
  | { readonly kind: 'not_finished' }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'unknown' };

/** After the provider's page, by the browser's return or by the provider's event, whichever comes first: once is enough. */
export async function rememberInstrument(
  world: Pick<World, 'people' | 'provider'>,
  setupId: string,
): Promise<SaveInstrumentOutcome> {
  const found = await world.provider.lookUp.instrument(setupId);
  if (found.kind === 'unknown') return { kind: 'unknown' };
  if (found.kind === 'not_found') return { kind: 'not_found' };
  if (found.thing === 'not_finished') return { kind: 'not_finished' };
  const saved = found.thing;
  const person = await changePerson(world, saved.personId, (now) => withInstrument(now, saved));
  return person === undefined ? { kind: 'not_found' } : { kind: 'saved', personId: person.id };
}

/** The newest card comes first: it is the one that is offered. */
function withInstrument(person: Person, saved: SavedInstrument): Person | undefined {
  if (person.instruments.some((each) => each.id === saved.instrument.id)) return undefined;
  return {
    ...person,
    customerId: saved.customerId,
    instruments: [saved.instrument, ...person.instruments].slice(0, mostInstruments),
  };
}

export async function rememberCustomer(
  world: Pick<World, 'people'>,
  personId: PersonId,
  customerId: string,
): Promise<void> {
  await changePerson(world, personId, (now) =>
    now.customerId === undefined ? { ...now, customerId } : undefined,
  );
}

export async function forgetInstrument(
  world: Pick<World, 'people'>,
  personId: PersonId,
  instrumentId: string,
): Promise<void> {
  await changePerson(world, personId, (now) => {
    const kept = now.instruments.filter((each) => each.id !== instrumentId);
    return kept.length === now.instruments.length ? undefined : { ...now, instruments: kept };
  });
}
