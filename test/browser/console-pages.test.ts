// Every page of Joe's console after a day of selling, on a phone and on a desk, and what each of his team sees of it.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type LocalServer, startLocalServer } from '../builders/local-server.ts';
import { pictureOf } from '../../local/joes-coffee/pictures.ts';
import { type JoesDay, joesDay } from './joes-day.ts';
import { opensConsole } from './opens-console.ts';
import { brokenRules } from './page-rules.ts';
import { takePicture } from './take-picture.ts';
import { openTwoPhones, type TwoPhones } from './two-phones.ts';

// Some forty pages are drawn, on a machine that may be busy.
vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

let two: TwoPhones;
let hooks: LocalServer;
let day: JoesDay;
beforeAll(async () => {
  [two, hooks] = await Promise.all([openTwoPhones(), startLocalServer()]);
  day = await joesDay(two.wallet, `${hooks.url}/tender`);
});
afterAll(async () => {
  await two.close();
  await hooks.close();
});

const at = (path: string) => `${two.wallet.machine.url}${path}`;

async function bothSizes(page: Page, name: string): Promise<void> {
  await takePicture(page, `${name}-360`, { width: 360, height: 740 });
  await takePicture(page, `${name}-1280`, { width: 1280, height: 800 });
}

const pages: readonly (readonly [name: string, path: (of: JoesDay) => string])[] = [
  ['console-orders', () => '/console/orders'],
  ['console-order', ({ orders }) => orders.served],
  ['console-order-shipped', ({ orders }) => orders.shipped],
  ['console-refund-asked', ({ orders }) => orders.wish],
  ['console-dispute', ({ orders }) => orders.dispute],
  ['console-bills', () => '/console/bills'],
  ['console-bill', ({ bill }) => bill.path],
  ['console-catalog', () => '/console/catalog'],
  ['console-settings', () => '/console/settings'],
  ['console-payouts', () => '/console/payouts'],
  ['console-team', () => '/console/team'],
  ['console-passkeys', () => '/console/passkeys'],
  ['console-api', () => '/console/api'],
];

test('each page fits, is readable, and can be walked by keyboard, as it is on a full day', async () => {
  const joe = await opensConsole(two, day.joe);
  const broken: string[] = [];
  for (const [name, path] of pages) {
    await joe.goto(at(path(day)));
    await joe.getByRole('heading', { level: 1 }).waitFor();
    await bothSizes(joe, name);
    broken.push(...(await brokenRules(joe)));
  }
  for (const [name, opens] of forms) {
    await opens(joe);
    await bothSizes(joe, name);
    broken.push(...(await brokenRules(joe)));
  }
  await joe.context().close();
  expect(broken).toEqual([]);
});

const signedOut = async (page: Page) => {
  await page.goto(at('/console/orders'));
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.goto(at('/console/sign-in'));
};

const csv = `name,category,price,stock
Flat white,Coffee,4.50,
Cortado,Coffee,3.95,
Carrot cake,Bakery,lots,6
Oat cookie,,2.75,12
Lemon tart,Bakery,4.80,8
`;

