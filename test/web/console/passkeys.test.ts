// Signing in by a passkey: added by whoever is signed in, used once a challenge, and worth nothing in any other hands.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newAuthenticator, type Told } from '../../builders/authenticator.ts';
import { openStores } from '../../contracts/open-stores.ts';
import { type Browser, type Counter, hiddenIn, openCounter, publicUrl } from './counter.ts';

const passkeys = '/console/passkeys';
const signInAt = `${passkeys}/sign-in`;
const sessionCookie = '__Host-tender_console';

/** Joe is signed in by his link, and has a device. */
async function open(counter: Counter = openCounter()) {
  const { person, browser } = await counter.signedIn();
  return { counter, person, browser, device: newAuthenticator(publicUrl) };
}

/** The options that the page's script is given. */
async function optionsFor(browser: Browser, at: string): Promise<string> {
  const form = at === signInAt ? {} : hiddenIn((await browser.gets(passkeys)).html);
  const shown = await browser.posts(`${at}/challenge`, { form });
  expect(shown.headers['content-type']).toBe('application/json');
  return shown.html;
}

async function adds(browser: Browser, answer: string, name = 'Phone') {
  return browser.submits(passkeys, { do: 'add', name, answer });
}

type Opened = Awaited<ReturnType<typeof open>>;

async function addsOne({ browser, device }: Pick<Opened, 'browser' | 'device'>, told?: Told) {
  return adds(browser, device.makes(await optionsFor(browser, passkeys), told));
}

/** In a browser that nobody is signed in with. */
async function comesBack({ counter, device }: Pick<Opened, 'counter' | 'device'>, told?: Told) {
  const browser = counter.newBrowser();
  await browser.gets('/console/sign-in');
  const answer = device.signs(await optionsFor(browser, signInAt), told);
  const shown = await browser.posts(signInAt, { form: { answer } });
  return { browser, answer, shown };
}

describe('a passkey', () => {
  it.each(['in memory', 'on DynamoDB'] as const)(
    'signs its owner in without a link, again and again, %s',
    async (kind) => {
      const joe = await open(openCounter({}, await openStores(kind)));
      expect((await addsOne(joe)).to).toBe(`${passkeys}?done=added`);
      expect((await joe.browser.gets(passkeys)).html).toContain('not used yet');

      for (let visit = 0; visit < 3; visit += 1) {
        const { browser, shown } = await comesBack(joe);

        expect(shown).toMatchObject({ status: 303, to: '/console/orders' });
        expect((await browser.gets('/console/orders')).html).toContain('Joe Bean · Owner');
        expect((await browser.gets('/console/sign-in')).to).toBe('/console/orders');
      }
      expect((await joe.browser.gets(passkeys)).html).toContain('last used');
      expect(joe.counter.refusals).toEqual([]);
    },
  );

  it('is one of several, each with a name and an end of its own', async () => {
    const joe = await open();
    const tablet = { ...joe, device: newAuthenticator(publicUrl) };
    await addsOne(joe);
    await adds(joe.browser, tablet.device.makes(await optionsFor(joe.browser, passkeys)), '');

    const { html } = await joe.browser.gets(passkeys);
    expect([...html.matchAll(/class="title">([^<]+)</gu)].map(([, name]) => name)).toEqual([
      'Phone',
      'Passkey',
    ]);
    const passkey = joe.device.keys.at(0)?.id ?? '';
    await joe.browser.submits(passkeys, { do: 'remove', passkey });

    expect((await comesBack(joe)).shown.html).toContain('This passkey was removed');
    expect((await comesBack(tablet)).shown.status).toBe(303);
  });

  it('takes everybody out who came in by it when it is removed, and nobody else', async () => {
    const joe = await open();
    const tablet = { ...joe, device: newAuthenticator(publicUrl) };
    await addsOne(joe);
    await addsOne(tablet);
    const lost = (await comesBack(joe)).browser;
    const kept = (await comesBack(tablet)).browser;

    await joe.browser.submits(passkeys, { do: 'remove', passkey: joe.device.keys.at(0)?.id ?? '' });

    expect((await lost.gets('/console/orders')).status).toBe(401);
    expect((await kept.gets('/console/orders')).status).toBe(200);
    expect((await joe.browser.gets('/console/orders')).status).toBe(200);
  });

  it('says to whoever removes the one that they came in by that they are signed out, and how to come back', async () => {
    const joe = await open();
    await addsOne(joe);
    const { browser } = await comesBack(joe);
    const passkey = joe.device.keys.at(0)?.id ?? '';

    const shown = await browser.submits(passkeys, { do: 'remove', passkey });

    expect(shown.status).toBe(200);
    expect(shown.html).toContain('You came in by it, so you are signed out');
    expect(shown.html).toContain('/console/sign-in');
    expect(browser.cookies.has(sessionCookie)).toBe(false);
    expect((await browser.gets(passkeys)).status).toBe(401);
  });

  it('is offered with the ids of those that are there, and is added up to ten times', async () => {
    const joe = await open();
    for (let made = 0; made < 10; made += 1) await addsOne(joe);

    expect(await optionsFor(joe.browser, passkeys)).toContain(joe.device.keys.at(9)?.id);
    expect((await addsOne(joe)).html).toContain('10 passkeys are the most');
  });

  it('asks the device to keep it, to verify its owner, and to tell nothing of its make', async () => {
    const joe = await open();

    expect(JSON.parse(await optionsFor(joe.browser, passkeys))).toMatchObject({
      create: {
        rp: { id: 'tender.example' },
        user: { name: expect.stringContaining('Joe Bean') },
        attestation: 'none',
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      },
    });
  });

  it('is of one shop: another shop’s console does not know it', async () => {
    const joe = await open();
    await addsOne(joe);
    const other = await open();

    const { shown } = await comesBack({ counter: other.counter, device: joe.device });

    expect(shown.html).toContain('This passkey was removed');
  });

  it('signs nobody in who has left the team, and is told so', async () => {
    const joe = await open();
    await addsOne(joe);
    const shop = await joe.counter.currentShop();
    await joe.counter.world.shops.save({ ...shop, version: shop.version + 1, team: [] }, shop);

    const { browser, shown } = await comesBack(joe);

    expect(shown.status).toBe(403);
    expect(shown.html).toContain('not in this shop’s team');
    expect(browser.cookies.has(sessionCookie)).toBe(false);
  });

  it('is worth as much as its owner’s role is now', async () => {
    const joe = await open();
    await addsOne(joe);
    const shop = await joe.counter.currentShop();
    const team = shop.team.map((member) => ({ ...member, role: 'reader' as const }));
    await joe.counter.world.shops.save({ ...shop, version: shop.version + 1, team }, shop);

    const { browser } = await comesBack(joe);

    expect((await browser.gets('/console/orders')).status).toBe(200);
    expect((await browser.gets('/console/team')).status).toBe(403);
  });
});

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

