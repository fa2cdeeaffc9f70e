// Joe's console on its first day, with nothing in it and without scripts, and the page beside the API's document.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { joe as joeKeller } from '../../local/seed.ts';
import { atJoes, opensConsole } from './opens-console.ts';
import { brokenRules } from './page-rules.ts';
import { takePicture } from './take-picture.ts';
import { openTwoPhones, type TwoPhones } from './two-phones.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let two: TwoPhones;
beforeAll(async () => {
  two = await openTwoPhones();
});
afterAll(() => two.close());

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
  const joe = await atJoes(two, joeKeller);
  const joes = await opensConsole(two, joe, { javaScriptEnabled: false });
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
  expect(two.complaints()).toEqual([]);
});

test('the page beside the API’s document: it fits, is readable, and can be walked by keyboard', async () => {
  // On a phone its wide tables scroll, and a browser stops at each of them, too.
  const page = await (await two.open({ viewport: { width: 1280, height: 860 } })).newPage();
  await page.goto(`${two.wallet.machine.url}/v1/docs`);
  await takePicture(page, 'api-docs-360', { width: 360, height: 740 });
  await takePicture(page, 'api-docs-1280', { width: 1280, height: 800 });

  // A reference is read at a desk: its links stand in tables as words do, and are not as large as a button.
  const broken = (await brokenRules(page)).filter((rule) => !rule.endsWith(' px'));

  expect(broken).toEqual([]);
  expect(two.complaints()).toEqual([]);
});
