// What every BlockStore does: a block of either side stands between both.
import { beforeAll, describe, expect, it } from 'vitest';
import type { BlockStore } from '../../lambdas/domain/people/ports.ts';
import { openStores, storeKinds } from './open-stores.ts';

describe.each(storeKinds)('blocks %s', (kind) => {
  let blocks: BlockStore;
  beforeAll(async () => {
    ({ blocks } = await openStores(kind));
  });

  it('stands between both, whoever blocked', async () => {
    await blocks.block('per_ann', 'per_bob', 1);

    expect(await blocks.isBlockedBetween('per_ann', 'per_bob')).toBe(true);
    expect(await blocks.isBlockedBetween('per_bob', 'per_ann')).toBe(true);
    expect(await blocks.isBlockedBetween('per_ann', 'per_cat')).toBe(false);
  });

  it('ends when the one who blocked ends it, and not by the other', async () => {
    await blocks.block('per_dan', 'per_eve', 1);
    await blocks.unblock('per_eve', 'per_dan');
    expect(await blocks.isBlockedBetween('per_dan', 'per_eve')).toBe(true);

    await blocks.unblock('per_dan', 'per_eve');
    expect(await blocks.isBlockedBetween('per_dan', 'per_eve')).toBe(false);
  });

  it('is the same twice as once', async () => {
    await blocks.block('per_fay', 'per_gus', 1);
    await blocks.block('per_fay', 'per_gus', 2);
    expect(await blocks.blockedBy('per_fay')).toEqual(['per_gus']);

    await blocks.unblock('per_fay', 'per_gus');
    await blocks.unblock('per_fay', 'per_gus');
    expect(await blocks.blockedBy('per_fay')).toEqual([]);
  });

  it('does not stand between a person and themselves', async () => {
    expect(await blocks.isBlockedBetween('per_hal', 'per_hal')).toBe(false);
  });
});
