// How often a key may call: a bucket of tokens that fills steadily, kept as the moment at which it will be full.
import type { World } from '../world.ts';
import type { ApiKeyId } from './api-key.ts';
import type { MerchantWorld } from './ports.ts';

/** So many at once, and so long until each one is back. */
export const bucket = { size: 100, refillMs: 50 } as const;

export interface RateState {
  readonly isAllowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Until the bucket is full. */
  readonly resetSeconds: number;
  /** Until there is a token; 0 where there is one. */
  readonly retryAfterSeconds: number;
}

export async function takeToken(
  world: Pick<World, 'clock'> & Pick<MerchantWorld, 'rates'>,
  keyId: ApiKeyId,
): Promise<RateState> {
  const nowMs = world.clock.now();
  const taken = await world.rates.take(keyId, { nowMs, ...bucket });
  return { ...stateAt(taken.fullAtMs, nowMs), isAllowed: taken.kind === 'taken' };
}

function stateAt(fullAtMs: number, nowMs: number): Omit<RateState, 'isAllowed'> {
  const missing = Math.ceil(Math.max(fullAtMs - nowMs, 0) / bucket.refillMs);
  const remaining = Math.max(bucket.size - missing, 0);
  const untilOneMs = fullAtMs + bucket.refillMs - nowMs - bucket.size * bucket.refillMs;
  return {
    limit: bucket.size,
    remaining,
    resetSeconds: Math.ceil(Math.max(fullAtMs - nowMs, 0) / 1000),
    retryAfterSeconds: remaining > 0 ? 0 : Math.max(1, Math.ceil(untilOneMs / 1000)),
  };
}
