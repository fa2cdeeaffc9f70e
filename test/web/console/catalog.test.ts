// The catalog in the console: found, edited by one at a time, taken off the shelf and put back, as a file out and in.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Counter, hiddenIn, openCounter } from './counter.ts';

const hostile = `"><img src=x onerror=alert(1)>'&<script>alert(1)</script>`;
const usd = (minor: number) => ({ minor, currency: 'USD' }) as const;

const path = '/console/catalog';
const good = {
  name: 'Mocha',
  category: 'Coffee',
  price: '4.50',
  options: 'Size: Small, Large +1.00',
};

async function productsOf(counter: Counter) {
  return (await counter.world.products.ofShop(counter.shop.id, { limit: 100 })).things;
}

describe('the list', () => {
  it('is empty at first, then shows what is sold, and how much of it is left', async () => {
    const counter = openCounter();
    const { browser } = await counter.signedIn('reader');
    expect((await browser.gets(path)).html).toContain('The catalog is empty');
    const latte = await counter.sells({ name: `Latte ${hostile}` });
    await counter.world.stock.set(counter.shop.id, latte.id, 0);

    const { html } = await browser.gets(path);

    expect(html).toContain('Sold out');
    expect(html).toContain('Latte &quot;&gt;&lt;img');
    expect(html).not.toContain('<img src=x');
    expect(html).not.toContain('New product');
  });

  it('finds by the beginnings of words', async () => {
    const counter = openCounter();
    const { browser } = await counter.signedIn('reader');
    await counter.sells({ name: 'Flat white' });
    await counter.sells({ name: 'Flat black' });

    const { html } = await browser.gets(`${path}?q=${encodeURIComponent('FLAT whi')}`);

    expect(html).toContain('Flat white');
    expect(html).not.toContain('Flat black');
    for (const nothing of ['zzz', hostile, '%00', '🦀']) {
      const found = await browser.gets(`${path}?q=${encodeURIComponent(nothing)}`);
      expect(found.status).toBe(200);
      expect(found.html).not.toContain('<img src=x');
    }
  });

  it('is turned by pages', async () => {
    const counter = openCounter();
    const { browser } = await counter.signedIn('reader');
    for (let made = 0; made < 60; made += 1) await counter.sells({ name: `Tea ${made}` });

    const first = (await browser.gets(path)).html;
    const next = /href="(\/console\/catalog\?after=[^"]+)"/u.exec(first)?.[1] ?? '';
    const second = (await browser.gets(next)).html;

    const count = (page: string) => page.split('class="title">Tea ').length - 1;
    expect([count(first), count(second)]).toEqual([50, 10]);
  });
});

describe('a new product', () => {
  it('is on sale at once, in a category that the shop then shows', async () => {
    const counter = openCounter();
    const { browser } = await counter.signedIn('staff');

    const added = await browser.submits(`${path}/new`, { ...good, category: 'Hot drinks' });

    expect((await browser.gets(added.to ?? '')).html).toContain('Added.');
    const [mocha] = await productsOf(counter);
    expect(mocha).toMatchObject({ name: 'Mocha', price: usd(450), isActive: true });
    expect(mocha?.options[0]?.choices).toHaveLength(2);
    expect((await counter.currentShop()).categories).toContain('Hot drinks');
  });

  it('sent twice is one', async () => {
    const counter = openCounter();
    const { browser } = await counter.signedIn('staff');
    const form = { ...hiddenIn((await browser.gets(`${path}/new`)).html), ...good };

    const sent = await Promise.all([1, 2, 3].map(() => browser.posts(`${path}/new`, { form })));

    expect(new Set(sent.map(({ to }) => to)).size).toBe(1);
    expect(await productsOf(counter)).toHaveLength(1);
  });

  it.each([
    [{ name: '' }, 'A name is missing.'],
    [{ name: 'x'.repeat(81) }, 'At most 80 letters.'],
    [{ category: ' ' }, 'A category is missing.'],
    [{ price: '' }, 'An amount is missing.'],
    [{ price: '0' }, 'must be more than nothing'],
    [{ price: '€4' }, 'is not in USD'],
    [{ price: hostile }, 'is not an amount'],
    [{ options: 'Size' }, 'is no option'],
    [{ imageUrl: 'http://example.com/a.jpg' }, 'must begin with https://'],
    [{ imageUrl: 'javascript:alert(1)' }, 'must begin with https://'],
    [{ imageUrl: 'data:text/html,x' }, 'must begin with https://'],
    [{ nonce: '' }, 'New product'],
  ])('with %j is not added, and what was typed stays', async (wrong, why) => {
    const counter = openCounter();
    const { browser } = await counter.signedIn('staff');

    const answer = await browser.submits(`${path}/new`, { ...good, sku: 'KEPT', ...wrong });

    expect(answer.html).toContain(why);
    expect(answer.html).toContain('KEPT');
    expect(answer.html).not.toContain('<img src=x');
    expect(await productsOf(counter)).toEqual([]);
  });

  it('is not for those who only look', async () => {
    const counter = openCounter();
    const { browser } = await counter.signedIn('reader');
    const { html } = await browser.gets(path);

    for (const place of ['new', 'import']) {
      expect((await browser.gets(`${path}/${place}`)).status).toBe(403);
      const form = { ...hiddenIn(html), ...good };
      expect((await browser.posts(`${path}/${place}`, { form })).status).toBe(403);
    }
    expect(await productsOf(counter)).toEqual([]);
  });
});

