// One person, two chats: an address at Joe's Coffee joined to an account of the wallet, by a link and a tap at both ends.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CoffeeShop, openCoffeeShop } from './driver/coffee-shop.ts';
import { cards } from './driver/steps.ts';
import { openWallet, type Wallet } from './driver/wallet.ts';

let wallet: Wallet;
let shop: CoffeeShop;
beforeAll(async () => {
  wallet = await openWallet();
  shop = await openCoffeeShop(wallet);
});
afterAll(() => wallet.close());

test('a customer joins the chat to their wallet, sees the order there, and takes it apart again', async () => {
  const cora = await shop.customer();
  const inWallet = await wallet.member({ name: 'Cora Wallet' });
  await cora.writes('a croissant');
  await cora.sees(/1 × Croissant/u);
  await cora.writes('checkout');
  const { words } = await cora.sees(/Order [A-Z0-9]{3}-[A-Z0-9]{3}/u);
  const number = /Order ([A-Z0-9]{3}-[A-Z0-9]{3})/u.exec(words)?.[1] ?? '';

  await cora.writes('link my wallet');
  const link = new URL(await cora.link('Open my wallet'));
  expect(link.pathname).toBe(`/${wallet.settings.messengerPageId}`);
  await inWallet.phone.follow(link.searchParams.get('ref') ?? '');
  await inWallet.sees(new RegExp(`Join a chat with Joe’s Coffee as “${cora.name}”`, 'u'));
  await inWallet.taps('Join');
  await inWallet.sees(/until then nothing is joined/u);
  await cora.sees(/Cora Wallet \(@cora\) says that this chat is theirs/u);
  await cora.taps('Yes, that is me');
  await cora.sees(/Joined: this chat is Cora Wallet \(@cora\)’s now/u);
  await inWallet.sees(/Joined: your chat with Joe’s Coffee/u);

  // The bill that was open goes on, and what comes of it shows at both ends.
  const [pay = ''] = /Pay \$[\d.]+/u.exec((await cora.opens('Review and pay')).html) ?? [];
  const stripe = await (await cora.opens('Review and pay')).press(pay);
  await stripe.press(pay, { card: cards.good });
  await cora.sees(new RegExp(`received your order ${number}`, 'u'));
  await inWallet.writes('where is my order?');
  await inWallet.sees(new RegExp(`Joe’s Coffee:[^]*${number} · \\$[^]*paid and received`, 'u'));

  await inWallet.taps('Unlink Joe’s Coffee');
  await cora.sees(/are apart again/u);
  await inWallet.writes('my shops');
  await inWallet.sees(/No chat with a shop is joined/u);
  await cora.writes('where is my order');
  await cora.sees(new RegExp(`${number} ·`, 'u'));
  await wallet.settled();
  expect(await cora.timesHeard(/^Joined:/u)).toBe(1);
});
