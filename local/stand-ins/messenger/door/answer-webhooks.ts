// The door's view of webhooks: what was sent, what is held back, any event by hand, the handshake.
import { randomInt } from 'node:crypto';
import * as z from 'zod/mini';
import { withDefault } from '../limits/fields.ts';
import type { HttpAnswer } from '../http/exchange.ts';
import { webhookFields } from '../webhooks/webhook.ts';
import { type DoorCall, type DoorSite, created, notFound, ok } from './door-call.ts';
import { readDoorBody } from './read-door-body.ts';

export async function answerWebhooks(call: DoorCall, site: DoorSite): Promise<HttpAnswer> {
  const [, act] = call.path;
  if (act === undefined && call.method === 'GET') return listWebhooks(call, site);
  if (call.method !== 'POST') return notFound('such webhook call');
  switch (act ?? '') {
    case 'release':
      return release(call, site);
    case 'inject':
      return inject(call, site);
    case 'verify':
      return verify(site);
    default:
      return notFound(`webhook call ${act ?? ''}`);
  }
}

function listWebhooks({ query }: DoorCall, { delivery }: DoorSite): HttpAnswer {
  const state = query.get('state');
  const field = query.get('field');
  return ok(
    delivery
      .list()
      .filter((status) => state === null || status.state === state)
      .filter(({ webhook }) => field === null || webhook.field === field)
      .map(({ webhook, state, attempts }) => ({ ...webhook, state, attempts })),
  );
}

async function release({ body }: DoorCall, { delivery }: DoorSite): Promise<HttpAnswer> {
  const order = z.strictObject({
    reverse: withDefault(z.boolean(), false),
    together: withDefault(z.boolean(), false),
  });
  const read = readDoorBody(order, body);
  if ('answer' in read) return read.answer;
  return ok({ released: await delivery.release(read.value) });
}

function inject({ body }: DoorCall, site: DoorSite): HttpAnswer {
  const injected = z.strictObject({
    pageId: z.string(),
    field: z.enum(webhookFields),
    event: z.unknown(),
  });
  const read = readDoorBody(injected, body);
  if ('answer' in read) return read.answer;
  const { pageId, field, event } = read.value;
  site.history.append({ kind: 'event_injected', pageId, field, event });
  return created({ ok: true });
}

/** The GET handshake that Meta makes when a callback URL is configured. */
async function verify({ webhookUrl, verifyToken }: DoorSite): Promise<HttpAnswer> {
  const challenge = String(randomInt(1_000_000_000));
  const url = new URL(webhookUrl);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.verify_token', verifyToken);
  url.searchParams.set('hub.challenge', challenge);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    const verified = response.status === 200 && (await response.text()) === challenge;
    return ok({ verified, status: response.status });
  } catch {
    return ok({ verified: false, status: null });
  }
}
