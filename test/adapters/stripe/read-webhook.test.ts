// Proves that of a Stripe event only what it is about is kept.
import { describe, expect, test } from 'vitest';
import { readStripeWebhook } from '../../../lambdas/adapters/stripe/read-webhook.ts';

const read = (body: unknown) =>
  readStripeWebhook(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));

describe('an event', () => {
  test('with a snapshot is reduced to what it is about', () => {
    const reading = read({
      id: 'evt_1',
      object: 'event',
      api_version: '2026-10-28.endive',
      type: 'payment_intent.succeeded',
      account: 'acct_1',
      data: {
        object: { id: 'pi_1', object: 'payment_intent', amount: 2000, receipt_email: 'ann@x.org' },
      },
      request: { id: 'req_1', idempotency_key: 'pay_x:charge:1' },
    });
    expect(reading).toEqual({
      kind: 'read',
      hint: {
        id: 'evt_1',
        type: 'payment_intent.succeeded',
        account: 'acct_1',
        objectId: 'pi_1',
        objectType: 'payment_intent',
      },
    });
  });

  test('that is thin is read as well', () => {
    const reading = read({
      id: 'evt_test_65',
      object: 'v2.core.event',
      type: 'v2.core.account[requirements].updated',
      created: '2026-11-22T12:00:00Z',
      livemode: false,
      related_object: { id: 'acct_9', type: 'v2.core.account', url: '/v2/core/accounts/acct_9' },
    });
    expect(reading).toEqual({
      kind: 'read',
      hint: {
        id: 'evt_test_65',
        type: 'v2.core.account[requirements].updated',
        objectId: 'acct_9',
        objectType: 'v2.core.account',
      },
    });
  });

  test('about an object without an id still has its type', () => {
    const reading = read({
      id: 'evt_1',
      object: 'event',
      type: 'balance.available',
      data: { object: { object: 'balance' } },
    });
    expect(reading).toEqual({
      kind: 'read',
      hint: { id: 'evt_1', type: 'balance.available', objectType: 'balance' },
    });
  });
});

describe('a body that is refused', () => {
  test.each([
    ['', 'not_json'],
    ['{"id":"evt_1"', 'not_json'],
    ['[]', 'not_an_event'],
    ['null', 'not_an_event'],
    ['{"id":"evt_1","object":"event","type":"x"}', 'not_an_event'],
    ['{"id":5,"object":"event","type":"x","data":{"object":{}}}', 'not_an_event'],
    ['{"id":"evt 1","object":"event","type":"x","data":{"object":{}}}', 'not_an_event'],
    ['{"id":"ch_1","object":"charge"}', 'not_an_event'],
    ['['.repeat(100_000), 'not_json'],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'not_an_event'],
  ])('%#', (body, reason) => {
    expect(read(body)).toEqual({ kind: 'refused', reason });
  });
});
