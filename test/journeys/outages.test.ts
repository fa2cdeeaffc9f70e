// Stripe and Messenger on bad days: answers lost, late, broken, doubled, out of order. Money moves once, words are said once, nothing is lost.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from './driver/browser.ts';
import { eventually } from './driver/eventually.ts';
import { itemsOf, queuedIn } from './driver/kept.ts';
import { addsCard, confirms, pays } from './driver/steps.ts';
import { hours, type Member, minutes, openWallet, seconds, type Wallet } from './driver/wallet.ts';

let wallet: Wallet;
let bob: Member;
let ann: Member;

beforeAll(async () => {
  wallet = await openWallet();
  [ann, bob] = await Promise.all([wallet.member(), wallet.payee()]);
  await ann.writes(`send $1 to @${bob.handle}`);
  await pays(ann);
  await wallet.later(seconds(11));
});
afterEach(async () => {
  await wallet.stripe('webhooks', { hold: false, duplicate: 0, order: 'fifo', delayMs: 50 });
});
afterAll(() => wallet.close());

async function opensReview(amount: string, to: Member = bob): Promise<Page> {
  await ann.writes(`send ${amount} to @${to.handle}`);
  await ann.sees(new RegExp(`^Send \\${amount}`, 'u'));
  return ann.opens('Review and pay');
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

const dollars = (cents: number) => `$${(cents / 100).toFixed(2)}`;
const about = (cents: number, words: string) =>
  new RegExp(`${dollars(cents).replaceAll(/[$.]/gu, String.raw`\$&`)}.*${words}`, 'u');

describe('When Stripe, asked to charge,', () => {
  const faults = [
    ['answers 500 before charging', 'error_500_before'],
    ['answers 500 after charging', 'error_500_after'],
    ['answers 429', 'rate_limit_429'],
    ['drops the connection before charging', 'drop_before'],
    ['drops the connection after charging', 'drop_after'],
    ['cuts its answer short', 'cut_body'],
  ] as const;

  test.for(faults.map(([what, fault], index) => ({ what, fault, cents: 301 + index })))(
    '$what, it is charged once, paid once, and both are told',
    async ({ fault, cents }) => {
      const page = await opensReview(dollars(cents));
      const match = { method: 'POST', path: '/v1/payment_intents' };
      await wallet.stripe('faults', { match, fault });

      const after = await confirms(page);
      expect(after.title).not.toMatch(/Not paid|went wrong/u);
      await wallet.later(seconds(40));
      await wallet.later(minutes(6));

      expect(await moved(cents)).toEqual({ charged: 1, refunded: 0, paidOut: 1 });
      await ann.sees(about(cents, 'charged to your'));
      await ann.sees(new RegExp(`got your \\${dollars(cents)}`, 'u'));
      await bob.sees(about(cents, 'on its way to your account'));
      expect(await ann.timesHeard(about(cents, 'did not go through'))).toBe(0);
    },
  );

  test('does not answer at all, before charging or after, it is charged once and paid once', async () => {
    const carla = await wallet.member();
    await carla.writes(`send $3.12 to @${bob.handle}`);
    const pages = [await opensReview('$3.11'), await addsCard(await carla.opens('Review and pay'))];
    const answers: Promise<Page>[] = [];
    for (const [index, fault] of ['timeout_before', 'timeout_after'].entries()) {
      const match = { method: 'POST', path: '/v1/payment_intents' };
      await wallet.stripe('faults', { match, fault });
      const page = pages[index];
      if (page !== undefined) answers.push(confirms(page));
      await eventually(
        async () =>
          JSON.stringify(await wallet.stripe('faults')) === '{"faults":[]}' ? true : undefined,
        () => 'Stripe was not asked.',
      );
    }

    const titles = (await Promise.all(answers)).map(({ title }) => title);
    expect(titles.filter((title) => /Not paid|went wrong/u.test(title))).toEqual([]);
    await wallet.later(seconds(40));
    await wallet.later(minutes(1));

    for (const cents of [311, 312]) {
      expect(await moved(cents)).toEqual({ charged: 1, refunded: 0, paidOut: 1 });
      await bob.sees(about(cents, 'on its way to your account'));
    }
  });

  test('is away for an hour: Ann is told that we do not know, then that it went through, and is charged once', async () => {
    const page = await opensReview('$3.20');
    const match = { path: '/v1/payment_intents' };
    await wallet.stripe('faults', { match, fault: 'error_500_before', times: 6 });

    const after = await confirms(page);
    expect(after.title).toContain('finding out');
    await ann.sees(/We do not know yet whether your payment of \$3\.20/u);
    await wallet.later(seconds(31));
    await wallet.later(minutes(6));
    await wallet.later(hours(1) + minutes(1));
    await wallet.later(minutes(1));

    await ann.sees(/\$3\.20 .*charged to your/u);
    expect(await moved(320)).toEqual({ charged: 1, refunded: 0, paidOut: 1 });
  });
});

test.for(['error_500_before', 'drop_after', 'cut_body', 'rate_limit_429'] as const)(
  'when Stripe answers the payout with %s, Bob is paid once',
  async (fault) => {
    const cents = 340 + fault.length;
    await confirms(await opensReview(dollars(cents)));
    await wallet.stripe('faults', {
      match: { method: 'POST', path: '/v1/transfers' },
      fault,
      // What the SDK does not try again is looked for before it is asked for again, and found.
      times: fault === 'cut_body' ? 1 : 2,
    });

    await wallet.later(seconds(11));
    await wallet.later(seconds(31));
    await wallet.later(minutes(6));

    await bob.sees(about(cents, 'on its way to your account'));
    expect(await moved(cents)).toEqual({ charged: 1, refunded: 0, paidOut: 1 });
    expect(await bob.timesHeard(about(cents, 'on its way to your account'))).toBe(1);
    const faults = await fetch(`${wallet.machine.stripeUrl}/_stand-in/faults`);
    expect(await faults.json()).toEqual({ faults: [] });
  },
);

test.for(['error_500_before', 'drop_after'] as const)(
  'when Stripe answers the refund with %s, Ann gets her money back once',
  async (fault) => {
    const cents = 370 + fault.length;
    await confirms(await opensReview(dollars(cents)));
    await ann.sees(about(cents, 'charged to your'));
    await wallet.stripe('faults', {
      match: { method: 'POST', path: '/v1/refunds' },
      fault,
      times: 2,
    });

    await ann.taps('Undo');
    await ann.sees(new RegExp(`Taken back\\. \\${dollars(cents)}`, 'u'));
    await wallet.settled();
    await wallet.later(minutes(6));

    await ann.sees(new RegExp(`Your \\${dollars(cents)} is on its way back`, 'u'));
    const { refunds } = await wallet.books();
    expect(refunds.filter(({ amount }) => amount === cents)).toHaveLength(1);
  },
);

describe('Webhooks of Stripe’s', () => {
  test('that come before our own answer, four times, shuffled or reversed, move nothing twice', async () => {
    for (const [index, order] of (['reversed', 'shuffled'] as const).entries()) {
      const cents = 401 + index;
      await wallet.stripe('webhooks', { duplicate: 3, order, delayMs: 0 });
      const page = await opensReview(dollars(cents));
      const match = { method: 'POST', path: '/v1/payment_intents' };
      await wallet.stripe('faults', { match, fault: 'delay', delayMs: 700 });

      expect((await confirms(page)).title).toContain('Paid');
      await wallet.later(seconds(11));

      expect(await moved(cents)).toEqual({ charged: 1, refunded: 0, paidOut: 1 });
      expect(await ann.timesHeard(about(cents, 'charged to your'))).toBe(1);
      expect(await bob.timesHeard(about(cents, 'on its way to your account'))).toBe(1);
    }
  });

  test('that were held back all day change nothing when they come at last', async () => {
    await wallet.stripe('webhooks', { hold: true });
    await confirms(await opensReview('$4.10'));
    await wallet.later(seconds(11));
    await bob.sees(/\$4\.10 .*on its way to your account/u);
    const heard = await ann.heard();

    await wallet.stripe('webhooks', { order: 'reversed' });
    await wallet.stripe('webhooks/release', {});
    await wallet.settled();

    expect(await ann.heard()).toEqual(heard);
    expect(await moved(410)).toEqual({ charged: 1, refunded: 0, paidOut: 1 });
  });

  test('about a payment that we do not have are waited for, then let go, and nobody is told anything', async () => {
    const [annHeard, bobHeard] = [await ann.heard(), await bob.heard()];
    const made = await fetch(`${wallet.machine.stripeUrl}/v1/payment_intents`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_local', 'stripe-version': '2026-10-28.endive' },
      body: new URLSearchParams({
        amount: '4444',
        currency: 'usd',
        confirm: 'true',
        payment_method: 'pm_card_visa',
        'allowed_payment_method_types[]': 'card',
        'metadata[tender_payment]': 'pay_ofnobodyatall',
      }),
    });
    expect(made.status).toBe(200);

    await wallet.settled();
    for (let look = 0; look < 8; look += 1) await wallet.later(minutes(6));

    expect(queuedIn(wallet)).toBe(0);
    expect((await itemsOf(wallet)).join('\n')).toContain('gave_up_waiting');
    expect([await ann.heard(), await bob.heard()]).toEqual([annHeard, bobHeard]);
  });
});

