// A Graph API call as the routes see it: path, parameters merged from query and body, and who asks.
import type { History } from '../record/history.ts';
import type { Page } from '../record/world.ts';
import type { Presence } from '../record/presence.ts';
import type { HttpRequest } from '../http/exchange.ts';
import type { Refusal } from './refusal.ts';

export interface GraphCall {
  readonly method: string;
  /** Path without the version: `['me', 'messages']`. */
  readonly path: readonly string[];
  /** Of the query and the body together, without what only carries the call. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly token: string | undefined;
  readonly proof: string | undefined;
  readonly proofTime: string | undefined;
}

/** A call after its token was accepted. */
export interface AuthorizedCall {
  readonly call: GraphCall;
  readonly page: Page;
}

export type GraphAnswer =
  | { readonly kind: 'done'; readonly body: unknown }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export const done = (body: unknown): GraphAnswer => ({ kind: 'done', body });
export const refused = (refusal: Refusal): GraphAnswer => ({ kind: 'refused', refusal });

/** What the routes work on. */
export interface GraphSite {
  readonly history: History;
  readonly presence: Presence;
  readonly appId: string;
  now(): number;
}

const CARRIERS = new Set([
  'access_token',
  'appsecret_proof',
  'appsecret_time',
  'format',
  'pretty',
  'debug',
  'suppress_http_code',
]);

/** `undefined` when the path is no Graph API path. The version is any that looks like one. */
export function readGraphCall(request: HttpRequest): GraphCall | undefined {
  const found = /^\/(?:v\d{1,2}\.\d\/)?([^/]+(?:\/[^/]+)?)\/?$/.exec(request.path);
  if (found?.[1] === undefined) return undefined;
  const all = { ...fromForm(request.query), ...readBody(request) };
  const bearer = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return {
    method: request.method,
    path: found[1].split('/').map(decodeURIComponent),
    parameters: Object.fromEntries(Object.entries(all).filter(([name]) => !CARRIERS.has(name))),
    token: asText(all['access_token']) ?? bearer,
    proof: asText(all['appsecret_proof']),
    proofTime: asText(all['appsecret_time']),
  };
}

const asText = (value: unknown) => (typeof value === 'string' ? value : undefined);

function readBody({ body, headers }: HttpRequest): Record<string, unknown> {
  if (body === '') return {};
  const type = headers['content-type'] ?? '';
  if (!type.includes('json')) return fromForm(new URLSearchParams(body));
  const read = parseJson(body);
  return typeof read === 'object' && read !== null && !Array.isArray(read) ? { ...read } : {};
}

/** In a query or a form, objects and lists are JSON texts. */
function fromForm(form: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries(
    [...form].map(([name, value]) => [name, /^[[{]/.test(value) ? parseJson(value) : value]),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
