// What every shop store does: one shop a Page, found by its Page and its account, never overwritten unseen.
import { beforeAll, describe, expect, it } from 'vitest';
import type { ShopStore } from '../../lambdas/domain/shops/ports.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';
import { aShop } from '../builders/shops.ts';
import { openStores, sorted, storeKinds } from './open-stores.ts';

describe.each(storeKinds)('shops %s', (kind) => {
  let shops: ShopStore;
  beforeAll(async () => {
    ({ shops } = await openStores(kind));
  });

  const made = async (changes: Partial<Shop> = {}): Promise<Shop> => {
    const shop = aShop(changes);
    expect(await shops.create(shop)).toBe('saved');
    return shop;
  };
  const accountOf = (shop: Shop) => shop.account?.accountId ?? '';

  it('finds a shop by id, by Page and by account', async () => {
    const shop = await made();

    expect(await shops.get(shop.id)).toEqual(shop);
    expect(await shops.byPage(shop.pageId)).toEqual(shop);
    expect(await shops.byAccount(accountOf(shop))).toEqual(shop);
  });

  it.each(['', 'x'.repeat(5000), '#', '2000:1', '\u0000', 'a\ud83d'])(
    'knows no shop by %j',
    async (odd) => {
      await made();

      expect(await shops.byPage(odd)).toBeUndefined();
      expect(await shops.byAccount(odd)).toBeUndefined();
      expect(await shops.get(`shp_${odd}`)).toBeUndefined();
    },
  );

  it('lets one of ten shops have a Page', async () => {
    const rivals = Array.from({ length: 10 }, () => aShop({ pageId: 'one-page' }));

    const outcomes = await Promise.all(rivals.map((each) => shops.create(each)));

    expect(sorted(outcomes)).toEqual([...Array<string>(9).fill('conflict'), 'saved']);
    const winner = rivals[outcomes.indexOf('saved')];
    expect(await shops.byPage('one-page')).toEqual(winner);
    const losers = rivals.filter((each) => each !== winner);
    for (const { id } of losers) expect(await shops.get(id)).toBeUndefined();
    expect(await shops.byAccount(losers[0]?.account?.accountId ?? '')).toBeUndefined();
  });

  it('does not make the same shop twice', async () => {
    const shop = await made();

    expect(await shops.create({ ...shop, pageId: 'another-page' })).toBe('conflict');
    expect(await shops.byPage('another-page')).toBeUndefined();
  });

  it('lets one of ten changes of the same version win', async () => {
    const shop = await made();
    const changes = Array.from({ length: 10 }, (_, index) => ({
      ...shop,
      version: 2,
      name: `Joe ${index}`,
    }));

    const outcomes = await Promise.all(changes.map((each) => shops.save(each, shop)));

    expect(sorted(outcomes)).toEqual([...Array<string>(9).fill('conflict'), 'saved']);
    expect(await shops.get(shop.id)).toEqual(changes[outcomes.indexOf('saved')]);
  });

  it('keeps the look-up by account in step: none, one, another, none', async () => {
    const { account: _none, ...bare } = aShop();
    await shops.create(bare);
    const started: Shop = {
      ...bare,
      version: 2,
      account: { accountId: 'acct_step_1', status: 'started', missing: ['a tax id'] },
    };
    expect(await shops.save(started, bare)).toBe('saved');
    expect(await shops.byAccount('acct_step_1')).toEqual(started);

    const active: Shop = {
      ...started,
      version: 3,
      account: { accountId: 'acct_step_1', status: 'active', missing: [] },
    };
    expect(await shops.save(active, started)).toBe('saved');
    expect(await shops.byAccount('acct_step_1')).toEqual(active);

    const moved: Shop = {
      ...active,
      version: 4,
      account: { accountId: 'acct_step_2', status: 'active', missing: [] },
    };
    expect(await shops.save(moved, active)).toBe('saved');
    expect(await shops.byAccount('acct_step_1')).toBeUndefined();
    expect(await shops.byAccount('acct_step_2')).toEqual(moved);

    const left: Shop = { ...bare, version: 5 };
    expect(await shops.save(left, moved)).toBe('saved');
    expect(await shops.byAccount('acct_step_2')).toBeUndefined();
    expect(await shops.byPage(bare.pageId)).toEqual(left);
  });

  it('lets no shop take the account of another', async () => {
    const [joe, ann] = [await made(), await made()];
    const { account } = joe;
    if (account === undefined) throw new Error('Joe has no account.');

    expect(await shops.save({ ...ann, version: 2, account }, ann)).toBe('conflict');
    expect(await shops.create(aShop({ account }))).toBe('conflict');
    expect(await shops.byAccount(account.accountId)).toEqual(joe);
    expect(await shops.get(ann.id)).toEqual(ann);
  });

  it('refuses what does not follow: a version left out, a Page exchanged', async () => {
    const shop = await made();

    await expect(shops.save({ ...shop, version: 3 }, shop)).rejects.toThrow(/does not follow/);
    await expect(shops.save({ ...shop, version: 2, pageId: 'other' }, shop)).rejects.toThrow(
      /does not follow/,
    );
    expect(await shops.get(shop.id)).toEqual(shop);
  });

  it('keeps all that an owner decides', async () => {
    const decided = await made({
      isPaused: true,
      hours: [[], [{ from: 480, to: 1440 }], [], [], [], [], [{ from: 0, to: 60 }]],
      taxPercent: 8.875,
      shipping: [{ id: 'std', name: 'Standard 🚚', price: { minor: 500, currency: 'USD' } }],
      shipsTo: ['US'],
      tips: [0, 15.5],
      promotions: [
        { code: 'TEN', off: { kind: 'percent', percent: 10 } },
        { code: 'FIVE', off: { kind: 'amount', amount: { minor: 500, currency: 'USD' } } },
      ],
      lastWord: { url: 'https://joe.example/last-word', secret: 'whsec_1' },
      team: [{ personId: 'per_joe', name: 'Joe', role: 'owner', addedAtMs: 1 }],
      ownerCode: 'f1',
    });

    expect(await shops.get(decided.id)).toEqual(decided);
  });
});
