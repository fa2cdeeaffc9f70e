// Joe's Coffee as people use it: Ann buys on her phone, Joe sees it arrive in his console, serves it and gives part of it back.
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ann as annArcher, joe as joeKeller } from '../../local/seed.ts';
import { atJoes, opensConsole } from './opens-console.ts';
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

const joeOpensConsole = async () => opensConsole(two, await atJoes(two, joeKeller));

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
  await shown.goto(await (await atJoes(two, annArcher)).link('Review and pay'));
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
