// Decides whether a webhook really comes from Stripe, with Node's crypto alone: the SDK would weigh 240 KB here.
import { createHmac, timingSafeEqual } from 'node:crypto';

export type SignatureReading =
  | 'good'
  | 'no_signature'
  | 'malformed_signature'
  | 'wrong_signature'
  | 'too_old';

/** Stripe's own tolerance. A retry is signed afresh, so this never turns one away. */
const toleranceSeconds = 300;

/** Two while a secret is rolled, a few more than that for the sake of doubt; a header of thousands is an attack. */
const maxSignatures = 10;

interface SignedHeader {
  readonly timestamp: string;
  readonly signatures: readonly Buffer[];
}

/**
 * `Stripe-Signature: t=<seconds>,v1=<hex>[,v1=<hex>][,v0=…]`: HMAC-SHA256 of "t.body" under the signing secret as given,
 * `whsec_` included. Every v1 is compared with every secret; v0 is a test scheme and never counts.
 */
export function verifyStripeSignature(
  signed: { readonly body: Buffer; readonly header: string | undefined },
  signingSecrets: readonly string[],
  nowMs: number,
): SignatureReading {
  if (signed.header === undefined) return 'no_signature';
  const header = readHeader(signed.header);
  if (header === undefined) return 'malformed_signature';
  const isGood = signingSecrets.some((secret) => isSignedWith(secret, header, signed.body));
  if (!isGood) return 'wrong_signature';
  // Only after the signature: what an unsigned timestamp says is worth nothing. The future is let through, as Stripe does.
  return nowMs / 1000 - Number(header.timestamp) > toleranceSeconds ? 'too_old' : 'good';
}

function readHeader(header: string): SignedHeader | undefined {
  const parts = header.split(',').map((part) => part.trim());
  const timestamps = valuesOf(parts, 't').filter((value) => /^\d{1,12}$/u.test(value));
  const signatures = valuesOf(parts, 'v1').filter((value) => /^[0-9a-f]{64}$/iu.test(value));
  const [timestamp, ...more] = timestamps;
  // Two timestamps are two headers joined on the way: which signature belongs to which cannot be told.
  if (timestamp === undefined || more.length > 0) return undefined;
  if (signatures.length === 0 || signatures.length > maxSignatures) return undefined;
  return { timestamp, signatures: signatures.map((hex) => Buffer.from(hex, 'hex')) };
}

function valuesOf(parts: readonly string[], scheme: string): string[] {
  const prefix = `${scheme}=`;
  return parts.filter((part) => part.startsWith(prefix)).map((part) => part.slice(prefix.length));
}

function isSignedWith(secret: string, header: SignedHeader, body: Buffer): boolean {
  // An empty secret would let anyone sign.
  if (secret === '') return false;
  const expected = createHmac('sha256', secret)
    .update(`${header.timestamp}.`)
    .update(body)
    .digest();
  return header.signatures.some((signature) => timingSafeEqual(signature, expected));
}
