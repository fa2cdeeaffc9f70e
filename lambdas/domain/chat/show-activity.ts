// The last payments and open requests of a person, newest first, a page at a time.
import type { Member, Person, PersonId } from '../people/person.ts';
import { type Payment, payeeId } from '../payments/payment.ts';
import { activityCard } from '../payments/replies.ts';
import { requestCard } from '../requests/replies.ts';
import { writePayload } from './payloads.ts';
import { type Card, type Reply, say } from './reply.ts';
import { answer, type Speaking, type Turn } from './turn.ts';

const pageSize = 5;

/** `before` is the cursor of the last page: milliseconds since the epoch as text. */
export async function showActivity(
  speaking: Speaking<Member>,
  before: string | undefined,
): Promise<Turn> {
  const { world, person } = speaking;
  const beforeMs = readCursor(before);
  const page = { limit: pageSize + 1, ...(beforeMs === undefined ? {} : { beforeMs }) };
  const payments = (await world.payments.ofPerson(person.id, page)).filter((each) =>
    isTheirsToSee(each, person.id),
  );
  const requests = beforeMs === undefined ? await openRequestCards(speaking) : [];
  const shown = payments.slice(0, pageSize);
  const others = await peopleById(
    speaking,
    shown.map((payment) => otherSide(payment, person.id)),
  );
  const cards = shown.map((payment) =>
    activityCard(payment, person, others.get(otherSide(payment, person.id))),
  );
  if (cards.length + requests.length === 0) return answer(nothingYet(beforeMs));
  const last = shown.at(-1);
  return answer(
    { kind: 'cards', cards: [...requests, ...cards] },
    ...(payments.length > pageSize && last !== undefined ? [more(last)] : []),
  );
}

function readCursor(before: string | undefined): number | undefined {
  return before !== undefined && /^\d{1,15}$/u.test(before) ? Number(before) : undefined;
}

/** A payee hears of a payment when it is charged, not of drafts and declined tries. */
function isTheirsToSee(payment: Payment, reader: PersonId): boolean {
  return payment.payerId === reader || payment.heldAtMs !== undefined;
}

async function openRequestCards(speaking: Speaking<Member>): Promise<Card[]> {
  const { world, person } = speaking;
  const open = await world.requests.ofPerson(person.id, { limit: pageSize, openOnly: true });
  const otherOf = (request: (typeof open)[number]) =>
    request.askerId === person.id ? request.payerId : request.askerId;
  const others = await peopleById(speaking, open.map(otherOf));
  return open.map((request) => requestCard(request, person, others.get(otherOf(request))));
}

function otherSide(payment: Payment, reader: PersonId): PersonId | undefined {
  return payment.payerId === reader ? payeeId(payment) : payment.payerId;
}

async function peopleById(
  { world }: Speaking,
  ids: readonly (PersonId | undefined)[],
): Promise<Map<PersonId | undefined, Person>> {
  const wanted = new Set(ids.filter((id) => id !== undefined));
  const people = wanted.size === 0 ? [] : await world.people.byIds([...wanted]);
  return new Map(people.map((person) => [person.id, person]));
}

function nothingYet(beforeMs: number | undefined): Reply {
  return say(
    beforeMs === undefined ? 'No payments yet. Write “send $20 to @bob”.' : 'That was all.',
  );
}

function more(last: Payment): Reply {
  const payload = writePayload({ kind: 'activity', before: String(last.createdAtMs) });
  return say('There is more.', [{ title: 'Older', payload }]);
}
