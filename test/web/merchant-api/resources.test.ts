// What the API is for: sell, move on, ask for a payment, refund, and hear of it.
import { beforeEach, describe, expect, it } from 'vitest';
import { type ApiDesk, openApiDesk } from '../../builders/api-desk.ts';

let desk: ApiDesk;
beforeEach(async () => {
  desk = await openApiDesk();
});

const price = { amount: 450, currency: 'USD' };

describe('products', () => {
  it('are added, counted, changed and archived', async () => {
    const added = await desk.call('POST', '/v1/products', {
      body: {
        name: 'Latte',
        description: 'With milk',
        category: 'Seasonal',
        sku: 'L-1',
        price,
        options: [
          {
            name: 'Size',
            choices: [{ name: 'Small' }, { name: 'Large', extra: { amount: 75, currency: 'USD' } }],
          },
        ],
        stock: 3,
      },
    });
    const path = `/v1/products/${added.body.id}`;
    const changed = await desk.call('PATCH', path, {
      body: { price: { amount: 500, currency: 'USD' }, description: null, stock: null },
    });
    const archived = await desk.call('DELETE', path);

    expect(added).toMatchObject({ status: 201, body: { active: true, stock: 3, sku: 'L-1' } });
    expect(added.body.options[0].choices[0].extra).toEqual({ amount: 0, currency: 'USD' });
    expect(changed.body).toMatchObject({ price: { amount: 500 }, stock: null, name: 'Latte' });
    expect(changed.body.description).toBeUndefined();
    expect(archived).toMatchObject({ status: 200, body: { active: false } });
    expect((await desk.call('GET', path)).body).toEqual(archived.body);
    expect((await desk.world.shops.get(desk.shop.id))?.categories).toContain('Seasonal');
  });

  it('are made once for one key', async () => {
    const body = { name: 'Latte', category: 'Coffee', price };
    const all = [];
    for (let count = 0; count < 3; count += 1) {
      all.push(await desk.call('POST', '/v1/products', { body, idempotencyKey: 'latte' }));
    }

    expect(new Set(all.map(({ body: { id } }) => id)).size).toBe(1);
    expect((await desk.call('GET', '/v1/products')).body.data).toHaveLength(3);
  });

  it('are listed page by page', async () => {
    for (let count = 0; count < 5; count += 1) {
      desk.time.nowMs += 1000;
      await desk.call('POST', '/v1/products', {
        body: { name: `P${count}`, category: 'Coffee', price },
      });
    }
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: '3', ...(cursor === undefined ? {} : { cursor }) };
      const page = await desk.call('GET', '/v1/products', { query });
      expect(page.status).toBe(200);
      names.push(...page.body.data.map(({ name }: { name: string }) => name));
      cursor = page.body.next_cursor;
    } while (cursor !== undefined && names.length < 50);

    expect(names).toHaveLength(7);
    expect(new Set(names).size).toBe(7);
  });
});

describe('orders', () => {
  it('are listed by state and read whole, and carts of buyers are not shown', async () => {
    const order = await desk.aPaidOrder();
    const listed = await desk.call('GET', '/v1/orders', { query: { state: 'paid' } });
    const none = await desk.call('GET', '/v1/orders', { query: { state: 'fulfilled' } });
    const read = await desk.call('GET', `/v1/orders/${order.id}`);

    expect(listed.body.data).toEqual([read.body]);
    expect(none.body).toEqual({ data: [] });
    expect(read.body).toMatchObject({
      id: order.id,
      number: order.number,
      state: 'paid',
      buyer: { name: 'Ann Hill' },
      total: { amount: 486, currency: 'USD' },
      handover: { kind: 'pick_up' },
      refunds: [],
    });
  });

  it('move on and one step back, and twice is once', async () => {
    const { id } = await desk.aPaidOrder();
    const move = (to: string, more: object = {}) =>
      desk.call('POST', `/v1/orders/${id}/moves`, { body: { to, ...more } });

    expect((await move('preparing')).body.state).toBe('preparing');
    expect((await move('preparing')).status).toBe(200);
    expect((await move('paid')).body.state).toBe('paid');
    const tracking = { carrier: 'UPS', number: '1Z', url: 'https://ups.example/1Z' };
    expect((await move('fulfilled', { tracking })).body).toMatchObject({
      state: 'fulfilled',
      tracking,
    });
    expect(await move('preparing')).toMatchObject({ status: 409, body: { code: 'not_possible' } });
    expect((await move('ready')).body.state).toBe('ready');
  });
});

