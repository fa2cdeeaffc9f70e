// The HTTP side: reads requests, applies faults, and writes answers, broken ones too.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerDoor, type Door } from '../control-door.ts';
import { API_VERSION } from '../desk.ts';
import { answerPage } from '../pages/answer-page.ts';
import { decodeMultipart, withoutContents } from '../parameters/multipart.ts';
import { decodeForm, decodeJson, plainFrom } from '../parameters/raw-parameters.ts';
import type { State } from '../state.ts';
import { answerRequest, flightOf, INTERNAL_ERROR } from './answer-request.ts';
import type { Counter, Incoming, Meddling, Reply } from './answer-request.ts';
import type { Fault } from './faults.ts';
import { startFlight } from './idempotency.ts';

const DOOR = '/_stand-in';

export interface House {
  counter: Counter;
  door: Door;
  /** Something was saved: events may wait for delivery, tasks for their moment. */
  saved(): void;
}

export async function serve(house: House, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://stand-in');
  const method = request.method ?? 'GET';
  const bytes = await buffer(request);
  const body = bytes.toString('utf8');
  const asked = { method, path: url.pathname, query: url.searchParams, body };
  if (url.pathname.startsWith(`${DOOR}/`)) {
    const path = url.pathname.slice(DOOR.length);
    const answer = answerDoor(house.door, { ...asked, path, body });
    house.saved();
    return write(response, answer.status, answer.body);
  }
  if (/^\/v[12]\//.test(url.pathname)) {
    const parts = await decodeMultipart(request.headers['content-type'], bytes);
    const incoming = {
      ...incomingFrom(request, { ...asked, body, query: url.search.slice(1) }),
      ...(parts && { parts }),
    };
    return serveApi(house, incoming, response);
  }
  return servePage(house, { ...asked, body }, response);
}

function incomingFrom(
  request: IncomingMessage,
  asked: { method: string; path: string; query: string; body: string },
): Incoming {
  return {
    ...asked,
    requestId: `req_${randomBytes(9).toString('base64url').replaceAll(/[-_]/g, 'x')}`,
    header(name) {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
  };
}

function servePage(
  house: House,
  asked: { method: string; path: string; query: URLSearchParams; body: string },
  response: ServerResponse,
): void {
  const page = answerPage(house.door.office, asked);
  house.saved();
  if (!page) return write(response, 404, '{"error":{"message":"There is nothing here."}}');
  response.writeHead(page.status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self' http://localhost:* http://127.0.0.1:*`,
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    ...(page.location !== undefined && { location: page.location }),
  });
  response.end(page.html ?? '');
}

async function serveApi(house: House, incoming: Incoming, response: ServerResponse): Promise<void> {
  const fault = house.door.faults.take(incoming.method, incoming.path);
  const log = logRequest(house, incoming);
  if (fault && (await meddleBefore(house, { fault, incoming, response }))) return;
  const reply = answerRequest(house.counter, incoming, meddlingOf(fault));
  log(reply);
  house.saved();
  writeReply(response, { incoming, reply, fault });
}

function meddlingOf(fault: Fault | undefined): Meddling {
  return {
    ...(fault?.kind === 'decline' && { forcedDecline: fault.declineCode }),
    ...(fault?.kind === 'error_500_after' && { failAfter: true }),
  };
}

interface Exchange {
  fault: Fault;
  incoming: Incoming;
  response: ServerResponse;
}

/** Faults that strike before any work; true when the exchange ends there. */
async function meddleBefore(house: House, { fault, incoming, response }: Exchange) {
  switch (fault.kind) {
    case 'timeout_before':
      return true;
    case 'drop_before':
      response.socket?.destroy();
      return true;
    case 'error_500_before':
      write(response, 500, INTERNAL_ERROR, headersFor(incoming));
      return true;
    case 'rate_limit_429':
      write(response, 429, RATE_LIMITED, headersFor(incoming));
      return true;
    case 'delay':
      await holdUp(house, incoming, fault.delayMs);
      return false;
    case 'decline':
    case 'timeout_after':
    case 'error_500_after':
    case 'drop_after':
    case 'cut_body':
      return false;
  }
}

/** While a request is held up its idempotency key is in use. */
async function holdUp(house: House, incoming: Incoming, delayMs: number): Promise<void> {
  const flight = flightOf(incoming);
  const land = flight && startFlight(house.counter.inFlight, flight);
  await sleep(delayMs);
  land?.();
}

const RATE_LIMITED = JSON.stringify({
  error: {
    type: 'invalid_request_error',
    code: 'rate_limit',
    message:
      'Request rate limit exceeded. You can learn more about rate limits here https://stripe.com/docs/rate-limits.',
  },
});

function writeReply(
  response: ServerResponse,
  { incoming, reply, fault }: { incoming: Incoming; reply: Reply; fault: Fault | undefined },
): void {
  const headers = {
    ...headersFor(incoming),
    ...(reply.replayed && { 'idempotent-replayed': 'true' }),
  };
  if (fault?.kind === 'timeout_after') return;
  if (fault?.kind === 'drop_after') return void response.socket?.destroy();
  if (fault?.kind === 'cut_body') return cut(response, reply, headers);
  return write(response, reply.status, reply.body, headers);
}

/** Headers and half of the body, then nothing. */
function cut(response: ServerResponse, reply: Reply, headers: Record<string, string>): void {
  const bytes = Buffer.from(reply.body);
  const length = String(bytes.length);
  response.writeHead(reply.status, { ...headers, 'content-length': length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
}

function headersFor(incoming: Incoming): Record<string, string> {
  const key = incoming.header('idempotency-key');
  const account = incoming.header('stripe-account');
  return {
    'request-id': incoming.requestId,
    'stripe-version': API_VERSION,
    ...(key !== undefined && { 'idempotency-key': key }),
    ...(account !== undefined && { 'stripe-account': account }),
  };
}

// oxlint-disable-next-line eslint/max-params -- an answer is a status, a body and its headers
function write(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body);
}

/** Notes what was received, and gives back how to note what was answered. */
function logRequest(house: House, incoming: Incoming): (reply: Reply) => void {
  const { state, clock } = house.counter.office;
  const fromQuery = incoming.method === 'GET' || incoming.method === 'DELETE';
  const encoded = fromQuery ? incoming.query : incoming.body;
  const isJson = !fromQuery && incoming.path.startsWith('/v2/');
  const raw = incoming.parts
    ? withoutContents(incoming.parts)
    : isJson
      ? decodeJson(encoded)
      : decodeForm(encoded);
  const entry = {
    id: incoming.requestId,
    timeMs: clock.now(),
    method: incoming.method,
    path: incoming.path,
    params: raw ? plainFrom(raw) : encoded,
    idempotencyKey: incoming.header('idempotency-key') ?? null,
    stripeAccount: incoming.header('stripe-account') ?? null,
    stripeVersion: incoming.header('stripe-version') ?? null,
    status: null,
    replayed: false,
  };
  note(state, incoming.requestId, entry);
  return ({ status, replayed }) => note(state, incoming.requestId, { ...entry, status, replayed });
}

function note(state: State, id: string, entry: Parameters<State['tables']['requests']['set']>[1]) {
  state.tables.requests.set(id, entry);
  state.save();
}
