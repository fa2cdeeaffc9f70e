// What a browser is asked for when a passkey is made or used, as WebAuthn's JSON has it.
import {
  challengeLifeMs,
  keyAlgorithms,
  memberIdOf,
  type Passkey,
} from '../../lambdas/domain/console/passkey.ts';
import type { FileAnswer } from '../page-answer.ts';
import type { ConsoleWorld, Visitor } from './console-world.ts';

/** The device keeps it and finds it by itself, asks for a finger, face or PIN, and tells nobody what device it is. */
export function optionsToMake(
  world: Pick<ConsoleWorld, 'publicUrl' | 'ids'>,
  { member, session, shop }: Visitor,
  has: { readonly challenge: string; readonly passkeys: readonly Passkey[] },
): FileAnswer {
  const name = `${member.name} · ${shop.name}`;
  return json({
    create: {
      challenge: has.challenge,
      rp: { id: hostOf(world), name: 'Tender' },
      user: {
        id: Buffer.from(memberIdOf(world.ids, session)).toString('base64url'),
        name,
        displayName: name,
      },
      pubKeyCredParams: keyAlgorithms.map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: has.passkeys.map(({ credentialId: id }) => ({ type: 'public-key', id })),
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
      attestation: 'none',
      timeout: challengeLifeMs,
    },
  });
}

/** Names no passkey: the device shows those it has for us, and its owner chooses. */
export function optionsToSign(
  world: Pick<ConsoleWorld, 'publicUrl'>,
  challenge: string,
): FileAnswer {
  return json({
    get: {
      challenge,
      rpId: hostOf(world),
      allowCredentials: [],
      userVerification: 'required',
      timeout: challengeLifeMs,
    },
  });
}

function hostOf({ publicUrl }: Pick<ConsoleWorld, 'publicUrl'>): string {
  return new URL(publicUrl).hostname;
}

function json(body: object): FileAnswer {
  return { kind: 'file', contentType: 'application/json', body: JSON.stringify(body) };
}