describe('a product', () => {
  async function atLatte() {
    const counter = openCounter();
    const { browser } = await counter.signedIn('staff');
    const latte = await counter.sells({ name: 'Latte' });
    const at = `${path}/${latte.id}`;
    const now = async () => counter.world.products.get(counter.shop.id, latte.id);
    const form = async () => hiddenIn((await browser.gets(at)).html);
    return { counter, browser, latte, at, now, form };
  }

  it('is changed, and the one who comes second with an old page is told', async () => {
    const { browser, at, now, form } = await atLatte();
    const [mine, theirs] = [await form(), await form()];
    const save = (fields: Record<string, string>) =>
      browser.posts(at, { form: { ...fields, ...good, do: 'save' } });

    expect((await save({ ...mine })).status).toBe(303);
    const second = await browser.posts(at, {
      form: { ...theirs, ...good, name: 'Cappuccino', version: '1', do: 'save' },
    });

    expect(second.status).toBe(422);
    expect(second.html).toContain('changed this product meanwhile');
    expect((await now())?.name).toBe('Mocha');
  });

  it('says what is wrong beside the field, and keeps what was typed', async () => {
    const { browser, at, now } = await atLatte();

    const form = { ...good, name: 'Typed name', price: 'x', version: '1', do: 'save' };
    const answer = await browser.submits(at, form);

    expect(answer.status).toBe(422);
    expect(answer.html).toContain('value="Typed name"');
    expect(answer.html).toContain('is not an amount');
    expect((await now())?.version).toBe(1);
  });

  it('goes off the shelf and back', async () => {
    const { counter, browser, at, now } = await atLatte();

    const { to = '' } = await browser.submits(at, { do: 'archive' });
    expect((await browser.gets(to)).html).toContain('You can put it back below');
    expect((await now())?.isActive).toBe(false);
    expect(await counter.world.products.byWord(counter.shop.id, 'latte', 5)).toEqual([]);

    await browser.submits(at, { do: 'restore' });
    expect((await now())?.isActive).toBe(true);
    expect(await counter.world.products.byWord(counter.shop.id, 'latte', 5)).toHaveLength(1);
  });

  it('is counted, or not', async () => {
    const { counter, browser, latte, at } = await atLatte();
    const level = async () =>
      (await counter.world.stock.levels(counter.shop.id, [latte.id])).get(latte.id);

    await browser.submits(at, { do: 'stock', level: '12' });
    expect(await level()).toBe(12);
    for (const wrong of ['-1', '1.5', 'many', '1234567'])
      expect((await browser.submits(at, { do: 'stock', level: wrong })).status).toBe(422);
    expect(await level()).toBe(12);
    await browser.submits(at, { do: 'stock', level: '' });
    expect(await level()).toBeUndefined();
  });

  it('of another shop is the same page as none', async () => {
    const { counter, browser } = await atLatte();
    const theirs = await counter.sells({ shopId: 'shp_theirs', name: 'Theirs' });

    const unknown = await browser.gets(`${path}/prd_unknown`);
    for (const id of [theirs.id, 'nonsense', hostile]) {
      const at = `${path}/${encodeURIComponent(id)}`;
      expect(await browser.gets(at)).toMatchObject({ status: 404, html: unknown.html });
      expect((await browser.submits(at, { ...good, do: 'archive' }, path)).status).toBe(404);
    }
    expect(await counter.world.products.get('shp_theirs', theirs.id)).toEqual(theirs);
  });
});

