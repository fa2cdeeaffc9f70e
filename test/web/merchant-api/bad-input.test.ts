// What no program of ours would send: each is answered by a problem that names what is wrong, and never by a 5xx.
import { beforeAll, describe, expect, it } from 'vitest';
import { type ApiDesk, type CallParts, openApiDesk } from '../../builders/api-desk.ts';

let desk: ApiDesk;
beforeAll(async () => {
  desk = await openApiDesk();
});

const price = { amount: 450, currency: 'USD' };
const latte = { name: 'Latte', category: 'Coffee', price };
const add = (parts: CallParts) => {
  desk.time.nowMs += 10_000;
  return desk.call('POST', '/v1/products', parts);
};

describe('a body', () => {
  it.each([
    ['that is words', { bytes: Buffer.from('hello') }, 400, 'not_json'],
    ['that is cut off', { bytes: Buffer.from('{"name":') }, 400, 'not_json'],
    ['that is no UTF-8', { bytes: Buffer.from([0x22, 0xff, 0xfe, 0x22]) }, 400, 'not_json'],
    ['of 100,000 brackets', { bytes: Buffer.from('['.repeat(100_000)) }, 400, 'too_deep'],
    [
      'that is deep',
      { bytes: Buffer.from(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`) },
      400,
      'too_deep',
    ],
    ['over 1 MB', { bytes: Buffer.alloc(1_000_001, 0x20) }, 413, 'too_large'],
    [
      'of another kind',
      { body: latte, headers: { 'content-type': 'text/plain' } },
      415,
      'wrong_media_type',
    ],
    [
      'that is a form',
      { body: latte, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'wrong_media_type',
    ],
  ])('%s is refused', async (...[, parts, status, code]) => {
    expect(await add(parts)).toMatchObject({ status, body: { code, status } });
  });

  it.each([
    ['nothing', undefined, 'name'],
    ['a list', [latte], ''],
    ['null', null, ''],
    ['an unknown field', { ...latte, colour: 'red' }, 'colour'],
    [
      '__proto__',
      JSON.parse(
        '{"__proto__":{"name":"x"},"name":"x","category":"y","price":{"amount":1,"currency":"USD"}}',
      ),
      '__proto__',
    ],
    ['an unknown field deep inside', { ...latte, price: { ...price, cents: 1 } }, 'price.cents'],
    ['a name of spaces', { ...latte, name: '   ' }, 'name'],
    ['a name with a line end', { ...latte, name: 'La\ntte' }, 'name'],
    ['a name that is a number', { ...latte, name: 7 }, 'name'],
    ['a name that is too long', { ...latte, name: 'x'.repeat(81) }, 'name'],
    ['half a price', { ...latte, price: { amount: 450 } }, 'price.currency'],
    ['a price with a fraction', { ...latte, price: { ...price, amount: 4.5 } }, 'price.amount'],
    ['a price below zero', { ...latte, price: { ...price, amount: -1 } }, 'price.amount'],
    ['a price of nothing', { ...latte, price: { ...price, amount: 0 } }, 'price.amount'],
    ['a price beyond numbers', { ...latte, price: { ...price, amount: 1e21 } }, 'price.amount'],
    [
      'a price in another currency',
      { ...latte, price: { ...price, currency: 'EUR' } },
      'price.currency',
    ],
    [
      'a currency in small letters',
      { ...latte, price: { ...price, currency: 'usd' } },
      'price.currency',
    ],
    ['a picture by http', { ...latte, image_url: 'http://joe.example/a.png' }, 'image_url'],
    ['a picture that is a script', { ...latte, image_url: 'javascript:alert(1)' }, 'image_url'],
    [
      'five options',
      {
        ...latte,
        options: Array.from({ length: 5 }, (_, n) => ({ name: `o${n}`, choices: [{ name: 'a' }] })),
      },
      'options',
    ],
    [
      'an option without a choice',
      { ...latte, options: [{ name: 'Size', choices: [] }] },
      'options.0.choices',
    ],
    [
      'two choices of one name',
      { ...latte, options: [{ name: 'Size', choices: [{ name: 'a' }, { name: 'a' }] }] },
      'options.0.choices',
    ],
    ['a stock below zero', { ...latte, stock: -1 }, 'stock'],
  ])('with %s is 422 and names the field', async (_what, body, field) => {
    const answer = await add(body === undefined ? {} : { body });

    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
    expect(answer.body.errors.map((each: { field: string }) => each.field)).toContain(field);
  });

  it('is not quoted in what is said of it', async () => {
    const answer = await add({
      body: { ...latte, sku: 'secret\u0000-4242', name: 'also secret\n' },
    });

    expect(answer.status).toBe(422);
    expect(answer.text).not.toContain('secret');
  });
});

describe('a path', () => {
  it.each([
    ['GET', '/v1/nothing', 404, 'not_found'],
    ['GET', '/v1/', 404, 'not_found'],
    ['GET', '/v1/orders/', 404, 'not_found'],
    ['GET', '/v1/orders/ord_%2e%2e', 404, 'not_found'],
    ['GET', '/v1/orders/prd_1', 404, 'not_found'],
    ['GET', `/v1/orders/ord_${'x'.repeat(5000)}`, 404, 'not_found'],
    ['GET', '/v1/orders/%', 404, 'not_found'],
    ['GET', '/v1/products/../orders', 404, 'not_found'],
    ['PUT', '/v1/products', 405, 'method_not_allowed'],
    ['DELETE', '/v1/refunds', 405, 'method_not_allowed'],
    ['POST', '/v1/events', 405, 'method_not_allowed'],
    ['OPTIONS', '/v1/orders', 405, 'method_not_allowed'],
  ])('%s %s is %i', async (...[method, path, status, code]) => {
    desk.time.nowMs += 10_000;
    const answer = await desk.call(method, path);

    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.headers['allow'] === undefined).toBe(status !== 405);
  });
});

describe('a query', () => {
  it.each([
    ['/v1/orders', { limit: '0' }, 'limit'],
    ['/v1/orders', { limit: '101' }, 'limit'],
    ['/v1/orders', { limit: 'ten' }, 'limit'],
    ['/v1/orders', { limit: '1,2' }, 'limit'],
    ['/v1/orders', { state: 'gone' }, 'state'],
    ['/v1/orders', { sort: 'total' }, 'sort'],
    ['/v1/products', { cursor: 'a b' }, 'cursor'],
    ['/v1/products/prd_1', { expand: 'all' }, 'expand'],
    ['/v1/refunds', {}, 'order'],
  ] as const)('of %s with %j is 422 and names the field', async (path, query, field) => {
    desk.time.nowMs += 10_000;
    const answer = await desk.call('GET', path, { query: { ...query } });

    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  });

  it.each(['/v1/orders', '/v1/products', '/v1/events'])(
    'of %s with a cursor that nobody gave out ends or begins anew, and breaks nothing',
    async (path) => {
      desk.time.nowMs += 10_000;
      for (const cursor of [
        'x',
        'evt_',
        'AAAA',
        '____',
        Buffer.from('SHOP#shp_other').toString('base64url'),
      ]) {
        expect((await desk.call('GET', path, { query: { cursor } })).status).toBeLessThan(500);
      }
    },
  );
});

describe('a payment request', () => {
  it('whose note holds a card number is refused: what is said in a thread is Meta’s to read', async () => {
    desk.time.nowMs += 10_000;
    const lines = [{ name: 'Deposit', quantity: 1, unit_price: price }];
    const note = 'Charge it to 4242 4242 4242 4242';
    const refused = await desk.call('POST', '/v1/payment-requests', {
      body: { lines, note },
      headers: { 'idempotency-key': 'note_1' },
    });
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain('seems to hold a card or account number');
    expect(JSON.stringify(refused.body)).not.toContain('4242');
  });
});
