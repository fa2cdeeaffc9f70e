// GET, POST and DELETE /{page}/subscribed_apps: which events the page's webhooks carry.
import * as z from 'zod/mini';
import { checkLimits } from '../limits/check-limits.ts';
import { webhookFields } from '../webhooks/webhook.ts';
import {
  type AuthorizedCall,
  type GraphAnswer,
  type GraphSite,
  done,
  refused,
} from './graph-call.ts';
import { noSuchObject } from './refusal.ts';

/** Fields that exist but that nothing here ever sends. */
const quietFields = [
  'feed',
  'inbox_labels',
  'response_feedback',
  'send_cart',
  'messaging_customer_information',
  'message_template_status_update',
  'messenger_template_status_update',
] as const;

const subscription = z.strictObject({
  subscribed_fields: z.pipe(
    z.pipe(
      z.union([z.string(), z.array(z.string())]),
      z.transform((names) => (Array.isArray(names) ? names : names.split(','))),
    ),
    z.array(z.enum([...webhookFields, ...quietFields])).check(z.minLength(1)),
  ),
});

export function answerSubscribedApps(
  { call, page }: AuthorizedCall,
  { history, appId }: GraphSite,
): GraphAnswer {
  switch (call.method) {
    case 'GET': {
      const fields = history.world.subscriptions.get(page.id) ?? [];
      const app = { id: appId, name: 'Tender (local)', subscribed_fields: fields };
      return done({ data: fields.length === 0 ? [] : [app] });
    }
    case 'POST': {
      const read = checkLimits(subscription, call.parameters);
      if (read.kind === 'refused') return refused(read.refusal);
      const fields = webhookFields.filter((field) => read.value.subscribed_fields.includes(field));
      history.append({ kind: 'page_subscribed', pageId: page.id, fields });
      return done({ success: true });
    }
    case 'DELETE':
      history.append({ kind: 'page_subscribed', pageId: page.id, fields: [] });
      return done({ success: true });
    default:
      return refused(noSuchObject(call.method, page.id));
  }
}
