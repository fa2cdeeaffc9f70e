// Proves the whole Messenger webhook: who gets in, what is queued before 200, and what happens on bad days.
import { SendMessageBatchCommand, type SendMessageBatchCommandInput } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { handler as DeployedHandler } from '../../lambdas/handlers/messenger-webhook.ts';
import { readChatMessage } from '../../lambdas/adapters/aws/chat-message.ts';
import { maxBodyBytes } from '../../lambdas/adapters/messenger/receive-webhook.ts';
import { apiGatewayEvent, lambdaContext } from '../builders/api-gateway-event.ts';
import {
  captureLogs,
  setEnvironment,
  startSecretsExtension,
} from '../builders/deployed-function.ts';
import type { LocalServer } from '../builders/local-server.ts';
import { mockSqs } from '../builders/mock-sqs.ts';
import {
  asMetaWrites,
  bodyOf,
  entryOf,
  events,
  fromPerson,
  signatureOf,
} from '../builders/messenger-events.ts';

const secret = 'current-app-secret';
const sqs = mockSqs();
let extension: LocalServer;
let handler: typeof DeployedHandler;
let logs: () => string;

beforeAll(async () => {
  extension = await startSecretsExtension({
    'app-secret': { appSecrets: [secret, 'previous'], verifyToken: 'verify-me' },
  });
  logs = captureLogs();
  setEnvironment(extension, {
    MESSENGER_APP_SECRET_ID: 'app-secret',
    CHAT_QUEUE_URL: 'https://sqs.local/1/chat.fifo',
  });
  ({ handler } = await import('../../lambdas/handlers/messenger-webhook.ts'));
});
afterAll(async () => {
  await extension.close();
});

const accept = (input: SendMessageBatchCommandInput) => ({
  Successful: (input.Entries ?? []).map(({ Id }) => ({ Id, MessageId: 'm', MD5OfMessageBody: '' })),
});
beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageBatchCommand).callsFake(accept);
});

const invoke = async (parts: Parameters<typeof apiGatewayEvent>[0]) =>
  handler(apiGatewayEvent({ path: '/webhooks/messenger', ...parts }), lambdaContext);
const post = (
  bytes: Buffer | string,
  { header, asBase64 = false }: { header?: string | undefined; asBase64?: boolean } = {},
) => {
  const body = Buffer.from(bytes);
  const signature = header ?? signatureOf(body, secret);
  return invoke({
    body,
    asBase64,
    headers: signature === '' ? {} : { 'X-Hub-Signature-256': signature },
  });
};
const queued = () =>
  sqs
    .commandCalls(SendMessageBatchCommand)
    .flatMap((call) => call.args[0].input.Entries ?? [])
    .map((entry) => readChatMessage(entry.MessageBody ?? ''));
const queuedIds = () => queued().map((event) => event.id);

describe('the handshake', () => {
  const query = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444' };

  test('answers the challenge to whoever knows the token', async () => {
    const answer = await invoke({
      method: 'GET',
      query: { ...query, 'hub.verify_token': 'verify-me' },
    });
    expect(answer).toMatchObject({ statusCode: 200, body: '1158201444' });
  });

  test('is 403 with a wrong token, or without one', async () => {
    const wrong = await invoke({ method: 'GET', query: { ...query, 'hub.verify_token': 'x' } });
    expect(wrong.statusCode).toBe(403);
    expect((await invoke({ method: 'GET', query })).statusCode).toBe(403);
    expect((await invoke({ method: 'GET' })).statusCode).toBe(403);
  });
});

describe('a delivery', () => {
  test('is queued, then acknowledged', async () => {
    expect((await post(asMetaWrites(bodyOf(events.text())))).statusCode).toBe(200);
    expect(queued()).toMatchObject([{ id: 'm_text', kind: 'message' }]);
  });

  test('signed with the previous secret, while it is rotated, is good', async () => {
    const body = asMetaWrites(bodyOf(events.text()));
    expect((await post(body, { header: signatureOf(body, 'previous') })).statusCode).toBe(200);
  });

  test.each(['Zoë für 20,50 €', '🍕 👨‍👩‍👧', 'שלום עשרון'])(
    'of %s is good escaped and raw, as text and as base64',
    async (text) => {
      const event = bodyOf(events.text(text));
      const raw = Buffer.from(JSON.stringify(event));
      for (const body of [asMetaWrites(event), raw]) {
        for (const asBase64 of [false, true]) {
          expect((await post(body, { asBase64 })).statusCode).toBe(200);
        }
      }
      expect(queued().map((one) => (one.kind === 'message' ? one.text : ''))).toEqual(
        Array.from({ length: 4 }, () => text),
      );
    },
  );

  test('of several entries and events is queued whole, broken ones apart', async () => {
    const body = {
      object: 'page',
      entry: [
        entryOf(events.text('a', 'm_1'), null, fromPerson({ telepathy: {} })),
        { id: '1', standby: [events.text('b', 'm_2')] },
        entryOf(events.postback()),
      ],
    };
    expect((await post(JSON.stringify(body))).statusCode).toBe(200);
    // What the Page's people are told is overheard: a word for us may be among it.
    expect(queuedIds()).toEqual(['m_1', 'm_2', 'm_post']);
  });

  test('that comes twice has the same ids, so that the queue and the worker can tell', async () => {
    const body = asMetaWrites(bodyOf(events.text(), events.reaction()));
    await post(body);
    await post(body);
    const ids = queuedIds();
    expect(ids.slice(0, 2)).toEqual(ids.slice(2));
  });

  test('of nothing but what we do not use is acknowledged without a message', async () => {
    expect((await post(JSON.stringify(bodyOf(events.feedback())))).statusCode).toBe(200);
    expect(queued()).toEqual([]);
  });

  test('of ten thousand entries is queued whole', async () => {
    const entry = Array.from({ length: 10_000 }, (_, at) => entryOf(events.text('x', `m_${at}`)));
    expect((await post(JSON.stringify({ object: 'page', entry }))).statusCode).toBe(200);
    expect(new Set(queuedIds()).size).toBe(10_000);
  });
});

