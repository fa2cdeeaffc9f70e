// What a payer's card and bank can do to a payment: say no, ask for 3-D Secure, fail a refund, dispute.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from './driver/browser.ts';
import { addsCard, cards, confirms, pays } from './driver/steps.ts';
import { hours, type Member, minutes, openWallet, seconds, type Wallet } from './driver/wallet.ts';

let wallet: Wallet;
let bob: Member;
/** Pays with an ordinary card, and has paid Bob before. */
let ann: Member;

beforeAll(async () => {
  wallet = await openWallet();
  [ann, bob] = await Promise.all([wallet.member(), wallet.payee()]);
  await ann.writes(`send $1 to @${bob.handle}`);
  await pays(ann);
  await wallet.later(seconds(11));
});
afterAll(() => wallet.close());

async function opensReview(payer: Member, amount: string): Promise<Page> {
  await payer.writes(`send ${amount} to @${bob.handle}`);
  await payer.sees(new RegExp(`^Send \\${amount}`, 'u'));
  return payer.opens('Review and pay');
}

async function chargeOf(cents: number) {
  const { charges } = await wallet.books();
  const mine = charges.filter(({ amount, status }) => amount === cents && status === 'succeeded');
  expect(mine.length).toBeLessThanOrEqual(1);
  return mine[0];
}

/** A member whose only card is this one; a card that asks its owner when it is saved is answered with yes. */
async function payerWith(card: string, amount: string): Promise<[Member, Page]> {
  const payer = await wallet.member();
  const page = await addsCard(await opensReview(payer, amount), card);
  return [payer, page.hasButton('Yes, complete') ? await page.press('Yes, complete') : page];
}

const declines = [
  ['insufficient_funds', 'not enough money on the card'],
  ['expired_card', 'The card has expired'],
  ['incorrect_cvc', 'did not match'],
  ['card_velocity_exceeded', 'reached its limit'],
  ['processing_error', 'did not answer in time'],
  ['card_not_supported', 'cannot be used for this'],
  ['generic_decline', 'did not say why'],
  // What smells of fraud is told as nothing in particular.
  ['lost_card', 'did not say why'],
  ['stolen_card', 'did not say why'],
  ['fraudulent', 'did not say why'],
] as const;

test('a card that says no is told in words, page and thread, and nothing is charged', async () => {
  for (const [index, [code, words]] of declines.entries()) {
    const amount = `$3.${10 + index}`;
    const page = await opensReview(ann, amount);
    const match = { method: 'POST', path: '/v1/payment_intents' };
    await wallet.stripe('faults', { match, fault: 'decline', decline_code: code });

    const after = await confirms(page);

    expect(after.title, code).toContain('Not paid');
    expect(after.words, code).toContain(words);
    const told = await ann.sees(new RegExp(`^Your \\${amount} .*nothing was charged`, 'u'));
    expect(told.words, code).toContain(words);
    expect(told.words).not.toMatch(/stolen|lost|fraud/u);
    expect(await chargeOf(310 + index)).toBeUndefined();
  }
  await wallet.settled();
  expect(await bob.timesHeard(/\$3\.1/u)).toBe(0);
});

test('after a no, “Try again” leads to a new review, and another card pays', async () => {
  const [payer, page] = await payerWith(cards.declined, '$4.00');
  expect((await confirms(page)).title).toContain('Not paid');

  await payer.taps('Try again');
  await wallet.settled();
  const again = await addsCard(await payer.opens('Review and pay'));
  expect((await confirms(again)).title).toContain('Paid');

  await bob.sees(/sent you \$4\.00/u);
  expect((await chargeOf(400))?.status).toBe('succeeded');
});

test('a card that is refused when it is saved never reaches us: Stripe’s page says so', async () => {
  const payer = await wallet.member();

  const page = await addsCard(await opensReview(payer, '$4.10'), '4000000000009995');

  expect(page.url).toContain(wallet.machine.stripeUrl);
  expect(page.words).toContain('insufficient funds');
  const ours = await payer.opens('Review and pay');
  expect(ours.hasButton('Add a card')).toBe(true);
});

test('3-D Secure: to the bank and back, and it is paid', async () => {
  const [payer, page] = await payerWith(cards.threeDSecure, '$5.00');

  const bank = await confirms(page);
  expect(bank.words).toContain('Is it you?');
  expect(await bob.timesHeard(/\$5\.00/u)).toBe(0);
  const back = await bank.press('Yes, complete');

  expect(back.title).toContain('Paid');
  await payer.sees(/\$5\.00 .*charged to your/u);
  await bob.sees(/sent you \$5\.00/u);
  expect(await chargeOf(500)).toBeDefined();
});

test('3-D Secure with the page closed: the bank says yes, and the webhook finishes it', async () => {
  const [payer, page] = await payerWith(cards.threeDSecure, '$5.10');
  const bank = await confirms(page);
  const intent = /pi_\w+/u.exec(bank.url)?.[0] ?? '';

  await wallet.stripe(`cards/${intent}/authenticate`, { result: 'pass' });

  await payer.sees(/\$5\.10 .*charged to your/u);
  await wallet.later(seconds(11));
  await bob.sees(/\$5\.10 .*on its way to your account/u);
  expect((await payer.opens('Review and pay')).title).toContain('Paid');
  expect(await chargeOf(510)).toBeDefined();
});

