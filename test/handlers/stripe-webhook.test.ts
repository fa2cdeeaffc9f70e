// Proves the whole Stripe webhook: who gets in, what little is queued, and what happens on bad days.
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { Stripe } from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { handler as DeployedHandler } from '../../lambdas/handlers/stripe-webhook.ts';
import { apiGatewayEvent, lambdaContext } from '../builders/api-gateway-event.ts';
import {
  captureLogs,
  setEnvironment,
  startSecretsExtension,
} from '../builders/deployed-function.ts';
import type { LocalServer } from '../builders/local-server.ts';
import { mockSqs } from '../builders/mock-sqs.ts';

const secret = 'whsec_current';
const sqs = mockSqs();
let extension: LocalServer;
let handler: typeof DeployedHandler;
let logs: () => string;

beforeAll(async () => {
  extension = await startSecretsExtension({ hook: { signingSecrets: [secret, 'whsec_previous'] } });
  logs = captureLogs();
  setEnvironment(extension, {
    STRIPE_WEBHOOK_SECRET_ID: 'hook',
    PROVIDER_EVENTS_QUEUE_URL: 'https://sqs.local/1/provider-events',
  });
  ({ handler } = await import('../../lambdas/handlers/stripe-webhook.ts'));
});
afterAll(async () => {
  await extension.close();
});
beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageCommand).resolves({ MessageId: 'm' });
});

const event = JSON.stringify({
  id: 'evt_1',
  object: 'event',
  type: 'charge.refunded',
  data: { object: { id: 'ch_1', object: 'charge', billing_details: { email: 'ann@x.org' } } },
});
const sign = (payload: string, key = secret, timestamp = Math.floor(Date.now() / 1000)) =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret: key, timestamp });
const post = (payload: string, header: string | undefined = sign(payload), asBase64 = false) =>
  handler(
    apiGatewayEvent({
      path: '/webhooks/stripe',
      body: payload,
      asBase64,
      headers: header === '' ? {} : { 'Stripe-Signature': header },
    }),
    lambdaContext,
  );
const queued = (): unknown[] =>
  sqs
    .commandCalls(SendMessageCommand)
    .map((call) => JSON.parse(call.args[0].input.MessageBody ?? ''));

describe('an event', () => {
  test('is queued as a hint, then acknowledged', async () => {
    expect((await post(event)).statusCode).toBe(200);
    expect(queued()).toEqual([
      { id: 'evt_1', type: 'charge.refunded', objectId: 'ch_1', objectType: 'charge' },
    ]);
  });

  test('is good as base64 and under the previous secret', async () => {
    expect((await post(event, sign(event, 'whsec_previous'), true)).statusCode).toBe(200);
  });
});

describe('what is refused', () => {
  const old = Math.floor(Date.now() / 1000) - 301;

  test.each([
    ['no signature', event, '', 'no_signature'],
    ['a forged one', event, sign(event, 'whsec_guess'), 'wrong_signature'],
    ['one of another body', event, sign('{}'), 'wrong_signature'],
    ['one that is old', event, sign(event, secret, old), 'too_old'],
    ['one that is none', event, 'hello', 'malformed_signature'],
    ['one doubled', event, `${sign(event)},${sign(event)}`, 'malformed_signature'],
    ['a body that is words', 'hello', sign('hello'), 'not_json'],
    ['a body that is no event', '{}', sign('{}'), 'not_an_event'],
  ])('%s is 400 with a reason, and nothing is queued', async (...[, body, header, reason]) => {
    const answer = await post(body, header);
    expect(answer).toMatchObject({ statusCode: 400, body: JSON.stringify({ error: reason }) });
    expect(queued()).toEqual([]);
  });
});

test('A body that is larger than any event is not even worked out', async () => {
  const answer = await post('x'.repeat(2 * 1024 * 1024 + 1), 't=1,v1=00');
  expect(answer.statusCode).toBe(413);
});

describe('a bad day of the queue', () => {
  test('is 500, so that Stripe sends it again, and the logs hold nobody’s address', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('throttled'));
    expect((await post(event)).statusCode).toBe(500);
    expect(logs()).toContain('webhook_failed');
    expect(logs()).not.toMatch(/ann@x\.org|whsec_|ch_1/u);
  });
});
