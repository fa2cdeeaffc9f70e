// A passkey as Joe has one: Chromium's own authenticator makes it and signs, and the console lets him in without a link.
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { joesPage } from '../../local/joes-coffee/page.ts';
import { joe as joeKeller } from '../../local/seed.ts';
import { person } from '../journeys/driver/person.ts';
import { standInPhone } from '../journeys/driver/stand-in-phone.ts';
import { brokenRules } from './page-rules.ts';
import { openTwoPhones, type TwoPhones } from './two-phones.ts';

let two: TwoPhones;
let context: BrowserContext;
let page: Page;
let device: CDPSession;
let authenticatorId: string;

beforeAll(async () => {
  two = await openTwoPhones();
});
afterAll(() => two.close());

beforeEach(async () => {
  context = await two.open();
  page = await context.newPage();
  device = await context.newCDPSession(page);
  await device.send('WebAuthn.enable');
  ({ authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  }));
});
afterEach(async () => {
  await context.close();
});

const at = (path: string) => `${two.wallet.machine.url}${path}`;

async function signsInByLink(): Promise<void> {
  const door = { url: two.wallet.machine.messengerUrl, pageId: joesPage.id };
  const joe = person(joeKeller.name, await standInPhone(door, joeKeller));
  await joe.writes('console');
  // Not the link of an earlier time.
  await two.wallet.settled();
  await page.goto(await joe.link('Open the console'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Orders' }).waitFor();
}

async function addsPasskey(name: string): Promise<void> {
  await page.getByRole('link', { name: 'Passkeys' }).click();
  await page.getByLabel(/^Name/u).fill(name);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('this passkey signs you in, without a link').waitFor();
}

async function signsOut(): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign in with a passkey' }).click();
}

const signsIn = () => page.getByRole('button', { name: 'Sign in with a passkey' }).click();

async function keptOnDevice() {
  const { credentials } = await device.send('WebAuthn.getCredentials', { authenticatorId });
  return credentials;
}

test('Joe adds a passkey, signs out, and comes back by it; removed, it lets nobody in', async () => {
  const broken: string[] = [];
  await signsInByLink();
  await addsPasskey('Phone at the counter');
  broken.push(...(await brokenRules(page)));
  expect(await keptOnDevice()).toMatchObject([
    { isResidentCredential: true, rpId: 'localhost', userName: expect.stringContaining('Joe') },
  ]);

  await signsOut();
  broken.push(...(await brokenRules(page)));
  await signsIn();
  await page.getByRole('heading', { name: 'Orders' }).waitFor();

  // Whoever opens any page of the console signed out is asked at that very page.
  await context.clearCookies();
  await page.goto(at('/console/catalog'));
  await signsIn();
  await page.getByRole('heading', { name: 'Orders' }).waitFor();

  await page.getByRole('link', { name: 'Passkeys' }).click();
  await page.getByText(/last used/u).waitFor();
  await page.getByRole('button', { name: 'Remove Phone at the counter' }).click();
  await page.getByText('You came in by it, so you are signed out').waitFor();
  await page.getByRole('link', { name: 'Sign in with a passkey' }).click();
  await signsIn();
  await page.getByRole('heading', { name: 'This passkey was removed' }).waitFor();
  expect(broken).toEqual([]);
  // A page that needs somebody signed in says so with 401, and Chromium notes that.
  expect(two.complaints().filter((words) => !/status of 40[13]/u.test(words))).toEqual([]);
});

test('a second passkey on the same device, a cancelled one, and a copy of one are told in words', async () => {
  await signsInByLink();
  await addsPasskey('Laptop');
  await page.getByLabel(/^Name/u).fill('Once more');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('This device has a passkey for this shop already.').waitFor();

  const [passkey] = await keptOnDevice();
  if (passkey === undefined) throw new Error('No passkey is kept.');
  await signsOut();
  await signsIn();
  await page.getByRole('heading', { name: 'Orders' }).waitFor();
  const copy = { ...passkey, signCount: 0 };
  const { credentialId } = passkey;
  await device.send('WebAuthn.removeCredential', { authenticatorId, credentialId });
  await device.send('WebAuthn.addCredential', { authenticatorId, credential: copy });
  await signsOut();
  await signsIn();
  await page.getByText('It seems that there is a copy of it.').waitFor();

  await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await page.goto(at('/console/sign-in'));
  await signsIn();
  await page.getByText('Nothing was done: it was cancelled').waitFor();
  expect(two.complaints().filter((words) => !/status of 40[13]/u.test(words))).toEqual([]);
});

test('without scripts, or in a browser that knows no passkeys, the page tells of the link alone', async () => {
  const plain = await two.open({ javaScriptEnabled: false });
  const shown = await plain.newPage();
  await shown.goto(at('/console/sign-in'));
  await shown.getByText('The answer is a link that signs you in here.').waitFor();
  expect(await shown.getByRole('button').count()).toBe(0);
  await plain.close();

  const old = await two.open();
  await old.addInitScript('delete globalThis.PublicKeyCredential');
  const oldPage = await old.newPage();
  await oldPage.goto(at('/console/sign-in'));
  await oldPage.getByText('The answer is a link that signs you in here.').waitFor();
  expect(await oldPage.getByRole('button').count()).toBe(0);
  await old.close();
  expect(two.complaints()).toEqual([]);
});
