// The chat page as a person uses it, in a real browser: found by roles and names, as anyone would find it.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANN, BOB, openChatPageSite } from '../local/chat-page/chat-page-site.ts';
import { until } from '../builders/until.ts';
import { SHOP } from '../local/stand-ins/messenger/messenger-site.ts';
import { openBrowser } from './open-browser.ts';

let browser: Browser;
let site: Awaited<ReturnType<typeof openChatPageSite>>;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  site = await openChatPageSite();
  page = await browser.newPage({
    viewport: { width: 1280, height: 860 },
    reducedMotion: 'reduce',
  });
  complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(site.url);
});
afterEach(async () => {
  await page.close();
  await site.close();
  if (complaints.length > 0) throw new Error(`the browser complained: ${complaints.join('; ')}`);
});

const phoneOf = (name: string) => page.getByRole('region', { name: `${name}'s phone` });
const ann = () => phoneOf(ANN.name);
const bob = () => phoneOf(BOB.name);

async function say(phone: Locator, name: string, words: string) {
  const composer = phone.getByRole('textbox', { name: `Message as ${name}` });
  await composer.fill(words);
  await composer.press('Enter');
}

async function start(phone: Locator) {
  await phone.getByRole('button', { name: 'Get Started' }).click();
  await phone.getByText('I move money between friends').waitFor();
}

test('Get Started greets by name, then the thread has chips that vanish with the next message', async () => {
  await ann().getByText('Hi Ann! Send money to friends').waitFor();
  await start(ann());

  await ann().getByRole('button', { name: 'Activity' }).click();

  await ann().getByText('Concert tickets').waitFor();
  expect(await ann().getByRole('button', { name: 'Send money' }).count()).toBe(0);
  expect(await bob().getByRole('button', { name: 'Get Started' }).isVisible()).toBe(true);
});

test('a card opens the webview over the phone, and a way back to Messenger closes it', async () => {
  await start(ann());
  await say(ann(), ANN.name, 'send $20 to bob for lunch');

  await ann().getByRole('button', { name: 'Confirm and pay' }).click();
  const webview = page.frameLocator('iframe[title="Webview"]');
  await webview.getByText('Pay Bob $20.00').waitFor();
  expect(await ann().getByText(new URL(site.url).host).isVisible()).toBe(true);
  await webview.getByRole('link', { name: 'Back to Messenger' }).click();

  await page.getByTitle('Webview').waitFor({ state: 'detached' });
});

