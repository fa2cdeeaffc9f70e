// What every product store does: lists in order, a page at a time, found by category and word only while on sale.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Page, PageOf, ProductStore } from '../../lambdas/domain/shops/ports.ts';
import type { Product } from '../../lambdas/domain/shops/product.ts';
import type { ShopId } from '../../lambdas/domain/shops/shop.ts';
import { aProduct, aShopId } from '../builders/shops.ts';
import { openStores, sorted, storeKinds } from './open-stores.ts';

const dayMs = 24 * 60 * 60 * 1000;

describe.each(storeKinds)('products %s', (kind) => {
  let products: ProductStore;
  beforeAll(async () => {
    ({ products } = await openStores(kind));
  });

  const sold = async (changes: Partial<Product>): Promise<Product> => {
    const product = aProduct(changes);
    expect(await products.save(product, undefined)).toBe('saved');
    return product;
  };
  const menu = async (shopId: ShopId, names: readonly string[]): Promise<Product[]> => {
    const made: Product[] = [];
    for (const [day, name] of names.entries()) {
      made.push(await sold({ shopId, name, createdAtMs: day * dayMs }));
    }
    return made;
  };
  const names = (found: readonly Product[]) => found.map(({ name }) => name);
  const turnAll = async (ask: (page: PageOf) => Promise<Page<Product>>, limit: number) => {
    const seen: Product[] = [];
    let page = await ask({ limit });
    for (;;) {
      expect(page.things.length).toBeLessThanOrEqual(limit);
      seen.push(...page.things);
      if (page.next === undefined) return seen;
      page = await ask({ limit, after: page.next });
    }
  };

  it('keeps a product with all its fields, and knows no other', async () => {
    const shopId = aShopId();
    const latte = await sold({
      shopId,
      name: 'Latte 🥛',
      description: 'with milk',
      imageUrl: 'https://joe.example/latte.png',
      sku: 'L-1',
      options: [
        { name: 'Size', choices: [{ name: 'Large', extra: { minor: 50, currency: 'USD' } }] },
      ],
    });

    expect(await products.get(shopId, latte.id)).toEqual(latte);
    expect(await products.get(aShopId(), latte.id)).toBeUndefined();
    expect(await products.get(shopId, 'prd_none')).toBeUndefined();
    expect(await products.get(shopId, `prd_${'x'.repeat(5000)}`)).toBeUndefined();
    expect(await products.get(`${shopId}#PRODUCT`, 'prd_none')).toBeUndefined();
  });

  it('reads several at once: those of this shop that exist, each once', async () => {
    const [shopId, other] = [aShopId(), aShopId()];
    const [tea, scone] = await menu(shopId, ['Tea', 'Scone']);
    const [stranger] = await menu(other, ['Cake']);
    const ids = [tea, scone, stranger, tea].map((each) => each?.id ?? 'prd_');

    const found = await products.byIds(shopId, [...ids, 'prd_none']);

    expect(sorted(names(found))).toEqual(['Scone', 'Tea']);
    expect(await products.byIds(shopId, [])).toEqual([]);
  });

  it('lets one of ten first versions win, and one of ten changes', async () => {
    const rivals = Array.from({ length: 10 }, (_, index) =>
      aProduct({ id: 'prd_rival', shopId: 'shp_race', name: `Rival ${index}` }),
    );
    const made = await Promise.all(rivals.map((each) => products.save(each, undefined)));
    expect(sorted(made)).toEqual([...Array<string>(9).fill('conflict'), 'saved']);
    const first = rivals[made.indexOf('saved')];
    if (first === undefined) throw new Error('Nobody won.');

    const changes = rivals.map((each, index) => ({ ...each, version: 2, name: `New ${index}` }));
    const changed = await Promise.all(changes.map((each) => products.save(each, first)));

    expect(sorted(changed)).toEqual([...Array<string>(9).fill('conflict'), 'saved']);
    const last = changes[changed.indexOf('saved')];
    expect(await products.get('shp_race', 'prd_rival')).toEqual(last);
    expect(await products.byWord('shp_race', 'rival', 5)).toEqual([]);
    expect(await products.byWord('shp_race', 'new', 5)).toEqual([last]);
    expect((await products.ofCategory('shp_race', 'Coffee', { limit: 20 })).things).toEqual([last]);
  });

  it('refuses a version that does not follow', async () => {
    const product = await sold({ shopId: aShopId() });

    await expect(products.save({ ...product, version: 3 }, product)).rejects.toThrow(/follow/);
    await expect(products.save({ ...product, version: 2 }, undefined)).rejects.toThrow(/follow/);
  });

  it('lists all of a shop, oldest first, on sale or not, in pages of any size', async () => {
    const [shopId, other] = [aShopId(), aShopId()];
    const made = await menu(shopId, ['Tea', 'Cake', 'Ale', 'Pie', 'Bun']);
    const off = await sold({ shopId, name: 'Off', isActive: false, createdAtMs: 9 * dayMs });
    await menu(other, ['Stranger']);

    for (const limit of [1, 2, 3, 5, 6, 100]) {
      const all = await turnAll((page) => products.ofShop(shopId, page), limit);
      expect(all).toEqual([...made, off]);
    }
    expect(await products.ofShop(aShopId(), { limit: 5 })).toEqual({ things: [] });
  });

  it('loses none of many that were made in the same millisecond', async () => {
    const shopId = aShopId();
    const made = await Promise.all(
      Array.from({ length: 9 }, () => sold({ shopId, createdAtMs: dayMs })),
    );

    const all = await turnAll((page) => products.ofShop(shopId, page), 2);

    expect(sorted(all.map(({ id }) => id))).toEqual(sorted(made.map(({ id }) => id)));
  });

  it('goes on where it stood when things are added and change names between two pages', async () => {
    const shopId = aShopId();
    const [ale, bun, cake] = await menu(shopId, ['Ale', 'Bun', 'Cake', 'Date']);
    if (ale === undefined || bun === undefined || cake === undefined) throw new Error('No menu.');
    const first = await products.ofCategory(shopId, 'Coffee', { limit: 2 });
    expect(names(first.things)).toEqual(['Ale', 'Bun']);

    await sold({ shopId, name: 'Aa' });
    await sold({ shopId, name: 'Cream' });
    await products.save({ ...bun, version: 2, name: 'Zwieback' }, bun);
    await products.save({ ...cake, version: 2, isActive: false }, cake);

    const rest = await products.ofCategory(shopId, 'Coffee', {
      limit: 9,
      after: first.next ?? '',
    });
    expect(names(rest.things)).toEqual(['Cream', 'Date', 'Zwieback']);
    expect(rest.next).toBeUndefined();
  });

  it('lists a category by name as people sort, only what is on sale', async () => {
    const shopId = aShopId();
    await menu(shopId, ['latte macchiato', 'Éclair', 'Latte', 'espresso', 'Zebra']);
    await sold({ shopId, name: 'Americano', isActive: false });
    await sold({ shopId, name: 'Bagel', category: 'Food' });

    const inOrder = ['Éclair', 'espresso', 'Latte', 'latte macchiato', 'Zebra'];
    for (const limit of [1, 2, 5, 10]) {
      const all = await turnAll((page) => products.ofCategory(shopId, 'Coffee', page), limit);
      expect(names(all)).toEqual(inOrder);
    }
    expect(names((await products.ofCategory(shopId, 'Food', { limit: 5 })).things)).toEqual([
      'Bagel',
    ]);
    expect((await products.ofCategory(shopId, 'coffee', { limit: 5 })).things).toEqual([]);
    expect((await products.ofCategory(aShopId(), 'Coffee', { limit: 5 })).things).toEqual([]);
  });

  it.each(['', 'a#b:c', '☕️ hot', 'x'.repeat(3000)])(
    'keeps a category called %j',
    async (category) => {
      const shopId = aShopId();
      const product = await sold({ shopId, category });

      expect((await products.ofCategory(shopId, category, { limit: 2 })).things).toEqual([product]);
      expect((await products.ofCategory(shopId, `${category}x`, { limit: 2 })).things).toEqual([]);
    },
  );

  it('finds by the beginning of a word of the name or the category', async () => {
    const [shopId, other] = [aShopId(), aShopId()];
    await menu(shopId, ['Flat white', 'Iced coffee', 'Coffee cake, cold']);
    await sold({ shopId, name: 'Carrot cake', category: 'Food' });
    await menu(other, ['Flat white']);
    const found = async (word: string, limit = 10) =>
      sorted(names(await products.byWord(shopId, word, limit)));

    expect(await found('flat')).toEqual(['Flat white']);
    expect(await found('whi')).toEqual(['Flat white']);
    expect(await found('hite')).toEqual([]);
    expect(await found('co')).toEqual(['Coffee cake, cold', 'Flat white', 'Iced coffee']);
    expect(await found('cake')).toEqual(['Carrot cake', 'Coffee cake, cold']);
    expect(await found('food')).toEqual(['Carrot cake']);
    expect(await found('co', 2)).toHaveLength(2);
    expect(await products.byWord(other, 'carrot', 5)).toEqual([]);
  });

  it.each(['', '#', '\t', 'a\tb', '\ud83d', 'x'.repeat(5000)])(
    'finds nothing by %j, and does not break',
    async (word) => {
      const shopId = aShopId();
      await sold({ shopId });

      expect(await products.byWord(shopId, word, 5)).toEqual([]);
    },
  );

  it('finds a very long word by as much of it as counts, and one of forty words by the first', async () => {
    const shopId = aShopId();
    const long = await sold({ shopId, name: 'x'.repeat(400) });
    const wordy = await sold({
      shopId,
      name: Array.from({ length: 40 }, (_, index) => `word${index}`).join(' '),
    });

    expect(await products.byWord(shopId, 'x'.repeat(60), 5)).toEqual([long]);
    expect(await products.byWord(shopId, 'word3', 5)).toEqual([wordy]);
    const changed = { ...wordy, version: 2, name: 'Short' };
    expect(await products.save(changed, wordy)).toBe('saved');
    expect(await products.byWord(shopId, 'word', 5)).toEqual([]);
    expect(await products.byWord(shopId, 'short', 5)).toEqual([changed]);
  });

  it('moves with its name and category, goes with the sale, and comes back', async () => {
    const shopId = aShopId();
    const scone = await sold({ shopId, name: 'Scone' });
    const bun: Product = { ...scone, version: 2, name: 'Hot bun', category: 'Food' };
    expect(await products.save(bun, scone)).toBe('saved');

    expect(await products.byWord(shopId, 'scone', 5)).toEqual([]);
    expect(await products.byWord(shopId, 'bun', 5)).toEqual([bun]);
    expect((await products.ofCategory(shopId, 'Coffee', { limit: 5 })).things).toEqual([]);
    expect((await products.ofCategory(shopId, 'Food', { limit: 5 })).things).toEqual([bun]);

    const off: Product = { ...bun, version: 3, isActive: false };
    await products.save(off, bun);
    expect(await products.byWord(shopId, 'bun', 5)).toEqual([]);
    expect((await products.ofCategory(shopId, 'Food', { limit: 5 })).things).toEqual([]);
    expect((await products.ofShop(shopId, { limit: 5 })).things).toEqual([off]);

    const back: Product = { ...off, version: 4, isActive: true };
    await products.save(back, off);
    expect(await products.byWord(shopId, 'bun', 5)).toEqual([back]);
  });

  it('answers a forged cursor with nothing that is another shop’s', async () => {
    const [joe, ann] = [aShopId(), aShopId()];
    await menu(joe, ['Ale', 'Bun', 'Cake']);
    await menu(ann, ['Secret one', 'Secret two', 'Secret three']);
    const { next = '' } = await products.ofShop(ann, { limit: 1 });
    const forged = [
      '',
      'x',
      '%%%',
      'null',
      '😀',
      next,
      Buffer.from(`CATALOG#${ann}`).toString('base64url'),
      Buffer.from('\uffff'.repeat(300)).toString('base64url'),
      Buffer.from('a'.repeat(5000)).toString('base64url'),
      Buffer.from([0xff, 0xfe]).toString('base64url'),
    ];

    for (const after of forged) {
      const { things } = await products.ofShop(joe, { limit: 9, after });
      expect(things.every(({ shopId }) => shopId === joe)).toBe(true);
      const inCategory = await products.ofCategory(joe, 'Coffee', { limit: 9, after });
      expect(inCategory.things.every(({ shopId }) => shopId === joe)).toBe(true);
    }
    expect((await products.ofShop(joe, { limit: 9, after: '%%%' })).things).toEqual([]);
  });
});
