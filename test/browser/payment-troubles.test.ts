// Payments that do not go straight through, in a real browser: 3-D Secure, a wrong PIN, a page closed half-way.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { pin } from '../journeys/driver/steps.ts';
import { seconds } from '../journeys/driver/wallet.ts';
import { openTwoPhones, phoneOf, type TwoPhones } from './two-phones.ts';

let two: TwoPhones;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  two = await openTwoPhones();
  await entersChat();
  await savesCardAndPin();
  await context.close();
});
afterAll(() => two.close());

beforeEach(entersChat);
afterEach(async () => {
  await context.close();
  const complaints = two.complaints();
  if (complaints.length > 0) throw new Error(`the browser complained: ${complaints.join('; ')}`);
});

async function entersChat() {
  context = await two.open({ viewport: { width: 1280, height: 860 } });
  page = await context.newPage();
  await page.goto(two.wallet.machine.url);
  await phoneOf(page, 'Bob Stone').phone.waitFor();
}

const ann = () => phoneOf(page, 'Ann Archer');
const bob = () => phoneOf(page, 'Bob Stone');

/** From the thread to our page in the panel. */
async function opensReview(amount: string, note: string) {
  await ann().writes(`send ${amount} to bob for ${note}`);
  await ann().sees(`Send ${amount}.00 to Bob Stone (@bob) for “${note}”?`);
  await ann().taps('Review and pay');
  await ann().panel.getByRole('heading', { name: 'Send to' }).waitFor();
}

/** Through Stripe's page and back, with one of the test cards that are offered there. */
async function picksCard(label: RegExp) {
  const { panel } = ann();
  await panel.getByRole('button', { name: /^(?:Add a card|Use another card)$/u }).click();
  await panel.getByText('Other test cards').click();
  await panel.getByRole('link', { name: label }).click();
  await panel.getByRole('button', { name: 'Save a card' }).click();
}

/** Ann has paid Bob once, so a card and a PIN are there, and Bob is nobody new. */
async function savesCardAndPin() {
  await opensReview('$1', 'gum');
  const { panel } = ann();
  await picksCard(/^Visa •••• 4242/u);
  await panel.getByLabel('New PIN').fill(pin);
  await panel.getByLabel('The same PIN again').fill(pin);
  await panel.getByRole('button', { name: 'Pay $1.00' }).click();
  await panel.getByRole('heading', { name: 'Paid' }).waitFor();
  await two.wallet.later(seconds(11));
}

async function chargesOf(minor: number) {
  await two.wallet.settled();
  return (await two.wallet.books()).charges.filter(({ amount }) => amount === minor);
}

test('a 3-D Secure card: to the bank and back, in the panel', async () => {
  await opensReview('$60', 'the concert');
  const { panel } = ann();
  await picksCard(/3184$/u);
  await panel.getByRole('button', { name: 'Yes, complete' }).click();
  await panel.getByLabel('Visa •• 3184').check();
  await panel.getByLabel('Your PIN').fill(pin);
  await panel.getByRole('button', { name: 'Pay $60.00' }).click();
  await panel.getByRole('heading', { name: 'Is it you?' }).waitFor();

  await panel.getByRole('button', { name: 'Yes, complete' }).click();

  await panel.getByRole('heading', { name: 'Paid' }).waitFor();
  await panel.getByRole('link', { name: 'Back to the chat' }).click();
  await ann().sees(/\$60\.00 .*charged to your Visa •• 3184/u);
  await bob().sees(/sent you \$60\.00 for “the concert”/u);
  expect(await chargesOf(6000)).toMatchObject([{ status: 'succeeded' }]);
});

test('a wrong PIN is told how many tries are left, and charges nothing', async () => {
  await opensReview('$61', 'a train');
  const { panel } = ann();
  await panel.getByLabel('Visa •• 4242').check();
  await panel.getByLabel('Your PIN').fill('111222');
  await panel.getByRole('button', { name: 'Pay $61.00' }).click();

  const problem = panel.getByRole('alert');
  await problem.waitFor();
  expect(await problem.textContent()).toMatch(
    /^That PIN is not right\. 4 tries are left .* Nothing was charged\.$/u,
  );
  expect(two.complaints()).toEqual([expect.stringContaining('422')]);
  expect(await panel.getByLabel('Your PIN').inputValue()).toBe('');
  await panel.getByLabel('Visa •• 4242').check();
  await panel.getByLabel('Your PIN').fill(pin);
  await panel.getByRole('button', { name: 'Pay $61.00' }).click();

  await panel.getByRole('heading', { name: 'Paid' }).waitFor();
  expect(await chargesOf(6100)).toHaveLength(1);
});

test('the panel closed on our page, on Stripe’s and before Pay: the thread opens it again where it was', async () => {
  await ann().writes('send $4 to bob for tea');
  await ann().sees(/^Send \$4\.00 to Bob Stone/u);
  const { panel, phone } = ann();
  const opens = async () => {
    await ann().taps('Review and pay');
    await panel.getByRole('heading', { name: 'Send to Bob Stone' }).waitFor();
  };
  const closes = async () => {
    await phone.getByRole('button', { name: 'Close page' }).click();
    await page.getByTitle('Webview').waitFor({ state: 'detached' });
  };

  await opens();
  await closes();
  await opens();
  await panel.getByRole('button', { name: 'Use another card' }).click();
  await panel.getByRole('heading', { name: 'Save a card' }).waitFor();
  await closes();
  await opens();
  await picksCard(/^Mastercard •••• 4444/u);
  await panel.getByText('Mastercard •• 4444').waitFor();
  await closes();
  await opens();
  await panel.getByLabel('Mastercard •• 4444').check();
  await panel.getByRole('button', { name: 'Pay $4.00' }).click();

  await panel.getByRole('heading', { name: 'Paid' }).waitFor();
  await ann().sees(/\$4\.00 .*charged to your Mastercard •• 4444/u);
  expect(await chargesOf(400)).toHaveLength(1);
});
