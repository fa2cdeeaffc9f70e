// The control door under /_stand-in: people, threads, faults, webhooks, requests. README.md lists it.
import type { ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import { type HttpAnswer, type HttpRequest, writeAnswer } from '../http/exchange.ts';
import { sendFault } from '../graph/send-faults.ts';
import { webhookFault } from '../webhooks/webhook-faults.ts';
import { answerPeople } from './answer-people.ts';
import { answerWebhooks } from './answer-webhooks.ts';
import { type DoorCall, type DoorSite, badRequest, created, notFound, ok } from './door-call.ts';
import { DOOR_HEADERS } from './door-headers.ts';
import { readDoorBody } from './read-door-body.ts';
import type { Stream } from './stream.ts';

export const DOOR_PATH = '/_stand-in';

export type ControlDoor = (request: HttpRequest, response: ServerResponse) => Promise<void>;

export function createControlDoor(site: DoorSite, stream: Stream): ControlDoor {
  return async (request, response) => {
    if (request.method === 'OPTIONS') {
      response.writeHead(204, DOOR_HEADERS).end();
      return;
    }
    const call = readDoorCall(request);
    if (call?.path[0] === 'stream') return stream.open(response);
    const answer =
      call === undefined ? badRequest('the body is not JSON') : await answerDoor(call, site);
    if (call?.path[0] === 'reset' && answer.status === 200) stream.tell({ kind: 'reset' });
    writeAnswer(response, { ...answer, headers: DOOR_HEADERS });
  };
}

function readDoorCall({ method, path, query, body }: HttpRequest): DoorCall | undefined {
  const segments = path.slice(DOOR_PATH.length + 1).split('/');
  try {
    const json: unknown = body === '' ? {} : JSON.parse(body);
    return { method, path: segments.map(decodeURIComponent), query, body: json };
  } catch {
    return undefined;
  }
}

async function answerDoor(call: DoorCall, site: DoorSite): Promise<HttpAnswer> {
  switch (call.path[0] ?? '') {
    case 'pages':
      return ok(site.history.world.pages.map(({ id, name }) => ({ id, name })));
    case 'clock':
      return ok({ nowMs: site.clock.now() });
    case 'people':
      return answerPeople(call, site);
    case 'webhooks':
      return answerWebhooks(call, site);
    case 'faults':
      return answerFaults(call, sendFault, site.sendFaults);
    case 'webhook-faults':
      return answerFaults(call, webhookFault, site.webhookFaults);
    case 'requests':
      return answerRequests(call, site);
    case 'routing':
      return answerRouting(call, site);
    case 'settings':
      return answerSettings(call, site);
    case 'reset':
      return reset(call, site);
    default:
      return notFound(`control call ${call.path.join('/')}`);
  }
}

interface Faults<T> {
  add(fault: T): void;
  list(): T[];
  clear(): void;
}

function answerFaults<T>(call: DoorCall, schema: z.ZodMiniType<T>, faults: Faults<T>): HttpAnswer {
  if (call.method === 'DELETE') faults.clear();
  if (call.method !== 'POST') return ok(faults.list());
  const read = readDoorBody(schema, call.body);
  if ('answer' in read) return read.answer;
  faults.add(read.value);
  return created(read.value);
}

function answerRequests({ method, query }: DoorCall, { requests }: DoorSite): HttpAnswer {
  if (method === 'DELETE') requests.clear();
  const endpoint = query.get('endpoint');
  return ok(requests.list().filter((one) => endpoint === null || one.endpoint === endpoint));
}

function answerSettings(call: DoorCall, { settings }: DoorSite): HttpAnswer {
  if (call.method === 'POST') {
    const read = readDoorBody(z.strictObject({ appSecretProofRequired: z.boolean() }), call.body);
    if ('answer' in read) return read.answer;
    settings.requireProof(read.value.appSecretProofRequired);
  }
  return ok({ appSecretProofRequired: settings.isProofRequired() });
}

const routing = z.strictObject({
  pageId: z.string(),
  defaultApp: z.nullable(z.enum(['tender', 'inbox'])),
});

function answerRouting(call: DoorCall, { history }: DoorSite): HttpAnswer {
  if (call.method !== 'POST') return ok(Object.fromEntries(history.world.defaultApps));
  const read = readDoorBody(routing, call.body);
  if ('answer' in read) return read.answer;
  const { pageId, defaultApp } = read.value;
  const app = defaultApp === null ? {} : { app: defaultApp };
  history.append({ kind: 'default_app_set', pageId, ...app });
  return ok(read.value);
}

function reset({ method }: DoorCall, site: DoorSite): HttpAnswer {
  if (method !== 'POST') return notFound('reset by GET');
  site.delivery.forget();
  site.history.reset();
  site.sendFaults.clear();
  site.webhookFaults.clear();
  site.requests.clear();
  site.settings.requireProof(false);
  return ok();
}
