// Joe's Coffee as people use it: Ann buys on her phone, Joe sees it arrive in his console, serves it and gives part of it back.
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ann as annArcher, joe as joeKeller } from '../../local/seed.ts';
import { joesPage } from '../../local/joes-coffee/page.ts';
import { person } from '../journeys/driver/person.ts';
import { standInPhone } from '../journeys/driver/stand-in-phone.ts';
import { brokenRules } from './page-rules.ts';
import { takePicture } from './take-picture.ts';
import { openTwoPhones, phoneOf, type TwoPhones } from './two-phones.ts';

// Whole stories with pictures, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let two: TwoPhones;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  two = await openTwoPhones();
});
afterAll(() => two.close());

beforeEach(async () => {
  context = await two.open({ viewport: { width: 1280, height: 860 } });
  page = await context.newPage();
  await page.goto(two.wallet.machine.url);
  await phoneOf(page, 'Ann Archer').phone.waitFor();
});
afterEach(async () => {
  await context.close();
  const complaints = two.complaints();
  if (complaints.length > 0) throw new Error(`the browser complained: ${complaints.join('; ')}`);
});

const ann = () => phoneOf(page, 'Ann Archer');

/** Somebody's thread with Joe's Coffee. */
async function atJoes({ id, name }: { readonly id: string; readonly name: string }) {
  const door = { url: two.wallet.machine.messengerUrl, pageId: joesPage.id };
  return person(name, await standInPhone(door, { id, name }));
}

/** Joe signs in by the link in his own thread. */
async function joeOpensConsole(options: Parameters<TwoPhones['open']>[0] = {}): Promise<Page> {
  const joe = await atJoes(joeKeller);
  await joe.writes('console');
  // Not the link of an earlier time.
  await two.wallet.settled();
  const joes = await (await two.open(options)).newPage();
  await joes.goto(await joe.link('Open the console'));
  await joes.getByRole('button', { name: 'Sign in' }).click();
  await joes.getByRole('heading', { name: 'Orders' }).waitFor();
  return joes;
}

const bothSizes = async (shown: Page, name: string) => {
  await takePicture(shown, `${name}-360`, { width: 360, height: 740 });
  await takePicture(shown, `${name}-1280`, { width: 1280, height: 800 });
};

/** The chat page, scrolled to what the picture is about. */
async function picturesOfThread(name: string, about: Locator) {
  for (const [width, height] of [
    [360, 740],
    [1280, 860],
  ] as const) {
    await page.setViewportSize({ width, height });
    await about.scrollIntoViewIfNeeded();
    await takePicture(page, `${name}-${width}`);
  }
}

/** The bill in a browser of its own: a phone's panel is too small for a desk's picture. */
async function picturesOfBill() {
  const shown = await (await two.open()).newPage();
  await shown.goto(await (await atJoes(annArcher)).link('Review and pay'));
  await shown.getByRole('button', { name: /^Pay \$/u }).waitFor();
  // As high as the page, so that what sticks to the lower edge is there.
  await takePicture(shown, 'order-360', { width: 360, height: 1180 });
  await takePicture(shown, 'order-1280', { width: 1280, height: 1080 });
  await shown.context().close();
}