describe('an attacker', () => {
  it.each<[string, Told]>([
    ['from another origin', { origin: 'https://tender.example.evil.example' }],
    ['from our host without TLS', { origin: 'http://tender.example' }],
    ['from another host’s passkey', { rpId: 'evil.example' }],
    ['in a frame of another site', { crossOrigin: true }],
    ['with the answer of making one', { type: 'webauthn.create' }],
    ['without its owner being verified', { isVerified: false }],
    ['without anybody there', { isPresent: false }],
    ['with another key', { signedBy: stranger }],
    ['as somebody unknown', { userHandle: Buffer.from('mem_nobody').toString('base64url') }],
    ['as nobody', { userHandle: Buffer.from('Joe').toString('base64url') }],
    ['with another credential', { credentialId: 'bm9uZQ' }],
    ['with a challenge of their own', { challenge: 'c'.repeat(43) }],
  ])('is not signed in %s', async (_how, told) => {
    const joe = await open();
    await addsOne(joe);

    const { browser, shown } = await comesBack(joe, told);

    expect([403, 410]).toContain(shown.status);
    expect(browser.cookies.has(sessionCookie)).toBe(false);
    expect(joe.counter.refusals).toHaveLength(1);
    expect((await comesBack(joe)).shown.status).toBe(303);
  });

  it.each<[string, Told]>([
    ['from another origin', { origin: 'https://evil.example' }],
    ['for another host', { rpId: 'evil.example' }],
    ['in a frame of another site', { crossOrigin: true }],
    ['with the answer of signing in', { type: 'webauthn.get' }],
    ['without verifying its owner', { isVerified: false }],
    ['with a challenge of their own', { challenge: 'c'.repeat(43) }],
  ])('adds none %s', async (_how, told) => {
    const joe = await open();

    expect((await addsOne(joe, told)).status).toBe(422);

    expect((await joe.browser.gets(passkeys)).html).not.toContain('not used yet');
  });

  it('does not use an answer twice, nor in another browser, nor after five minutes', async () => {
    const joe = await open();
    await addsOne(joe);
    const used = await comesBack(joe);
    const thief = joe.counter.newBrowser();
    await thief.gets('/console/sign-in');
    const { answer } = used;

    expect((await used.browser.posts(signInAt, { form: { answer } })).status).toBe(410);
    expect((await thief.posts(signInAt, { form: { answer } })).status).toBe(410);

    const fresh = joe.device.signs(await optionsFor(used.browser, signInAt));
    expect((await thief.posts(signInAt, { form: { answer: fresh } })).status).toBe(410);
    expect((await used.browser.posts(signInAt, { form: { answer: fresh } })).status).toBe(410);

    const late = joe.device.signs(await optionsFor(thief, signInAt));
    joe.counter.time.nowMs += 5 * 60_000;
    expect((await thief.posts(signInAt, { form: { answer: late } })).status).toBe(410);
    expect(thief.cookies.has(sessionCookie)).toBe(false);
  });

  it('who sends one answer ten times at once is in once', async () => {
    const joe = await open();
    await addsOne(joe);
    const browser = joe.counter.newBrowser();
    await browser.gets('/console/sign-in');
    const form = { answer: joe.device.signs(await optionsFor(browser, signInAt)) };

    const shown = await Promise.all(
      Array.from({ length: 10 }, () => browser.posts(signInAt, { form })),
    );

    expect(shown.filter(({ status }) => status === 303)).toHaveLength(1);
  });

  it('does not add a passkey with a challenge of another session, or of another use', async () => {
    const joe = await open();
    const kim = await joe.counter.signedIn('staff', 'Kim Crema');
    const forKim = joe.device.makes(await optionsFor(kim.browser, passkeys));

    expect((await adds(joe.browser, forKim)).html).toContain('Nothing was added');
    expect((await adds(kim.browser, forKim)).html).toContain('Nothing was added');

    await addsOne(joe);
    const forAdding = await optionsFor(joe.browser, passkeys);
    const { challenge }: { challenge: string } = JSON.parse(forAdding).create;
    const { shown } = await comesBack(joe, { challenge });
    expect(shown.status).toBe(410);
  });

  it('who takes a colleague’s handle or credential for a passkey of their own gets in only as themselves', async () => {
    const joe = await open();
    await addsOne(joe);
    const kim = await joe.counter.signedIn('staff', 'Kim Crema');
    const credentialId = joe.device.keys.at(0)?.id ?? '';
    const device = newAuthenticator(publicUrl);

    await addsOne({ browser: kim.browser, device }, { credentialId });

    const own = await comesBack({ counter: joe.counter, device });
    expect((await own.browser.gets('/console/orders')).html).toContain('Kim Crema · Staff');
    const userHandle = joe.device.keys.at(0)?.userHandle ?? '';
    expect((await comesBack({ counter: joe.counter, device }, { userHandle })).shown.status).toBe(
      403,
    );
    await kim.browser.submits(passkeys, { do: 'remove', passkey: credentialId });
    expect((await comesBack(joe)).shown.status).toBe(303);
  });

  it('with a copy of a passkey is told by its count, which is logged', async () => {
    const joe = await open();
    await addsOne(joe);
    await comesBack(joe, { counter: 7 });

    for (const counter of [7, 6, 0]) {
      const { browser, shown } = await comesBack(joe, { counter });
      expect(shown.html).toContain('there is a copy of it');
      expect(browser.cookies.has(sessionCookie)).toBe(false);
    }

    expect(joe.counter.refusals).toEqual(
      [7, 6, 0].map(() => ({
        why: 'counter_back',
        memberId: expect.stringMatching(/^mem_/u),
      })),
    );
    expect((await comesBack(joe, { counter: 8 })).shown.status).toBe(303);
  });

  it('may let a device that never counts sign in again and again', async () => {
    const joe = await open();
    await addsOne(joe);

    expect((await comesBack(joe, { counter: 0 })).shown.status).toBe(303);
    expect((await comesBack(joe, { counter: 0 })).shown.status).toBe(303);
  });

  it.each([
    '',
    'null',
    '[]',
    '{}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{}}',
    `{"id":"${'Y'.repeat(5000)}"}`,
    '[['.repeat(20_000),
    JSON.stringify({
      id: 'YQ',
      rawId: 'YQ',
      type: 'public-key',
      response: { clientDataJSON: 'e30', authenticatorData: 'YQ', signature: 'YQ' },
    }),
  ])('gets nothing for garbage (%#)', async (answer) => {
    const joe = await open();
    const browser = joe.counter.newBrowser();
    await browser.gets('/console/sign-in');

    expect((await browser.posts(signInAt, { form: { answer } })).status).toBe(403);
    expect((await adds(joe.browser, answer)).status).toBe(422);
  });

  it('gets nothing for an attestation of endless depth, or one that is cut off', async () => {
    const joe = await open();
    const whole: { response: { attestationObject: string } } = JSON.parse(
      joe.device.makes(await optionsFor(joe.browser, passkeys)),
    );
    const deep = Buffer.alloc(29_000, 0x81).toString('base64url');
    for (const attestationObject of [deep, whole.response.attestationObject.slice(0, 80), 'AA']) {
      const answer = JSON.stringify({
        ...JSON.parse(joe.device.makes(await optionsFor(joe.browser, passkeys))),
        response: {
          ...JSON.parse(joe.device.makes(await optionsFor(joe.browser, passkeys))).response,
          attestationObject,
        },
      });
      expect((await adds(joe.browser, answer)).html).toContain('could not be verified');
    }
  });

  it('is not heard with a huge body, from another site, or without a mark', async () => {
    const joe = await open();
    const huge = Buffer.alloc(300_000, 'a');
    expect((await joe.counter.newBrowser().posts(signInAt, { body: huge })).status).toBe(413);

    const browser = joe.counter.newBrowser();
    expect((await browser.posts(`${signInAt}/challenge`, {})).status).toBe(403);
    expect((await browser.posts(signInAt, {})).html).toContain('keeps no cookies');
    await browser.gets('/console/sign-in');
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await browser.posts(`${signInAt}/challenge`, { headers })).status).toBe(403);
    expect((await browser.posts(signInAt, { headers })).status).toBe(403);
    expect((await joe.browser.posts(`${passkeys}/challenge`, {})).status).toBe(403);
    expect((await browser.posts(`${passkeys}/challenge`, {})).status).toBe(401);
  });
});