describe('payment requests', () => {
  const ask = (more: object = {}, idempotencyKey = 'ask') =>
    desk.call('POST', '/v1/payment-requests', {
      idempotencyKey,
      body: {
        to: { psid: '7001' },
        lines: [{ product: desk.coffeeId, quantity: 2 }],
        note: 'For Friday',
        pay_within_hours: 48,
        ...more,
      },
    });

  it('make an itemised bill that expires, and a link to it', async () => {
    const asked = await ask();
    const read = await desk.call('GET', `/v1/payment-requests/${asked.body.id}`);
    const token = String(asked.body.url).split('/').at(-1) ?? '';
    const link = await desk.world.links.get(desk.world.tokens.fingerprint(token));

    expect(asked).toMatchObject({
      status: 201,
      body: { state: 'draft', goods: { amount: 900 }, note: 'For Friday' },
    });
    expect(asked.body.pay_before).toBe('2026-11-24T12:00:00.000Z');
    expect(link).toMatchObject({ purpose: { kind: 'order', orderId: asked.body.id } });
    expect(link?.expiresAtMs).toBe(Date.parse(asked.body.pay_before));
    expect(read.body).toEqual({ ...asked.body, url: undefined });
  });

  it('are made once for one key', async () => {
    const [first, again] = [await ask(), await ask()];

    expect(again.body.id).toBe(first.body.id);
    expect(again.body.url).toBeUndefined();
  });

  it('go only to whoever has written to the shop, for what it sells', async () => {
    expect(await ask({ to: { psid: '999' } })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'to.psid' }] },
    });
    expect(await ask({ lines: [{ product: 'prd_gone', quantity: 1 }] }, 'b')).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'lines' }] },
    });
  });

  it('are called off, once', async () => {
    const { body } = await ask();
    const path = `/v1/payment-requests/${body.id}/cancel`;

    expect((await desk.call('POST', path)).body.state).toBe('cancelled');
    expect((await desk.call('POST', path)).body.state).toBe('cancelled');
    expect((await desk.call('GET', `/v1/orders/${body.id}`)).body.state).toBe('cancelled');
  });

  it('may hold lines of the shop’s own, and go out as links to nobody yet', async () => {
    const { to: _nobody, ...body } = {
      to: undefined,
      lines: [
        {
          name: 'Deposit',
          quantity: 2,
          unit_price: { amount: 1500, currency: 'USD' },
          taxed: false,
        },
        { product: desk.coffeeId, quantity: 1 },
      ],
    };
    const asked = await desk.call('POST', '/v1/payment-requests', { idempotencyKey: 'link', body });

    expect(asked).toMatchObject({
      status: 201,
      body: { by_link: true, claimed: false, state: 'draft', goods: { amount: 3450 } },
    });
    expect(asked.body.lines).toMatchObject([
      { product: desk.coffeeId, taxed: true },
      { name: 'Deposit', amount: { amount: 3000 }, taxed: false },
    ]);
    expect(asked.body.lines[1].product).toBeUndefined();
    const token = String(asked.body.url).split('/').at(-1) ?? '';
    expect(asked.body.messenger_url).toMatch(
      new RegExp(`^https://m\\.me/\\d+\\?ref=b_${token}$`, 'u'),
    );
    const again = await desk.call('POST', '/v1/payment-requests', { idempotencyKey: 'link', body });
    expect(again.body).toMatchObject({ id: asked.body.id });
    expect(again.body.messenger_url).toBeUndefined();
    const list = await desk.call('GET', '/v1/payment-requests');
    expect(list.body.data).toMatchObject([{ id: asked.body.id, by_link: true }]);
    const reminded = await desk.call('POST', `/v1/payment-requests/${asked.body.id}/remind`);
    expect(reminded.status).toBe(409);
  });

  it.each([
    { name: '', unit_price: { amount: 1, currency: 'USD' }, quantity: 1 },
    { name: 'x'.repeat(81), unit_price: { amount: 1, currency: 'USD' }, quantity: 1 },
    { name: 'Deposit', unit_price: { amount: 0, currency: 'USD' }, quantity: 1 },
    { name: 'Deposit', unit_price: { amount: 1, currency: 'EUR' }, quantity: 1 },
    { name: 'Deposit', unit_price: { amount: 1, currency: 'USD' }, quantity: 100 },
    { name: 'Deposit', unit_price: { amount: -1, currency: 'USD' }, quantity: 1 },
    { name: 'Deposit', product: 'prd_1', unit_price: { amount: 1, currency: 'USD' }, quantity: 1 },
  ])('refuse a line such as %j', async (line) => {
    expect((await ask({ lines: [line] })).status).toBe(422);
  });

  it('remind once whom they were sent to', async () => {
    const { body } = await ask();
    const path = `/v1/payment-requests/${body.id}/remind`;

    const first = await desk.call('POST', path);
    const second = await desk.call('POST', path);

    expect(first.body.reminded_at).toBeDefined();
    expect(second.body.reminded_at).toBe(first.body.reminded_at);
  });

  it('are not what a cart is', async () => {
    const { id } = await desk.aPaidOrder();

    expect((await desk.call('GET', `/v1/payment-requests/${id}`)).status).toBe(404);
  });
});

