// A hasher of PINs for tests: the real one is slow on purpose.
import { createHash } from 'node:crypto';
import type { World } from '../../lambdas/domain/world.ts';
import { nextNumber } from './people.ts';

export function quickHasher(number: () => number = nextNumber): World['pinHasher'] {
  return {
    newSalt: () => `salt${number()}`,
    hash: async (pin, salt) => createHash('sha256').update(`${salt}:${pin}`).digest('hex'),
    isSame: (one, other) => one === other,
  };
}
