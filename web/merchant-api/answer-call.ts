// One call of a merchant's program, from the wire and back: who, how often, what, and done once.
import {
  authenticate,
  type Authenticated,
} from '../../lambdas/domain/merchant-api/authenticate.ts';
import { type ApiKey, hasKey } from '../../lambdas/domain/merchant-api/api-key.ts';
import { takeToken } from '../../lambdas/domain/merchant-api/rate-limit.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';
import { docsPage } from './docs-page.ts';
import { doOnce } from './do-once.ts';
import {
  type ApiHttpAnswer,
  jsonText,
  problemAnswer,
  rateHeaders,
  withHeaders,
} from './http-answer.ts';
import { openApiDocument, operationIdOf } from './openapi.ts';
import { type Problem, problem } from './problem.ts';
import { readBody } from './read-body.ts';
import type { ApiWorld, Route } from './route.ts';
import { type Matched, matchRoute } from './routes.ts';

export interface ApiRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** The answer, and what may be logged of the call. */
export interface AnsweredCall {
  readonly answer: ApiHttpAnswer;
  /** As the document names it. */
  readonly operation: string;
  readonly keyId?: string;
}

export async function answerCall(world: ApiWorld, request: ApiRequest): Promise<AnsweredCall> {
  const refuse = (found: Problem, operation = 'none') => ({
    answer: problemAnswer(world.publicUrl, found),
    operation,
  });
  if (isKeyInUrl(request)) {
    const detail =
      'Send it in the Authorization header. URLs are written to logs: revoke this key and make another.';
    return refuse(problem('key_in_url', detail));
  }
  const open = openAnswer(world, request);
  if (open !== undefined) return { answer: open, operation: 'document' };
  const matched = matchRoute(request.method, request.path);
  if (matched.kind === 'none') return refuse(problem('not_found', 'There is no such path.'));
  if (matched.kind === 'other_method') {
    const allow = matched.methods.join(', ');
    const refused = refuse(problem('method_not_allowed', `Allowed here: ${allow}.`));
    return { ...refused, answer: withHeaders(refused.answer, { allow }) };
  }
  const operation = operationIdOf(matched.route);
  const known = await authenticate(world, request.headers['authorization']);
  if (known.kind === 'refused') return refuse(whyRefused(known.why), operation);
  const shop = await world.shops.get(known.key.shopId);
  if (shop === undefined) return refuse(whyRefused('not_valid'), operation);
  const answer = await answerKnown(world, request, { ...matched, key: known.key, shop });
  return { answer, operation, keyId: known.key.id };
}

/** In the path or the query, however written. */
function isKeyInUrl({ path, query }: ApiRequest): boolean {
  const texts = [path, decoded(path), ...Object.keys(query), ...Object.values(query)];
  return texts.some((text) => text !== undefined && hasKey(text));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** What everybody may read. */
function openAnswer(
  { publicUrl }: ApiWorld,
  { method, path }: ApiRequest,
): ApiHttpAnswer | undefined {
  if (method !== 'GET') return undefined;
  const kept = { 'cache-control': 'public, max-age=300' };
  if (path === '/v1/openapi.json') {
    return withHeaders(jsonText(200, JSON.stringify(openApiDocument(publicUrl))), kept);
  }
  if (path === '/v1/docs') return withHeaders(docsPage(publicUrl), kept);
  return undefined;
}

function whyRefused(why: Extract<Authenticated, { kind: 'refused' }>['why']): Problem {
  switch (why) {
    case 'no_key':
      return problem('no_key', 'Send Authorization: Bearer tsk_….');
    case 'malformed':
      return problem('key_malformed', 'A key begins with tsk_live_ or tsk_test_.');
    case 'wrong_mode':
      return problem(
        'key_of_other_mode',
        'Live keys work in the live stage alone, test keys elsewhere.',
      );
    case 'not_valid':
      return problem('key_not_valid', 'It is unknown, revoked, or was rolled too long ago.');
  }
}

interface Known extends Extract<Matched, { kind: 'found' }> {
  readonly key: ApiKey;
  readonly shop: Shop;
}

async function answerKnown(
  world: ApiWorld,
  request: ApiRequest,
  known: Known,
): Promise<ApiHttpAnswer> {
  const rate = await takeToken(world, known.key.id);
  const answer = rate.isAllowed
    ? await answerAllowed(world, request, known)
    : problem('rate_limited', `Wait ${Math.max(rate.retryAfterSeconds, 1)} s.`);
  const http = 'kind' in answer ? problemAnswer(world.publicUrl, answer) : answer;
  return withHeaders(http, rateHeaders(rate));
}

async function answerAllowed(
  world: ApiWorld,
  request: ApiRequest,
  { route, params, key, shop }: Known,
): Promise<ApiHttpAnswer | Problem> {
  if (!key.scopes.includes(route.scope)) {
    return problem('scope_missing', `It needs the scope ${route.scope}.`);
  }
  const body = bodyOf(route, request);
  if (body.kind === 'problem') return body;
  const read = route.read({ params, query: request.query, body: body.body });
  if (read.kind === 'problem') return read;
  return doOnce(world, {
    route,
    shopId: shop.id,
    path: request.path,
    body: body.body,
    key: request.headers['idempotency-key'],
    act: (madeBy) => read.act(world, { shop, key, madeBy }),
  });
}

function bodyOf({ method }: Route, { body, headers }: ApiRequest) {
  return method === 'POST' || method === 'PATCH'
    ? readBody(body, headers['content-type'])
    : ({ kind: 'read', body: undefined } as const);
}