describe('refunds', () => {
  it('give back all that is left and end the order, when that is wanted', async () => {
    const { id } = await desk.aPaidOrder();
    const asked = await desk.call('POST', '/v1/refunds', {
      idempotencyKey: 'all',
      body: { order: id, reason: 'requested_by_customer', cancel_order: true },
    });
    const order = await desk.call('GET', `/v1/orders/${id}`);

    expect(asked).toMatchObject({ status: 201, body: { amount: { amount: 486 }, state: 'asked' } });
    expect(order.body).toMatchObject({ state: 'cancelled', refunds: [asked.body] });
  });

  it.each([
    ['more than is left', { amount: { amount: 487, currency: 'USD' } }, 409, 'refund_too_large'],
    ['nothing', { amount: { amount: 0, currency: 'USD' } }, 422, 'invalid_request'],
    ['another currency', { amount: { amount: 1, currency: 'JPY' } }, 422, 'invalid_request'],
    ['a reason of ours', { reason: 'paid_twice' }, 422, 'invalid_request'],
  ])('of %s is refused', async (...[, more, status, code]) => {
    const { id } = await desk.aPaidOrder();
    const body = { order: id, reason: 'duplicate', ...more };
    const answer = await desk.call('POST', '/v1/refunds', { idempotencyKey: 'r', body });

    expect(answer).toMatchObject({ status, body: { code } });
  });
});

describe('webhook endpoints', () => {
  it('are added, changed, rolled, listed and deleted', async () => {
    const added = await desk.call('POST', '/v1/webhook-endpoints', {
      body: { url: 'https://joe.example/hooks', events: ['order.paid'] },
    });
    const path = `/v1/webhook-endpoints/${added.body.id}`;
    const off = await desk.call('PATCH', path, { body: { enabled: false } });
    const on = await desk.call('PATCH', path, { body: { enabled: true, events: [] } });
    const rolled = await desk.call('POST', `${path}/roll-secret`, { body: { overlap_hours: 2 } });

    expect(off.body).toMatchObject({ enabled: false, disabled_because: 'merchant' });
    expect(on.body).toMatchObject({ enabled: true, events: [] });
    expect(rolled.body.secret).not.toBe(added.body.secret);
    expect((await desk.call('GET', path)).body.secret).toBeUndefined();
    expect((await desk.call('DELETE', path)).status).toBe(204);
    expect((await desk.call('GET', path)).status).toBe(404);
  });

  it.each([
    'http://joe.example/hooks',
    'https://user:pass@joe.example/',
    'https://joe.example/#part',
    'ftp://joe.example/',
    'file:///etc/passwd',
    'joe.example',
  ])('are never at %s in a deployed stage', async (url) => {
    const answer = await desk.call('POST', '/v1/webhook-endpoints', { body: { url } });

    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'url' }] } });
  });

  it('are sixteen at most', async () => {
    const add = (index: number) =>
      desk.call('POST', '/v1/webhook-endpoints', { body: { url: `https://joe.example/${index}` } });
    for (let index = 0; index < 16; index += 1) await add(index);

    expect(await add(17)).toMatchObject({ status: 409, body: { code: 'too_many' } });
  });
});
