// The first payment as people make it: on two phones, through our page and Stripe's, in a real browser.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { pin } from '../journeys/driver/steps.ts';
import { brokenRules } from './page-rules.ts';
import { takePicture } from './take-picture.ts';
import { openTwoPhones, phoneOf, type TwoPhones } from './two-phones.ts';

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
  await phoneOf(page, 'Bob Stone').phone.waitFor();
});
afterEach(async () => {
  await context.close();
  const complaints = two.complaints();
  if (complaints.length > 0) throw new Error(`the browser complained: ${complaints.join('; ')}`);
});

const ann = () => phoneOf(page, 'Ann Archer');
const bob = () => phoneOf(page, 'Bob Stone');

/** Through Stripe's page and back, with one of the test cards that are offered there. */
async function picksCard(label: RegExp) {
  const { panel } = ann();
  await panel.getByRole('button', { name: /^(?:Add a card|Use another card)$/u }).click();
  await panel.getByText('Other test cards').click();
  await panel.getByRole('link', { name: label }).click();
  await panel.getByRole('button', { name: 'Save a card' }).click();
}

test('Ann writes, adds a card, chooses a PIN and pays; Bob sees the money; both get a receipt', async () => {
  const left = page.getByRole('region', { name: /phone$/u }).first();
  expect(await left.getAttribute('aria-label')).toBe("Ann Archer's phone");
  await ann().writes('send $20 to bob for lunch');
  await ann().sees(/^Send \$20\.00 to Bob Stone \(@bob\) for “lunch”\?/u);
  await takePicture(page, 'chat-360', { width: 360, height: 740 });
  await ann().taps('Review and pay');
  const { panel } = ann();
  await panel.getByRole('heading', { name: 'Send to Bob Stone (@bob)' }).waitFor();
  expect(await panel.locator('input').count()).toBe(0);
  await picksCard(/^Visa •••• 4242/u);
  await panel.getByText('Visa •• 4242').waitFor();
  await panel.getByLabel('New PIN').fill(pin);
  await panel.getByLabel('The same PIN again').fill(pin);
  await panel.getByRole('button', { name: 'Pay $20.00' }).click();
  await panel.getByRole('heading', { name: 'Paid' }).waitFor();
  await page.keyboard.press('Escape');

  await ann().sees(/charged to your Visa •• 4242\. It goes out in 10 seconds/u);
  await bob().sees(/^Ann \(@ann\) sent you \$20\.00 for “lunch”/u);
  expect(await bob().phone.getByText('Receipt', { exact: true }).count()).toBe(0);
  await page.getByTitle('Webview').waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Skip 10 s' }).click();

  await bob().sees('$20.00 from Ann is on its way to your account.');
  await ann().sees('Bob got your $20.00.');
  for (const { phone } of [ann(), bob()]) {
    await phone.getByRole('log').getByText('Total').waitFor();
    await phone.getByRole('log').getByText('lunch', { exact: true }).waitFor();
  }
  await two.wallet.settled();
  expect((await two.wallet.books()).transfers).toMatchObject([{ amount: 2000, reversed: 0 }]);
  await takePicture(page, 'chat-1280');
});

test('every page of ours on a 360 px phone, without scripts, from the keyboard', async () => {
  const mia = await two.wallet.member({ name: 'Mia Moreno' });
  const hers = await two.open({ javaScriptEnabled: false });
  const phone = await hers.newPage();
  const presses = (name: string) => phone.getByRole('button', { name }).press('Enter');
  const broken: string[] = [];
  const looksAt = async (heading: string, picture?: string) => {
    await phone.getByRole('heading', { name: heading }).waitFor();
    if (picture !== undefined) await takePicture(phone, picture);
    broken.push(...(await brokenRules(phone)));
  };

  await mia.writes('send $20 to @bob for lunch');
  await phone.goto(await mia.link('Review and pay'));
  await looksAt('Add a card to pay', 'card-360');
  await presses('Add a card');
  await presses('Save a card');
  await phone.getByLabel('New PIN').fill(pin);
  await phone.getByLabel('The same PIN again').fill(pin);
  await looksAt('Send to Bob Stone (@bob)', 'pay-360');
  await phone.getByLabel('The same PIN again').press('Enter');
  await looksAt('Paid', 'paid-360');

  await mia.writes('who am i');
  await phone.goto(await mia.link('Set up payouts'));
  await looksAt('Where shall we pay it?', 'payout-360');
  await phone.getByLabel('Your PIN').fill(pin);
  await presses('Continue to Stripe');
  await presses('Agree and get paid');
  await looksAt('You are set up');

  await mia.writes('settings');
  await phone.goto(await mia.link('Open settings'));
  await looksAt('Change your PIN', 'settings-360');
  await presses('Remove Visa •• 4242');
  await phone.getByText('The card is no longer saved.').waitFor();
  await looksAt('Settings');

  await phone.getByRole('link', { name: 'Terms' }).press('Enter');
  await looksAt('What you can rely on', 'terms-360');
  await hers.close();
  expect(broken).toEqual([]);
});
