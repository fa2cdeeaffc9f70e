// Makes challenges for passkeys and uses them up: each once, soon, and where it was asked for.
import type { World } from '../world.ts';
import { challengeLifeMs, type PasskeyChallenge } from './passkey.ts';

type ChallengeWorld = Pick<World, 'passkeys' | 'tokens' | 'clock'>;

type Use = Pick<PasskeyChallenge, 'purpose' | 'boundTo'>;

/** The challenge in base64url, as browsers take it; only its fingerprint is kept. */
export async function makeChallenge(world: ChallengeWorld, use: Use): Promise<string> {
  const challenge = world.tokens.newToken();
  await world.passkeys.keepChallenge({
    fingerprint: world.tokens.fingerprint(challenge),
    purpose: use.purpose,
    boundTo: use.boundTo,
    expiresAtMs: world.clock.now() + challengeLifeMs,
  });
  return challenge;
}

/** Whether it was made for this, here, and is used for the first time. It is used up in any case. */
export async function useUpChallenge(
  world: ChallengeWorld,
  challenge: string,
  use: Use,
): Promise<boolean> {
  const kept = await world.passkeys.takeChallenge(world.tokens.fingerprint(challenge));
  return (
    kept !== undefined &&
    kept.expiresAtMs > world.clock.now() &&
    kept.purpose === use.purpose &&
    kept.boundTo === use.boundTo
  );
}

/** What a browser's sign-in is bound to. */
export function boundToBrowser(world: Pick<World, 'tokens'>, browser: string): string {
  return world.tokens.fingerprint(`passkey:${browser}`);
}
