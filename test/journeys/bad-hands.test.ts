// What people should not do, or do twice, or at the same moment: each time exactly one thing happens, and they are told which.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBrowser } from './driver/browser.ts';
import type { Person } from './driver/person.ts';
import { addsCard, confirms, pays, pin } from './driver/steps.ts';
import {
  days,
  hours,
  type Member,
  minutes,
  openWallet,
  seconds,
  type Wallet,
} from './driver/wallet.ts';

let wallet: Wallet;
/** Is paid out as soon as the undo window is over. */
let bob: Member;
/** New in each test, with a card that is added when they first pay. */
let ann: Member;

beforeAll(async () => {
  wallet = await openWallet();
  bob = await wallet.payee();
});
beforeEach(async () => {
  ann = await wallet.member();
});
afterAll(() => wallet.close());

async function reviews(payer: Person, amount: string, to = `@${bob.handle}`): Promise<void> {
  await payer.writes(`send ${amount} to ${to}`);
  await payer.sees(new RegExp(`^Send \\${amount}`, 'u'));
}

/** The page where one confirms, with a card on it. */
async function opensWithCard(payer: Person, amount: string, to?: string) {
  await reviews(payer, amount, to);
  const page = await payer.opens('Review and pay');
  return page.hasButton('Add a card') ? addsCard(page) : page;
}

async function moved(cents: number) {
  const { charges, transfers } = await wallet.books();
  const mine = charges.filter(({ amount, status }) => amount === cents && status === 'succeeded');
  const ids = mine.map(({ id }) => id);
  return {
    charged: mine.length,
    refunded: mine.filter(({ refunded }) => refunded === cents).length,
    paidOut: transfers.filter(({ sourceTransaction }) => ids.includes(sourceTransaction)).length,
  };
}

/** The newest button of that title, tapped by somebody else. */
async function tapsCopied(thief: Person, owner: Person, title: string): Promise<void> {
  const taps = (await owner.phone.bubbles()).flatMap((bubble) => bubble.taps);
  const tap = taps.findLast((each) => each.title === title);
  if (tap === undefined || tap.kind === 'link') throw new Error(`There is no “${title}”.`);
  await thief.phone.tap(tap);
}

test('money to oneself is not sent', async () => {
  await ann.writes(`send $20 to @${ann.handle}`);

  await ann.sees(/That is you/u);
  expect(await ann.timesHeard(/Review and pay/u)).toBe(0);
});

test('money to somebody who blocked you, before or after the review, is not sent', async () => {
  const carla = await wallet.member();
  const page = await opensWithCard(ann, '$21.01', `@${carla.handle}`);

  await carla.writes(`block @${ann.handle}`);
  await carla.sees(/can no longer send you money/u);
  const refused = await confirms(page);
  expect(refused.words).toContain('You cannot pay this person here');
  await ann.writes(`send $21.02 to @${carla.handle}`);

  await ann.sees(/cannot pay this person|Nobody here has the handle/u);
  expect(await moved(2101)).toMatchObject({ charged: 0 });
  expect(await carla.timesHeard(/\$21/u)).toBe(0);
});

test('money to somebody who left is not sent', async () => {
  const carla = await wallet.member();
  await carla.writes('delete my data');
  await carla.sees(/Delete what we know about you\?/u);
  await carla.taps('Yes, delete');
  await carla.sees(/nobody can find or pay you here/u);

  await ann.writes(`send $22.01 to @${carla.handle}`);

  await ann.sees(/Nobody here has the handle/u);
  expect(await ann.timesHeard(/Review and pay/u)).toBe(0);
});

test('buttons pressed twice, and by somebody else with a copy, stop a payment once and only for its payer', async () => {
  const carla = await wallet.member();
  const mallory = await wallet.member();
  await reviews(ann, '$23.01', `@${carla.handle}`);
  await tapsCopied(mallory, ann, 'Cancel');
  await mallory.sees(/no payment of yours/u);
  await pays(ann);
  await Promise.all([carla.sees(/sent you \$23\.01/u), ann.sees(/charged to your/u)]);
  await tapsCopied(mallory, ann, 'Take it back');
  await tapsCopied(mallory, carla, 'Decline');
  await wallet.settled();
  expect(await mallory.timesHeard(/no payment of yours/u)).toBe(3);

  await Promise.all([ann.taps('Take it back'), ann.taps('Take it back'), carla.taps('Decline')]);

  await ann.sees(/Your \$23\.01 is on its way back/u);
  await wallet.settled();
  expect(await moved(2301)).toEqual({ charged: 1, refunded: 1, paidOut: 0 });
  const stopped =
    (await ann.timesHeard(/Taken back\./u)) + (await carla.timesHeard(/^Declined\./u));
  expect(stopped).toBe(1);
});

