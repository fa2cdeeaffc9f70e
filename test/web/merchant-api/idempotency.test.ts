// A call is done once for its Idempotency-Key: twice, at once, changed, broken in the middle, a year later.
import { beforeEach, describe, expect, it } from 'vitest';
import { RetryLater } from '../../../lambdas/domain/retry-later.ts';
import { type ApiDesk, openApiDesk } from '../../builders/api-desk.ts';

let desk: ApiDesk;
let orderId: string;
beforeEach(async () => {
  desk = await openApiDesk();
  orderId = (await desk.aPaidOrder()).id;
});

const refund = (body: object = {}, idempotencyKey = 'refund-1') =>
  desk.call('POST', '/v1/refunds', {
    idempotencyKey,
    body: {
      order: orderId,
      amount: { amount: 100, currency: 'USD' },
      reason: 'duplicate',
      ...body,
    },
  });
const refunds = async () =>
  (await desk.call('GET', '/v1/refunds', { query: { order: orderId } })).body.data;

describe('a call that moves money', () => {
  it('needs a key', async () => {
    const answer = await desk.call('POST', '/v1/refunds', {
      body: { order: orderId, reason: 'duplicate' },
    });

    expect(answer).toMatchObject({ status: 400, body: { code: 'idempotency_key_missing' } });
    expect(await refunds()).toEqual([]);
  });

  it.each(['', ' ', 'ä', 'x'.repeat(256), 'a b'])('cannot have %j as its key', async (key) => {
    expect((await refund({}, key)).body.code).toBe('idempotency_key_invalid');
  });

  it('is done once and answered the same, a year later too', async () => {
    const first = await refund();
    desk.time.nowMs += 365 * 24 * 60 * 60 * 1000;
    const again = await refund();

    expect(first.status).toBe(201);
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(await refunds()).toHaveLength(1);
  });

  it('is the same call whatever the order of its fields', async () => {
    const first = await refund();
    const again = await desk.call('POST', '/v1/refunds', {
      idempotencyKey: 'refund-1',
      body: { reason: 'duplicate', amount: { currency: 'USD', amount: 100 }, order: orderId },
    });

    expect(again.text).toBe(first.text);
  });

  it('with another body or at another path is refused', async () => {
    await refund();

    expect(await refund({ amount: { amount: 200, currency: 'USD' } })).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
    const elsewhere = await desk.call('POST', `/v1/orders/${orderId}/moves`, {
      idempotencyKey: 'refund-1',
      body: { to: 'ready' },
    });
    expect(elsewhere.body.code).toBe('idempotency_key_reused');
    expect(await refunds()).toHaveLength(1);
  });

  it('sent twenty times at once is done once, and the others are told to wait or what came of it', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => refund()));
    const statuses = new Set(answers.map(({ status }) => status));

    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(1);
    expect([...statuses].every((status) => status === 201 || status === 409)).toBe(true);
    expect(await refunds()).toHaveLength(1);
    expect((await refund()).status).toBe(201);
  });

  it('refunds twice for two keys, and never more than is left', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        refund({ amount: { amount: 200, currency: 'USD' } }, `r${index}`),
      ),
    );
    const order = await desk.call('GET', `/v1/orders/${orderId}`);

    expect(all.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(all.filter(({ body }) => body.code === 'refund_too_large')).toHaveLength(6);
    expect(order.body.left_to_refund).toEqual({ amount: 86, currency: 'USD' });
  });

  it('keeps a refusal, too: what was refused under a key stays refused', async () => {
    const first = await refund({ amount: { amount: 9999, currency: 'USD' } });

    expect(first).toMatchObject({ status: 409, body: { code: 'refund_too_large' } });
    expect((await refund({ amount: { amount: 9999, currency: 'USD' } })).text).toBe(first.text);
  });
});

describe('a call that breaks in the middle', () => {
  const breakOnce = (error: Error) => {
    const { commit } = desk.world.orders;
    desk.world.orders.commit = () => {
      desk.world.orders.commit = commit;
      throw error;
    };
  };

  it('is told to try again when the tables are busy, and then is done', async () => {
    breakOnce(new RetryLater('store_throttled'));

    expect(await refund()).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect((await refund()).status).toBe(201);
  });

  it('can be sent again at once when it threw', async () => {
    breakOnce(new Error('a bug'));

    await expect(refund()).rejects.toThrow('a bug');
    expect((await refund()).status).toBe(201);
    expect(await refunds()).toHaveLength(1);
  });

  it('waits for a run that may still live, then takes over, and refunds once all the same', async () => {
    const { save } = desk.world.apiCalls;
    // The process dies after the refund and before its answer is kept.
    desk.world.apiCalls.save = async (call) => {
      if (call.version === 2) throw new Error('died');
      return save(call);
    };
    await expect(refund()).rejects.toThrow('died');
    desk.world.apiCalls.save = save;

    expect((await refund()).body.code).toBe('in_flight');
    desk.time.nowMs += 60_000;
    expect((await refund()).status).toBe(201);
    expect(await refunds()).toHaveLength(1);
  });
});

describe('what is shown once', () => {
  it('is not in the answer to the same call again', async () => {
    const make = () =>
      desk.call('POST', '/v1/webhook-endpoints', {
        idempotencyKey: 'hook',
        body: { url: 'https://joe.example/hooks' },
      });
    const first = await make();
    const again = await make();

    expect(first.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(again.body).toEqual({ ...first.body, secret: undefined });
    expect((await desk.call('GET', '/v1/webhook-endpoints')).body.data).toHaveLength(1);
    expect((await desk.call('GET', '/v1/webhook-endpoints')).text).not.toContain('whsec_');
  });
});
