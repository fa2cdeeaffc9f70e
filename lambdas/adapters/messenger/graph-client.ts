// The one place that speaks to Graph API: its version, the page's token, the proof that the app secret is ours.
import { createHmac } from 'node:crypto';
import * as z from 'zod/mini';
import type { Clock } from '../../domain/ports.ts';
import { createExchange, type Exchange, type ExchangeRequest } from './exchange.ts';

/** Released 29 July 2026; each version lives for about two years. */
const graphVersion = 'v26.0';

/** Connecting, sending and the answer. A worker's own time is several times this. */
const defaultTimeoutMs = 5000;

export interface GraphCredentials {
  readonly pageToken: string;
  readonly appSecret: string;
}

export interface GraphParts {
  /** Base URL, version excluded. */
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly timeoutMs?: number;
  /** Carries one exchange; over HTTP unless something else stands here. */
  readonly exchange?: (request: ExchangeRequest) => Promise<Exchange>;
  /** Undefined for a Page that we hold no token of. */
  credentialsOf(pageId: string): Promise<GraphCredentials | undefined>;
}

export interface GraphCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly pageId: string;
  /** After the version, such as `1000/messages`; each part is escaped. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const errorSchema = z.object({
  error: z.object({
    code: z.int(),
    error_subcode: z.nullish(z.int()),
    is_transient: z.nullish(z.boolean()),
    fbtrace_id: z.nullish(z.string()),
    message: z.nullish(z.string()),
  }),
});

export interface GraphError {
  readonly code: number;
  readonly subcode?: number;
  readonly isTransient?: boolean;
  /** What Meta's support asks for. */
  readonly traceId?: string;
  /** Meta's words, for the operator's eyes at set-up; they can quote what was sent. */
  readonly message: string;
}

export type GraphAnswer =
  | { readonly kind: 'done'; readonly body: unknown }
  /** Graph API itself said no. */
  | { readonly kind: 'refused'; readonly status: number; readonly error: GraphError }
  /** Nothing has happened: no token, no connection, or turned away by something before Graph API. */
  | { readonly kind: 'not_sent'; readonly why: string }
  /** It may have happened. */
  | { readonly kind: 'unclear'; readonly why: string };

export interface GraphClient {
  call(call: GraphCall): Promise<GraphAnswer>;
}

export function createGraphClient(parts: GraphParts): GraphClient {
  const exchange = parts.exchange ?? createExchange(parts.clock);
  const timeoutMs = parts.timeoutMs ?? defaultTimeoutMs;
  const base = parts.apiUrl.replace(/\/+$/u, '');
  return {
    async call({ method, pageId, path, query, body }) {
      const credentials = await parts.credentialsOf(pageId);
      if (credentials === undefined) return { kind: 'not_sent', why: 'no_page_token' };
      const url = new URL([base, graphVersion, ...path.map(encodeURIComponent)].join('/'));
      for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
      // In the query, where Meta's pages show them: the proof is said to be overlooked in some bodies.
      url.searchParams.set('access_token', credentials.pageToken);
      url.searchParams.set('appsecret_proof', proofOf(credentials));
      const json = body === undefined ? {} : { body: JSON.stringify(body) };
      return readAnswer(await exchange({ method, url, timeoutMs, ...json }));
    },
  };
}

function proofOf({ pageToken, appSecret }: GraphCredentials): string {
  return createHmac('sha256', appSecret).update(pageToken).digest('hex');
}

function readAnswer(exchange: Exchange): GraphAnswer {
  if (exchange.kind !== 'answered') return exchange;
  const { status, text } = exchange;
  const json = parseJson(text);
  const refusal = z.safeParse(errorSchema, json);
  if (refusal.success) return { kind: 'refused', status, error: toError(refusal.data.error) };
  if (status >= 500) return { kind: 'unclear', why: `http_${status}` };
  if (status < 200 || status >= 300) return { kind: 'not_sent', why: `http_${status}` };
  if (json === undefined) return { kind: 'unclear', why: 'not_json' };
  return { kind: 'done', body: json };
}

function toError(error: z.output<typeof errorSchema>['error']): GraphError {
  const traceId = error.fbtrace_id?.replaceAll(/[^\w-]/gu, '').slice(0, 40);
  return {
    code: error.code,
    message: error.message ?? '',
    ...(typeof error.error_subcode === 'number' ? { subcode: error.error_subcode } : {}),
    ...(typeof error.is_transient === 'boolean' ? { isTransient: error.is_transient } : {}),
    ...(traceId ? { traceId } : {}),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
