// How results of calls look over HTTP: JSON, problems, and the headers that tell how much a key may still call.
import type { RateState } from '../../lambdas/domain/merchant-api/rate-limit.ts';
import { type Problem, problemBody, problems, statusOf } from './problem.ts';

export interface ApiHttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const always = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=63072000',
} as const;

export function jsonText(status: number, body: string): ApiHttpAnswer {
  const isProblem = status >= 400;
  return {
    status,
    headers: {
      ...always,
      ...(status === 204
        ? {}
        : { 'content-type': isProblem ? 'application/problem+json' : 'application/json' }),
      ...(status === 401 ? { 'www-authenticate': 'Bearer realm="Tender"' } : {}),
    },
    body: status === 204 ? '' : body,
  };
}

export function problemAnswer(publicUrl: string, problem: Problem): ApiHttpAnswer {
  return jsonText(statusOf(problem), JSON.stringify(problemBody(publicUrl, problem)));
}

export function withHeaders(
  answer: ApiHttpAnswer,
  headers: Readonly<Record<string, string>>,
): ApiHttpAnswer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

export function rateHeaders(rate: RateState): Record<string, string> {
  return {
    'ratelimit-limit': String(rate.limit),
    'ratelimit-remaining': String(rate.remaining),
    'ratelimit-reset': String(rate.resetSeconds),
    ...(rate.isAllowed ? {} : { 'retry-after': String(Math.max(rate.retryAfterSeconds, 1)) }),
  };
}

/** What the stack answers when something broke: it knows no call and no key any more. */
export function brokenAnswer(publicUrl: string): ApiHttpAnswer {
  return problemAnswer(publicUrl, {
    kind: 'problem',
    slug: 'server_error',
    detail: `${problems.server_error[1]}. A call with an Idempotency-Key may be sent again.`,
  });
}
