// POST /{page}/pass_thread_control: gives a thread to another app, such as the Page's inbox.
import * as z from 'zod/mini';
import { checkLimits } from '../limits/check-limits.ts';
import { text } from '../limits/fields.ts';
import { personByPsid } from '../record/world.ts';
import {
  type AuthorizedCall,
  type GraphAnswer,
  type GraphSite,
  done,
  refused,
} from './graph-call.ts';
import { noSuchObject, noSuchPerson } from './refusal.ts';

const passing = z.strictObject({
  recipient: z.strictObject({ id: text(30) }),
  target_app_id: z.union([text(30), z.number()]),
  metadata: z.optional(text(999)),
});

/** No default app is set here, as on a Page that never chose one: passing is accepted, and every app goes on as before. */
export function passThread({ call, page }: AuthorizedCall, site: GraphSite): GraphAnswer {
  if (call.method !== 'POST') return refused(noSuchObject(call.method, call.path.join('/')));
  const read = checkLimits(passing, call.parameters);
  if (read.kind === 'refused') return refused(read.refusal);
  const person = personByPsid(site.history.world, page.id, read.value.recipient.id);
  return person === undefined ? refused(noSuchPerson()) : done({ success: true });
}
