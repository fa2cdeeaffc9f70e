// Ids that follow from what they are about, and tokens that nobody can guess.
import { createHash, randomBytes } from 'node:crypto';
import type { Ids, Tokens } from '../domain/ports.ts';

/** RFC 4648, lower case: safe in payloads, URLs, metadata and keys of every vendor. */
const base32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** 20 characters are 100 bits: among a billion ids the odds that any two meet are one in a trillion. */
const idLength = 20;

export const derivedIds: Ids = {
  derived(prefix, ...parts) {
    // As JSON, so that ("a", "bc") and ("ab", "c") differ. The prefix is a part: the same cause can make several things.
    const digest = createHash('sha256')
      .update(JSON.stringify([prefix, ...parts]))
      .digest();
    return `${prefix}_${toBase32(digest).slice(0, idLength)}`;
  },
};

export const randomTokens: Tokens = {
  newToken: () => randomBytes(32).toString('base64url'),
  fingerprint: (token) => createHash('sha256').update(token).digest('hex'),
};

function toBase32(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  const groups = bits.match(/.{5}/gu) ?? [];
  return groups.map((group) => base32.charAt(Number.parseInt(group, 2))).join('');
}
