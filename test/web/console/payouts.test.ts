// What an owner reads of the shop's money: balance, payouts, fees of a month; and what is said when Stripe is quiet or has stopped the shop.
import { describe, expect, it } from 'vitest';
import { latestMonths, readMonth } from '../../../lambdas/domain/console/month.ts';
import { money } from '../../../lambdas/domain/money/money.ts';
import type { MerchantAccount } from '../../../lambdas/domain/shops/shop.ts';
import { type Counter, openCounter } from './counter.ts';

const path = '/console/payouts';

async function withAccount(counter: Counter = openCounter()) {
  const { browser } = await counter.signedIn('owner');
  const opened = await counter.till.shopProvider.onboardMerchant({
    shop: counter.shop,
    returnUrl: 'https://tender.example/',
    refreshUrl: 'https://tender.example/',
  });
  if (opened.kind !== 'done') throw new Error('No account was opened.');
  const { accountId } = opened;
  counter.till.hands.finishOnboarding(accountId);
  const standsAs = async (account: Partial<MerchantAccount>) => {
    const now = await counter.currentShop();
    const standing = { accountId, status: 'active', missing: [], ...account } as const;
    await counter.world.shops.save({ ...now, account: standing, version: now.version + 1 }, now);
  };
  await standsAs({});
  const sells = async (minor: number) => {
    const order = await counter.order();
    const { customerId, instrumentId } = counter.till.hands.saveCard(accountId, 'pm_card_visa');
    const charged = await counter.till.shopProvider.chargeSavedCard({
      orderId: order.id,
      number: order.number,
      attempt: 1,
      accountId,
      total: money(minor, 'USD'),
      fee: money(minor / 100, 'USD'),
      customerId,
      instrumentId,
      returnUrl: 'https://tender.example/',
    });
    if (charged.kind !== 'done') throw new Error('Not charged.');
    return order;
  };
  return { counter, browser, accountId, standsAs, sells };
}

const textOf = (html: string) =>
  html
    .replaceAll(/<(?:select|script).*?<\/(?:select|script)>/gsu, '')
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/\s+/gu, ' ');

