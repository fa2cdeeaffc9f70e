// Checks passkeys' answers by WebAuthn, for the one origin that our pages have.
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { keyAlgorithms } from '../../domain/console/passkey.ts';
import type { PasskeyVerifier } from '../../domain/console/ports.ts';
import { type BrowserAnswer, readAnswer } from './browser-answer.ts';

/** `publicUrl`: the origin where our pages are; its host is what passkeys are made for. */
export function webauthnVerifier(publicUrl: string): PasskeyVerifier {
  const { origin, hostname } = new URL(publicUrl);
  const expected = {
    expectedOrigin: origin,
    expectedRPID: hostname,
    requireUserVerification: true,
  };
  return {
    claimOf(answer) {
      const read = readAnswer(answer);
      return read && { challenge: read.challenge, credentialId: read.id, ...memberOf(read) };
    },
    async keyMade(answer, challenge) {
      const read = readAnswer(answer);
      if (read?.kind !== 'made') return undefined;
      const checked = await unlessRefused(() =>
        verifyRegistrationResponse({
          ...expected,
          response: { ...whatItIs(read), response: read.response },
          expectedChallenge: challenge,
          supportedAlgorithmIDs: [...keyAlgorithms],
        }),
      );
      if (checked?.verified !== true) return undefined;
      const { id, publicKey, counter } = checked.registrationInfo.credential;
      return {
        credentialId: id,
        publicKey: Buffer.from(publicKey).toString('base64url'),
        counter,
      };
    },
    async signedCount(answer, { challenge, credentialId, publicKey }) {
      const read = readAnswer(answer);
      if (read?.kind !== 'signed' || read.id !== credentialId) return undefined;
      const checked = await unlessRefused(() =>
        verifyAuthenticationResponse({
          ...expected,
          response: { ...whatItIs(read), response: read.response },
          expectedChallenge: challenge,
          credential: {
            id: credentialId,
            publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')),
            // Of what it counts, we judge ourselves.
            counter: 0,
          },
        }),
      );
      return checked?.verified === true ? checked.authenticationInfo.newCounter : undefined;
    },
  };
}

function memberOf(read: BrowserAnswer) {
  return read.kind === 'signed' && read.memberId !== undefined ? { memberId: read.memberId } : {};
}

/** What the library takes, and nothing that a browser has put beside it. */
function whatItIs({ id, rawId, type }: BrowserAnswer) {
  return { id, rawId, type, clientExtensionResults: {} };
}

/** The library throws for each thing that is not as it must be, and its parsers for what they cannot read. */
async function unlessRefused<Checked>(check: () => Promise<Checked>): Promise<Checked | undefined> {
  try {
    return await check();
  } catch {
    return undefined;
  }
}
