// A call with an Idempotency-Key: done once, and answered the same for ever after.
import type { World } from '../world.ts';
import type { ApiAnswer, ApiCall } from './api-call.ts';
import type { MerchantWorld } from './ports.ts';

export type Begun =
  /** Nobody has done it, and nobody else does now: do it, then `finish` or `release` it. */
  | { readonly kind: 'begun'; readonly call: ApiCall }
  | { readonly kind: 'answered'; readonly answer: ApiAnswer }
  | { readonly kind: 'in_flight' }
  | { readonly kind: 'another_body' };

/**
 * Longer than any run of ours may take. Whoever began and has not finished by then is dead, and doing it again is safe:
 * all use cases derive what they make from the key.
 */
const longestRunMs = 60_000;

type CallWorld = Pick<World, 'clock'> & Pick<MerchantWorld, 'apiCalls'>;

export async function beginCall(
  world: CallWorld,
  asked: Pick<ApiCall, 'shopId' | 'key' | 'fingerprint'>,
): Promise<Begun> {
  const nowMs = world.clock.now();
  const first: ApiCall = { ...asked, version: 1, startedAtMs: nowMs };
  if ((await world.apiCalls.save(first)) === 'saved') return { kind: 'begun', call: first };
  const known = await world.apiCalls.get(asked.shopId, asked.key);
  if (known === undefined) return { kind: 'in_flight' };
  if (known.fingerprint !== asked.fingerprint) return { kind: 'another_body' };
  if (known.answer !== undefined) return { kind: 'answered', answer: known.answer };
  if (nowMs - known.startedAtMs < longestRunMs) return { kind: 'in_flight' };
  const again: ApiCall = { ...known, version: known.version + 1, startedAtMs: nowMs };
  const outcome = await world.apiCalls.save(again);
  return outcome === 'saved' ? { kind: 'begun', call: again } : { kind: 'in_flight' };
}

/** What was answered first is the answer: a run that was taken for dead and lives finishes in vain. */
export async function finishCall(
  world: CallWorld,
  call: ApiCall,
  answer: ApiAnswer,
): Promise<void> {
  await world.apiCalls.save({ ...call, version: call.version + 1, answer });
}

/** It broke on our side: whoever asks again need not wait. */
export async function releaseCall(world: CallWorld, call: ApiCall): Promise<void> {
  await world.apiCalls.save({ ...call, version: call.version + 1, startedAtMs: 0 });
}
