// Where an owner makes keys for programs and endpoints that hear of orders: who may, what is shown once, and what counts once.
import { describe, expect, inject, it } from 'vitest';
import type { Delivery } from '../../../lambdas/domain/merchant-api/delivery.ts';
import { dynamoMerchantStores } from '../../../lambdas/adapters/dynamodb/merchant-stores.ts';
import { dynamoStores } from '../../../lambdas/adapters/dynamodb/stores.ts';
import { answerCall } from '../../../web/merchant-api/answer-call.ts';
import { aDelivery, anApiKey, anEndpoint } from '../../builders/merchants.ts';
import { makeTables } from '../../builders/tables.ts';
import { type Browser, type Counter, hiddenIn, openCounter } from './counter.ts';

const path = '/console/api';
const hostile = `"><img src=x onerror=alert(1)>'&<script>alert(1)</script>`;
const hourMs = 3_600_000;

async function asOwner() {
  const counter = openCounter();
  const { browser } = await counter.signedIn('owner');
  return { counter, browser };
}

/** As a browser sends a form with several ticks of one name. */
async function ticks(
  browser: Browser,
  form: readonly (readonly [name: string, value: string])[],
  at = path,
) {
  const hidden = Object.entries(hiddenIn((await browser.gets(at)).html));
  const own = new Set(form.map(([name]) => name));
  const kept = hidden.filter(([name]) => !own.has(name));
  return browser.posts(at, {
    body: bodyOf([...kept, ...form]),
  });
}

function bodyOf(fields: readonly (readonly [name: string, value: string])[]): Buffer {
  const form = new URLSearchParams();
  for (const [name, value] of fields) form.append(name, value);
  return Buffer.from(form.toString());
}

const keyIn = (html: string) => /tsk_test_[a-z2-7]{20}_[\w-]{43}/u.exec(html)?.[0];
const secretIn = (html: string) => /whsec_[A-Za-z0-9+/=]{40,}/u.exec(html)?.[0];

const cashDesk = [
  ['do', 'make-key'],
  ['name', 'Cash desk'],
  ['scope', 'orders:read'],
  ['scope', 'refunds:write'],
] as const;

/** Through the API's own front, as over the wire. */
async function status({ world }: Counter, key: string | undefined, at = '/v1/orders') {
  const { answer } = await answerCall(world, {
    method: 'GET',
    path: at,
    query: {},
    headers: { authorization: `Bearer ${key ?? ''}` },
    body: Buffer.alloc(0),
  });
  return answer.status;
}

const endpointForm = [
  ['do', 'add-endpoint'],
  ['url', 'https://joe.example/hooks'],
  ['event', 'order.paid'],
] as const;

async function withEndpoint() {
  const { counter, browser } = await asOwner();
  const shown = (await ticks(browser, endpointForm)).html;
  const [endpoint] = await counter.world.webhookEndpoints.ofShop(counter.shop.id);
  if (endpoint === undefined) throw new Error('No endpoint was made.');
  return { counter, browser, shown, endpoint, at: `${path}/endpoints/${endpoint.id}` };
}

describe('staff and readers', () => {
  it.each(['staff', 'reader'] as const)('(%s) get none of it', async (role) => {
    const counter = openCounter();
    const { browser } = await counter.signedIn(role);
    const orders = (await browser.gets('/console/orders')).html;
    const endpoint = anEndpoint({ shopId: counter.shop.id });
    await counter.world.webhookEndpoints.save(endpoint);

    expect(orders).not.toContain(`href="${path}"`);
    for (const at of [path, `${path}/endpoints/${endpoint.id}`]) {
      expect((await browser.gets(at)).status).toBe(403);
      for (const act of ['make-key', 'add-endpoint', 'roll', 'revoke', 'delete', 'off']) {
        const form = { ...hiddenIn(orders), do: act, name: 'x', scope: 'orders:read' };
        expect((await browser.posts(at, { form })).status).toBe(403);
      }
    }
    expect(await counter.world.apiKeys.ofShop(counter.shop.id)).toEqual([]);
    expect(await counter.world.webhookEndpoints.get(counter.shop.id, endpoint.id)).toEqual(
      endpoint,
    );
  });
});

