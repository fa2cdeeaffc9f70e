// POST /{page}/messages with a sender action: typing dots, seen, and the page's reactions.
import { checkLimits } from '../limits/check-limits.ts';
import { senderActionRequest } from '../limits/send-request.ts';
import { findItem } from '../record/apply-happening.ts';
import { ownerOf } from '../record/thread-owner.ts';
import { personByPsid, threadOf } from '../record/world.ts';
import {
  type AuthorizedCall,
  type GraphAnswer,
  type GraphSite,
  done,
  refused,
} from './graph-call.ts';
import {
  badParameter,
  noSuchPerson,
  notThreadOwner,
  outsideWindow,
  personUnavailable,
} from './refusal.ts';
import { isWindowOpen } from './reply-window.ts';

export function sendAction({ call, page }: AuthorizedCall, site: GraphSite): GraphAnswer {
  const read = checkLimits(senderActionRequest, call.parameters);
  if (read.kind === 'refused') return refused(read.refusal);
  const request = read.value;
  const { world } = site.history;
  const person = personByPsid(world, page.id, request.recipient.id);
  if (person === undefined) return refused(noSuchPerson());
  const thread = threadOf(world, page.id, person.id);
  if (thread.blocked) return refused(personUnavailable());
  if (ownerOf(world, thread, site.now()) === 'inbox') return refused(notThreadOwner());
  if (!isWindowOpen(thread, site.now())) return refused(outsideWindow());
  const sides = { pageId: page.id, personId: person.id };
  switch (request.sender_action) {
    case 'typing_on':
      site.presence.startTyping(page.id, person.id);
      break;
    case 'typing_off':
      site.presence.stopTyping(page.id, person.id);
      break;
    case 'mark_seen':
      site.history.append({ kind: 'page_saw', ...sides });
      break;
    case 'react':
    case 'unreact': {
      const { message_id: mid, reaction } = request.payload;
      if (findItem(thread, mid) === undefined) {
        return refused(badParameter('(#100) Param payload[message_id] is not of this thread'));
      }
      const emoji = request.sender_action === 'react' ? { reaction: reaction ?? '❤' } : {};
      site.history.append({ kind: 'page_reacted', ...sides, mid, ...emoji });
      break;
    }
  }
  return done({ recipient_id: request.recipient.id });
}