describe('a catalog file', () => {
  function upload(text: string | Buffer, fields: Record<string, string>) {
    const boundary = 'xxBOUNDARYxx';
    const parts = Object.entries(fields).map(
      ([name, value]) =>
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const file = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="c.csv"\r\ncontent-type: text/csv\r\n\r\n`;
    const body = Buffer.concat([
      Buffer.from(parts.join('') + file),
      Buffer.from(text),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    return { body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
  }

  async function atImport() {
    const counter = openCounter();
    const { browser } = await counter.signedIn('staff');
    const at = `${path}/import`;
    const tries = async (text: string | Buffer) =>
      browser.posts(at, upload(text, hiddenIn((await browser.gets(at)).html)));
    const confirms = (page: string) => browser.posts(at, { form: hiddenIn(page) });
    return { counter, browser, at, tries, confirms };
  }

  const file =
    'sku,name,category,price,stock\nA,Latte,Coffee,3.50,5\nB,Mocha,Coffee,x,\nC,Tea,Tea,2,\n';

  it('is tried first: nothing is written, and each broken line is told', async () => {
    const { counter, tries } = await atImport();

    const trial = await tries(file);

    expect(trial.status).toBe(200);
    expect(trial.html).toContain('<td>3</td><td>price: “x” is not an amount');
    expect(trial.html).toContain('Import the 2 good ones');
    expect(await productsOf(counter)).toEqual([]);
  });

  it('is then written by one button, twice as once', async () => {
    const { counter, tries, confirms } = await atImport();
    const trial = await tries(file);

    const [first, second] = await Promise.all([confirms(trial.html), confirms(trial.html)]);
    const third = await confirms(trial.html);

    expect([first?.status, second?.status, third.status]).toEqual([200, 200, 200]);
    expect(third.html).toContain('0 added, 0 changed.');
    const products = await productsOf(counter);
    expect(products.map(({ name }) => name).toSorted()).toEqual(['Latte', 'Tea']);
    const levels = await counter.world.stock.levels(
      counter.shop.id,
      products.map(({ id }) => id),
    );
    expect([...levels.values()]).toEqual([5]);
    expect((await counter.currentShop()).categories).toContain('Tea');
  });

  it('comes out as it went in, with formulas made harmless', async () => {
    const { counter, browser, tries, confirms } = await atImport();
    await counter.sells({ name: '=HYPERLINK("https://evil.example")', description: '+1,"2"' });

    const out = await browser.gets(`${path}/export`);

    expect(out.headers['content-type']).toContain('text/csv');
    expect(out.headers['content-disposition']).toBe('attachment; filename="catalog.csv"');
    expect(out.html).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
    expect(out.html).toContain(`"'+1,""2"""`);
    const trial = await tries(out.html);
    expect(trial.html).toContain('There is nothing to import.');
    await confirms(trial.html);
    expect((await productsOf(counter))[0]?.name).toBe('=HYPERLINK("https://evil.example")');
  });

  it.each([
    ['nothing', '', 'Choose a file'],
    ['no text', Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe]), 'no text in UTF-8'],
    ['no columns', 'hello\nworld\n', 'must name the columns'],
  ])('with %s in it is told', async (_, text, why) => {
    const { tries } = await atImport();

    expect((await tries(text)).html).toContain(why);
  });

  it('that is too large is refused in words, however it comes', async () => {
    const { browser, at, tries } = await atImport();
    const large = `name,category,price\n${'Latte,Coffee,3.50\n'.repeat(230_000)}`;
    expect(Buffer.byteLength(large)).toBeGreaterThan(4_000_000);

    expect(await tries(large)).toMatchObject({
      status: 413,
      html: expect.stringContaining('4 MB at most'),
    });
    expect((await tries(Buffer.alloc(10_000_000, 'a'))).status).toBe(413);
    const bomb = gzipSync(Buffer.alloc(50_000_000, 'a')).toString('base64url');
    const fields = hiddenIn((await browser.gets(at)).html);
    const form = { ...fields, do: 'import', nonce: 'n'.repeat(43), packed: bomb };
    expect((await browser.posts(at, { form })).html).toContain('Choose a file');
    const long = `name,category,price\n${'L,C,3\n'.repeat(10_001)}`;
    expect((await tries(long)).html).toContain('10000 is the most at once');
  });

  it('of five thousand products is read, compared and written', { timeout: 60_000 }, async () => {
    const { counter, tries, confirms } = await atImport();
    const lines = Array.from({ length: 5000 }, (_, index) => `S${index},Tea ${index},Tea,2.50`);
    const all = `sku,name,category,price\n${lines.join('\n')}\n`;

    const trial = await tries(all.replace('Tea 2500,Tea,2.50', 'Tea 2500,Tea,"2.50'));
    expect(trial.html).toContain('never closed');
    const done = await confirms((await tries(all)).html);

    expect(done.html).toContain('5000 added, 0 changed.');
    expect((await tries(all)).html).toContain('There is nothing to import.');
    expect((await counter.currentShop()).categories).toContain('Tea');
  });

  it('stops in time and says how much is left, which pressing again does', async () => {
    const { counter, tries, confirms } = await atImport();
    const lines = Array.from({ length: 40 }, (_, index) => `Tea ${index},Tea,2.50`);
    const trial = await tries(`name,category,price\n${lines.join('\n')}\n`);
    const { save } = counter.world.products;
    // Each write takes two seconds of the clock.
    Object.assign(counter.world.products, {
      save: async (...args: Parameters<typeof save>) => {
        counter.time.nowMs += 2000;
        return save(...args);
      },
    });

    const first = await confirms(trial.html);
    expect(first.html).toMatch(/There was no time for \d+ more/u);
    const had = (await productsOf(counter)).length;
    expect(had).toBeGreaterThan(5);
    Object.assign(counter.world.products, { save });
    expect((await confirms(first.html)).html).toContain(`${40 - had} added`);

    expect(await productsOf(counter)).toHaveLength(40);
  });
});
