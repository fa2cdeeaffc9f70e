// Does a call once for its Idempotency-Key, and answers every later one with what the first was answered.
import type { ApiCall } from '../../lambdas/domain/merchant-api/api-call.ts';
import {
  beginCall,
  finishCall,
  releaseCall,
} from '../../lambdas/domain/merchant-api/idempotent-call.ts';
import { RetryLater } from '../../lambdas/domain/retry-later.ts';
import type { ShopId } from '../../lambdas/domain/shops/shop.ts';
import { type ApiHttpAnswer, jsonText, problemAnswer, withHeaders } from './http-answer.ts';
import { type Problem, problem } from './problem.ts';
import type { ApiWorld, Result, Route } from './route.ts';

export interface OnceAsked {
  readonly route: Route;
  readonly shopId: ShopId;
  readonly path: string;
  readonly body: unknown;
  /** The header, as sent. */
  readonly key: string | undefined;
  act(madeBy: string): Promise<Result<unknown>>;
}

export async function doOnce(world: ApiWorld, asked: OnceAsked): Promise<ApiHttpAnswer | Problem> {
  const { key, route } = asked;
  if (route.method !== 'POST')
    return httpOf(world, route, await actOrLater(asked, randomOf(world)));
  if (key === undefined && route.movesMoney) {
    const detail = 'Choose a new random one for each intent, and send it again with each retry.';
    return problem('idempotency_key_missing', detail);
  }
  if (key === undefined) return httpOf(world, route, await actOrLater(asked, randomOf(world)));
  if (!/^[\x21-\x7e]{1,255}$/u.test(key)) {
    return problem('idempotency_key_invalid', 'It is 1 to 255 visible ASCII characters.');
  }
  const begun = await beginCall(world, {
    shopId: asked.shopId,
    key,
    fingerprint: world.tokens.fingerprint(`POST ${asked.path} ${canonical(asked.body)}`),
  });
  switch (begun.kind) {
    case 'begun':
      return actAndKeep(world, asked, begun.call);
    case 'answered':
      return withHeaders(jsonText(begun.answer.status, begun.answer.body), {
        'idempotent-replayed': 'true',
      });
    case 'in_flight':
      return problem('in_flight', 'The first one is not answered yet. Send it again in a moment.');
    case 'another_body':
      return problem('idempotency_key_reused', 'This key was sent with another path or body.');
  }
}

const randomOf = (world: ApiWorld): string => `once:${world.tokens.newToken()}`;

async function actAndKeep(
  world: ApiWorld,
  asked: OnceAsked,
  call: ApiCall,
): Promise<ApiHttpAnswer> {
  const { route } = asked;
  let result: Result<unknown>;
  try {
    result = await actOrLater(asked, `key:${call.key}`);
  } catch (error) {
    await releaseCall(world, call);
    throw error;
  }
  if (isPassing(result)) await releaseCall(world, call);
  else {
    const kept = httpOf(world, route, withoutSecrets(route, result));
    await finishCall(world, call, { status: kept.status, body: kept.body });
  }
  return httpOf(world, route, result);
}

/** The next try may come to something else, so it is not kept. */
function isPassing(result: Result<unknown>): boolean {
  return (
    result.kind === 'problem' &&
    (result.slug === 'changed_meanwhile' || result.slug === 'try_later')
  );
}

/** What is tried again by queues is tried again by the caller here. */
async function actOrLater(asked: OnceAsked, madeBy: string): Promise<Result<unknown>> {
  try {
    return await asked.act(madeBy);
  } catch (error) {
    if (!(error instanceof RetryLater)) throw error;
    return problem('try_later', 'Nothing is lost: send the same call again in a moment.');
  }
}

function httpOf(world: ApiWorld, { answer }: Route, result: Result<unknown>): ApiHttpAnswer {
  if (result.kind === 'done') return jsonText(answer.status, JSON.stringify(result.body));
  const http = problemAnswer(world.publicUrl, result);
  return result.slug === 'try_later' ? withHeaders(http, { 'retry-after': '1' }) : http;
}

function withoutSecrets({ shownOnce }: Route, result: Result<unknown>): Result<unknown> {
  const { kind } = result;
  if (kind === 'problem' || shownOnce.length === 0) return result;
  const { body } = result;
  if (typeof body !== 'object' || body === null) return result;
  const kept = Object.entries(body).filter(([name]) => !shownOnce.includes(name));
  return { kind, body: Object.fromEntries(kept) };
}

/** The same thing has the same text, in whatever order its fields come. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each,
  );
}
