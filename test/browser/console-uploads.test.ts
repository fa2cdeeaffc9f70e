// Files as Joe has them: a phone's photo becomes a product's picture that Ann sees, and a receipt goes to a bank with his answer.
import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { joesPage } from '../../local/joes-coffee/page.ts';
import { ann as annArcher, joe as joeKeller } from '../../local/seed.ts';
import { aPng } from '../builders/picture-files.ts';
import { person } from '../journeys/driver/person.ts';
import { standInPhone } from '../journeys/driver/stand-in-phone.ts';
import { brokenRules } from './page-rules.ts';
import { openTwoPhones, type TwoPhones } from './two-phones.ts';

let two: TwoPhones;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  two = await openTwoPhones();
});
afterAll(() => two.close());
beforeEach(async () => {
  await signIn({});
});
afterEach(async () => {
  await context.close();
});

const at = (path: string) => `${two.wallet.machine.url}${path}`;

async function atJoes({ id, name }: { readonly id: string; readonly name: string }) {
  const door = { url: two.wallet.machine.messengerUrl, pageId: joesPage.id };
  return person(name, await standInPhone(door, { id, name }));
}

async function signIn(options: Parameters<TwoPhones['open']>[0]): Promise<void> {
  context = await two.open(options);
  page = await context.newPage();
  const joe = await atJoes(joeKeller);
  await joe.writes('console');
  // Not the link of an earlier time.
  await two.wallet.settled();
  await page.goto(await joe.link('Open the console'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Orders' }).waitFor();
}

/** Grey noise, which no format makes small: some megabytes, as a phone's photo has. */
function photo(width: number, height: number): Buffer {
  const rows = randomBytes((width + 1) * height);
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0;
  const flat = aPng(width, height);
  const start = flat.indexOf('IDAT') - 4;
  const data = Buffer.concat([Buffer.from('IDAT'), deflateSync(rows)]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length - 4);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(data));
  return Buffer.concat([flat.subarray(0, start), length, data, sum, flat.subarray(-12)]);
}

async function opensProduct(name: string): Promise<void> {
  await page.goto(at(`/console/catalog?q=${encodeURIComponent(name)}`));
  await page.getByRole('link', { name: new RegExp(name, 'u') }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
}

const isDrawn = (image: object) =>
  'naturalWidth' in image && typeof image.naturalWidth === 'number' && image.naturalWidth > 0;

test('a photo of megabytes is made small, stored, and seen in the catalog, by Messenger and on Ann’s bill', async () => {
  const large = photo(1800, 1400);
  expect(large.length).toBeGreaterThan(2_000_000);
  await opensProduct('Flat white');

  await page
    .getByLabel(/Choose another one/u)
    .setInputFiles({ name: 'IMG_0001.png', mimeType: 'image/png', buffer: large });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved.').waitFor();

  const shown = page.getByAltText('The picture as it is now');
  const url = (await shown.getAttribute('src')) ?? '';
  expect(url).toMatch(/\/pictures\/pic_[a-z2-7]{20}$/u);
  expect(await shown.evaluate(isDrawn)).toBe(true);
  expect(await brokenRules(page)).toEqual([]);
  const answer = await fetch(url);
  expect(answer.headers.get('content-type')).toBe('image/jpeg');
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect((await answer.arrayBuffer()).byteLength).toBeLessThanOrEqual(300_000);
  await page.goto(at('/console/catalog'));
  await page.locator(`img[src="${url}"]`).scrollIntoViewIfNeeded();
  await expect.poll(() => page.locator(`img[src="${url}"]`).evaluate(isDrawn)).toBe(true);

  const ann = await atJoes(annArcher);
  await ann.writes('order two flat whites');
  await ann.writes('checkout');
  await two.wallet.settled();
  const bill = await (await two.open()).newPage();
  await bill.goto(await ann.link('Review and pay'));
  const picture = bill.locator('.lines img');
  expect(await picture.getAttribute('src')).toBe(new URL(url).pathname);
  await expect.poll(() => picture.evaluate(isDrawn)).toBe(true);
  await bill.context().close();
});

test('without scripts a small picture is taken, and a large one is refused with all that was typed', async () => {
  await context.close();
  await signIn({ javaScriptEnabled: false });
  await page.goto(at('/console/catalog/new'));
  await page.getByLabel(/^Name/u).fill('Cortado');
  await page.getByLabel(/^Category/u).fill('Coffee');
  await page.getByLabel(/^Price/u).fill('3.80');
  const choose = page.getByLabel(/Choose a picture/u);
  await choose.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: photo(1200, 900) });
  await page.getByRole('button', { name: 'Add to the catalog' }).click();
  await page.getByText('The picture has more than 300 KB').waitFor();
  expect(await page.getByLabel(/^Name/u).inputValue()).toBe('Cortado');

  await choose.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: aPng(320, 240) });
  await page.getByRole('button', { name: 'Add to the catalog' }).click();

  await page.getByText('Added.').waitFor();
  expect(await page.getByAltText('The picture as it is now').getAttribute('src')).toContain(
    '/pictures/',
  );
});

test('Joe answers a dispute with a receipt, once, and the bank has both', async () => {
  const ann = await atJoes(annArcher);
  await ann.writes('order a croissant');
  await ann.writes('checkout');
  await two.wallet.settled();
  const buyer = await (await two.open()).newPage();
  await buyer.goto(await ann.link('Review and pay'));
  await buyer.getByRole('button', { name: /^Pay \$/u }).click();
  await buyer.getByText('Other test cards').click();
  await buyer.getByRole('link', { name: /0259/u }).click();
  await buyer.getByRole('button', { name: /^Pay \$/u }).click();
  await buyer.getByText('Your order number').waitFor();
  await buyer.context().close();
  await two.wallet.settled();
  await page.goto(at('/console/orders'));
  await page
    .getByRole('link', { name: /Croissant/u })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Dispute' }).waitFor();
  await page.getByText(/days are left/u).waitFor();

  await page.getByLabel(/Your answer to the bank/u).fill('She drank it here.');
  await page.getByText('Files that show it…').click();
  const receipt = {
    name: 'till.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7\n%%EOF'),
  };
  await page.getByLabel(/^Receipt/u).setInputFiles(receipt);
  await page
    .getByLabel(/^Messages/u)
    .setInputFiles({ ...receipt, name: 'chat.svg', buffer: Buffer.from('<svg/>') });
  await page.getByLabel(/sent only once/u).check();
  await page.getByRole('button', { name: 'Send to the bank' }).click();
  await page.getByText('neither PDF nor JPEG nor PNG').waitFor();
  await page.getByText('Stripe has this file ready').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await page.getByLabel(/sent only once/u).check();
  await page.getByRole('button', { name: 'Send to the bank' }).click();

  await page.getByText('The evidence is with the bank.').waitFor();
  expect(await page.getByRole('button', { name: 'Send to the bank' }).count()).toBe(0);
});
