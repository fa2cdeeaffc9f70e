// A buyer wants a person, over HTTP with Messenger's conversation routing: passed on, overheard, taken back, given back, and kept.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { joesPage } from '../../local/joes-coffee/page.ts';
import { type CoffeeShop, openCoffeeShop } from './driver/coffee-shop.ts';
import { buys, type JoesConsole, openJoesConsole } from './driver/joes-console.ts';
import type { Person } from './driver/person.ts';
import { openWallet, type Wallet } from './driver/wallet.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let wallet: Wallet;
let shop: CoffeeShop;
let joes: JoesConsole;
beforeAll(async () => {
  wallet = await openWallet();
  shop = await openCoffeeShop(wallet);
  joes = await openJoesConsole(shop);
});
afterAll(() => wallet.close());

const routing = (defaultApp: 'tender' | 'inbox' | null) =>
  wallet.messenger('routing', { pageId: joesPage.id, defaultApp });
const inbox = (buyer: { readonly id: string }, act: string, body: object = {}) =>
  wallet.messenger(`people/${buyer.id}/threads/${joesPage.id}/${act}`, body);

async function asksForAPerson(): Promise<Person & { readonly id: string }> {
  const cora = await shop.customer();
  await cora.writes('talk to a person');
  await cora.sees(/The people of Joe’s Coffee have this chat now/u);
  await wallet.settled();
  return cora;
}

test('on a Page that routes to nobody, “bot” brings it back, and it says who else is there', async () => {
  await routing(null);
  const cora = await asksForAPerson();
  await cora.writes('bot');
  const { words } = await cora.sees(/I answer again/u);
  expect(words).toContain('the people of Joe’s Coffee still see this chat and may answer too');
});

test('on a Page that routes to us, what is said to its people is overheard, and “done” takes the chat back', async () => {
  await routing('tender');
  const cora = await asksForAPerson();
  await inbox(cora, 'inbox-reply', { text: 'Hi, Joe here.' });
  await cora.writes('two flat whites please');
  await wallet.settled();
  expect(await cora.timesHeard(/Added to your cart/u)).toBe(0);
  await cora.writes('done');
  await cora.sees(/I am back\. What would you like/u);
  await cora.writes('two flat whites');
  await cora.sees(/Added to your cart/u);
  await wallet.settled();
  expect((await joes.open('/console/orders')).words).not.toContain('Waiting for a person');
});

test('staff give a chat back in the console, from the list and from the order, once', async () => {
  await routing('tender');
  const cora = await shop.customer();
  const number = await buys(cora, 'order an americano');
  await cora.writes('talk to a person');
  await cora.sees(/have this chat now/u);
  const order = await joes.says(() => joes.order(number), /waits for a person/u);
  expect(order.hasButton('Give back')).toBe(true);
  const list = await joes.open('/console/orders');
  expect(list.words).toMatch(/Waiting for a person .*Cora/u);

  const [after] = await Promise.all([list.press('Give back'), list.press('Give back')]);
  expect(after.words).toMatch(/The chat goes back to Tender|Nobody waits in that chat/u);
  await cora.sees(/The people of Joe’s Coffee have given this chat back to me/u);
  await wallet.settled();
  expect(await cora.timesHeard(/given this chat back to me/u)).toBe(1);
  expect((await joes.open('/console/orders')).words).not.toContain('Waiting for a person');
});

test('the inbox takes a chat by answering, and its “done” brings the bot back with a word', async () => {
  await routing('tender');
  const cora = await shop.customer();
  await inbox(cora, 'inbox-reply', { text: 'Can I help you?' });
  await joes.says('/console/orders', /Waiting for a person/u);
  await inbox(cora, 'inbox-gives-back');
  await cora.sees(/have given this chat back to me/u);
  await wallet.settled();
  expect((await joes.open('/console/orders')).words).not.toContain('Waiting for a person');
});

test('where Messenger keeps the chat with the inbox, the console says so, and the inbox gives it back', async () => {
  await routing('tender');
  const cora = await asksForAPerson();
  // The Page's owner makes the inbox its default app.
  await routing('inbox');
  await cora.writes('bot');
  const page = await joes.says(
    '/console/orders',
    /Tender tried to take this chat back, and Messenger keeps it with your inbox/u,
  );
  await page.press('Give back');
  await wallet.settled();
  expect(await cora.timesHeard(/I am back\. What|given this chat back/u)).toBe(0);
  expect((await joes.open('/console/orders')).words).toContain('Messenger keeps it');
  // Told beforehand what silence means.
  expect(
    await cora.timesHeard(/If I stay silent after “bot”, Messenger keeps the chat with them/u),
  ).toBe(1);

  await inbox(cora, 'inbox-gives-back');
  await cora.sees(/have given this chat back to me/u);
  await wallet.settled();
  expect((await joes.open('/console/orders')).words).not.toContain('Messenger keeps it');
  await routing(null);
});
