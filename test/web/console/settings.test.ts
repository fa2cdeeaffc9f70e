// What an owner sets about the shop itself: its name, its clock, and the address of its last word, which no private network may be.
import { describe, expect, it } from 'vitest';
import { placeOfHost } from '../../../lambdas/adapters/outgoing-address.ts';
import { hiddenIn, openCounter } from './counter.ts';

const path = '/console/settings';
const secretIn = (html: string) => /whsec_[A-Za-z0-9+/=]{40,}/u.exec(html)?.[0];

async function asOwner() {
  const counter = openCounter();
  const { browser } = await counter.signedIn('owner');
  const sets = (form: Readonly<Record<string, string>>) => browser.submits(path, form);
  return { counter, browser, sets };
}

const lastWord = { do: 'last-word', url: 'https://joe.example/last-word' };

describe('the shop’s name and clock', () => {
  it('are changed, and seen at once', async () => {
    const { counter, browser, sets } = await asOwner();
    const saved = await sets({ do: 'about', shopName: '  Joe’s   Café ', timeZone: 'Asia/Tokyo' });
    expect(saved.to).toBe(`${path}?done=saved`);
    expect(await counter.currentShop()).toMatchObject({
      name: 'Joe’s Café',
      timeZone: 'Asia/Tokyo',
    });
    expect((await browser.gets(path)).html).toContain('By the clock of Asia/Tokyo');
  });

  it.each([
    ['no name', { shopName: ' ', timeZone: 'UTC' }, 'Give the shop a name'],
    ['a name too long', { shopName: 'x'.repeat(61), timeZone: 'UTC' }, 'Give the shop a name'],
    ['no such zone', { shopName: 'Joe’s', timeZone: 'Mars/Base' }, 'Choose the time zone'],
  ])('are refused with %s, and what was typed stands there again', async (_what, form, words) => {
    const { counter, sets } = await asOwner();
    const before = await counter.currentShop();
    const refused = await sets({ do: 'about', ...form });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain(words);
    expect(refused.html).toContain('Nothing was saved.');
    expect(refused.html).toContain(`value="${form.shopName}"`);
    expect(await counter.currentShop()).toEqual(before);
  });
});

describe('the last word', () => {
  it('is saved with a secret that is shown once, and again to who pressed twice', async () => {
    const { counter, browser } = await asOwner();
    const form = { ...hiddenIn((await browser.gets(path)).html), ...lastWord };
    const first = secretIn((await browser.posts(path, { form })).html);
    const second = secretIn((await browser.posts(path, { form })).html);
    expect(first).toBeDefined();
    expect(second).toBe(first);
    expect((await counter.currentShop()).lastWord).toEqual({ url: lastWord.url, secret: first });
    expect(secretIn((await browser.gets(path)).html)).toBeUndefined();
  });

  it('keeps its secret when only the address changes', async () => {
    const { counter, sets } = await asOwner();
    const secret = secretIn((await sets(lastWord)).html);
    const moved = await sets({ ...lastWord, url: 'https://joe.example/other' });
    expect(secretIn(moved.html)).toBeUndefined();
    expect((await counter.currentShop()).lastWord).toEqual({
      url: 'https://joe.example/other',
      secret,
    });
  });

  it('rolls its secret once for two presses, and both sign for a day', async () => {
    const { counter, browser, sets } = await asOwner();
    const old = secretIn((await sets(lastWord)).html);
    const form = { ...hiddenIn((await browser.gets(path)).html), do: 'last-word-roll' };
    const fresh = secretIn((await browser.posts(path, { form })).html);
    const again = secretIn((await browser.posts(path, { form })).html);
    expect(fresh).not.toBe(old);
    expect(again).toBe(fresh);
    expect((await counter.currentShop()).lastWord).toMatchObject({
      secret: fresh,
      previousSecret: { secret: old, validUntilMs: counter.time.nowMs + 24 * 3_600_000 },
    });
  });

  it.each([
    [{ kind: 'go' } as const, 200, 'said yes to a test order'],
    [{ kind: 'no', why: 'Closed today' } as const, 200, '“Closed today”'],
    [{ kind: 'silent' } as const, 422, 'No answer that counts within ten seconds'],
  ])('is tried with an order that says it is a test: %s', async (answer, status, words) => {
    const { counter, sets } = await asOwner();
    await sets(lastWord);
    counter.said.lastWord = answer;
    const tried = await sets({ do: 'last-word-try' });
    expect(tried.status).toBe(status);
    expect(tried.html).toContain(words);
    expect(counter.lastWords).toMatchObject([{ isTest: true, order: { number: 'TEST' } }]);
  });

  it('is asked no more once it is taken away', async () => {
    const { counter, sets } = await asOwner();
    await sets(lastWord);
    await sets({ do: 'last-word-off' });
    expect(await counter.currentShop()).not.toHaveProperty('lastWord');
    expect((await sets({ do: 'last-word-try' })).html).toContain('no address to try');
    expect(counter.lastWords).toEqual([]);
  });
});

describe('an address on a private network, or nowhere', () => {
  const urls = [
    ['https://intra.joe.example/x', 'private', 'private network'],
    ['https://slip.joe.exampel/x', 'nowhere', 'cannot be found on the internet'],
    ['http://joe.example/x', undefined, 'must begin with https://'],
  ] as const;
  const forms = [
    [path, 'last-word'],
    ['/console/api', 'add-endpoint'],
  ] as const;

  it.each(
    urls.flatMap(([url, place, words]) =>
      forms.map(([at, act]) => ({ url, place, words, at, act })),
    ),
  )('$url is not saved at $at', async ({ url, place, words, at, act }) => {
    const { counter, browser } = await asOwner();
    if (place !== undefined) counter.places.set(new URL(url).hostname, place);
    const refused = await browser.submits(at, { do: act, url });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain(words);
    expect(refused.html).toContain(`value="${url}"`);
    expect(await counter.currentShop()).not.toHaveProperty('lastWord');
    expect(await counter.world.webhookEndpoints.ofShop(counter.shop.id)).toEqual([]);
  });

  it('cannot be what an endpoint is changed to', async () => {
    const { counter, browser } = await asOwner();
    await browser.submits('/console/api', { do: 'add-endpoint', url: 'https://joe.example/a' });
    const [endpoint] = await counter.world.webhookEndpoints.ofShop(counter.shop.id);
    counter.places.set('intra.joe.example', 'private');
    const at = `/console/api/endpoints/${endpoint?.id}`;
    const refused = await browser.submits(at, { do: 'change', url: 'https://intra.joe.example/' });
    expect(refused.status).toBe(422);
    expect(await counter.world.webhookEndpoints.ofShop(counter.shop.id)).toEqual([endpoint]);
  });

  it.each([
    ['127.0.0.1', 'private'],
    ['169.254.169.254', 'private'],
    ['10.1.2.3', 'private'],
    ['::1', 'private'],
    ['localhost', 'private'],
    ['8.8.8.8', 'public'],
    ['no-such-host.invalid', 'nowhere'],
  ])('%s is %s', async (host, place) => {
    expect(await placeOfHost(host)).toBe(place);
  });
});
