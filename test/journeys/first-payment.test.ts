// From hello to receipt: the first payment of two people, with a recipient who is set up, one who is not yet, and one who is not even here.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptsTerms, finishesOnboarding, pays } from './driver/steps.ts';
import { openWallet, seconds, type Wallet } from './driver/wallet.ts';

let wallet: Wallet;
beforeAll(async () => {
  wallet = await openWallet();
});
afterAll(() => wallet.close());

test('Ann sends Bob $20 for lunch: both are told each step, and both get a receipt', async () => {
  const bob = await wallet.payee();
  const ann = await wallet.member();

  await ann.writes(`send $20 to @${bob.handle} for lunch`);
  const review = await ann.sees(/^Send \$20\.00 to/u);
  expect(review.words).toContain(`(@${bob.handle}) for “lunch”`);
  expect(review.words).toContain('You have not paid');
  const page = await pays(ann);

  expect(page.title).toContain('Paid');
  await bob.sees(/sent you \$20\.00 for “lunch”.*10 seconds/u);
  await ann.sees(/charged to your Visa •• 4242/u);
  await wallet.settled();
  expect(await bob.timesHeard(/on its way to your account/u)).toBe(0);
  await wallet.later(seconds(11));
  expect(await ann.timesHeard(/got your \$20\.00/u)).toBe(1);
  expect(await bob.timesHeard(/\$20\.00 .*is on its way to your account/u)).toBe(1);
  const [annsReceipt, bobsReceipt] = [await ann.seesReceipts(1), await bob.seesReceipts(1)];
  expect(annsReceipt[0]?.words).toContain('Visa •• 4242');
  expect(bobsReceipt[0]?.words).not.toContain('4242');
  expect(await wallet.books()).toMatchObject({
    charges: [{ amount: 2000, currency: 'usd', status: 'succeeded', refunded: 0 }],
    transfers: [{ amount: 2000, reversed: 0 }],
    refunds: [],
  });
});

test('Bob, who has no payout account yet, opens the link in his thread, onboards, and is paid', async () => {
  const bob = await wallet.member();
  const ann = await wallet.member();
  await ann.writes(`send $21 to @${bob.handle}`);
  await pays(ann);

  const waiting = await bob.sees(/sent you \$21\.00\. Tell us where to pay it/u);
  expect(waiting.words).not.toContain('10 seconds');
  const page = await finishesOnboarding(bob, await bob.opens('Get paid'));

  expect(page.title).toContain('You are set up');
  await wallet.later(seconds(11));
  await bob.sees(/\$21\.00 .*is on its way to your account/u);
  await ann.sees(/got your \$21\.00/u);
  expect(await ann.seesReceipts(1)).toHaveLength(1);
  expect(await bob.seesReceipts(1)).toHaveLength(1);
});

test('somebody who was never here opens the forwarded link, joins, onboards, and is paid', async () => {
  const ann = await wallet.member();
  await ann.writes('send $22 to cousin carla for the cake');
  expect((await ann.sees(/^Send \$22\.00/u)).words).toContain('link to forward');
  await pays(ann);
  const { words } = await ann.sees(/Forward this link/u);
  const ref = /m\.me\/1000\?ref=([\w=-]+)/u.exec(words)?.[1] ?? '';

  const carla = await wallet.stranger();
  await carla.phone.follow(ref);
  await carla.phone.getStarted();
  await acceptsTerms(carla, 'carla22');
  await carla.sees(/sent you \$22\.00 for “the cake”/u);
  await ann.sees(/\(@carla22\) opened your link and gets the \$22\.00/u);
  await finishesOnboarding(carla, await carla.opens('Get paid'));
  await wallet.later(seconds(11));

  await carla.sees(/\$22\.00 .*is on its way to your account/u);
  await ann.sees(/got your \$22\.00/u);
  const latecomer = await wallet.member();
  await latecomer.phone.follow(ref);
  await latecomer.sees(/Somebody opened this link before you/u);
});