it('does nothing for another site, an old form, or nobody', async () => {
  const { counter, browser } = await asOwner();
  const form = { ...hiddenIn((await browser.gets(path)).html), do: 'make-key', name: 'x' };
  const asked = { ...form, scope: 'orders:read' };
  const headers = { 'sec-fetch-site': 'cross-site' };

  expect((await browser.posts(path, { form: asked, headers })).status).toBe(403);
  expect((await browser.posts(path, { form: { ...asked, session: 'x' } })).status).toBe(403);
  expect((await counter.newBrowser().posts(path, { form: asked })).status).toBe(401);
  expect((await counter.newBrowser().gets(path)).status).toBe(401);
  expect(await counter.world.apiKeys.ofShop(counter.shop.id)).toEqual([]);
});

describe('a key', () => {
  it('is shown once, and opens what was ticked and nothing else', async () => {
    const { counter, browser } = await asOwner();

    const made = await ticks(browser, cashDesk);
    const key = keyIn(made.html);
    const later = await browser.gets(path);

    expect(made).toMatchObject({ status: 200, to: undefined });
    expect(made.html).toContain('it is shown this once');
    expect(later.html).toContain('Cash desk');
    expect(later.html).toContain(key?.slice(0, 30));
    expect(keyIn(later.html)).toBeUndefined();
    expect(await status(counter, key)).toBe(200);
    expect(await status(counter, key, '/v1/products')).toBe(403);
  });

  it('is one, however often the button is pressed', async () => {
    const { counter, browser } = await asOwner();
    const { session = '', nonce = '' } = hiddenIn((await browser.gets(path)).html);
    const body = bodyOf([['session', session], ['nonce', nonce], ...cashDesk]);

    const pressed = await Promise.all([1, 2, 3].map(async () => browser.posts(path, { body })));

    const [key, ...others] = pressed.map(({ html }) => keyIn(html));
    expect(others).toEqual([key, key]);
    expect(await status(counter, key)).toBe(200);
    expect(await counter.world.apiKeys.ofShop(counter.shop.id)).toHaveLength(1);
  });

  it('is shown by its form for some minutes, and by that form in another session never', async () => {
    const { counter, browser } = await asOwner();
    const other = (await counter.signedIn('owner', 'Jo Bean')).browser;
    const { session = '', nonce = '' } = hiddenIn((await browser.gets(path)).html);
    const theirs = hiddenIn((await other.gets(path)).html)['session'] ?? '';
    const body = (of: string) => bodyOf([['session', of], ['nonce', nonce], ...cashDesk]);

    const key = keyIn((await browser.posts(path, { body: body(session) })).html);
    const stranger = keyIn((await other.posts(path, { body: body(theirs) })).html);
    counter.time.nowMs += 10 * 60_000;
    const late = await browser.posts(path, { body: body(session) });

    expect(key).toBeDefined();
    expect(stranger).not.toBe(key);
    expect(keyIn(late.html)).toBeUndefined();
    expect(late.html).toContain('has made its key already');
    expect(await counter.world.apiKeys.ofShop(counter.shop.id)).toHaveLength(2);
  });

  it('says on which day it was last used, at the cost of one write a day', async () => {
    const { counter, browser } = await asOwner();
    const key = keyIn((await ticks(browser, cashDesk)).html);
    expect((await browser.gets(path)).html).toContain('not used yet');
    const writes: string[] = [];
    const { apiKeys } = counter.world;
    const counted = {
      ...apiKeys,
      noteUse: async (...use: Parameters<typeof apiKeys.noteUse>) => {
        writes.push(use[1]);
        await apiKeys.noteUse(...use);
      },
    };
    const seen = { ...counter, world: { ...counter.world, apiKeys: counted } };

    for (let call = 0; call < 3; call += 1) expect(await status(seen, key)).toBe(200);
    expect((await browser.gets(path)).html).toContain('last used Nov 22, 2026');
    counter.time.nowMs += 24 * hourMs;
    expect(await status(seen, key)).toBe(200);
    expect(await status(seen, `${key?.slice(0, -1)}_`)).toBe(401);

    expect(writes).toEqual(['2026-11-22', '2026-11-23']);
  });

  it('rolls with an overlap, once for two presses', async () => {
    const { counter, browser } = await asOwner();
    const old = keyIn((await ticks(browser, cashDesk)).html);
    const [key] = await counter.world.apiKeys.ofShop(counter.shop.id);
    const form = {
      ...hiddenIn((await browser.gets(path)).html),
      do: 'roll',
      key: key?.id ?? '',
      version: '1',
      overlap: 'hour',
    };

    const fresh = keyIn((await browser.posts(path, { form })).html);
    const again = await browser.posts(path, { form });
    const elsewhere = {
      ...hiddenIn((await browser.gets(path)).html),
      ...form,
      nonce: 'n'.repeat(43),
    };
    const late = await browser.posts(path, { form: elsewhere });

    expect(fresh).not.toBe(old);
    expect(keyIn(again.html)).toBe(fresh);
    expect(late.status).toBe(422);
    expect(late.html).toContain('nothing was done now');
    expect((await browser.gets(path)).html).toContain('What it was before opens until');
    expect([await status(counter, old), await status(counter, fresh)]).toEqual([200, 200]);
    counter.time.nowMs += hourMs;
    expect([await status(counter, old), await status(counter, fresh)]).toEqual([401, 200]);
  });

  it('is revoked at once, its former self too', async () => {
    const { counter, browser } = await asOwner();
    const old = keyIn((await ticks(browser, cashDesk)).html);
    const named = { key: (await counter.world.apiKeys.ofShop(counter.shop.id))[0]?.id ?? '' };
    const rolled = await browser.submits(path, {
      ...named,
      do: 'roll',
      version: '1',
      overlap: 'day',
    });
    const fresh = keyIn(rolled.html);

    const revoked = await browser.submits(path, { ...named, do: 'revoke' });
    const again = await browser.submits(path, { ...named, do: 'revoke' });

    expect([revoked.to, again.to]).toEqual([`${path}?done=revoked`, `${path}?done=revoked`]);
    expect([await status(counter, old), await status(counter, fresh)]).toEqual([401, 401]);
    expect((await browser.gets(path)).html).toContain('Revoked keys (1)');
    const late = await browser.submits(path, {
      ...named,
      do: 'roll',
      version: '3',
      overlap: 'day',
    });
    expect(late).toMatchObject({ status: 422 });
  });

  it.each([
    ['no name', { name: ' \u0000 ', scope: 'orders:read' }],
    ['a name too long', { name: 'x'.repeat(61), scope: 'orders:read' }],
    ['no right', { name: 'Cash desk' }],
    ['a right that there is none of', { name: 'Cash desk', scope: 'everything' }],
    ['a mark that no page has shown', { name: 'Cash desk', scope: 'orders:read', nonce: 'x' }],
  ])('with %s is not made, and what was typed stays', async (_what, form) => {
    const { counter, browser } = await asOwner();

    const answer = await browser.submits(path, { do: 'make-key', ...form });

    expect(answer.status).toBe(422);
    expect(answer.html).toContain('role="alert"');
    expect(answer.html).toContain(`name="name" value="${form.name}"`);
    expect(await counter.world.apiKeys.ofShop(counter.shop.id)).toEqual([]);
  });

  it('is refused in words when there are twenty', async () => {
    const { counter, browser } = await asOwner();
    for (let count = 0; count < 20; count += 1)
      await counter.world.apiKeys.save(anApiKey({ shopId: counter.shop.id }));

    expect((await ticks(browser, cashDesk)).html).toContain('at most 20 keys');
  });

  it('of another shop is the same page as one that never was', async () => {
    const { counter, browser } = await asOwner();
    const theirs = anApiKey({ shopId: 'shp_other', name: 'Theirs' });
    await counter.world.apiKeys.save(theirs);

    for (const act of ['roll', 'revoke']) {
      const form = { do: act, version: '1', overlap: 'none' };
      const other = await browser.submits(path, { ...form, key: theirs.id });
      const unknown = await browser.submits(path, { ...form, key: 'key_nobody' });
      expect(other.status).toBe(404);
      expect(other.html).toBe(unknown.html);
    }
    expect(await counter.world.apiKeys.get(theirs.id)).toEqual(theirs);
    expect((await browser.gets(path)).html).not.toContain('Theirs');
  });
});

