// The last payments and open requests of a person, newest first, a page at a time.
import type { Member, Person, PersonId } from '../people/person.ts';
import { type Payment, payeeId } from '../payments/payment.ts';
import { activityCard } from '../payments/replies.ts';
import { requestCard } from '../requests/replies.ts';
import { writePayload } from './payloads.ts';
import { type Card, type Reply, say } from './reply.ts';
import { answer, type Speaking, type Turn } from './turn.ts';

const pageSize = 5;

/** Messenger's generic template holds ten. */
const mostCards = 10;

/** `before` is the cursor of the last page: milliseconds since the epoch as text. */
export async function showActivity(
  speaking: Speaking<Member>,
  before: string | undefined,
): Promise<Turn> {
  const { world, person } = speaking;
  const beforeMs = readCursor(before);
  const page = { limit: pageSize, ...(beforeMs === undefined ? {} : { beforeMs }) };
  const payments = await world.payments.ofPerson(person.id, page);
  const requests = beforeMs === undefined ? await openRequestCards(speaking) : [];
  const others = await peopleById(
    speaking,
    payments.map((payment) => otherSide(payment, person.id)),
  );
  const cards = payments.map((payment) =>
    activityCard(payment, person, others.get(otherSide(payment, person.id))),
  );
  if (cards.length + requests.length === 0) return answer(nothingYet(beforeMs));
  const last = payments.at(-1);
  return answer(
    ...inCarousels([...requests, ...cards]),
    ...(payments.length >= pageSize && last !== undefined ? [more(last)] : []),
  );
}

/** A page holds more than its size where several payments share its last millisecond: none is cut off. */
function inCarousels(cards: readonly Card[]): Reply[] {
  const carousels: Reply[] = [];
  for (let at = 0; at < cards.length; at += mostCards) {
    carousels.push({ kind: 'cards', cards: cards.slice(at, at + mostCards) });
  }
  return carousels;
}

function readCursor(before: string | undefined): number | undefined {
  return before !== undefined && /^\d{1,15}$/u.test(before) ? Number(before) : undefined;
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
