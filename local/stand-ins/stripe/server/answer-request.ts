// Answers one API request: key, account, route, parameters, idempotency, work, expansion.
import { API_VERSION, openDesk, PLATFORM, type Office } from '../desk.ts';
import { decodeForm, decodeJson, plainFrom, type Raw } from '../parameters/raw-parameters.ts';
import { expand } from '../resources/expand.ts';
import { ROUTES } from '../routes.ts';
import { accountGone, ApiError } from './api-error.ts';
import { findAnswer, fingerprintOf, storeAnswer } from './idempotency.ts';
import type { InFlight, KeyedRequest } from './idempotency.ts';
import type { Route } from './route.ts';

export interface Incoming {
  requestId: string;
  method: string;
  path: string;
  query: string;
  body: string;
  /** Of a body in multipart/form-data. */
  parts?: Map<string, Raw>;
  header(name: string): string | undefined;
}

export interface Reply {
  status: number;
  body: string;
  replayed: boolean;
}

export interface Meddling {
  forcedDecline?: string;
  /** The work is done, yet the answer (and what the key replays) is a 500. */
  failAfter?: boolean;
}

export interface Counter {
  office: Office;
  secretKeys: readonly string[];
  inFlight: InFlight;
}

/** Does the request's work in one step: everything it changes is saved, or nothing is. */
export function answerRequest(counter: Counter, incoming: Incoming, meddling: Meddling): Reply {
  const { state } = counter.office;
  try {
    const reply = work(counter, incoming, meddling);
    state.save();
    return reply;
  } catch (error) {
    state.undo();
    return replyWith(error);
  }
}

function replyWith(error: unknown): Reply {
  if (error instanceof ApiError) {
    return { status: error.status, body: JSON.stringify({ error: error.body }), replayed: false };
  }
  console.error('Stripe stand-in: a defect of its own', error);
  return { status: 500, body: INTERNAL_ERROR, replayed: false };
}

export const INTERNAL_ERROR = JSON.stringify({
  error: { type: 'api_error', message: 'An unknown error occurred.' },
});

function work(counter: Counter, incoming: Incoming, meddling: Meddling): Reply {
  checkKey(counter, incoming);
  const account = accountOf(counter, incoming);
  const { route, ids } = findRoute(incoming);
  const raw = readRaw(incoming);
  const perform = route.prepare(raw);
  const keyed = keyedRequest(incoming, { account, raw });
  const nowMs = counter.office.clock.now();
  const { state } = counter.office;
  const known = keyed && findAnswer(state, keyed, { nowMs, inFlight: counter.inFlight });
  if (known) return { status: known.status, body: known.body, replayed: true };
  const reply = execute(counter, { incoming, account, meddling }, (desk) => {
    const [id = '', secondId = ''] = ids;
    return expand(desk, perform({ desk, id, secondId }), expansions(raw));
  });
  const answer = meddling.failAfter ? { ...reply, status: 500, body: INTERNAL_ERROR } : reply;
  if (keyed) storeAnswer(state, keyed, { createdMs: nowMs, ...answer });
  return answer;
}

interface Execution {
  incoming: Incoming;
  account: string;
  meddling: Meddling;
}

/** Errors of work that had begun are answers like any other: what was done stays done. */
function execute(
  counter: Counter,
  { incoming, account, meddling }: Execution,
  perform: (desk: ReturnType<typeof openDesk>) => unknown,
): Reply {
  const { forcedDecline } = meddling;
  const desk = openDesk(counter.office, account, {
    requestId: incoming.requestId,
    idempotencyKey: incoming.header('idempotency-key') ?? null,
    ...(forcedDecline !== undefined && { forcedDecline }),
  });
  try {
    return { status: 200, body: JSON.stringify(perform(desk)), replayed: false };
  } catch (error) {
    if (error instanceof ApiError && error.began) return replyWith(error);
    throw error;
  }
}

function checkKey(counter: Counter, incoming: Incoming): void {
  const [scheme, key = ''] = (incoming.header('authorization') ?? '').split(' ');
  if (scheme === 'Bearer' && counter.secretKeys.includes(key)) return;
  const message =
    key === ''
      ? "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
      : `Invalid API Key provided: ${key.slice(0, 8)}***`;
  throw new ApiError(401, { type: 'invalid_request_error', message }, false);
}

function accountOf(counter: Counter, incoming: Incoming): string {
  checkVersion(incoming);
  const account = incoming.header('stripe-account') ?? incoming.header('stripe-context');
  if (account === undefined || account === '') return PLATFORM;
  const known = counter.office.state.tables.accounts.get(`${PLATFORM}/${account}`);
  const isRevoked = counter.office.state.tables.revocations.get(`${PLATFORM}/${account}`);
  if (known && known.closed !== true && !isRevoked) return account;
  throw accountGone(account);
}

function checkVersion(incoming: Incoming): void {
  const version = incoming.header('stripe-version');
  if (version === API_VERSION) return;
  if (version === undefined && !incoming.path.startsWith('/v2/')) return;
  const message = `This stand-in imitates Stripe's API version ${API_VERSION}, not ${version ?? 'an unnamed one'}.`;
  throw new ApiError(400, { type: 'invalid_request_error', message }, false);
}

function findRoute(incoming: Incoming): { route: Route; ids: string[] } {
  for (const route of ROUTES) {
    const match = route.method === incoming.method ? route.pattern.exec(incoming.path) : null;
    if (match) return { route, ids: match.slice(1).map((id) => decodeURIComponent(id)) };
  }
  const message = `Unrecognized request URL (${incoming.method}: ${incoming.path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`;
  throw new ApiError(404, { type: 'invalid_request_error', message }, false);
}

function readRaw(incoming: Incoming): Map<string, Raw> {
  if (incoming.parts) return incoming.parts;
  const fromQuery = incoming.method === 'GET' || incoming.method === 'DELETE';
  const isV2 = incoming.path.startsWith('/v2/');
  const raw =
    isV2 && !fromQuery
      ? decodeJson(incoming.body)
      : decodeForm(fromQuery ? incoming.query : incoming.body);
  if (raw) return raw;
  const message = `Invalid ${isV2 ? 'JSON' : 'form'} in the body of the request.`;
  throw new ApiError(400, { type: 'invalid_request_error', message }, false);
}

function keyedRequest(
  incoming: Incoming,
  { account, raw }: { account: string; raw: Map<string, Raw> },
): KeyedRequest | undefined {
  const key = incoming.header('idempotency-key');
  if (key === undefined || incoming.method === 'GET') return undefined;
  const version = incoming.path.startsWith('/v2/') ? 'v2' : 'v1';
  const fingerprint = fingerprintOf([incoming.method, incoming.path, plainFrom(raw)]);
  return { key, account, version, fingerprint };
}

function expansions(raw: Map<string, Raw>): string[] {
  const asked = raw.get('expand');
  const paths = asked instanceof Map ? [...asked.values()] : [];
  return paths.flatMap((path) => (typeof path === 'string' ? [path] : []));
}

/** The request as the idempotency table knows it, for a request that is being held up. */
export function flightOf(incoming: Incoming): KeyedRequest | undefined {
  const account = incoming.header('stripe-account') ?? PLATFORM;
  return keyedRequest(incoming, { account, raw: new Map() });
}