describe('a webhook endpoint', () => {
  it('is added, and its secret shown once', async () => {
    const { browser, shown, endpoint, at } = await withEndpoint();

    expect(secretIn(shown)).toBe(endpoint.secret);
    expect(endpoint).toMatchObject({
      url: 'https://joe.example/hooks',
      eventTypes: ['order.paid'],
    });
    for (const later of [await browser.gets(path), await browser.gets(at)]) {
      expect(later.html).toContain('https://joe.example/hooks');
      expect(secretIn(later.html)).toBeUndefined();
    }
  });

  it('is added once for two presses, and both see its secret', async () => {
    const { counter, browser } = await asOwner();
    const form = {
      ...hiddenIn((await browser.gets(path)).html),
      do: 'add-endpoint',
      url: 'https://joe.example/',
    };

    const pressed = [await browser.posts(path, { form }), await browser.posts(path, { form })];

    const [first, second] = pressed.map(({ html }) => secretIn(html));
    expect(first).toBeDefined();
    expect(second).toBe(first);
    counter.time.nowMs += 10 * 60_000;
    const late = await browser.posts(path, { form });
    expect(secretIn(late.html)).toBeUndefined();
    expect(late.html).toContain('has added its endpoint already');
    expect(await counter.world.webhookEndpoints.ofShop(counter.shop.id)).toHaveLength(1);
  });

  it.each([
    '',
    'joe.example',
    'http://joe.example/',
    'http://localhost:4000/',
    'javascript:alert(1)',
    'https://user:pass@joe.example/',
    'https://joe.example/#part',
    `https://joe.example/${'x'.repeat(2000)}`,
    hostile,
  ])('is not made of %j, nor changed to it', async (url) => {
    const { counter, browser, endpoint, at } = await withEndpoint();

    for (const [where, act] of [
      [path, 'add-endpoint'],
      [at, 'change'],
    ] as const) {
      const answer = await browser.submits(where, { do: act, url });
      expect(answer.status).toBe(422);
      expect(answer.html).not.toContain('<img src=x');
    }
    expect(await counter.world.webhookEndpoints.ofShop(counter.shop.id)).toEqual([endpoint]);
  });

  it('is changed, turned off, and turned on again with what it failed forgiven', async () => {
    const { counter, browser, endpoint, at } = await withEndpoint();
    const now = async () => counter.world.webhookEndpoints.get(counter.shop.id, endpoint.id);

    await ticks(
      browser,
      [
        ['do', 'change'],
        ['url', 'https://joe.example/new'],
        ['event', 'order.paid'],
        ['event', 'refund.failed'],
        ['event', 'nonsense'],
      ],
      at,
    );
    expect(await now()).toMatchObject({
      url: 'https://joe.example/new',
      eventTypes: ['order.paid', 'refund.failed'],
    });
    await browser.submits(at, { do: 'off' });
    expect((await browser.gets(at)).html).toContain('You have turned it off');
    await counter.world.webhookEndpoints.save({
      ...endpoint,
      version: 4,
      disabledBecause: 'failing',
      failingSinceMs: 1,
    });
    expect((await browser.gets(at)).html).toContain('took no event for three days');
    expect((await browser.submits(at, { do: 'on' })).to).toBe(`${at}?done=on`);
    expect(await now()).not.toHaveProperty('disabledBecause');
    expect(await now()).not.toHaveProperty('failingSinceMs');
  });

  it('gets a new secret while the old one still signs, once for two presses', async () => {
    const { counter, browser, endpoint, at } = await withEndpoint();
    const form = { ...hiddenIn((await browser.gets(at)).html), do: 'roll', overlap: 'day' };

    const fresh = secretIn((await browser.posts(at, { form: { ...form, version: '1' } })).html);
    const again = await browser.posts(at, { form: { ...form, version: '1' } });

    expect(secretIn(again.html)).toBe(fresh);
    const another = { ...form, version: '1', nonce: 'n'.repeat(43) };
    const late = await browser.posts(at, { form: another });
    expect(late.status).toBe(422);
    expect(secretIn(late.html)).toBeUndefined();
    expect(await counter.world.webhookEndpoints.get(counter.shop.id, endpoint.id)).toMatchObject({
      secret: fresh,
      previousSecret: {
        secret: endpoint.secret,
        validUntilMs: counter.time.nowMs + 24 * hourMs,
      },
    });
    expect(fresh).not.toBe(endpoint.secret);
  });

  it('is deleted, and gone', async () => {
    const { counter, browser, at } = await withEndpoint();

    expect((await browser.submits(at, { do: 'delete' })).to).toBe(`${path}?done=deleted`);

    expect(await counter.world.webhookEndpoints.ofShop(counter.shop.id)).toEqual([]);
    expect((await browser.gets(at)).status).toBe(404);
  });

  it('of another shop is the same page as one that never was', async () => {
    const { counter, browser } = await asOwner();
    const theirs = anEndpoint({ shopId: 'shp_other' });
    await counter.world.webhookEndpoints.save(theirs);
    const sent = aDelivery({ shopId: 'shp_other', endpointId: theirs.id });
    await counter.world.deliveries.save(sent);
    const at = `${path}/endpoints/${theirs.id}`;
    const nowhere = `${path}/endpoints/whe_nobody`;

    const seen = await browser.gets(at);
    expect(seen.status).toBe(404);
    expect(seen.html).toBe((await browser.gets(nowhere)).html);
    for (const act of ['change', 'on', 'off', 'roll', 'delete', 'again']) {
      const form = {
        ...hiddenIn((await browser.gets(path)).html),
        do: act,
        version: '1',
        delivery: sent.id,
      };
      const answer = await browser.posts(at, { form });
      expect(answer.status).toBe(404);
      expect(answer.html).toBe((await browser.posts(nowhere, { form })).html);
    }
    expect(await counter.world.webhookEndpoints.get('shp_other', theirs.id)).toEqual(theirs);
    expect(await counter.world.deliveries.get(sent.id)).toEqual(sent);
  });
});