test('3-D Secure fails: nothing is charged, and the words say whose check it was', async () => {
  const [payer, page] = await payerWith(cards.threeDSecure, '$5.20');

  const back = await (await confirms(page)).press('No, fail');

  expect(back.title).toContain('Not paid');
  await payer.sees(/\$5\.20 .*Your bank could not check that it was you/u);
  expect(await chargeOf(520)).toBeUndefined();
});

test('3-D Secure passes and the card says no all the same', async () => {
  const [payer, page] = await payerWith(cards.threeDSecureThenDeclined, '$5.30');

  const back = await (await confirms(page)).press('Yes, complete');

  expect(back.title).toContain('Not paid');
  await payer.sees(/\$5\.30 .*nothing was charged/u);
  expect(await chargeOf(530)).toBeUndefined();
});

test('3-D Secure left open: reminded after ten minutes, finished from the thread', async () => {
  const [payer, page] = await payerWith(cards.threeDSecure, '$5.40');
  await confirms(page);

  await wallet.later(minutes(11));
  await payer.sees(/Your bank still wants to check that it is you before \$5\.40/u);
  const bank = await (await payer.opens('Finish the check')).press('Go to your bank');
  const back = await bank.press('Yes, complete');

  expect(back.title).toContain('Paid');
  await bob.sees(/sent you \$5\.40/u);
});

test('3-D Secure left open for good: given up after the reminder, at Stripe too', async () => {
  const [payer, page] = await payerWith(cards.threeDSecure, '$5.50');
  const bank = await confirms(page);

  await wallet.later(minutes(11));
  await payer.sees(/Your bank still wants to check/u);
  await wallet.later(hours(1) + minutes(2));

  await payer.sees(/\$5\.50 .*The check by your bank was not finished/u);
  expect((await payer.browser.open(bank.url)).words).toContain('Nothing to confirm');
  expect(await chargeOf(550)).toBeUndefined();
});

test('a refund that fails later ends with a person looking at it, loudly', async () => {
  const [payer, page] = await payerWith(cards.refundFails, '$6.00');
  await confirms(page);
  await payer.sees(/\$6\.00 .*charged to your/u);

  await payer.taps('Undo');
  await wallet.later(seconds(5));
  await wallet.later(minutes(2));

  await payer.sees(
    /Something is not right with your payment of \$6\.00 .*A person is looking at it/u,
  );
  expect(wallet.logs.some(({ line }) => line.includes('payment_in_review'))).toBe(true);
});

test('a refund that is pending first is told when it is on its way', async () => {
  const [payer, page] = await payerWith(cards.refundPending, '$6.10');
  await confirms(page);
  await payer.sees(/\$6\.10 .*charged to your/u);

  await payer.taps('Undo');
  await wallet.later(seconds(5));

  await payer.sees(/Your \$6\.10 is on its way back/u);
  expect((await chargeOf(610))?.refunded).toBe(610);
});

test('a dispute after the money was paid out: both are told, the payout is reversed, and so is the end', async () => {
  await confirms(await opensReview(ann, '$7.00'));
  await wallet.later(seconds(11));
  await bob.sees(/\$7\.00 .*on its way to your account/u);

  await wallet.stripe('disputes', { charge: (await chargeOf(700))?.id });
  await ann.sees(/you dispute your \$7\.00/u);
  await bob.sees(/The \$7\.00 from .* is disputed/u);
  await wallet.settled();
  const { transfers, disputes } = await wallet.books();
  expect(transfers.find(({ amount }) => amount === 700)?.reversed).toBe(700);
  const dispute = disputes.find(({ amount }) => amount === 700);
  await wallet.stripe(`disputes/${dispute?.id}/close`, { result: 'lost' });

  await ann.sees(/Your payment of \$7\.00 .*the money stays with the payer’s bank/u);
  await bob.sees(/The \$7\.00 from .*the money stays with the payer’s bank/u);
});

test('a dispute that is won goes back to Bob, once', async () => {
  await confirms(await opensReview(ann, '$7.10'));
  await wallet.later(seconds(11));
  await bob.sees(/\$7\.10 .*on its way to your account/u);

  await wallet.stripe('disputes', { charge: (await chargeOf(710))?.id });
  await bob.sees(/The \$7\.10 from .* is disputed/u);
  await wallet.settled();
  const { disputes } = await wallet.books();
  const dispute = disputes.find(({ amount }) => amount === 710);
  await wallet.stripe(`disputes/${dispute?.id}/close`, { result: 'won' });

  await bob.sees(/The \$7\.10 from .*the payment stands/u);
  await wallet.later(minutes(1));
  const { transfers } = await wallet.books();
  const paid = transfers.filter(({ amount }) => amount === 710);
  expect(paid.reduce((sum, { amount, reversed }) => sum + amount - reversed, 0)).toBe(710);
});