describe('an owner', () => {
  it('reads that there is nothing yet, in words', async () => {
    const { browser } = await withAccount();
    const text = textOf((await browser.gets(path)).html);
    expect(text).toContain('Can be paid out now $0.00');
    expect(text).toContain('None yet. Stripe pays out by itself');
    expect(text).toContain('Nothing was sold or given back in this month');
  });

  it('sees a sale with both fees, what it leaves, and the way to its order', async () => {
    const { browser, sells } = await withAccount();
    const order = await sells(10_000);
    const { html } = await browser.gets(path);
    expect(html).toContain(`href="/console/orders/${order.id}"`);
    const text = textOf(html);
    expect(text).toContain(`Order · ${order.number} $95.80`);
    expect(text).toContain('$100.00 less $1.00 for Tender and $3.20 for Stripe');
    expect(text).toContain('Paid by buyers, on its way to you $95.80');
    expect(text).toContain('Yours $95.80');
  });

  it('sees a payout on its way, arrived, and sent back with the bank’s reason', async () => {
    const { counter, browser, accountId, sells } = await withAccount();
    await sells(10_000);
    const payout = counter.till.hands.payOut(accountId);
    expect(textOf((await browser.gets(path)).html)).toContain(
      '$95.80 On its way Expected Nov 24, 2026',
    );
    counter.till.hands.endPayout(payout);
    expect(textOf((await browser.gets(path)).html)).toContain('$95.80 Paid Arrived Nov 24, 2026');
    counter.till.hands.endPayout(payout, 'account_closed');
    const text = textOf((await browser.gets(path)).html);
    expect(text).toContain('Failed The bank account is closed. Give Stripe another one.');
    expect(text).toContain('The money is on your balance again.');
  });

  it('pages through payouts, and through a month’s sales, each once', async () => {
    const { counter, browser, accountId, sells } = await withAccount();
    for (let sale = 0; sale < 13; sale += 1) {
      await sells(1000);
      counter.till.hands.payOut(accountId);
    }
    const first = (await browser.gets(path)).html;
    expect(first.match(/Expected/gu)).toHaveLength(12);
    const older = /href="([^"]+)">Older payouts/u.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = (await browser.gets(older)).html;
    expect(second.match(/Expected/gu)).toHaveLength(1);
    expect(second).not.toContain('Older payouts');
  });

  it('reads of another month only what was in it', async () => {
    const { browser, sells } = await withAccount();
    await sells(10_000);
    const text = textOf((await browser.gets(`${path}?month=2026-10`)).html);
    expect(text).not.toContain('$95.80 Nov');
    expect(text).toContain('Nothing was sold or given back');
    expect((await browser.gets(`${path}?month=1999-77`)).html).toContain('for Stripe');
  });

  it('is told when Stripe does not answer, and still has the button to Stripe', async () => {
    const { counter, browser, sells } = await withAccount();
    await sells(10_000);
    for (const call of ['balance', 'payouts', 'movements'] as const)
      counter.till.failNext(`money.${call}`, 'lost_before');
    const { html, status } = await browser.gets(path);
    expect(status).toBe(200);
    expect(html.match(/Stripe does not answer just now/gu)).toHaveLength(3);
    expect(html).not.toContain('$');
    expect(html).toContain('Change my details at Stripe');
  });

  it('with an address that was tampered with begins anew, and sees no other shop’s money', async () => {
    const { browser } = await withAccount();
    const text = textOf((await browser.gets(`${path}?fees=txn_0&payouts=po_junk`)).html);
    expect(text).toContain('This part of the list is not there any more');
    const hostile = encodeURIComponent(`"><script>alert(1)</script>`);
    const { html, status } = await browser.gets(
      `${path}?month=${hostile}&fees=${hostile}&payouts=${hostile}`,
    );
    expect(status).toBe(200);
    expect(html).not.toContain('alert(1)');
  });

  it('of a restricted shop reads what is missing, in words, with the button that leads there', async () => {
    const { browser, standsAs } = await withAccount();
    await standsAs({ status: 'restricted', missing: ['Proof of identity', 'Bank account'] });
    const { html } = await browser.gets(path);
    const text = textOf(html);
    expect(text).toContain('Stopped by Stripe');
    expect(text).toContain('What it asks for: Proof of identity Bank account');
    expect(text).toContain('Give Stripe what it asks for');
    const answer = await browser.submits(path, { do: 'onboard' });
    expect(answer.headers['location'] ?? answer.html).toContain('https://connect.stripe.com/');
  });

  it('of a shop that has left is not asked about Stripe’s books, and may begin anew', async () => {
    const { browser, standsAs } = await withAccount();
    await standsAs({ status: 'left' });
    const text = textOf((await browser.gets(path)).html);
    expect(text).toContain('No longer connected');
    expect(text).toContain('Begin anew at Stripe');
    expect(text).not.toContain('Stripe does not answer');
  });
});

it.each(['staff', 'reader'] as const)('%s see no money', async (role) => {
  const counter = openCounter();
  const { browser } = await counter.signedIn(role);
  expect((await browser.gets(path)).status).toBe(403);
});

describe('a month by the shop’s clock', () => {
  it('begins at midnight there, also where the clocks change in it', () => {
    const november = readMonth('America/New_York', '2026-11');
    expect(new Date(november?.fromMs ?? 0).toISOString()).toBe('2026-11-01T04:00:00.000Z');
    expect(new Date(november?.toMs ?? 0).toISOString()).toBe('2026-12-01T05:00:00.000Z');
  });

  it.each(['2026-13', '1999-01', '', '2026-1', 'x'])('is not “%s”', (text) => {
    expect(readMonth('UTC', text)).toBeUndefined();
  });

  it('is already the next one in the east', () => {
    const lastMinute = Date.parse('2026-12-31T23:30:00Z');
    const texts = (timeZone: string) =>
      latestMonths(timeZone, lastMinute, 2).map(({ text }) => text);
    expect(texts('UTC')).toEqual(['2026-12', '2026-11']);
    expect(texts('Asia/Tokyo')).toEqual(['2027-01', '2026-12']);
  });
});