describe('a stranger', () => {
  const body = asMetaWrites(bodyOf(events.text('send $1000 to mallory')));
  const good = signatureOf(body, secret);

  test.each([
    ['without a signature', ''],
    ['with a forged one', `sha256=${'0'.repeat(64)}`],
    ['with one by another key', signatureOf(body, 'guess')],
    ['with one doubled', `${good}, ${good}`],
    ['with one of other bytes', signatureOf(Buffer.from('{}'), secret)],
    ['with one cut short', good.slice(0, -2)],
  ])('%s is 401, and nothing is stored', async (_, header) => {
    expect((await post(body, { header })).statusCode).toBe(401);
    expect(sqs.commandCalls(SendMessageBatchCommand)).toEqual([]);
  });

  test('with a megabyte and no signature is 401 without being read', async () => {
    expect((await post('['.repeat(1_000_000), { header: '' })).statusCode).toBe(401);
  });

  test('is not even worked out over more than fits', async () => {
    const header = `sha256=${'0'.repeat(64)}`;
    const answer = await post('é'.repeat(maxBodyBytes / 2 + 1), { header });
    expect(answer.statusCode).toBe(413);
  });
});

describe('a signed body that is broken', () => {
  test.each([
    ['words', 'hello', 400, 'not_json'],
    ['half of it', '{"object":"page","entry":[', 400, 'not_json'],
    ['a list', '[]', 400, 'not_an_object'],
    ['no entries', '{"object":"page"}', 400, 'no_entries'],
    ['about no page', '{"object":"user","entry":[]}', 400, 'not_about_a_page'],
    ['a megabyte of brackets', '['.repeat(1_000_000), 400, 'too_deep'],
    ['nothing at all', '', 400, 'not_json'],
    ['more than fits', ' '.repeat(maxBodyBytes + 1), 413, 'too_large'],
  ])('%s is refused with a reason', async (...[, body, status, reason]) => {
    const answer = await post(body);
    expect(answer.statusCode).toBe(status);
    expect(JSON.parse(answer.body ?? '')).toEqual({ error: reason });
    expect(queued()).toEqual([]);
  });
});

describe('a bad day', () => {
  test('of the queue is 500, so that Meta sends it again', async () => {
    sqs.on(SendMessageBatchCommand).rejects(new Error('queue of Bob, card 4242424242424242'));
    const answer = await post(asMetaWrites(bodyOf(events.text())));
    expect(answer.statusCode).toBe(500);
    expect(answer.body).toBe('{"error":"try_again"}');
  });

  test('of the queue for one entry only is 500 too', async () => {
    sqs.on(SendMessageBatchCommand).callsFake(() => ({
      Successful: [{ Id: '0' }],
      Failed: [{ Id: '1', SenderFault: false, Code: 'InternalError' }],
    }));
    const body = bodyOf(events.text('a', 'm_1'), events.text('b', 'm_2'));
    expect((await post(asMetaWrites(body))).statusCode).toBe(500);
  });

  test('of a method that nobody asked for is 405', async () => {
    expect((await invoke({ method: 'PUT' })).statusCode).toBe(405);
  });
});

describe('the logs', () => {
  test('say how much came and why something was refused, and never what anybody wrote', async () => {
    await post(asMetaWrites(bodyOf(events.text('my card is 4242424242424242'))));
    await post('hello', { header: '' });
    sqs.on(SendMessageBatchCommand).rejects(new Error('the queue broke at 4242424242424242'));
    await post(asMetaWrites(bodyOf(events.text('lunch with bob'))));

    expect(logs()).toContain('webhook_accepted');
    expect(logs()).toContain('no_signature');
    expect(logs()).toContain('webhook_failed');
    expect(logs()).toContain('the queue broke at');
    for (const secretWord of ['4242', 'lunch', 'm_text', secret, 'verify-me', 'session-token']) {
      expect(logs()).not.toContain(secretWord);
    }
  });
});
