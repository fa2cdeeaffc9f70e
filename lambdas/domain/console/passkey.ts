// A passkey of a member of a shop's team: what is kept to know its owner again, and the challenges that it signs.
import type { PersonId } from '../people/person.ts';
import type { Ids } from '../ports.ts';
import type { ShopId } from '../shops/shop.ts';

/** One person in one shop's team: what an authenticator keeps beside the key, and tells us when it signs. */
export type MemberId = `mem_${string}`;

export interface Passkey {
  readonly memberId: MemberId;
  /** As its authenticator named it, in base64url. */
  readonly credentialId: string;
  readonly version: number;
  readonly personId: PersonId;
  readonly shopId: ShopId;
  /** By which its owner tells it from others of theirs. */
  readonly name: string;
  /** A COSE key in base64url. It checks signatures and makes none. */
  readonly publicKey: string;
  /** How often its authenticator says that it has signed; always 0 where it does not count. */
  readonly counter: number;
  readonly createdAtMs: number;
  readonly lastUsedAtMs?: number;
}

/** Random bytes that one answer must contain, and what that answer may be used for. */
export interface PasskeyChallenge {
  readonly fingerprint: string;
  readonly purpose: 'add' | 'sign_in';
  /** Fingerprint of the session that adds a passkey, or of the browser's mark that signs in. */
  readonly boundTo: string;
  readonly expiresAtMs: number;
}

/** As COSE numbers them: EdDSA, ECDSA with SHA-256, RSA with SHA-256. Between them every authenticator has one. */
export const keyAlgorithms = [-8, -7, -257] as const;

export const challengeLifeMs = 5 * 60 * 1000;

/** Nobody has more devices at a counter; and a page lists them all. */
export const mostPasskeys = 10;

/**
 * The shop is part of it: a passkey opens the console of the shop where it was added, and whoever is in two teams is asked
 * by their own device for which.
 */
export function memberIdOf(
  ids: Ids,
  of: { readonly personId: PersonId; readonly shopId: ShopId },
): MemberId {
  return ids.derived('mem', of.shopId, of.personId);
}

/** A copy of the key would count for itself: one of the two then comes with a count that was here before. */
export function hasGoneBack(kept: number, told: number): boolean {
  return (kept > 0 || told > 0) && told <= kept;
}
