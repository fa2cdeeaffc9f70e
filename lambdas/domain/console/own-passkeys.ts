// A member of a shop's team adds passkeys for its console, sees them, and removes them.
import { nameForOthers } from '../privacy/words-of-others.ts';
import type { World } from '../world.ts';
import { memberIdOf, mostPasskeys, type Passkey } from './passkey.ts';
import type { CanVerify } from './ports.ts';
import { makeChallenge, useUpChallenge } from './passkey-challenges.ts';
import type { Visit } from './visit.ts';

export type AddPasskeyOutcome =
  | { readonly kind: 'added'; readonly passkey: Passkey }
  /** Not asked for by this session, used before, or too long ago. */
  | { readonly kind: 'stale' }
  /** No answer of an authenticator, or not signed for us. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'known' | 'too_many' };

type PasskeyWorld = Pick<World, 'passkeys' | 'tokens' | 'ids' | 'clock'>;

/** Oldest first. */
export async function ownPasskeys(
  world: Pick<World, 'passkeys' | 'ids'>,
  { session }: Pick<Visit, 'session'>,
): Promise<readonly Passkey[]> {
  const all = await world.passkeys.ofMember(memberIdOf(world.ids, session));
  return [...all].sort((one, other) => one.createdAtMs - other.createdAtMs);
}

/** Good for this session alone. */
export async function challengeToAdd(
  world: PasskeyWorld,
  { session }: Pick<Visit, 'session'>,
): Promise<string> {
  return makeChallenge(world, { purpose: 'add', boundTo: session.fingerprint });
}

export async function addPasskey(
  world: PasskeyWorld & CanVerify,
  { session }: Pick<Visit, 'session'>,
  asked: { readonly answer: string; readonly name: string },
): Promise<AddPasskeyOutcome> {
  const claim = world.passkeyVerifier.claimOf(asked.answer);
  if (claim === undefined) return { kind: 'refused' };
  const use = { purpose: 'add', boundTo: session.fingerprint } as const;
  if (!(await useUpChallenge(world, claim.challenge, use))) return { kind: 'stale' };
  const made = await world.passkeyVerifier.keyMade(asked.answer, claim.challenge);
  if (made === undefined) return { kind: 'refused' };
  const memberId = memberIdOf(world.ids, session);
  if ((await world.passkeys.ofMember(memberId)).length >= mostPasskeys) return { kind: 'too_many' };
  const passkey: Passkey = {
    ...made,
    memberId,
    version: 1,
    personId: session.personId,
    shopId: session.shopId,
    name: nameForOthers(asked.name) ?? 'Passkey',
    createdAtMs: world.clock.now(),
  };
  const isNew = (await world.passkeys.save(passkey)) === 'saved';
  return isNew ? { kind: 'added', passkey } : { kind: 'known' };
}

/** From now on it signs nobody in, and whoever came in by it is out. What another member's credential is called is not theirs to remove. */
export async function removePasskey(
  world: Pick<World, 'passkeys' | 'ids'>,
  { session }: Pick<Visit, 'session'>,
  credentialId: string,
): Promise<void> {
  await world.passkeys.remove(memberIdOf(world.ids, session), credentialId);
}