describe('When Messenger,', () => {
  const faults = [
    ['answers 500', { fault: 'error_500' }],
    ['asks to slow down (613)', { fault: 'error', code: 613 }],
    ['does not know the token (190)', { fault: 'error', code: 190, status: 401 }],
    ['times out before saying it', { fault: 'timeout_before' }],
    ['times out after saying it', { fault: 'timeout_after' }],
    ['drops the connection before', { fault: 'drop_before' }],
    ['drops the connection after', { fault: 'drop_after' }],
  ] as const;

  test.for(faults.map(([what, fault], index) => ({ what, fault, cents: 501 + index })))(
    'telling Bob, $what, he is told everything once, in the end',
    async ({ fault, cents }) => {
      await bob.writes('limits');
      const page = await opensReview(dollars(cents));
      await wallet.messenger('faults', { ...fault, match: { psid: bob.id }, times: 1 });

      await confirms(page);
      await ann.sees(about(cents, 'charged to your'));
      await wallet.later(seconds(11));
      for (let look = 0; look < 6; look += 1) await wallet.later(seconds(45));

      const heard = (await bob.heard()).join('\n');
      expect(heard).toMatch(new RegExp(`sent you \\${dollars(cents)}`, 'u'));
      expect(await bob.timesHeard(new RegExp(`sent you \\${dollars(cents)}`, 'u'))).toBe(1);
      expect(await bob.timesHeard(about(cents, 'on its way to your account'))).toBe(1);
      expect(await ann.timesHeard(new RegExp(`got your \\${dollars(cents)}`, 'u'))).toBe(1);
      expect(await moved(cents)).toEqual({ charged: 1, refunded: 0, paidOut: 1 });
    },
  );

  test('answering Ann, is away for minutes, she gets every answer once and in order', async () => {
    await wallet.messenger('faults', { fault: 'error_500', match: { psid: ann.id }, times: 3 });
    const before = (await ann.heard()).length;

    await ann.writes('limits');
    await ann.writes('who am i');
    for (let look = 0; look < 8; look += 1) await wallet.later(minutes(3));

    const answers = (await ann.heard()).slice(before);
    expect(answers.map((each) => each.slice(0, 12))).toEqual(['One payment:', 'You are Nell']);
  });

  test('answering Ann, loses its own answer, what she was told is not said again', async () => {
    for (const [index, fault] of ['drop_after', 'drop_before'].entries()) {
      await wallet.messenger('faults', { fault, match: { psid: ann.id } });

      await ann.writes(`ask @${bob.handle} for $5.2${index}`);
      for (let look = 0; look < 4; look += 1) await wallet.later(minutes(4));

      expect(await ann.timesHeard(new RegExp(`^Asked .*\\$5\\.2${index}`, 'u'))).toBe(1);
    }
  });

  test('says that the window is closed (10/2018278), the news goes out as a template', async () => {
    await bob.writes('limits');
    const page = await opensReview('$5.30');
    const match = { psid: bob.id, contains: '"RESPONSE"' };
    await wallet.messenger('faults', {
      fault: 'error',
      code: 10,
      subcode: 2018278,
      match,
      times: 1,
    });

    await confirms(page);

    await bob.sees(/news about your payment of USD 5\.30/u);
    await wallet.later(seconds(11));
    expect(await moved(530)).toEqual({ charged: 1, refunded: 0, paidOut: 1 });
  });

  test('says that Bob cannot be reached (551), Ann is told so, and the money still arrives', async () => {
    await wallet.messenger(`people/${bob.id}/threads/1000/block`, {});
    await confirms(await opensReview('$5.40'));

    await ann.sees(/We could not reach @/u);
    await wallet.later(seconds(11));
    await wallet.messenger(`people/${bob.id}/threads/1000/unblock`, {});

    expect(await moved(540)).toEqual({ charged: 1, refunded: 0, paidOut: 1 });
    expect(await ann.timesHeard(/got your \$5\.40/u)).toBe(1);
  });
});

test('nothing of all this ended in a dead-letter queue, and nothing broke that nobody foresaw', async () => {
  await wallet.settled();

  const dead = wallet.machine.cloud.queues.all.filter(({ settings }) =>
    /Dead/u.test(settings.name),
  );
  expect(dead.length).toBeGreaterThan(2);
  expect(dead.filter((queue) => queue.counts().visible > 0)).toEqual([]);
  const unforeseen = wallet.logs.filter(({ line }) =>
    /TypeError|ReferenceError|is not legal/u.test(line),
  );
  expect(unforeseen).toEqual([]);
});
