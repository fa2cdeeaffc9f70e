// How a payment ends when it does not just arrive: undone, declined, taken back, run out, cancelled; both always know.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addsCard, confirms, finishesOnboarding, pays } from './driver/steps.ts';
import { days, type Member, minutes, openWallet, seconds, type Wallet } from './driver/wallet.ts';

let wallet: Wallet;
/** Has a card and a PIN. */
let ann: Member;
/** Is paid out as soon as the undo window is over. */
let bob: Member;
/** Has no payout account. */
let carla: Member;

beforeAll(async () => {
  wallet = await openWallet();
  [ann, bob] = await Promise.all([wallet.member(), wallet.payee()]);
  await ann.writes(`send $1 to @${bob.handle}`);
  await pays(ann);
  await wallet.later(seconds(11));
});
beforeEach(async () => {
  carla = await wallet.member();
});
afterAll(() => wallet.close());

async function sends(amount: string, to: Member): Promise<void> {
  await ann.writes(`send ${amount} to @${to.handle}`);
  await ann.sees(new RegExp(`^Send \\${amount}`, 'u'));
  await pays(ann);
  await ann.sees(new RegExp(`^\\${amount}.* charged to your`, 'u'));
}

async function moved(cents: number) {
  const { charges, refunds, transfers } = await wallet.books();
  const mine = charges.filter(({ amount }) => amount === cents);
  const ids = mine.map(({ id }) => id);
  return {
    charged: mine.length,
    refunded: refunds.filter(({ charge, amount }) => ids.includes(charge) && amount === cents)
      .length,
    paidOut: transfers.filter(({ sourceTransaction }) => ids.includes(sourceTransaction)).length,
  };
}

test('undo within ten seconds: the money goes back, Bob is told, nothing is paid out', async () => {
  await sends('$31.00', bob);
  await bob.sees(/sent you \$31\.00/u);

  await ann.taps('Undo');

  await ann.sees(/Taken back\. \$31\.00 goes back to your Visa/u);
  await bob.sees(/took back the \$31\.00/u);
  await ann.sees(/Your \$31\.00 is on its way back/u);
  await wallet.later(seconds(30));
  expect(await moved(3100)).toEqual({ charged: 1, refunded: 1, paidOut: 0 });
  expect(await bob.timesHeard(/\$31\.00 .*on its way to your account/u)).toBe(0);
});

test('undo after the money has gone out is too late, and says so', async () => {
  await sends('$32.00', bob);
  await wallet.later(seconds(11));
  await bob.sees(/\$32\.00 .*on its way to your account/u);

  await ann.taps('Undo');

  await ann.sees(/too late for that: the payment is paid/u);
  await wallet.settled();
  expect(await moved(3200)).toEqual({ charged: 1, refunded: 0, paidOut: 1 });
});

test('the recipient declines: Ann is told by whom, and gets all of it back', async () => {
  await sends('$33.00', carla);
  await carla.sees(/sent you \$33\.00/u);

  await carla.taps('Decline');

  await carla.sees(/Declined\. The \$33\.00 goes back/u);
  await ann.sees(/declined your \$33\.00.*going back to your Visa/u);
  await ann.sees(/Your \$33\.00 is on its way back/u);
  await wallet.settled();
  expect(await moved(3300)).toEqual({ charged: 1, refunded: 1, paidOut: 0 });
});

test('closing the page before paying loses nothing: the card that was added is there when it is opened again', async () => {
  const dora = await wallet.member();
  await dora.writes(`send $12 to @${bob.handle}`);
  await addsCard(await dora.opens('Review and pay'));

  const again = await dora.opens('Review and pay');

  expect(again.words).toContain('Visa •• 4242');
  expect((await confirms(again)).title).toContain('Paid');
  await bob.sees(/sent you \$12\.00/u);
});