test('a link that was used shows how it went, and pays no second time', async () => {
  const page = await opensWithCard(ann, '$24.01');
  expect((await confirms(page)).title).toContain('Paid');

  const again = await confirms(page);
  const later = await ann.opens('Review and pay');

  expect(again.title).toContain('Paid');
  expect(later.title).toContain('Paid');
  expect(later.forms).toEqual([]);
  expect(await moved(2401)).toMatchObject({ charged: 1 });
});

test('a link works for an hour, and a forged one never', async () => {
  await reviews(ann, '$24.02');
  const url = await ann.link('Review and pay');
  const stranger = openBrowser();
  const forged = [
    url.slice(0, -1),
    `${url}x`,
    url.replace(/.$/u, (last) => (last === 'A' ? 'B' : 'A')),
    `${wallet.machine.url}/pay/..%2f..%2fetc`,
    `${wallet.machine.url}/pay/%00`,
    `${wallet.machine.url}/pay/${'a'.repeat(5000)}`,
    url.replace('/pay/', '/settings/'),
    url.replace('/pay/', '/payout/'),
  ];
  for (const address of forged) {
    const page = await stranger.open(address);
    expect(page.status, address).toBeGreaterThanOrEqual(400);
    expect(page.status, address).toBeLessThan(500);
    expect(page.words, address).not.toContain('24.02');
  }

  await wallet.later(hours(1) + minutes(1));

  const page = await ann.opens('Review and pay');
  expect([page.status, page.title]).toEqual([410, expect.stringContaining('run out')]);
});

test('a link belongs to the browser that acted with it first; looking alone takes nothing', async () => {
  await reviews(ann, '$24.03');
  const url = await ann.link('Review and pay');
  const thief = openBrowser();
  // A preview, or somebody who looks over a shoulder.
  await thief.open(url);

  const page = await addsCard(await ann.opens('Review and pay'));
  const stolen = await thief.open(url);
  const posted = await thief.post(url, { newPin: '111222', newPinAgain: '111222' });

  expect(stolen.status).toBe(403);
  expect(posted.status).toBe(403);
  expect(posted.words).toContain('opened elsewhere');
  expect((await confirms(page)).title).toContain('Paid');
  expect(await moved(2403)).toMatchObject({ charged: 1 });
});

test('a PIN is guessed five times, side by side or not, and then nobody gets in for a while', async () => {
  await confirms(await opensWithCard(ann, '$1.01'));
  const page = await opensWithCard(ann, '$60.01');
  const instrument = Object.fromEntries(page.forms[0]?.values ?? [])['instrument'] ?? '';
  const guesses = Array.from({ length: 12 }, (_, index) => String(700_001 + index * 137));

  const answers = await Promise.all(
    guesses.map((guess) => ann.browser.post(page.url, { instrument, pin: guess })),
  );

  const words = answers.map((each) => each.words);
  expect(words.filter((each) => /is not right/u.test(each)).length).toBeLessThanOrEqual(5);
  expect(words.some((each) => /Too many wrong PINs/u.test(each))).toBe(true);
  const locked = await confirms(page);
  expect(locked.words).toContain('Too many wrong PINs');
  expect(await moved(6001)).toMatchObject({ charged: 0 });
  await wallet.later(minutes(16));
  expect((await confirms(page, pin)).title).toContain('Paid');
});

test('pressing Pay five times at once charges once, and every page tells the same', async () => {
  const page = await opensWithCard(ann, '$25.01');
  await ann.browser.open(page.url);

  const answers = await Promise.all(Array.from({ length: 5 }, () => confirms(page)));

  const titles = answers.map(({ title }) => title);
  expect(titles.filter((title) => /Paid|finding out|already/iu.test(title)).length).toBeGreaterThan(
    0,
  );
  expect(titles.filter((title) => /Not paid|Cancelled|wrong/iu.test(title))).toEqual([]);
  await wallet.later(seconds(11));
  expect(await moved(2501)).toEqual({ charged: 1, refunded: 0, paidOut: 1 });
  expect(await ann.timesHeard(/\$25\.01 .*charged to your/u)).toBe(1);
});

