// POST /{page}/pass_thread_control and take_thread_control: who answers in a thread from now on.
import * as z from 'zod/mini';
import { checkLimits } from '../limits/check-limits.ts';
import { text } from '../limits/fields.ts';
import { ownerOf } from '../record/thread-owner.ts';
import { personByPsid, threadOf } from '../record/world.ts';
import {
  type AuthorizedCall,
  type GraphAnswer,
  type GraphSite,
  done,
  refused,
} from './graph-call.ts';
import { mayNotTake, noSuchObject, noSuchPerson, notThreadOwner } from './refusal.ts';

const recipient = z.strictObject({ id: text(30) });
const metadata = z.optional(text(999));
const passing = z.strictObject({
  recipient,
  target_app_id: z.union([text(30), z.number()]),
  metadata,
});
const taking = z.strictObject({ recipient, metadata });

/** On a Page without a default app, passing is accepted and every app goes on as before. The only other app here is the inbox. */
export function passThread(authorized: AuthorizedCall, site: GraphSite): GraphAnswer {
  const { call, page } = authorized;
  if (call.method !== 'POST') return refused(noSuchObject(call.method, call.path.join('/')));
  const read = checkLimits(passing, call.parameters);
  if (read.kind === 'refused') return refused(read.refusal);
  const { world } = site.history;
  const person = personByPsid(world, page.id, read.value.recipient.id);
  if (person === undefined) return refused(noSuchPerson());
  const thread = threadOf(world, page.id, person.id);
  const owner = ownerOf(world, thread, site.now());
  if (owner === undefined) return done({ success: true });
  if (owner !== 'tender') return refused(notThreadOwner());
  const to = String(read.value.target_app_id) === site.appId ? 'tender' : 'inbox';
  site.history.append({
    kind: 'thread_moved',
    pageId: page.id,
    personId: person.id,
    to,
    how: 'passed',
  });
  return done({ success: true });
}

/** Only a default app may take; without one nobody may. */
export function takeThread(authorized: AuthorizedCall, site: GraphSite): GraphAnswer {
  const { call, page } = authorized;
  if (call.method !== 'POST') return refused(noSuchObject(call.method, call.path.join('/')));
  const read = checkLimits(taking, call.parameters);
  if (read.kind === 'refused') return refused(read.refusal);
  const { world } = site.history;
  const person = personByPsid(world, page.id, read.value.recipient.id);
  if (person === undefined) return refused(noSuchPerson());
  if (world.defaultApps.get(page.id) !== 'tender') return refused(mayNotTake());
  const sides = { pageId: page.id, personId: person.id };
  site.history.append({ kind: 'thread_moved', ...sides, to: 'tender', how: 'taken' });
  return done({ success: true });
}