/** Pages that are as they are only after something was done on them. */
const forms: readonly (readonly [name: string, opens: (page: Page) => Promise<void>])[] = [
  [
    'console-product',
    async (page) => {
      await page.goto(at('/console/catalog?q=croissant'));
      await page.getByRole('link', { name: /^Croissant/u }).click();
      const picture = { name: 'croissant.png', mimeType: 'image/png', buffer: await croissant() };
      await page.getByLabel(/Choose another one/u).setInputFiles(picture);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Saved.').waitFor();
    },
  ],
  [
    'console-import',
    async (page) => {
      await page.goto(at('/console/catalog/import'));
      const file = { name: 'menu.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
      await page.getByLabel(/CSV file/u).setInputFiles(file);
      await page.getByRole('button', { name: 'Try the file' }).click();
      await page.getByText('is not an amount').waitFor();
    },
  ],
  [
    'console-bill-form',
    async (page) => {
      await page.goto(at('/console/bills/new'));
      await page.getByLabel('What it is for').first().fill('Birthday cake, carrot, for 12');
      await page.getByLabel('Price of one').first().fill('46.00');
    },
  ],
  [
    'console-endpoint',
    async (page) => {
      await page.goto(at('/console/api'));
      await page.getByRole('link', { name: /tender/u }).click();
      await page.getByRole('heading', { name: 'Webhook endpoint' }).waitFor();
    },
  ],
  ['console-sign-in', signedOut],
];

/** Joe's own picture of it, as a file of pixels. */
async function croissant(): Promise<Buffer> {
  const page = await (await two.open({ viewport: { width: 368, height: 320 } })).newPage();
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${pictureOf('pastry')}`);
  const picture = await page.screenshot();
  await page.context().close();
  return picture;
}

/** As high as the page, so that what sticks to the lower edge is there. */
const wholePage = async (page: Page, name: string, heights: readonly [number, number]) => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await takePicture(page, `${name}-360`, { width: 360, height: heights[0] });
  await takePicture(page, `${name}-1280`, { width: 1280, height: heights[1] });
  return brokenRules(page);
};

async function choosesShipping(page: Page): Promise<void> {
  await page.getByText('Standard, 3–5 days').click();
  await page.getByLabel('Street and number').fill('38 Smith Street');
  await page.getByLabel('City').fill('Brooklyn');
  await page.getByLabel('State').fill('NY');
  await page.getByLabel('Postal code').fill('11201');
  await page.getByRole('button', { name: 'Update the total' }).click();
  await page.getByText('$24.22').first().waitFor();
}

async function joeRefundsTheLatest(): Promise<void> {
  const joe = await opensConsole(two, day.joe);
  await joe
    .getByRole('link', { name: /Ann Archer/u })
    .first()
    .click();
  await joe.getByText('Refund…').click();
  await joe.getByLabel('A part of it').check();
  await joe.getByLabel(/How much, if a part/u).fill('3.54');
  await joe.getByRole('button', { name: 'Refund', exact: true }).click();
  await joe.getByText('The refund is on its way').first().waitFor();
  await two.wallet.settled();
  await joe.context().close();
}

test('a bill with an address, paid with a kept card and given back in part, and a bill of a link, as buyers see them', async () => {
  const { ann, bill } = day;
  await ann.writes('order a house blend and a croissant');
  await ann.writes('checkout');
  await two.wallet.settled();
  const page = await (await two.open()).newPage();
  const broken: string[] = [];
  await page.goto(await ann.link('Review and pay'));
  await choosesShipping(page);
  broken.push(...(await wholePage(page, 'order-shipping', [1760, 1420])));
  await page.getByText('Pick it up').click();
  await page.getByRole('button', { name: 'Update the total' }).click();
  const pay = page.getByRole('button', { name: /^Pay \$18\.78 with Visa/u });
  await pay.waitFor();
  broken.push(...(await wholePage(page, 'order-kept-card', [1270, 1100])));
  await pay.click();
  await page.getByText('Your order number').waitFor();
  broken.push(...(await wholePage(page, 'order-paid', [740, 800])));
  await joeRefundsTheLatest();
  await page.reload();
  await page.getByText('$3.54').first().waitFor();
  broken.push(...(await wholePage(page, 'order-refunded', [740, 800])));
  await page.goto(bill.url);
  broken.push(...(await wholePage(page, 'bill-by-link', [1280, 1100])));
  await page.context().close();
  expect(broken).toEqual([]);
});

test('who only looks finds nothing to press, and staff nothing that is the owner’s', async () => {
  const reader = await opensConsole(two, day.reader);
  for (const [, path] of pages) {
    await reader.goto(at(path(day)));
    const buttons = await reader.getByRole('button').allTextContents();
    const own = ['Sign out', 'Search', 'Add a passkey'];
    expect(buttons.filter((each) => !own.includes(each))).toEqual([]);
  }
  const staff = await opensConsole(two, day.staff);
  for (const place of ['settings', 'payouts', 'team', 'api']) {
    expect((await staff.goto(at(`/console/${place}`)))?.status()).toBe(403);
    expect(await staff.locator(`nav a[href$="${place}"]`).count()).toBe(0);
  }
  await staff.goto(at(day.orders.wish));
  await staff.getByRole('button', { name: /^Refund \$/u }).waitFor();
  await staff.context().close();
  await reader.context().close();
});