describe('what was sent to an endpoint', () => {
  async function withDelivery(changes: Partial<Delivery> = {}) {
    const made = await withEndpoint();
    const { counter, endpoint } = made;
    const delivery = aDelivery({
      shopId: counter.shop.id,
      endpointId: endpoint.id,
      state: 'waiting',
      tries: 2,
      attempts: [
        { atMs: counter.time.nowMs, tookMs: 10_000.4, why: 'timeout' },
        { atMs: counter.time.nowMs, tookMs: 120, status: 500, answer: hostile },
      ],
      dueAtMs: counter.time.nowMs + hourMs,
      ...changes,
    });
    await counter.world.deliveries.save(delivery);
    return { ...made, delivery };
  }

  it('stands there with each try, and nothing of an answer is run', async () => {
    const { browser, at, delivery } = await withDelivery();

    const { html } = await browser.gets(at);

    for (const text of [
      delivery.eventType,
      delivery.eventId,
      'On its way',
      'Answered 500 after 120 ms',
      'No answer in time after 10000 ms',
      'Next try',
      '&lt;script&gt;alert(1)',
    ])
      expect(html).toContain(text);
    expect(html).not.toContain('<img src=x');
    expect(html).not.toContain('<script>alert');
  });

  it('is sent again, once for two presses', async () => {
    const { counter, browser, at, delivery } = await withDelivery({ state: 'failed' });
    const form = {
      ...hiddenIn((await browser.gets(at)).html),
      do: 'again',
      delivery: delivery.id,
      version: '1',
    };

    const pressed = await Promise.all([
      browser.posts(at, { form }),
      browser.posts(at, { form }),
      browser.posts(at, { form }),
    ]);

    const resent = pressed.filter(({ to }) => to === `${at}?done=resent`);
    const moved = pressed.filter(({ to }) => to === `${at}?done=moved`);
    expect([resent.length, moved.length]).toEqual([1, 2]);
    expect(counter.wakes).toEqual([delivery.id]);
    expect(await counter.world.deliveries.get(delivery.id)).toMatchObject({
      version: 2,
      state: 'waiting',
      tries: 0,
      dueAtMs: counter.time.nowMs,
    });
  });

  it('is not sent to an endpoint that is off, nor from another endpoint’s log', async () => {
    const { counter, browser, at, delivery } = await withDelivery();
    const other = anEndpoint({ shopId: counter.shop.id });
    await counter.world.webhookEndpoints.save(other);
    const form = { do: 'again', delivery: delivery.id, version: '1' };

    const elsewhere = await browser.submits(`${path}/endpoints/${other.id}`, form);
    await browser.submits(at, { do: 'off' });
    const off = await browser.submits(at, form);

    expect([elsewhere.status, off.status]).toEqual([404, 422]);
    expect((await browser.gets(at)).html).not.toContain('Send again');
    expect(counter.wakes).toEqual([]);
  });

  it('goes on over the page, and a strange cursor breaks nothing', async () => {
    const { counter, browser, at, endpoint } = await withDelivery();
    for (let count = 1; count <= 25; count += 1)
      await counter.world.deliveries.save(
        aDelivery({
          shopId: counter.shop.id,
          endpointId: endpoint.id,
          createdAtMs: counter.time.nowMs + count,
        }),
      );

    const first = (await browser.gets(at)).html;
    const older = /href="([^"]+after=[^"]+)"/u.exec(first)?.[1] ?? '';
    const second = (await browser.gets(older)).html;

    expect([first, second].map((html) => html.split('value="again"').length - 1)).toEqual([20, 6]);
    expect((await browser.gets(`${at}?after=%22%3E%3Cimg`)).status).toBe(200);
  });
});

it('escapes whatever a key is called', async () => {
  const { browser } = await asOwner();
  const made = await browser.submits(path, { do: 'make-key', name: hostile, scope: 'orders:read' });

  for (const { html } of [made, await browser.gets(path)]) {
    expect(html).toContain('&lt;img src=x');
    expect(html).not.toContain('<img src=x');
  }
});

it('does the same on real tables', async () => {
  const { documents, names } = await makeTables(inject('dynamoDbUrl'));
  const counter = openCounter(
    {},
    dynamoStores(documents, names),
    dynamoMerchantStores(documents, names),
  );
  const { browser } = await counter.signedIn('owner');

  const key = keyIn((await ticks(browser, cashDesk)).html);
  expect(await status(counter, key)).toBe(200);
  await ticks(browser, endpointForm);
  const [endpoint] = await counter.world.webhookEndpoints.ofShop(counter.shop.id);
  const at = `${path}/endpoints/${endpoint?.id ?? ''}`;
  expect((await browser.gets(at)).html).toContain('Nothing yet');
  expect((await browser.gets(`${at}?after=nonsense`)).status).toBe(200);
  await browser.submits(at, { do: 'delete' });
  expect((await browser.gets(at)).status).toBe(404);
});