test('Escape and the × close the webview too, and focus goes back to the button', async () => {
  await start(ann());
  await say(ann(), ANN.name, 'send $20 to bob for lunch');
  const pay = ann().getByRole('button', { name: 'Confirm and pay' });
  for (const close of [
    () => page.keyboard.press('Escape'),
    () => ann().getByRole('button', { name: 'Close page' }).click(),
  ]) {
    await pay.click();
    await page.getByTitle('Webview').waitFor();
    await ann().getByRole('button', { name: 'Close page' }).focus();

    await close();

    await page.getByTitle('Webview').waitFor({ state: 'detached' });
    expect(await pay.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(
      true,
    );
  }
});

test('an m.me link is opened as somebody else, whose Get Started then carries it', async () => {
  await start(ann());
  await say(ann(), ANN.name, 'invite');
  await ann().getByRole('link', { name: /m\.me/ }).click();

  await ann()
    .getByRole('button', { name: `Open as ${BOB.name}` })
    .click();

  await until(async () => (await site.thread(BOB.id)).pendingRef === 'claim_abc123');
  await start(bob());
  expect((await site.thread(BOB.id)).pendingRef).toBeNull();
});

test('a message can be answered, reacted to and edited from its options', async () => {
  await start(ann());
  await say(ann(), ANN.name, 'quiet');
  await ann().getByText('quiet', { exact: true }).hover();
  const options = ann().getByRole('button', { name: 'Message options' });

  await options.last().click();
  await ann().getByRole('button', { name: 'Edit' }).click();
  await say(ann(), ANN.name, 'quiet, please');
  await ann().getByText('Edited').waitFor();
  await options.nth(1).click();
  await ann().getByRole('button', { name: 'Love' }).click();
  await ann().getByRole('img', { name: 'Reaction ❤' }).waitFor();
  await options.nth(1).click();
  await ann().getByRole('button', { name: 'Reply' }).click();
  await say(ann(), ANN.name, 'and this');

  const { messages } = await until(async () => {
    const thread = await site.thread(ANN.id);
    return thread.messages.some((m: { text: string }) => m.text === 'and this') && thread;
  });
  expect(messages[2]).toMatchObject({ text: 'quiet, please', editCount: 1 });
  expect(messages[1].reactions).toEqual({ person: '❤' });
  expect(messages[3].replyTo).toBe(messages[1].mid);
});

test('words of people are text, never markup, and long ones stay inside the phone', async () => {
  await start(ann());
  const nasty = `<img src=x onerror="document.title='owned'"> ${'w'.repeat(500)} \u202eolleh مرحبا`;

  await say(ann(), ANN.name, nasty);

  await ann().getByText('<img src=x').first().waitFor();
  await ann().getByText('You said').waitFor();
  expect(await page.title()).toBe('Tender — local Messenger');
  const overflow = await ann()
    .getByRole('log')
    .evaluate((log) => log.scrollWidth - log.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test('the persistent menu, the list of chats and another page are a tap away', async () => {
  await start(bob());
  await bob().getByRole('button', { name: 'Menu', exact: true }).click();
  await bob().getByRole('dialog', { name: 'Menu' }).getByRole('button', { name: 'Help' }).click();
  await bob().getByText('You said “HELP”').waitFor();

  await bob().getByRole('button', { name: 'Chats' }).click();
  await bob().getByRole('button', { name: SHOP.name }).click();
  await say(bob(), BOB.name, 'one latte');

  await bob().getByText('one latte').waitFor();
  await bob().getByText('Delivered').waitFor({ state: 'attached' });
  expect(await bob().getByRole('log').getAttribute('aria-label')).toBe(
    `Conversation with ${SHOP.name}`,
  );
});

test('someone who is added gets a phone, and a phone can change hands', async () => {
  await page.getByRole('button', { name: 'Add a person' }).last().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Çağla Ömür');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await phoneOf('Çağla Ömür').getByText('Hi Çağla!').waitFor();

  await page.getByRole('button', { name: "Put Bob Ray's phone away" }).click();
  await page.getByLabel('Whose phone').first().selectOption(BOB.name);

  await bob().getByText('Hi Bob!').waitFor();
  expect(await ann().count()).toBe(0);
  await page.reload();
  await phoneOf('Çağla Ömür').getByText('Hi Çağla!').waitFor();
  await bob().getByText('Hi Bob!').waitFor();
});

test('blocking takes the composer away until one unblocks', async () => {
  await start(ann());
  await ann().getByRole('button', { name: 'About Tender' }).click();
  await ann().getByRole('button', { name: 'Block Tender' }).click();
  await ann().getByText('You blocked Tender').waitFor();
  expect(await ann().getByRole('textbox').isVisible()).toBe(false);

  await ann().getByRole('button', { name: 'About Tender' }).click();
  await ann().getByRole('button', { name: 'Unblock Tender' }).click();

  await ann().getByRole('textbox', { name: 'Message as Ann Lee' }).waitFor();
  expect((await site.thread(ANN.id)).isBlocked).toBe(false);
});

test('the clock skips forward and the thread shows how long ago it was', async () => {
  await start(ann());
  const before = site.clock.now();

  await page.getByRole('button', { name: 'Skip 1 day' }).click();

  await ann()
    .getByText(/Yesterday/)
    .waitFor();
  expect(site.clock.now() - before).toBeGreaterThanOrEqual(86_400_000);
});

test('what is read is told to the page, on the phone that is on top', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('tab', { name: ANN.name }).waitFor();
  await site.act('text', { text: 'quiet' }, BOB.id);
  await site.send({ text: 'unseen' }, { recipient: { id: BOB.id } });
  await ann().getByRole('button', { name: 'Get Started' }).waitFor();
  expect((await site.thread(BOB.id)).personReadAtMs).toBe(0);

  await page.getByRole('tab', { name: BOB.name }).click();

  await bob().getByText('unseen').waitFor();
  await until(async () => (await site.thread(BOB.id)).personReadAtMs > 0);
  expect(await ann().isVisible()).toBe(false);
  const width = await page.evaluate('document.documentElement.scrollWidth');
  expect(width).toBe(360);
});