test('two drafts confirmed at once do not slip under one limit together', async () => {
  await confirms(await opensWithCard(ann, '$95.01'));
  const second = await opensWithCard(ann, '$95.02');
  const third = await opensWithCard(ann, '$95.03');

  const [one, other] = await Promise.all([confirms(second), confirms(third)]);

  const refused = [one, other].filter(({ words }) => /over your limit/u.test(words));
  expect(refused).toHaveLength(1);
  const [a, b] = [await moved(9502), await moved(9503)];
  expect(a.charged + b.charged).toBe(1);
});

test('confirm against cancel at once: one wins, and thread, page and books agree', async () => {
  const page = await opensWithCard(ann, '$26.01');

  const [answer] = await Promise.all([confirms(page), ann.taps('Cancel')]);
  await wallet.settled();

  const { charged, refunded } = await moved(2601);
  const cancelledFirst = (await ann.timesHeard(/Cancelled\. Nothing was charged/u)) === 1;
  expect(charged).toBe(cancelledFirst ? 0 : 1);
  expect(/Cancelled/u.test(answer.title)).toBe(cancelledFirst);
  // A cancel that comes after the charge takes the money back, or says that it is too early for that.
  const takenBack = (await ann.timesHeard(/Taken back\./u)) === 1;
  expect(refunded).toBe(takenBack ? 1 : 0);
  const wasRefused = (await ann.timesHeard(/being charged this moment|too late/u)) === 1;
  expect([cancelledFirst, takenBack, wasRefused].filter(Boolean)).toHaveLength(1);
});

test('undo against the payout at the last moment: the money is with one of them, never both', async () => {
  await confirms(await opensWithCard(ann, '$27.01'));
  await bob.sees(/sent you \$27\.01/u);

  wallet.machine.clock.advance(seconds(9.9));
  await ann.taps('Undo');
  await wallet.later(minutes(1));

  const { charged, refunded, paidOut } = await moved(2701);
  expect([charged, refunded + paidOut]).toEqual([1, 1]);
  const told =
    (await ann.timesHeard(/Taken back\./u)) + (await ann.timesHeard(/too late for that/u));
  expect(told).toBe(1);
  expect(await ann.timesHeard(/got your \$27\.01/u)).toBe(paidOut);
});

test('two people open one claim link at once: one of them gets the money', async () => {
  await confirms(await opensWithCard(ann, '$28.01', 'cousin carla'));
  const { words } = await ann.sees(/^\$28\.01.*Forward this link/u);
  const ref = /m\.me\/1000\?ref=([\w=-]+)/u.exec(words)?.[1] ?? '';
  const claimers = await Promise.all([wallet.member(), wallet.member(), wallet.member()]);

  await Promise.all(claimers.map((claimer) => claimer.phone.follow(ref)));
  await wallet.settled();

  const got = await Promise.all(claimers.map((each) => each.timesHeard(/sent you \$28\.01/u)));
  const missed = await Promise.all(
    claimers.map((each) => each.timesHeard(/opened this link before you/u)),
  );
  expect(got.filter((times) => times === 1)).toHaveLength(1);
  expect(got.filter((times) => times === 0)).toHaveLength(2);
  expect(missed).toEqual(got.map((times) => 1 - times));
});

test('the payer cannot claim their own link, and a forged one leads nowhere', async () => {
  await confirms(await opensWithCard(ann, '$28.02', 'cousin carla'));
  const { words } = await ann.sees(/^\$28\.02.*Forward this link/u);
  const ref = /m\.me\/1000\?ref=([\w=-]+)/u.exec(words)?.[1] ?? '';

  await ann.phone.follow(ref);
  await ann.sees(/This is the link of a payment of yours/u);
  await bob.phone.follow(`${ref.slice(0, -2)}zz`);
  await bob.sees(/This link leads nowhere/u);

  expect(await moved(2802)).toEqual({ charged: 1, refunded: 0, paidOut: 0 });
});

test('a claim against the expiry, at the last second: taken or given back, never both', async () => {
  await confirms(await opensWithCard(ann, '$29.01', 'cousin carla'));
  const { words } = await ann.sees(/^\$29\.01.*Forward this link/u);
  const ref = /m\.me\/1000\?ref=([\w=-]+)/u.exec(words)?.[1] ?? '';
  const dan = await wallet.payee();
  await wallet.later(days(7) - seconds(2));

  const claiming = dan.phone.follow(ref);
  wallet.machine.clock.advance(seconds(2));
  await claiming;
  await wallet.later(minutes(3));

  const { charged, refunded, paidOut } = await moved(2901);
  expect([charged, refunded + paidOut]).toEqual([1, 1]);
  expect(await dan.timesHeard(/sent you \$29\.01/u)).toBe(paidOut);
  expect(await dan.timesHeard(/has ended/u)).toBe(refunded);
});
