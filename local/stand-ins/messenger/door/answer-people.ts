// The door's people and threads: who is there, what they see, and what they do.
import * as z from 'zod/mini';
import { withDefault } from '../limits/fields.ts';
import type { HttpAnswer } from '../http/exchange.ts';
import { newPsid } from '../record/new-id.ts';
import type { Person } from '../record/happening.ts';
import { personByPsid, psidOf } from '../record/world.ts';
import { actAsPerson } from './act-as-person.ts';
import { type DoorCall, type DoorSite, created, notFound, notPossible, ok } from './door-call.ts';
import { readDoorBody } from './read-door-body.ts';
import { threadSummary, threadView } from './thread-view.ts';

/** `/people`, `/people/{id}`, `/people/{id}/threads[/{pageId}[/{act}]]`. */
export function answerPeople(call: DoorCall, site: DoorSite): HttpAnswer {
  const [, id, threads, pageId, act] = call.path;
  if (id === undefined) {
    return call.method === 'POST' ? addPerson(call, site) : listPeople(site);
  }
  const person = findPerson(id, site);
  if (person === undefined) return notFound(`person ${id}`);
  if (threads === undefined) return ok(personView(person, site));
  const { pages } = site.history.world;
  if (pageId === undefined) return ok(pages.map((page) => threadSummary(page, person, site)));
  const page = pages.find((known) => known.id === pageId);
  if (page === undefined) return notFound(`page ${pageId}`);
  if (act === undefined)
    return ok(threadView(page, person, { site, last: Number(call.query.get('last') ?? Infinity) }));
  if (call.method !== 'POST') return notFound('such act by GET');
  return actAsPerson(act, { page, person, site, body: call.body });
}

/** By own id, or by the PSID that any page knows them by. */
function findPerson(id: string, { history }: DoorSite): Person | undefined {
  const { world } = history;
  const own = world.people.get(id);
  if (own !== undefined) return own;
  return world.pages.map((page) => personByPsid(world, page.id, id)).find((found) => found);
}

function listPeople(site: DoorSite): HttpAnswer {
  return ok([...site.history.world.people.values()].map((person) => personView(person, site)));
}

function personView(person: Person, { history }: DoorSite): object {
  const { id, name, locale, timezone } = person;
  const psids = history.world.pages.map((page) => [page.id, psidOf(person, page.id)] as const);
  return { id, name, locale, timezone, psids: Object.fromEntries(psids) };
}

const newPerson = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  locale: withDefault(z.string().check(z.minLength(2), z.maxLength(10)), 'en_US'),
  timezone: withDefault(z.number(), 0),
  id: z.optional(
    z.string().check(z.refine((id) => /^[0-9]{1,20}$/.test(id), { error: 'id must be digits' })),
  ),
});

/** Twice with the same id and name is one person, so that seeding can be repeated. */
function addPerson({ body }: DoorCall, site: DoorSite): HttpAnswer {
  const read = readDoorBody(newPerson, body);
  if ('answer' in read) return read.answer;
  const { name, locale, timezone, id = newPsid() } = read.value;
  const { world } = site.history;
  const existing = world.people.get(id);
  if (existing !== undefined) {
    return existing.name === name
      ? ok(personView(existing, site))
      : notPossible(`${id} is ${existing.name}`);
  }
  const homePageId = world.pages[0]?.id ?? '';
  const person: Person = { id, homePageId, name, locale, timezone };
  site.history.append({ kind: 'person_joined', person });
  return created(personView(person, site));
}
