// Proves what becomes of a send, over real HTTP: the call that leaves, and every way in which it can go wrong.
import { createHmac } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGraphClient } from '../../../lambdas/adapters/messenger/graph-client.ts';
import { createMessenger } from '../../../lambdas/adapters/messenger/send-reply.ts';
import { say } from '../../../lambdas/domain/chat/reply.ts';
import type { SendRequest } from '../../../lambdas/domain/chat/ports.ts';
import { json, type LocalServer, portOf, startLocalServer } from '../../builders/local-server.ts';

const credentials = { pageToken: 'page-token', appSecret: 'app-secret' };
const to = { pageId: '1000', psid: '7182818284590452' };
const request: SendRequest = { to, reply: say('Hello'), outboxId: 'm_1:1', isWindowOpen: true };
const utility = { name: 'payment_update', parameters: ['USD 20.00', 'paid'] } as const;
const sent = { recipient_id: to.psid, message_id: 'm_out' };
const graphError = (code: number, subcode?: number) => ({
  error: { message: 'no', type: 'OAuthException', code, error_subcode: subcode, fbtrace_id: 'T1' },
});

let nowMs = 1_795_000_000_000;
const messengerAt = (apiUrl: string, timeoutMs = 5000) =>
  createMessenger(
    createGraphClient({
      apiUrl,
      clock: { now: () => nowMs },
      timeoutMs,
      credentialsOf: async (pageId) => (pageId === '1000' ? credentials : undefined),
    }),
  );

let server: LocalServer;
beforeEach(async () => {
  server = await startLocalServer(json(200, sent));
});
afterEach(() => server.close());

describe('the call that leaves', () => {
  test('names version, page, token and proof, and carries the outbox id', async () => {
    expect(await messengerAt(server.url).send(request)).toEqual({
      kind: 'sent',
      messageId: 'm_out',
    });

    expect(server.received).toHaveLength(1);
    const [call] = server.received;
    expect(call).toMatchObject({ method: 'POST', path: '/v26.0/1000/messages' });
    expect(Object.fromEntries(call!.query)).toEqual({
      access_token: 'page-token',
      appsecret_proof: createHmac('sha256', 'app-secret').update('page-token').digest('hex'),
    });
    expect(JSON.parse(call!.body)).toEqual({
      recipient: { id: to.psid },
      messaging_type: 'RESPONSE',
      message: { text: 'Hello', metadata: 'm_1:1' },
    });
  });

  test('is followed by another that gives the thread to the Page’s inbox, where the reply says so', async () => {
    const reply = { ...say('They have this chat now.'), handsOver: true } as const;
    expect(await messengerAt(server.url).send({ ...request, reply })).toMatchObject({
      kind: 'sent',
    });

    expect(server.received.map(({ path }) => path)).toEqual([
      '/v26.0/1000/messages',
      '/v26.0/1000/pass_thread_control',
    ]);
    expect(JSON.parse(server.received[1]?.body ?? '')).toEqual({
      recipient: { id: to.psid },
      target_app_id: '263902037430900',
    });
  });

  test('takes the thread back before words that say so, and says them also where it may not', async () => {
    server.answer = (response, received) =>
      json(
        received.path.endsWith('take_thread_control') ? 400 : 200,
        received.path.endsWith('take_thread_control') ? graphError(10) : sent,
      )(response, received);
    const reply = { ...say('I am back.'), takesBack: true } as const;
    expect(await messengerAt(server.url).send({ ...request, reply })).toMatchObject({
      kind: 'sent',
    });
    expect(server.received.map(({ path }) => path)).toEqual([
      '/v26.0/1000/take_thread_control',
      '/v26.0/1000/messages',
    ]);
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({ recipient: { id: to.psid } });
  });

  test('says other words where the people of the Page keep the thread as well', async () => {
    const mayTake = { status: 400 };
    server.answer = (response, received) =>
      received.path.endsWith('take_thread_control')
        ? json(mayTake.status, { success: true })(response, received)
        : json(200, sent)(response, received);
    const reply = { ...say('I am back.'), takesBack: true, ifShared: 'We both answer.' } as const;
    await messengerAt(server.url).send({ ...request, reply });
    mayTake.status = 200;
    await messengerAt(server.url).send({ ...request, reply });

    const said = server.received.filter(({ path }) => path.endsWith('messages'));
    expect(said.map(({ body }) => JSON.parse(body).message.text)).toEqual([
      'We both answer.',
      'I am back.',
    ]);
  });

  test('says that the thread is not ours where Messenger lets nobody else write', async () => {
    server.answer = json(403, graphError(10, 2018300));
    expect(await messengerAt(server.url).send(request)).toEqual({
      kind: 'not_ours',
      why: 'another_app_owns_thread 10/2018300 T1',
    });
  });

  test('keeps a thread whose last words did not get out', async () => {
    server.answer = json(400, graphError(551));
    const reply = { ...say('They have this chat now.'), handsOver: true } as const;
    expect(await messengerAt(server.url).send({ ...request, reply })).toMatchObject({
      kind: 'unreachable',
    });
    expect(server.received).toHaveLength(1);
  });

  test('counts as said when the thread cannot be handed over', async () => {
    server.answer = (response, received) =>
      json(
        received.path.endsWith('pass_thread_control') ? 400 : 200,
        received.path.endsWith('pass_thread_control') ? graphError(10) : sent,
      )(response, received);
    const reply = { ...say('They have this chat now.'), handsOver: true } as const;
    expect(await messengerAt(server.url).send({ ...request, reply })).toMatchObject({
      kind: 'sent',
    });
  });

  test('goes below a base URL that has a path', async () => {
    await messengerAt(`${server.url}/proxy/`).send(request);
    expect(server.received[0]?.path).toBe('/proxy/v26.0/1000/messages');
  });

  test('is the same connection again, but never one that has been idle for long', async () => {
    const ports = new Set<number>();
    server.answer = (response, received) => {
      ports.add(response.socket?.remotePort ?? 0);
      json(200, sent)(response, received);
    };
    const messenger = messengerAt(server.url);
    await messenger.send(request);
    await messenger.send(request);
    expect(ports.size).toBe(1);

    nowMs += 60_000;
    await messenger.send(request);
    expect(ports.size).toBe(2);
  });

  test('shows typing, and a failure of that is nobody’s trouble', async () => {
    await messengerAt(server.url).typing(to);
    expect(JSON.parse(server.received[0]!.body)).toEqual({
      recipient: { id: to.psid },
      sender_action: 'typing_on',
    });
    await expect(messengerAt('http://127.0.0.1:1').typing(to)).resolves.toBeUndefined();
  });
});

