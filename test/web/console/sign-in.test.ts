// Signing in to the console: by a button, once, for members alone, and for as long as they are members.
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { hiddenIn, openCounter } from './counter.ts';

const sessionCookie = '__Host-tender_console';

describe('the link from the thread', () => {
  it('signs in by its button, into a cookie that only this browser and this server see', async () => {
    const counter = openCounter();
    const joe = await counter.joins('Joe Bean', 'owner');
    const browser = counter.newBrowser();
    const link = await counter.linkFor(joe);

    const look = await browser.gets(link);
    expect(look.html).toContain('as Joe Bean');
    const pressed = await browser.posts(link, {});

    expect(pressed).toMatchObject({ status: 303, to: '/console/orders' });
    const orders = await browser.gets('/console/orders');
    expect(orders.html).toContain('No orders yet');
    expect(browser.cookies.get(sessionCookie)).toMatch(/^[\da-f]{64}$/u);
  });

  it('does nothing for a preview or a crawler that only looks', async () => {
    const counter = openCounter();
    const joe = await counter.joins('Joe Bean', 'owner');
    const link = await counter.linkFor(joe);

    for (let look = 0; look < 3; look += 1) {
      const crawler = counter.newBrowser();
      expect((await crawler.gets(link)).status).toBe(200);
      expect((await crawler.gets('/console/orders')).status).toBe(401);
    }

    const browser = counter.newBrowser();
    await browser.gets(link);
    expect(await browser.posts(link, {})).toMatchObject({ status: 303 });
  });

  it('signs in once: in another browser, and after signing out, it is used', async () => {
    const counter = openCounter();
    const joe = await counter.joins('Joe Bean', 'owner');
    const link = await counter.linkFor(joe);
    const [browser, thief] = [counter.newBrowser(), counter.newBrowser()];
    await browser.gets(link);
    await thief.gets(link);
    await browser.posts(link, {});

    expect((await thief.posts(link, {})).status).toBe(403);
    expect(thief.cookies.has(sessionCookie)).toBe(false);

    await browser.submits('/console/sign-out', {}, '/console/orders');
    expect((await browser.posts(link, {})).status).toBe(410);
    expect((await browser.gets('/console/orders')).status).toBe(401);
  });

  it('pressed twice at once is one session in the browser that pressed', async () => {
    const counter = openCounter();
    const joe = await counter.joins('Joe Bean', 'owner');
    const browser = counter.newBrowser();
    const link = await counter.linkFor(joe);
    await browser.gets(link);

    const pressed = await Promise.all([1, 2, 3].map(() => browser.posts(link, {})));

    expect(pressed.map(({ to }) => to)).toEqual(Array(3).fill('/console/orders'));
    expect((await browser.gets('/console/orders')).status).toBe(200);
    expect((await browser.gets(link)).to).toBe('/console/orders');
  });

  it('runs out after 15 minutes, and a forged one is none', async () => {
    const counter = openCounter();
    const joe = await counter.joins('Joe Bean', 'owner');
    const browser = counter.newBrowser();
    const link = await counter.linkFor(joe);
    counter.time.nowMs += 15 * 60_000;

    expect((await browser.gets(link)).status).toBe(410);
    expect((await browser.posts(link, {})).status).toBe(410);
    expect((await browser.gets(`/console/sign-in/${'f'.repeat(43)}`)).status).toBe(404);
  });

  it('is no use to whoever was removed from the team before pressing', async () => {
    const counter = openCounter();
    const joe = await counter.joins('Joe Bean', 'owner');
    const browser = counter.newBrowser();
    const link = await counter.linkFor(joe);
    await browser.gets(link);
    const shop = await counter.currentShop();
    await counter.world.shops.save({ ...shop, version: shop.version + 1, team: [] }, shop);

    expect((await browser.posts(link, {})).status).toBe(403);
    expect(browser.cookies.has(sessionCookie)).toBe(false);
  });

  it('is not pressed by another site, nor without cookies', async () => {
    const counter = openCounter();
    const joe = await counter.joins('Joe Bean', 'owner');
    const link = await counter.linkFor(joe);
    const browser = counter.newBrowser();

    expect((await browser.posts(link, {})).status).toBe(403);
    await browser.gets(link);
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await browser.posts(link, { headers })).status).toBe(403);
    expect((await browser.posts(link, {})).status).toBe(303);
  });
});

