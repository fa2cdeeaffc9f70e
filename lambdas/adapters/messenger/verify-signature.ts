// Decides whether a webhook really comes from Meta: the signature of a POST and the token of the GET handshake.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Escaping costs a hundred times what hashing does, and anybody may send a body to have it escaped: no more than this. What
 * is larger must come as Meta wrote it.
 */
const mostToEscape = 256 * 1024;

/** The whole header: one signature, so that two values joined by a proxy are no signature. */
const signatureHeader = /^sha256=([0-9a-f]{64})$/iu;

/**
 * Whether one of the app secrets (two during a rotation) signed exactly these bytes (`X-Hub-Signature-256`).
 *
 * Meta documents the digest over the unicode-escaped JSON. The body on the wire is already escaped, so the raw bytes
 * are the first try; only a body that something on the way has unescaped gets the second, if it is small.
 */
export function isSignedByMeta(
  rawBody: Buffer,
  header: string | undefined,
  appSecrets: readonly string[],
): boolean {
  const hex = signatureHeader.exec(header ?? '')?.[1];
  if (hex === undefined) return false;
  const given = Buffer.from(hex, 'hex');

  if (appSecrets.some((secret) => isSignature(given, rawBody, secret))) return true;
  if (rawBody.length > mostToEscape || !hasNonAscii(rawBody)) return false;
  const escaped = escapeNonAscii(rawBody);
  return appSecrets.some((secret) => isSignature(given, escaped, secret));
}

function isSignature(given: Buffer, bytes: Buffer, secret: string): boolean {
  // An empty secret would let anyone sign.
  return (
    secret !== '' && timingSafeEqual(given, createHmac('sha256', secret).update(bytes).digest())
  );
}

function hasNonAscii(bytes: Buffer): boolean {
  return bytes.some((byte) => byte > 0x7f);
}

/** Every UTF-16 unit above ASCII as a lower-case `\uXXXX`, which is how Meta writes JSON. */
function escapeNonAscii(bytes: Buffer): Buffer {
  const escaped = bytes.toString('utf8').replaceAll(
    /[^\0-\x7f]/g, // without the u flag, so that a surrogate pair is two escapes
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Buffer.from(escaped, 'latin1');
}

export interface HandshakeQuery {
  readonly mode?: string | undefined;
  readonly verifyToken?: string | undefined;
  readonly challenge?: string | undefined;
}

/** The challenge to answer with when Meta (re)configures the webhook, or undefined where 403 is due. */
export function answerHandshake(query: HandshakeQuery, verifyToken: string): string | undefined {
  if (query.mode !== 'subscribe' || verifyToken === '') return undefined;
  if (!isSameText(query.verifyToken ?? '', verifyToken)) return undefined;
  // Meta sends an integer; nothing that a browser could take for a page is reflected.
  return /^[\w-]{1,200}$/u.test(query.challenge ?? '') ? query.challenge : undefined;
}

/** Constant in time whatever the lengths: digests are compared. */
function isSameText(one: string, other: string): boolean {
  const digestOf = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digestOf(one), digestOf(other));
}