describe('outside the window', () => {
  test('only the template is sent', async () => {
    const outcome = await messengerAt(server.url).send({
      ...request,
      reply: { ...say('Hello'), utility },
      isWindowOpen: false,
    });
    expect(outcome.kind).toBe('sent');
    expect(server.received.map((call) => JSON.parse(call.body))).toEqual([
      {
        recipient: { id: to.psid },
        messaging_type: 'UTILITY',
        message: {
          template: {
            name: 'payment_update',
            language: { code: 'en_US' },
            components: [
              {
                type: 'body',
                parameters: [
                  { type: 'text', text: 'USD 20.00' },
                  { type: 'text', text: 'paid' },
                ],
              },
            ],
          },
          metadata: 'm_1:1',
        },
      },
    ]);
  });

  test('nothing is sent where there is no template', async () => {
    const outcome = await messengerAt(server.url).send({ ...request, isWindowOpen: false });
    expect(outcome).toEqual({ kind: 'window_closed' });
    expect(server.received).toEqual([]);
  });

  test('as Meta’s clock sees it, the template follows the refusal', async () => {
    server.answer = (response, received) => {
      const isFirst = server.received.length === 1;
      json(isFirst ? 400 : 200, isFirst ? graphError(10, 2018278) : sent)(response, received);
    };
    const outcome = await messengerAt(server.url).send({
      ...request,
      reply: { ...say('Hello'), utility },
    });
    expect(outcome).toEqual({ kind: 'sent', messageId: 'm_out' });
    expect(server.received.map((call) => JSON.parse(call.body).messaging_type)).toEqual([
      'RESPONSE',
      'UTILITY',
    ]);
  });
});

