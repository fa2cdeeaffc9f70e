// Sorts what a call to Stripe can end in: an object we can read, a definite no, or not knowing. Bugs and keys throw.
import { Stripe } from 'stripe';
import * as z from 'zod/mini';

/** Stripe refuses our key or its permissions: nobody's payment can work until the operator mends it. */
export class ProviderConfigurationError extends Error {
  override readonly name = 'ProviderConfigurationError';
}

/** A definite no to this request: nothing was moved by it. */
export interface Refusal {
  readonly kind: 'refused';
  readonly status: number;
  readonly code: string | undefined;
  readonly declineCode: string | undefined;
  readonly adviceCode: string | undefined;
  readonly param: string | undefined;
  /** The intent of a refused charge, where Stripe tells it. */
  readonly intentId: string | undefined;
  readonly cause: Error;
}

export interface NotKnown {
  readonly kind: 'unknown';
  readonly why: string;
  /** Stripe repeats a stored 5xx: asking again under the same key will always give this answer. */
  readonly isReplay: boolean;
}

export type Told<Thing> = { readonly kind: 'told'; readonly thing: Thing } | Refusal | NotKnown;

/**
 * Makes one call and reads its answer through `schema`: what answers is outside of us, whatever its types promise.
 * Connection errors, time-outs, bodies cut short, 5xx, 409 and 429 are `unknown`: the request may have been carried out.
 */
export async function ask<Thing>(
  schema: z.ZodMiniType<Thing>,
  call: () => Promise<unknown>,
): Promise<Told<Thing>> {
  let answer: unknown;
  try {
    answer = await call();
  } catch (error) {
    return sortFailure(error);
  }
  const read = z.safeParse(schema, answer);
  return read.success
    ? { kind: 'told', thing: read.data }
    : { kind: 'unknown', why: 'unreadable_answer', isReplay: false };
}

const ACCOUNT_GONE = 'account_invalid';

/** The connected account that the request was made on answers us nothing any more. */
export function isAccountGone(refusal: Refusal): boolean {
  return refusal.status === 403 && refusal.code === ACCOUNT_GONE;
}

/** The same of what a call has thrown. */
export function isAccessGone(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeError &&
    error.statusCode === 403 &&
    error.code === ACCOUNT_GONE
  );
}

/** A 400 that no outcome is written for is our own mistake: thrown, so that someone is told. */
export function unexpected(refusal: Refusal): Error {
  const what = [refusal.status, refusal.code, refusal.declineCode, refusal.param]
    .filter(Boolean)
    .join(' ');
  return new Error(`Stripe refused a request that should have been valid: ${what}`, {
    cause: refusal.cause,
  });
}

/** Whether Stripe says that the object named by one of `params` is not there (or not usable) any more. */
export function isAbout(refusal: Refusal, params: readonly string[]): boolean {
  const isOurGrammar = refusal.code?.startsWith('parameter_') ?? false;
  return !isOurGrammar && refusal.param !== undefined && params.includes(refusal.param);
}

function sortFailure(error: unknown): Refusal | NotKnown {
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  const status = error.statusCode;
  // 409 is the other idempotency error: the first request under this key is still being answered.
  if (error instanceof Stripe.errors.StripeIdempotencyError && status !== 409) {
    throw new Error('An idempotency key was used again with other parameters', { cause: error });
  }
  // Not our key: a connected account that has taken our access away, or is not there.
  if (status === 403 && error.code === ACCOUNT_GONE) return refusal(status, error);
  if (status === 401 || status === 403) {
    throw new ProviderConfigurationError(`Stripe refuses our key with ${status}`, { cause: error });
  }
  if (status === 400 && error.code === 'rate_limit') return notKnown('rate_limited', error);
  if (status === 400 || status === 402 || status === 404) return refusal(status, error);
  return notKnown(whyUnknown(status, error), error);
}

function whyUnknown(status: number | undefined, error: Error): string {
  if (error instanceof Stripe.errors.StripeConnectionError) return 'no_answer';
  if (status === undefined) return 'unreadable_answer';
  return status === 429 ? 'rate_limited' : `status_${status}`;
}

function notKnown(why: string, error: { readonly headers?: Record<string, string> }): NotKnown {
  return { kind: 'unknown', why, isReplay: error.headers?.['idempotent-replayed'] === 'true' };
}

function refusal(status: number, error: InstanceType<typeof Stripe.errors.StripeError>): Refusal {
  return {
    kind: 'refused',
    status,
    code: error.code,
    declineCode: error.decline_code,
    adviceCode: error.advice_code,
    param: error.param,
    intentId: error.payment_intent?.id,
    cause: error,
  };
}
