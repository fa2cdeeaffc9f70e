// What every stock store does: a level for what is counted, and none for what is not.
import { beforeAll, describe, expect, it } from 'vitest';
import type { StockStore } from '../../lambdas/domain/shops/ports.ts';
import type { ProductId } from '../../lambdas/domain/shops/product.ts';
import { aShopId } from '../builders/shops.ts';
import { openStores, storeKinds } from './open-stores.ts';

describe.each(storeKinds)('stock %s', (kind) => {
  let stock: StockStore;
  beforeAll(async () => {
    ({ stock } = await openStores(kind));
  });

  it('tells the level of what is counted, and nothing of the rest', async () => {
    const shop = aShopId();
    await stock.set(shop, 'prd_latte', 7);
    await stock.set(shop, 'prd_scone', 0);

    const levels = await stock.levels(shop, ['prd_latte', 'prd_tea', 'prd_scone', 'prd_latte']);

    expect(levels).toEqual(
      new Map([
        ['prd_latte', 7],
        ['prd_scone', 0],
      ]),
    );
    expect(await stock.levels(shop, [])).toEqual(new Map());
  });

  it('keeps the last level, until it is no longer counted', async () => {
    const shop = aShopId();
    for (const level of [3, 9, 9]) await stock.set(shop, 'prd_latte', level);
    expect(await stock.levels(shop, ['prd_latte'])).toEqual(new Map([['prd_latte', 9]]));

    await stock.set(shop, 'prd_latte', undefined);
    await stock.set(shop, 'prd_latte', undefined);
    expect(await stock.levels(shop, ['prd_latte'])).toEqual(new Map());
  });

  it('tells one shop’s shelf apart from another’s, whatever the ids are made of', async () => {
    const [joe, ann] = [aShopId(), aShopId()];
    const odd: readonly ProductId[] = [
      'prd_',
      'prd_#',
      `prd_${'x'.repeat(5000)}`,
      'prd_😀',
      'prd_a:b',
    ];
    for (const [level, id] of odd.entries()) await stock.set(joe, id, level);

    expect(await stock.levels(joe, odd)).toEqual(new Map(odd.map((id, level) => [id, level])));
    expect(await stock.levels(ann, odd)).toEqual(new Map());
    expect(await stock.levels(`${joe}#`, odd)).toEqual(new Map());
  });

  it('reads more than one batch of a hundred', async () => {
    const shop = aShopId();
    const ids = Array.from({ length: 130 }, (_, index): ProductId => `prd_${index}`);
    for (let at = 0; at < ids.length; at += 10) {
      await Promise.all(ids.slice(at, at + 10).map((id) => stock.set(shop, id, 1)));
    }

    expect((await stock.levels(shop, ids)).size).toBe(130);
  });
});
