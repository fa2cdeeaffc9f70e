// What the console needs to remember: who is signed in, and by which passkeys they may come back.
import type { SaveOutcome } from '../people/ports.ts';
import type { MemberId, Passkey, PasskeyChallenge } from './passkey.ts';
import type { ConsoleSession } from './session.ts';

export interface ConsoleSessionStore {
  get(fingerprint: string): Promise<ConsoleSession | undefined>;
  /** Version 1 only where there is none; else over version - 1: one that has ended does not come back. */
  save(session: ConsoleSession): Promise<SaveOutcome>;
  /** Also where there is none. */
  end(fingerprint: string): Promise<void>;
}

export interface PasskeyStore {
  get(memberId: MemberId, credentialId: string): Promise<Passkey | undefined>;
  /** All of a member's, in no particular order. */
  ofMember(memberId: MemberId): Promise<readonly Passkey[]>;
  /** Version 1 only where there is none; else over version - 1: one that was removed does not come back. */
  save(passkey: Passkey): Promise<SaveOutcome>;
  /** Also where there is none. */
  remove(memberId: MemberId, credentialId: string): Promise<void>;
  keepChallenge(challenge: PasskeyChallenge): Promise<void>;
  /** Gone with it: of several who take it at once, one gets it. */
  takeChallenge(fingerprint: string): Promise<PasskeyChallenge | undefined>;
}

/** What an answer of a browser says of itself: enough to look things up, not yet to be believed. */
export interface PasskeyClaim {
  readonly challenge: string;
  readonly credentialId: string;
  /** Told when it signs in, never when it is made. */
  readonly memberId?: MemberId;
}

/** Checks what authenticators have signed, for our own origin; `answer` is the JSON of a browser's PublicKeyCredential. */
export interface PasskeyVerifier {
  /** Undefined for what is no such answer. */
  claimOf(answer: string): PasskeyClaim | undefined;
  /** A passkey just made; undefined unless its owner was verified, on our origin, for this challenge. */
  keyMade(
    answer: string,
    challenge: string,
  ): Promise<Pick<Passkey, 'credentialId' | 'publicKey' | 'counter'> | undefined>;
  /** How often the authenticator says it has signed; undefined unless this key signed this challenge as `keyMade` says. */
  signedCount(
    answer: string,
    by: Pick<Passkey, 'credentialId' | 'publicKey'> & { readonly challenge: string },
  ): Promise<number | undefined>;
}

/** The console alone checks passkeys. */
export interface CanVerify {
  readonly passkeyVerifier: PasskeyVerifier;
}
