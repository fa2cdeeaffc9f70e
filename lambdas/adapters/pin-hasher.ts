// Hashes PINs slowly: scrypt with a salt of each person's and a pepper that is not in the tables.
import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { PinHasher } from '../domain/people/ports.ts';

/** OWASP's second choice after Argon2id (Password Storage Cheat Sheet): N=2^15, r=8, p=3; 32 MB and about 100 ms. */
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };

export function createPinHasher(pepper: () => Promise<string>): PinHasher {
  return {
    newSalt: () => randomBytes(16).toString('base64url'),
    async hash(pin, salt) {
      const peppered = createHmac('sha256', await pepper())
        .update(pin)
        .digest();
      return new Promise((resolve, reject) => {
        scrypt(peppered, salt, 32, cost, (error, key) => {
          if (error === null) resolve(key.toString('base64url'));
          else reject(error);
        });
      });
    },
    isSame(one, other) {
      const left = Buffer.from(one);
      const right = Buffer.from(other);
      return left.length === right.length && timingSafeEqual(left, right);
    },
  };
}
