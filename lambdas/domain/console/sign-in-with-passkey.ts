// Signs a member of a shop's team in by a passkey: the same session as a link makes, in the browser that asked.
import { roleOf } from '../shops/shop.ts';
import type { World } from '../world.ts';
import { hasGoneBack, type MemberId, type Passkey } from './passkey.ts';
import type { CanVerify } from './ports.ts';
import { boundToBrowser, makeChallenge, useUpChallenge } from './passkey-challenges.ts';

export type PasskeySignInOutcome =
  /** `token` goes into the cookie; only its fingerprint is kept. */
  | { readonly kind: 'signed_in'; readonly token: string }
  /** Not asked for by this browser, used before, or too long ago; or used elsewhere at this very moment. */
  | { readonly kind: 'stale' }
  /** No answer of an authenticator, or not signed for us by the key that we know. */
  | { readonly kind: 'refused'; readonly memberId?: MemberId }
  /** Its owner has removed it here, though the device still has it. */
  | { readonly kind: 'unknown' }
  /** It says that it has signed less often than it said before: there may be a copy of it. */
  | { readonly kind: 'counter_back'; readonly memberId: MemberId }
  | { readonly kind: 'not_in_team' };

type SignInWorld = Pick<World, 'passkeys' | 'consoleSessions' | 'shops' | 'tokens' | 'clock'>;

export async function challengeToSignIn(world: SignInWorld, browser: string): Promise<string> {
  return makeChallenge(world, { purpose: 'sign_in', boundTo: boundToBrowser(world, browser) });
}

/** The use of the passkey is noted before the session is kept: of two who bring one count, one comes in. */
export async function signInWithPasskey(
  world: SignInWorld & CanVerify,
  asked: { readonly answer: string; readonly browser: string },
): Promise<PasskeySignInOutcome> {
  const claim = world.passkeyVerifier.claimOf(asked.answer);
  if (claim === undefined) return { kind: 'refused' };
  const use = { purpose: 'sign_in', boundTo: boundToBrowser(world, asked.browser) } as const;
  if (!(await useUpChallenge(world, claim.challenge, use))) return { kind: 'stale' };
  if (claim.memberId === undefined) return { kind: 'refused' };
  const passkey = await world.passkeys.get(claim.memberId, claim.credentialId);
  if (passkey === undefined) return { kind: 'unknown' };
  const { challenge } = claim;
  const counter = await world.passkeyVerifier.signedCount(asked.answer, { ...passkey, challenge });
  if (counter === undefined) return { kind: 'refused', memberId: passkey.memberId };
  if (hasGoneBack(passkey.counter, counter))
    return { kind: 'counter_back', memberId: passkey.memberId };
  return begin(world, passkey, counter);
}

async function begin(
  world: SignInWorld,
  passkey: Passkey,
  counter: number,
): Promise<PasskeySignInOutcome> {
  const shop = await world.shops.get(passkey.shopId);
  if (shop === undefined || roleOf(shop, passkey.personId) === undefined)
    return { kind: 'not_in_team' };
  const nowMs = world.clock.now();
  const used = { ...passkey, version: passkey.version + 1, counter, lastUsedAtMs: nowMs };
  // Refused: used elsewhere, or removed, since it was read.
  if ((await world.passkeys.save(used)) === 'conflict') return { kind: 'stale' };
  const token = world.tokens.newToken();
  await world.consoleSessions.save({
    fingerprint: world.tokens.fingerprint(token),
    version: 1,
    shopId: shop.id,
    personId: passkey.personId,
    createdAtMs: nowMs,
    lastUsedAtMs: nowMs,
    passkeyId: passkey.credentialId,
  });
  return { kind: 'signed_in', token };
}
