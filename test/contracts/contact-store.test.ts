// What every ContactStore does: it remembers whom a person has paid, and the latest time alone.
import { beforeAll, describe, expect, it } from 'vitest';
import type { ContactStore } from '../../lambdas/domain/people/ports.ts';
import { openStores, storeKinds } from './open-stores.ts';

describe.each(storeKinds)('contacts %s', (kind) => {
  let contacts: ContactStore;
  beforeAll(async () => {
    ({ contacts } = await openStores(kind));
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
});
