// The Graph API's routes: which answer belongs to which path, after the caller is known.
import { answerMessageTemplates } from './message-templates.ts';
import { answerMessengerProfile } from './messenger-profile.ts';
import type { AuthorizedCall, GraphAnswer, GraphSite } from './graph-call.ts';
import { refused } from './graph-call.ts';
import { passThread, takeThread } from './move-thread.ts';
import { readPage, readPerson } from './read-object.ts';
import { noSuchObject } from './refusal.ts';
import { sendAction } from './send-action.ts';
import { sendMessage } from './send-message.ts';
import { answerSubscribedApps } from './subscribed-apps.ts';

export function answerGraphCall(authorized: AuthorizedCall, site: GraphSite): GraphAnswer {
  const { call, page } = authorized;
  const [object = '', edge] = call.path;
  const isOwnPage = object === 'me' || object === page.id;
  if (edge === undefined && call.method === 'GET') {
    return isOwnPage ? readPage(authorized) : readPerson(authorized, site);
  }
  if (!isOwnPage) return refused(noSuchObject(call.method, object));
  switch (edge ?? '') {
    case 'messages':
      return answerMessages(authorized, site);
    case 'messenger_profile':
      return answerMessengerProfile(authorized, site);
    case 'subscribed_apps':
      return answerSubscribedApps(authorized, site);
    case 'pass_thread_control':
      return passThread(authorized, site);
    case 'take_thread_control':
      return takeThread(authorized, site);
    case 'message_templates':
      return answerMessageTemplates(authorized, site);
    default:
      return refused(noSuchObject(call.method, call.path.join('/')));
  }
}

function answerMessages(authorized: AuthorizedCall, site: GraphSite): GraphAnswer {
  const { call } = authorized;
  if (call.method !== 'POST') return refused(noSuchObject(call.method, call.path.join('/')));
  return 'sender_action' in call.parameters
    ? sendAction(authorized, site)
    : sendMessage(authorized, site);
}
