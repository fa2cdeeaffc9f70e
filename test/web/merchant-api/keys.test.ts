// Who may call: keys by header alone, each for one shop and what it was made for, rolled without a gap.
import { beforeEach, describe, expect, it } from 'vitest';
import { revokeApiKey, rollApiKey } from '../../../lambdas/domain/merchant-api/manage-api-keys.ts';
import { type ApiDesk, openApiDesk } from '../../builders/api-desk.ts';
import { aShop } from '../../builders/shops.ts';

let desk: ApiDesk;
beforeEach(async () => {
  desk = await openApiDesk();
});

const dayMs = 24 * 60 * 60 * 1000;

describe('a key', () => {
  it('is kept as a fingerprint alone, and is told once', async () => {
    const kept = JSON.stringify(await desk.world.apiKeys.ofShop(desk.shop.id));

    expect(desk.key.text).toMatch(/^tsk_test_[a-z2-7]{20}_[\w-]{43}$/);
    expect(kept).not.toContain(desk.key.text.slice(-43));
    expect((await desk.call('GET', '/v1/products')).status).toBe(200);
  });

  it('pressed twice is made once', async () => {
    const { makeApiKey } = await import('../../../lambdas/domain/merchant-api/manage-api-keys.ts');
    const asked = { shopId: desk.shop.id, name: 'x', scopes: [], madeBy: 'form' } as const;
    const made = await Promise.all([makeApiKey(desk.world, asked), makeApiKey(desk.world, asked)]);

    expect(made.map(({ kind }) => kind).sort()).toEqual(['made', 'made_already']);
  });

  it.each([
    ['none at all', undefined, 'no_key'],
    ['one of another kind', 'Basic dXNlcjpwYXNz', 'key_malformed'],
    ['half of one', 'Bearer tsk_test_aaaa', 'key_malformed'],
    [
      'one of the live stage',
      `Bearer tsk_live_${'a'.repeat(20)}_${'b'.repeat(43)}`,
      'key_of_other_mode',
    ],
    [
      'one that nobody made',
      `Bearer tsk_test_${'a'.repeat(20)}_${'b'.repeat(43)}`,
      'key_not_valid',
    ],
  ])('%s is refused with 401', async (_what, authorization, code) => {
    const answer = await desk.call('GET', '/v1/orders', {
      key: null,
      headers: authorization === undefined ? {} : { authorization },
    });

    expect(answer).toMatchObject({ status: 401, body: { code, status: 401 } });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.headers['www-authenticate']).toContain('Bearer');
    expect(answer.body.type).toBe(`https://tender.example/v1/docs#${code}`);
  });

  it('with another secret is not valid', async () => {
    const key = `${desk.key.text.slice(0, -1)}${desk.key.text.endsWith('A') ? 'B' : 'A'}`;

    expect((await desk.call('GET', '/v1/orders', { key })).body.code).toBe('key_not_valid');
  });

  it.each([
    ['in the query', '/v1/orders', 'value'],
    ['as a name in the query', '/v1/orders', 'name'],
    ['in the path', '/v1/orders/KEY', 'path'],
    ['in the path, encoded', '/v1/orders/%74sk_test', 'encoded'],
  ])('%s is refused, whatever the header says, and not echoed', async (_where, path, how) => {
    const { text } = desk.key;
    const query = how === 'value' ? { api_key: text } : how === 'name' ? { [text]: '' } : {};
    const encoded = `/v1/orders/%74${text.slice(1)}`;
    const url = how === 'encoded' ? encoded : path.replace('KEY', text);
    const answer = await desk.call('GET', url, { query });

    expect(answer).toMatchObject({ status: 400, body: { code: 'key_in_url' } });
    expect(answer.text).not.toContain(text);
  });

  it('rolls with an overlap: both open until then, only the new one after', async () => {
    const rolled = await rollApiKey(desk.world, {
      shopId: desk.shop.id,
      keyId: desk.key.key.id,
      overlapMs: dayMs,
    });
    const fresh = rolled.kind === 'made' ? rolled.text : '';
    const statuses = async () => [
      (await desk.call('GET', '/v1/events')).status,
      (await desk.call('GET', '/v1/events', { key: fresh })).status,
    ];

    expect(await statuses()).toEqual([200, 200]);
    desk.time.nowMs += dayMs;
    expect(await statuses()).toEqual([401, 200]);
  });

  it('that is revoked opens nothing, nor does what it was before', async () => {
    const asked = { shopId: desk.shop.id, keyId: desk.key.key.id };
    await rollApiKey(desk.world, { ...asked, overlapMs: dayMs });
    expect(await revokeApiKey(desk.world, { ...asked, shopId: aShop().id })).toBe('unknown');
    expect((await desk.call('GET', '/v1/events')).status).toBe(200);
    expect(await revokeApiKey(desk.world, asked)).toBe('revoked');

    expect((await desk.call('GET', '/v1/events')).status).toBe(401);
  });

  it('with too little scope is told which one it lacks', async () => {
    const { text: key } = await desk.newKey(desk.shop, ['orders:read']);

    expect((await desk.call('GET', '/v1/orders', { key })).status).toBe(200);
    expect(await desk.call('POST', '/v1/refunds', { key, body: {} })).toMatchObject({
      status: 403,
      body: { code: 'scope_missing', detail: 'It needs the scope refunds:write.' },
    });
  });
});

