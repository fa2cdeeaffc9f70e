// Idempotency keys as Stripe documents them: what is replayed, what is refused, and for how long.
import { createHash } from 'node:crypto';
import type { State, StoredAnswer } from '../state.ts';
import { ApiError } from './api-error.ts';

const DAY_MS = 24 * 3600 * 1000;
const LIFE_MS = { v1: DAY_MS, v2: 30 * DAY_MS };
const LONGEST_KEY = 255;

export interface KeyedRequest {
  key: string;
  account: string;
  version: 'v1' | 'v2';
  /** Method, path and parameters: what must be the same when the key comes again. */
  fingerprint: string;
}

export function fingerprintOf(parts: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(parts)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => sorted(each));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, sorted(each)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function placeOf(request: KeyedRequest): string {
  return `${request.version}/${request.account}/${request.key}`;
}

/** Keys whose first request is still being answered; lost with the process, as the requests are. */
export type InFlight = Set<string>;

export function startFlight(inFlight: InFlight, request: KeyedRequest): () => void {
  const place = placeOf(request);
  inFlight.add(place);
  return () => void inFlight.delete(place);
}

/** The stored answer to replay, if any; throws when the key may not be used for this request. */
export function findAnswer(
  state: State,
  request: KeyedRequest,
  { nowMs, inFlight }: { nowMs: number; inFlight: InFlight },
): StoredAnswer | undefined {
  if (request.key.length > LONGEST_KEY) throw tooLong();
  const place = placeOf(request);
  if (inFlight.has(place)) throw inUse();
  const stored = state.tables.answers.get(place);
  if (!stored || nowMs - stored.createdMs >= LIFE_MS[request.version]) return undefined;
  if (stored.fingerprint !== request.fingerprint) throw otherRequest(request.key);
  // v2 does failed work again; v1 repeats the first answer, whatever it was.
  return request.version === 'v2' && stored.status >= 400 ? undefined : stored;
}

export function storeAnswer(
  state: State,
  request: KeyedRequest,
  answer: Omit<StoredAnswer, 'fingerprint'>,
): void {
  state.tables.answers.set(placeOf(request), { ...answer, fingerprint: request.fingerprint });
}

function tooLong() {
  const message = 'Idempotency keys may be at most 255 characters.';
  return new ApiError(400, { type: 'idempotency_error', message }, false);
}

function inUse() {
  const message =
    'There is currently another in-progress request using this Stripe idempotency key. Please try again later.';
  const body = { type: 'idempotency_error', code: 'idempotency_key_in_use', message };
  return new ApiError(409, body, false);
}

function otherRequest(key: string) {
  const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`;
  return new ApiError(400, { type: 'idempotency_error', message }, false);
}
