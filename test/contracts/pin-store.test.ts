// What every PinStore does: each guess counts, also those made at once.
import { beforeAll, describe, expect, it } from 'vitest';
import type { PinRecord, PinStore } from '../../lambdas/domain/people/ports.ts';
import { openStores, sorted, storeKinds } from './open-stores.ts';

const pin = (changes: Partial<PinRecord> = {}): PinRecord => ({
  personId: 'per_ann',
  version: 1,
  salt: 'salt',
  hash: 'hash',
  failures: 0,
  ...changes,
});

describe.each(storeKinds)('PINs %s', (kind) => {
  let pins: PinStore;
  beforeAll(async () => {
    ({ pins } = await openStores(kind));
  });

  it('keeps what was saved, and nothing for a stranger', async () => {
    const record = pin({ personId: 'per_kept', lockedUntilMs: 5 });
    expect(await pins.save(record)).toBe('saved');

    expect(await pins.of('per_kept')).toEqual(record);
    expect(await pins.of('per_stranger')).toBeUndefined();
  });

  it('does not let a second first PIN replace the first', async () => {
    await pins.save(pin({ personId: 'per_first' }));

    expect(await pins.save(pin({ personId: 'per_first', hash: 'other' }))).toBe('conflict');
    expect((await pins.of('per_first'))?.hash).toBe('hash');
  });

  it('counts one of twenty equal wrong guesses made at once, so that the others must count on from it', async () => {
    await pins.save(pin({ personId: 'per_guessed' }));
    const guess = pin({ personId: 'per_guessed', version: 2, failures: 1 });

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => pins.save(guess)));

    expect(sorted(outcomes)).toEqual([...Array<string>(19).fill('conflict'), 'saved']);
  });

  it('refuses a version that nothing leads to', async () => {
    expect(await pins.save(pin({ personId: 'per_gap', version: 3 }))).toBe('conflict');
    expect(await pins.of('per_gap')).toBeUndefined();
  });
});