test('nobody takes it: a reminder after five days, by template, and after seven it goes back', async () => {
  await sends('$34.00', carla);

  await wallet.later(days(5) + minutes(2));
  await carla.sees(/A payment of USD 34\.00 is waiting for you.*: waiting for the recipient/u);
  expect(await moved(3400)).toEqual({ charged: 1, refunded: 0, paidOut: 0 });
  await wallet.later(days(2));

  await carla.sees(/payment of USD 34\.00 .*state is now: going back/u);
  await ann.sees(/payment of USD 34\.00 .*state is now: refunded/u);
  expect(await moved(3400)).toEqual({ charged: 1, refunded: 1, paidOut: 0 });
  expect(await carla.timesHeard(/is waiting for you in this chat/u)).toBe(1);
});

test('whoever writes back after the template sees what it was about, and gets paid from there', async () => {
  await sends('$35.00', carla);
  await wallet.later(days(5) + minutes(2));
  await carla.sees(/A payment of USD 35\.00 is waiting for you/u);

  await carla.writes('what is it?');
  await carla.sees(/\$35\.00 from /u);
  await carla.sees(/Money waits for you/u);
  await finishesOnboarding(carla, await carla.opens('Get paid'));

  await carla.sees(/\$35\.00 from .*on its way to your account/u);
  await ann.sees(/payment of USD 35\.00 .*state is now: paid/u);
  await wallet.later(days(3));
  expect(await moved(3500)).toEqual({ charged: 1, refunded: 0, paidOut: 1 });
});

test('taken back while it waits for somebody who has not set up', async () => {
  await sends('$36.00', carla);
  await carla.sees(/sent you \$36\.00/u);

  await ann.taps('Take it back');

  await ann.sees(/Taken back\. \$36\.00/u);
  await carla.sees(/took back the \$36\.00/u);
  await finishesOnboarding(carla, await carla.opens('Get paid'));
  await wallet.later(minutes(5));
  expect(await moved(3600)).toEqual({ charged: 1, refunded: 1, paidOut: 0 });
  expect(await carla.timesHeard(/on its way to your account/u)).toBe(0);
});

test('a draft is cancelled in the thread: its page charges nothing any more', async () => {
  await ann.writes(`send $37 to @${carla.handle}`);
  await ann.sees(/^Send \$37\.00/u);
  const page = await ann.opens('Review and pay');

  await ann.taps('Cancel');
  await ann.sees(/Cancelled\. Nothing was charged/u);
  const after = await confirms(page);

  expect(after.title).toContain('Cancelled');
  expect(await carla.timesHeard(/\$37\.00/u)).toBe(0);
  expect(await moved(3700)).toEqual({ charged: 0, refunded: 0, paidOut: 0 });
});

test('a draft that nobody confirms runs out after half an hour', async () => {
  await ann.writes(`send $38 to @${carla.handle}`);
  await ann.sees(/^Send \$38\.00/u);
  const page = await ann.opens('Review and pay');

  await wallet.later(minutes(32));

  await ann.sees(/payment of \$38\.00 .*was not confirmed in time\. Nothing was charged/u);
  expect((await confirms(page)).title).toContain('Cancelled');
  expect(await moved(3800)).toEqual({ charged: 0, refunded: 0, paidOut: 0 });
});

test('a claim link that nobody opens: the money comes back after seven days, and the link has ended', async () => {
  await ann.writes('send $39 to uncle dan');
  await ann.sees(/^Send \$39\.00/u);
  await pays(ann);
  const { words } = await ann.sees(/^\$39\.00.*Forward this link/u);
  const ref = /m\.me\/1000\?ref=([\w=-]+)/u.exec(words)?.[1] ?? '';

  await wallet.later(days(7) + minutes(2));
  await ann.sees(/payment of USD 39\.00 .*state is now: refunded/u);
  await carla.phone.follow(ref);

  await carla.sees(/This link has ended: the money went back/u);
  expect(await moved(3900)).toEqual({ charged: 1, refunded: 1, paidOut: 0 });
});
