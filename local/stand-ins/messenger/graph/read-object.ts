// GET /me, /{page} and /{person}: the few facts about a page or a person that an app may read.
import type { Person } from '../record/happening.ts';
import { personByPsid, threadOf } from '../record/world.ts';
import {
  type AuthorizedCall,
  type GraphAnswer,
  type GraphSite,
  done,
  refused,
} from './graph-call.ts';
import { badParameter, noSuchObject } from './refusal.ts';

export function readPage({ call, page }: AuthorizedCall): GraphAnswer {
  return pick({ id: page.id, name: page.name }, call.parameters['fields'], {
    node: 'Page',
    always: ['id', 'name'],
  });
}

/** Only someone who has been in touch with the page can be looked up. */
export function readPerson({ call, page }: AuthorizedCall, site: GraphSite): GraphAnswer {
  const psid = call.path[0] ?? '';
  const { world } = site.history;
  const person = personByPsid(world, page.id, psid);
  const known = person !== undefined && threadOf(world, page.id, person.id).items.length > 0;
  if (!known) return refused(noSuchObject(call.method, psid));
  return pick(profileOf(person, psid), call.parameters['fields'], {
    node: 'User',
    always: ['first_name', 'last_name', 'profile_pic', 'id'],
  });
}

function profileOf({ name, locale, timezone }: Person, psid: string): Record<string, unknown> {
  const [first = '', ...rest] = name.split(' ');
  return {
    id: psid,
    name,
    first_name: first,
    last_name: rest.join(' '),
    profile_pic: `https://platform-lookaside.fbsbx.com/platform/profilepic/?psid=${psid}`,
    locale,
    timezone,
  };
}

function pick(
  all: Record<string, unknown>,
  fields: unknown,
  { node, always }: { readonly node: string; readonly always: readonly string[] },
): GraphAnswer {
  const names = typeof fields === 'string' ? [...fields.split(','), 'id'] : always;
  const unknown = names.find((name) => !(name in all));
  if (unknown !== undefined) {
    const words = `(#100) Tried accessing nonexisting field (${unknown}) on node type (${node})`;
    return refused(badParameter(words));
  }
  return done(Object.fromEntries(names.map((name) => [name, all[name]])));
}