describe('an answer that is no', () => {
  test.each([
    [500, graphError(2), { kind: 'later', why: 'service_unavailable 2 T1' }],
    [400, graphError(613), { kind: 'later', why: 'throttled 613 T1' }],
    [500, graphError(1, 1357046), { kind: 'doubtful', why: 'sent_although_error 1/1357046 T1' }],
    [401, graphError(190, 463), { kind: 'stopped', why: 'token_invalid 190/463 T1' }],
    [
      400,
      graphError(551, 1545041),
      { kind: 'unreachable', why: 'person_not_available 551/1545041 T1' },
    ],
    [400, graphError(10, 2018278), { kind: 'window_closed' }],
    [200, graphError(1), { kind: 'later', why: 'temporary_failure 1 T1' }],
  ])('%d with %j', async (status, body, outcome) => {
    server.answer = json(status, body);
    expect(await messengerAt(server.url).send(request)).toEqual(outcome);
    expect(server.received).toHaveLength(1);
  });

  test('of a page that we hold no token of is not even asked for', async () => {
    const outcome = await messengerAt(server.url).send({ ...request, to: { ...to, pageId: '2' } });
    expect(outcome).toEqual({ kind: 'stopped', why: 'no_page_token' });
    expect(server.received).toEqual([]);
  });
});

describe('an answer that is none', () => {
  test.each([
    ['500 without an error of Meta’s', 500, '<html>Bad Gateway</html>', 'doubtful', 'http_500'],
    ['502 without a body', 502, '', 'doubtful', 'http_502'],
    ['200 without an id', 200, '{}', 'doubtful', 'no_message_id'],
    ['200 that is no JSON', 200, 'ok', 'doubtful', 'not_json'],
    ['200 with an empty id', 200, '{"message_id":""}', 'doubtful', 'no_message_id'],
    ['404 of some proxy', 404, 'not here', 'later', 'http_404'],
    ['302 to elsewhere', 302, '', 'later', 'http_302'],
    ['an error of another shape', 400, '{"error":"no"}', 'later', 'http_400'],
  ])('%s', async (...[, status, body, kind, why]) => {
    server.answer = (response) => response.writeHead(status).end(body);
    expect(await messengerAt(server.url).send(request)).toEqual({ kind, why });
  });

  test('because the connection dropped after the request was read: nobody knows', async () => {
    server.answer = (response) => response.socket?.destroy();
    expect(await messengerAt(server.url).send(request)).toMatchObject({ kind: 'doubtful' });
    expect(server.received).toHaveLength(1);
  });

  test('because the body was cut short: nobody knows', async () => {
    server.answer = (response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"message_id":');
      setImmediate(() => response.socket?.destroy());
    };
    expect(await messengerAt(server.url).send(request)).toEqual({
      kind: 'doubtful',
      why: 'answer_cut_off',
    });
  });

  test('because it never ends: nobody knows', async () => {
    server.answer = (response) => {
      response.writeHead(200);
      for (let at = 0; at < 40; at += 1) response.write('x'.repeat(65_536));
    };
    expect(await messengerAt(server.url).send(request)).toEqual({
      kind: 'doubtful',
      why: 'answer_too_large',
    });
  });

  test('because nobody listens: nothing was said', async () => {
    const { url } = server;
    await server.close();
    expect(await messengerAt(url).send(request)).toEqual({ kind: 'later', why: 'ECONNREFUSED' });
  });

  test('because the name leads nowhere: nothing was said', async () => {
    const outcome = await messengerAt('http://nowhere.invalid').send(request);
    expect(outcome.kind).toBe('later');
  });

  test('because it takes too long: nobody knows, and the answer that comes late is not waited for', async () => {
    server.answer = () => undefined;
    const outcome = await messengerAt(server.url, 100).send(request);
    expect(outcome).toEqual({ kind: 'doubtful', why: 'timeout' });
  });

  test('because something else speaks there: nobody knows', async () => {
    const sockets: Socket[] = [];
    const strange = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.write('SSH-2.0-OpenSSH\r\n');
    });
    await new Promise<void>((resolve) => {
      strange.listen(0, '127.0.0.1', resolve);
    });
    const outcome = await messengerAt(`http://127.0.0.1:${portOf(strange)}`).send(request);
    expect(outcome.kind).toBe('doubtful');
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => {
      strange.close(resolve);
    });
  });

  test('never tells the token in what it says of the failure', async () => {
    server.answer = (response) => response.socket?.destroy();
    const outcome = await messengerAt(server.url).send(request);
    expect(JSON.stringify(outcome)).not.toMatch(/page-token|app-secret|access_token/u);
  });
});