test('Ann orders two flat whites; Joe sees them come without reloading, serves them, and refunds a part', async () => {
  const joes = await joeOpensConsole();
  await joes.getByText('No orders yet').waitFor();

  await ann().phone.getByRole('button', { name: 'Chats' }).click();
  await ann()
    .phone.getByRole('button', { name: /Joe’s Coffee/u })
    .click();
  await ann().phone.getByRole('button', { name: 'What do you have?' }).click();
  await ann().phone.getByRole('button', { name: 'Coffee', exact: true }).last().click();
  await ann().phone.getByRole('group', { name: 'Cards' }).waitFor();
  await picturesOfThread('shop-catalog', ann().phone.getByRole('group', { name: 'Cards' }));
  await ann().writes('order two flat whites and a croissant');
  await ann().sees(/2 × Flat white/u);
  await ann().writes('checkout');
  await ann().sees(/Total · \$12\.79/u);
  const pay = ann().phone.getByRole('button', { name: 'Review and pay' }).last();
  await picturesOfThread('shop-chat', pay);
  await picturesOfBill();
  await ann().taps('Review and pay');
  const { panel } = ann();
  await panel.getByRole('button', { name: /^Pay \$12\.79/u }).click();
  await panel.getByText('Other test cards').click();
  await panel.getByRole('link', { name: /^Mastercard •••• 4444/u }).click();
  await panel.getByRole('button', { name: 'Pay $12.79' }).click();
  await panel.getByText('Your order number').waitFor();
  await page.keyboard.press('Escape');
  await ann().sees(/received your order .* and \$12\.79/u);

  const row = joes.getByRole('link', { name: /Ann Archer/u });
  await row.waitFor();
  expect(await row.textContent()).toContain('2 × Flat white, 1 × Croissant');
  await row.click();
  await joes.getByRole('button', { name: 'Start preparing' }).click();
  await joes.getByRole('button', { name: 'Ready for pick-up' }).click();
  await ann().sees(/is ready to be picked up/u);
  await joes.getByRole('button', { name: 'Handed over' }).click();
  await joes.getByText('Refund…').click();
  await joes.getByLabel('A part of it').check();
  await joes.getByLabel(/How much, if a part/u).fill('3.54');
  await joes.getByRole('button', { name: 'Refund', exact: true }).click();

  await ann().sees(/\$3\.54 .*is on its way back to your card/u);
  await two.wallet.settled();
  await takePicture(page, 'shop-paid-1280');
  await takePicture(page, 'shop-paid-360', { width: 360, height: 740 });
  await joes.context().close();
});

/** A key for the cash desk, and an endpoint that hears of two kinds of events. */
async function fillApi(joes: Page): Promise<void> {
  await joes.goto(`${two.wallet.machine.url}/console/api`);
  await joes.getByLabel(/^Name/u).fill('Cash desk');
  for (const right of ['See orders', 'Move orders on', 'Give money back'])
    await joes.getByLabel(new RegExp(`^${right}`, 'u')).check();
  await joes.getByRole('button', { name: 'Make the key' }).click();
  await joes.getByText('it is shown this once').waitFor();
  await joes.getByLabel(/^Address/u).fill('https://hooks.joe.example/tender');
  for (const event of ['Paid', 'A refund arrived'])
    await joes.getByLabel(new RegExp(`^${event}`, 'u')).check();
  await joes.getByRole('button', { name: 'Add the endpoint' }).click();
  await joes.getByText('The secret of hooks.joe.example').waitFor();
}

test('every page of the console on a 360 px phone and on a desk, without scripts, from the keyboard', async () => {
  const joes = await joeOpensConsole({ javaScriptEnabled: false });
  const broken: string[] = [];
  const looksAt = async (path: string) => {
    await joes.goto(`${two.wallet.machine.url}${path}`);
    await joes.getByRole('heading', { level: 1 }).waitFor();
    broken.push(...(await brokenRules(joes)));
  };

  await looksAt('/console/orders');
  await looksAt('/console/catalog');
  await looksAt('/console/catalog/new');
  await looksAt('/console/catalog/import');
  await looksAt('/console/settings');
  await looksAt('/console/payouts');
  await looksAt('/console/team');
  await fillApi(joes);
  await looksAt('/console/api');
  await joes.getByRole('link', { name: /joe\.example/u }).click();
  await joes.getByRole('heading', { name: 'Webhook endpoint' }).waitFor();
  broken.push(...(await brokenRules(joes)));
  await joes.context().close();
  expect(broken).toEqual([]);
});

test('the page beside the API’s document: it fits, is readable, and can be walked by keyboard', async () => {
  await page.goto(`${two.wallet.machine.url}/v1/docs`);
  await bothSizes(page, 'api-docs');

  // A reference is read at a desk: its links stand in tables as words do, and are not as large as a button.
  const broken = (await brokenRules(page)).filter((rule) => !rule.endsWith(' px'));

  expect(broken).toEqual([]);
});
