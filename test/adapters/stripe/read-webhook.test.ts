// Proves that of a Stripe event only what it is about is kept.
import * as fc from 'fast-check';
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

describe('any event', () => {
  const words = fc.stringMatching(/^[\w.]{1,30}$/u);
  const facts = fc.record({ id: words, type: words, objectId: words });
  const secretText = fc.constantFrom('ann@example.com', '4242 4242 4242 4242', 'O’Neil', '<b>');
  const rest = fc.dictionary(
    fc.constantFrom('amount', 'metadata', 'charges', 'email'),
    fc.oneof(fc.jsonValue(), secretText),
  );

  test('is read as its own five facts, and nothing of what else it holds', () => {
    fc.assert(
      fc.property(facts, fc.option(words), rest, ({ id, type, objectId }, account, more) => {
        const object = { ...more, id: objectId, object: 'charge' };
        const reading = read({ ...more, object: 'event', id, type, account, data: { object } });

        expect(reading).toEqual({
          kind: 'read',
          hint: {
            id,
            type,
            objectId,
            objectType: 'charge',
            ...(account === null ? {} : { account }),
          },
        });
      }),
    );
  });

  test('that is any JSON at all is refused, or read as closed words', () => {
    const parts = fc.oneof(fc.jsonValue({ maxDepth: 2 }), words);
    const bodies = fc.record(
      {
        object: fc.constantFrom('event', 'v2.core.event', 'list'),
        id: parts,
        type: parts,
        account: parts,
        data: fc.record({ object: fc.record({ id: parts, object: parts }, { requiredKeys: [] }) }),
        related_object: parts,
      },
      { requiredKeys: [] },
    );

    fc.assert(
      fc.property(fc.oneof(bodies, fc.jsonValue()), (body) => {
        const reading = read(JSON.stringify(body));
        const facts = reading.kind === 'read' ? Object.values(reading.hint) : [reading.reason];

        for (const fact of facts) expect(fact).toMatch(/^[\w.[\]-]{1,255}$/u);
      }),
    );
  });

  test('of which a part was lost on the way is refused', () => {
    const whole = JSON.stringify({
      id: 'evt_1',
      object: 'event',
      type: 'x',
      data: { object: { id: 'pi_1' } },
    });

    fc.assert(
      fc.property(fc.nat(whole.length - 1), (length) => {
        expect(read(whole.slice(0, length))).toEqual({ kind: 'refused', reason: 'not_json' });
      }),
    );
  });
});