describe('a session', () => {
  it('ends after 12 hours without use, and after a week in any case', async () => {
    const counter = openCounter();
    const { browser } = await counter.signedIn();
    const hourMs = 60 * 60_000;

    for (let hour = 0; hour < 16 * 10; hour += 10) {
      counter.time.nowMs += 10 * hourMs;
      expect((await browser.gets('/console/orders')).status).toBe(200);
    }
    counter.time.nowMs += 10 * hourMs;
    expect((await browser.gets('/console/orders')).status).toBe(401);

    const other = await counter.signedIn('staff', 'Kim Crema');
    counter.time.nowMs += 12 * hourMs;
    expect((await other.browser.gets('/console/orders')).status).toBe(401);
  });

  it('is not kept alive by a page that refreshes itself', async () => {
    const counter = openCounter();
    const { browser } = await counter.signedIn();

    for (let hour = 0; hour < 12; hour += 1) {
      expect((await browser.gets('/console/orders/rows')).status).toBe(200);
      counter.time.nowMs += 60 * 60_000;
    }

    expect((await browser.gets('/console/orders/rows')).status).toBe(401);
  });

  it.each(['f'.repeat(64), '', 'x', `"><script>`, 'f'.repeat(5000)])(
    'is nothing that can be made up: %j',
    async (token) => {
      const { browser } = await openCounter().signedIn();
      browser.cookies.set(sessionCookie, token);

      expect((await browser.gets('/console/orders')).status).toBe(401);
    },
  );

  it('is not the cookie of a plain page on a neighbouring domain', async () => {
    const { browser } = await openCounter().signedIn();
    const token = browser.cookies.get(sessionCookie) ?? '';
    browser.cookies.delete(sessionCookie);
    browser.cookies.set('tender_console', token);

    expect((await browser.gets('/console/orders')).status).toBe(401);
  });

  it('ends with the membership, at once and for good', async () => {
    const counter = openCounter();
    const { browser } = await counter.signedIn('staff');
    const shop = await counter.currentShop();
    await counter.world.shops.save({ ...shop, version: shop.version + 1, team: [] }, shop);

    expect((await browser.gets('/console/orders')).status).toBe(401);

    const gone = await counter.currentShop();
    await counter.world.shops.save({ ...gone, version: gone.version + 1, team: shop.team }, gone);
    expect((await browser.gets('/console/orders')).status).toBe(401);
  });

  it('has the role that the team says now, not the one it began with', async () => {
    const counter = openCounter();
    const { browser } = await counter.signedIn('staff');
    const order = await counter.order();
    const path = `/console/orders/${order.id}`;
    const form = { ...hiddenIn((await browser.gets(path)).html), do: 'preparing' };
    const shop = await counter.currentShop();
    const team = shop.team.map((each) => ({ ...each, role: 'reader' as const }));
    await counter.world.shops.save({ ...shop, version: shop.version + 1, team }, shop);

    const answer = await browser.posts(path, { form });

    expect(answer.status).toBe(403);
    expect(answer.html).toContain('Not for your role');
    expect((await counter.orderNow(order)).state).toBe('paid');
  });

  it('is signed out by its own page alone', async () => {
    const counter = openCounter();
    const { browser } = await counter.signedIn();
    const form = hiddenIn((await browser.gets('/console/orders')).html);

    const crossSite = { headers: { 'sec-fetch-site': 'cross-site' }, form };
    expect((await browser.posts('/console/sign-out', crossSite)).status).toBe(403);
    expect((await browser.posts('/console/sign-out', {})).status).toBe(403);
    expect((await browser.gets('/console/orders')).status).toBe(200);

    expect((await browser.posts('/console/sign-out', { form })).html).toContain('Signed out');
    expect((await browser.gets('/console/orders')).status).toBe(401);
  });
});

describe('a form', () => {
  it.each([
    ['of another site', { 'sec-fetch-site': 'cross-site' }],
    ['of a neighbouring site', { 'sec-fetch-site': 'same-site' }],
    ['of an address that was typed', { 'sec-fetch-site': 'none' }],
  ])('%s does nothing, whatever it carries', async (_, headers) => {
    const counter = openCounter();
    const { browser } = await counter.signedIn();
    const order = await counter.order();
    const path = `/console/orders/${order.id}`;
    const form = { ...hiddenIn((await browser.gets(path)).html), do: 'preparing' };

    expect((await browser.posts(path, { form, headers })).status).toBe(403);

    expect((await counter.orderNow(order)).state).toBe('paid');
  });

  it('of another session does nothing', async () => {
    const counter = openCounter();
    const mine = await counter.signedIn('owner', 'Joe Bean');
    const other = await counter.signedIn('owner', 'Kim Crema');
    const order = await counter.order();
    const path = `/console/orders/${order.id}`;
    const { session = '' } = hiddenIn((await other.browser.gets(path)).html);

    for (const form of [{ do: 'preparing', session }, { do: 'preparing' }])
      expect((await mine.browser.posts(path, { form })).status).toBe(403);

    expect((await counter.orderNow(order)).state).toBe('paid');
  });
});

describe('every page', () => {
  it('runs no script but ours, is framed by nobody else and kept by no cache', async () => {
    const { browser } = await openCounter().signedIn();

    const { headers } = await browser.gets('/console/orders');

    const policy = headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    });
  });

  it('has the script at an address of its own, which follows from its text', async () => {
    const { browser } = await openCounter().signedIn();
    const { html } = await browser.gets('/console/orders');
    const src = /<script src="([^"]+)" defer>/u.exec(html)?.[1] ?? '';

    const script = await browser.gets(src);

    expect(script.status).toBe(200);
    expect(script.headers['content-type']).toContain('text/javascript');
    expect(src).toMatch(/\?v=[\da-f]{16}$/u);
    expect(() => new Script(script.html)).not.toThrow();
  });
});
