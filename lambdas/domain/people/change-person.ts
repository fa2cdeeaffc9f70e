// Reads a person, decides on a change, saves it; reads again when someone else was quicker.
import { RetryLater } from '../retry-later.ts';
import type { World } from '../world.ts';
import type { Person, PersonId } from './person.ts';

const maxTries = 6;

/**
 * Returns the person as they are now. `decide` answers them changed, or undefined when nothing is to change. Someone just
 * read is decided on as they stand: what is written is refused if they have changed since.
 */
export async function changePerson(
  world: Pick<World, 'people'>,
  subject: PersonId | Person,
  decide: (person: Person) => Person | undefined,
): Promise<Person | undefined> {
  const [id, known] = typeof subject === 'string' ? [subject] : [subject.id, subject];
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const person = attempt === 0 && known !== undefined ? known : await world.people.byId(id);
    if (person === undefined) return undefined;
    const changed = decide(person);
    if (changed === undefined) return person;
    const next = { ...changed, version: person.version + 1 };
    const outcome = await world.people.save(next, person);
    if (outcome === 'saved') return next;
    if (outcome === 'handle_taken') return person;
  }
  throw new RetryLater('conversation_moved');
}