describe('calls by one key', () => {
  it('are counted, and those past the limit are told when to come again', async () => {
    const first = await desk.call('GET', '/v1/events');
    const all = [];
    for (let count = 0; count < 101; count += 1) all.push(await desk.call('GET', '/v1/events'));
    const last = all.at(-1);

    expect(first.headers).toMatchObject({ 'ratelimit-limit': '100', 'ratelimit-remaining': '99' });
    expect(all.filter(({ status }) => status === 429)).toHaveLength(2);
    expect(last).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(last?.headers).toMatchObject({
      'retry-after': '1',
      'ratelimit-remaining': '0',
      'ratelimit-reset': '5',
    });
    desk.time.nowMs += 1000;
    expect((await desk.call('GET', '/v1/events')).status).toBe(200);
  });

  it('do not count against another key', async () => {
    for (let count = 0; count < 101; count += 1) await desk.call('GET', '/v1/events');
    const { text: key } = await desk.newKey();

    expect((await desk.call('GET', '/v1/events', { key })).status).toBe(200);
  });
});

describe('another merchant', () => {
  it('sees none of the shop’s things, and cannot tell that they are there', async () => {
    const order = await desk.aPaidOrder();
    const endpoint = await desk.call('POST', '/v1/webhook-endpoints', {
      body: { url: 'https://joe.example/hooks' },
    });
    const other = aShop();
    await desk.world.shops.create(other);
    const { text: key } = await desk.newKey(other);
    const paths = [
      `/v1/orders/${order.id}`,
      `/v1/products/${desk.coffeeId}`,
      `/v1/payment-requests/${order.id}`,
      `/v1/webhook-endpoints/${endpoint.body.id}`,
      `/v1/webhook-endpoints/${endpoint.body.id}/deliveries`,
      '/v1/events/evt_none',
    ];
    for (const path of paths) {
      const theirs = await desk.call('GET', path, { key });
      const unknown = await desk.call('GET', path.replaceAll(/_[a-z0-9]+/g, '_unknown'), { key });
      expect(theirs.status).toBe(404);
      expect(theirs.text).toBe(unknown.text);
    }
    const refund = { order: order.id, reason: 'duplicate' };
    const moves = [
      ['POST', `/v1/orders/${order.id}/moves`, { to: 'ready' }],
      ['POST', '/v1/refunds', refund],
      ['POST', `/v1/payment-requests/${order.id}/cancel`, undefined],
      ['PATCH', `/v1/products/${desk.coffeeId}`, { name: 'Mine' }],
      ['DELETE', `/v1/webhook-endpoints/${endpoint.body.id}`, undefined],
    ] as const;
    for (const [method, path, body] of moves) {
      const answer = await desk.call(method, path, {
        key,
        body,
        ...(method === 'POST' ? { idempotencyKey: path } : {}),
      });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect((await desk.world.orders.get(order.id))?.version).toBe(order.version);
    expect((await desk.call('GET', '/v1/orders', { key })).body).toEqual({ data: [] });
  });
});
