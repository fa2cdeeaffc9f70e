// Sets up a Page: its profile, its webhook subscription and its utility templates. Changes only what differs.
import * as z from 'zod/mini';
import type { GraphClient } from './graph-client.ts';
import { isRecord } from './read-event.ts';
import { pageProfile } from './page-profile.ts';
import { type Caller, failed, readBody, type SetupStep, whyFailed } from './setup-step.ts';
import { createTemplates } from './template-setup.ts';

/** The fields whose events we read (read-event.ts). */
export const subscribedFields: readonly string[] = [
  'messages',
  'messaging_postbacks',
  'messaging_referrals',
  'messaging_optins',
  'message_echoes',
  'message_edits',
  'message_reactions',
  'message_deliveries',
  'message_reads',
  'messaging_policy_enforcement',
  'messaging_handovers',
  'standby',
];

export interface PageToSetUp {
  readonly pageId: string;
  readonly publicUrl: string;
  /** @default wallet */
  readonly of?: 'wallet' | 'shop';
}

/** Never throws for what Graph API says: each step tells how it went, and one that fails does not stop the others. */
export async function setUpPage(graph: GraphClient, page: PageToSetUp): Promise<SetupStep[]> {
  const call: Caller = (request, edge) =>
    graph.call({ ...request, pageId: page.pageId, path: [page.pageId, edge] });
  return [
    ...(await setProfile(call, page)),
    ...(await subscribe(call)),
    ...(await createTemplates(call)),
  ];
}

const profileAnswer = z.object({ data: z.array(z.record(z.string(), z.unknown())) });

const profileFields = [
  'get_started',
  'greeting',
  'ice_breakers',
  'persistent_menu',
  'whitelisted_domains',
] as const;

/** One read and one write whatever differs: Meta allows ten calls in ten minutes. */
async function setProfile(call: Caller, page: PageToSetUp): Promise<SetupStep[]> {
  const answer = await call(
    { method: 'GET', query: { fields: profileFields.join(',') } },
    'messenger_profile',
  );
  const read = readBody(profileAnswer, answer);
  if (read.kind === 'failed') return profileFields.map((what) => failed(what, read.why));

  const [now = {}] = read.body.data;
  const wanted = pageProfile(page.publicUrl, page.of);
  const differing = profileFields.filter(
    (field) => wanted[field] !== undefined && !isSame(wanted[field], now[field]),
  );
  const properties = Object.fromEntries(differing.map((field) => [field, wanted[field]]));
  const why =
    differing.length === 0
      ? undefined
      : whyFailed(await call({ method: 'POST', body: properties }, 'messenger_profile'));
  return profileFields.map((what): SetupStep => {
    if (wanted[what] === undefined) {
      return { what, outcome: 'skipped', note: `${page.publicUrl} is not a public https address` };
    }
    if (!differing.includes(what)) return { what, outcome: 'as it should be' };
    return why === undefined ? { what, outcome: 'set' } : failed(what, why);
  });
}

const appsAnswer = z.object({
  data: z.array(z.object({ subscribed_fields: z.optional(z.array(z.unknown())) })),
});

async function subscribe(call: Caller): Promise<SetupStep[]> {
  const what = 'webhook subscription';
  const read = readBody(appsAnswer, await call({ method: 'GET' }, 'subscribed_apps'));
  if (read.kind === 'failed') return [failed(what, read.why)];

  // With a Page token the list holds our own app; others of the Page are theirs to keep.
  const isSubscribed = read.body.data.some((app) =>
    subscribedFields.every((field) => (app.subscribed_fields ?? []).map(nameOf).includes(field)),
  );
  if (isSubscribed) return [{ what, outcome: 'as it should be' }];
  const query = { subscribed_fields: subscribedFields.join(',') };
  const why = whyFailed(await call({ method: 'POST', query }, 'subscribed_apps'));
  return [why === undefined ? { what, outcome: 'set' } : failed(what, why)];
}

/** Meta lists fields as names, and in some versions as objects with a name. */
function nameOf(field: unknown): unknown {
  return isRecord(field) ? field['name'] : field;
}

/** The same values whatever the order of keys; Meta may add keys of its own to what was set. */
function isSame(wanted: unknown, now: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(now) &&
      wanted.length === now.length &&
      wanted.every((item, index) => isSame(item, now[index]))
    );
  }
  if (!isRecord(wanted)) return wanted === now;
  return isRecord(now) && Object.keys(wanted).every((key) => isSame(wanted[key], now[key]));
}
