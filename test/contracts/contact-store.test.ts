// What every ContactStore does: it remembers whom a person has paid, and the latest time alone.
import { beforeAll, describe, expect, it } from 'vitest';
import type { BlockStore, ContactStore } from '../../lambdas/domain/people/ports.ts';
import { openStores, storeKinds } from './open-stores.ts';

describe.each(storeKinds)('contacts %s', (kind) => {
  let contacts: ContactStore;
  let blocks: BlockStore;
  beforeAll(async () => {
    ({ contacts, blocks } = await openStores(kind));
  });

  it('keeps the later time, in whatever order and however often it is told', async () => {
    for (const lastPaidAtMs of [200, 300, 100, 300]) {
      await contacts.remember('per_ann', { personId: 'per_bob', lastPaidAtMs });
    }

    expect(await contacts.of('per_ann')).toEqual([{ personId: 'per_bob', lastPaidAtMs: 300 }]);
  });

  it('keeps the latest of many at once', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        contacts.remember('per_cat', { personId: 'per_bob', lastPaidAtMs: index }),
      ),
    );

    expect(await contacts.of('per_cat')).toEqual([{ personId: 'per_bob', lastPaidAtMs: 19 }]);
  });

  it('knows only the contacts of the one who is asked about', async () => {
    await contacts.remember('per_dan', { personId: 'per_1', lastPaidAtMs: 1 });
    await contacts.remember('per_dan2', { personId: 'per_2', lastPaidAtMs: 1 });

    expect((await contacts.of('per_dan')).map(({ personId }) => personId)).toEqual(['per_1']);
    expect(await contacts.of('per_1')).toEqual([]);
  });

  it('tells how two people stand to each other, from the side of the one who asks', async () => {
    await contacts.remember('per_fay', { personId: 'per_gus', lastPaidAtMs: 1 });

    expect(await contacts.tieBetween('per_fay', 'per_gus')).toEqual({
      isContact: true,
      isBlocked: false,
    });
    expect(await contacts.tieBetween('per_gus', 'per_fay')).toEqual({
      isContact: false,
      isBlocked: false,
    });
  });

  it.each([
    ['the one who asks', 'per_hal', 'per_ivy'],
    ['the other', 'per_ivy', 'per_hal'],
  ] as const)('tells of a block by %s', async (_who, owner, blocked) => {
    await blocks.block(owner, blocked, 1);

    expect(await contacts.tieBetween('per_hal', 'per_ivy')).toEqual({
      isContact: false,
      isBlocked: true,
    });
    await blocks.unblock(owner, blocked);
    expect((await contacts.tieBetween('per_hal', 'per_ivy')).isBlocked).toBe(false);
  });
});
