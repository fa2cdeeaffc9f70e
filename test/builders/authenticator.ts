// An authenticator in software, with the browser around it: makes passkeys and signs, honestly or as an attacker would.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import * as z from 'zod/mini';

interface KeptKey {
  readonly id: string;
  readonly userHandle: string;
  readonly privateKey: KeyObject;
}

/** What an attacker's browser or device says in place of the truth. */
export interface Told {
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  readonly challenge?: string;
  readonly crossOrigin?: boolean;
  readonly isVerified?: boolean;
  readonly isPresent?: boolean;
  readonly counter?: number;
  readonly userHandle?: string;
  readonly credentialId?: string;
  readonly signedBy?: KeyObject;
}

const makeSchema = z.object({
  create: z.object({
    challenge: z.string(),
    rp: z.object({ id: z.string() }),
    user: z.object({ id: z.string() }),
    excludeCredentials: z.array(z.object({ id: z.string() })),
  }),
});
const signSchema = z.object({ get: z.object({ challenge: z.string(), rpId: z.string() }) });

export interface Authenticator {
  readonly keys: KeptKey[];
  /** Answers the options of the page for adding, in the JSON of a PublicKeyCredential. */
  makes(options: string, told?: Told): string;
  /** Answers the options of the page for signing in, with the key made last. */
  signs(options: string, told?: Told): string;
}

export function newAuthenticator(origin: string): Authenticator {
  const keys: KeptKey[] = [];
  let count = 0;
  return {
    keys,
    makes(text, told = {}) {
      const { create } = makeSchema.parse(JSON.parse(text));
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const id = told.credentialId ?? randomBytes(32).toString('base64url');
      keys.push({ id, userHandle: told.userHandle ?? create.user.id, privateKey });
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const rawId = Buffer.from(id, 'base64url');
      const attested = Buffer.concat([
        Buffer.alloc(16),
        Buffer.from([rawId.length >> 8, rawId.length & 255]),
        rawId,
        coseKey(Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')),
      ]);
      const data = authenticatorData(told, { rpId: create.rp.id, counter: 0, attested });
      return JSON.stringify({
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData(told, { type: 'webauthn.create', origin, ...create }),
          attestationObject: noAttestation(data).toString('base64url'),
        },
      });
    },
    signs(text, told = {}) {
      const { get } = signSchema.parse(JSON.parse(text));
      const key = keys.at(-1);
      if (key === undefined) throw new Error('There is no passkey on this device.');
      count += 1;
      const data = authenticatorData(told, { rpId: get.rpId, counter: count });
      const client = clientData(told, { type: 'webauthn.get', origin, ...get });
      const signed = Buffer.concat([data, sha256(Buffer.from(client, 'base64url'))]);
      const id = told.credentialId ?? key.id;
      return JSON.stringify({
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: client,
          authenticatorData: data.toString('base64url'),
          signature: sign('sha256', signed, told.signedBy ?? key.privateKey).toString('base64url'),
          userHandle: told.userHandle ?? key.userHandle,
        },
      });
    },
  };
}

function clientData(
  told: Told,
  honest: { readonly type: string; readonly origin: string; readonly challenge: string },
): string {
  const { type = honest.type, origin = honest.origin, challenge = honest.challenge } = told;
  const data = { type, challenge, origin, crossOrigin: told.crossOrigin ?? false };
  return Buffer.from(JSON.stringify(data)).toString('base64url');
}

/** W3C Web Authentication, 6.1: hash of the host, flags, count, and what was attested. */
function authenticatorData(
  told: Told,
  honest: { readonly rpId: string; readonly counter: number; readonly attested?: Buffer },
): Buffer {
  const { attested = Buffer.alloc(0) } = honest;
  const flags =
    (told.isPresent === false ? 0 : 1) |
    (told.isVerified === false ? 0 : 4) |
    (attested.length === 0 ? 0 : 64);
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(told.counter ?? honest.counter);
  const host = sha256(Buffer.from(told.rpId ?? honest.rpId));
  return Buffer.concat([host, Buffer.from([flags]), counter, attested]);
}

/** CBOR: { 1: 2, 3: -7, -1: 1, -2: x, -3: y }, an ES256 key. */
function coseKey(x: Buffer, y: Buffer): Buffer {
  const head = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
  return Buffer.concat([head, x, Buffer.from([0x22, 0x58, 0x20]), y]);
}

/** CBOR: { fmt: "none", attStmt: {}, authData }. */
function noAttestation(data: Buffer): Buffer {
  const length = Buffer.from([0x59, data.length >> 8, data.length & 255]);
  return Buffer.concat([
    Buffer.from([0xa3, 0x63]),
    Buffer.from('fmt'),
    Buffer.from([0x64]),
    Buffer.from('none'),
    Buffer.from([0x67]),
    Buffer.from('attStmt'),
    Buffer.from([0xa0, 0x68]),
    Buffer.from('authData'),
    length,
    data,
  ]);
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
