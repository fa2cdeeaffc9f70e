// Proves how events leave the house: signed as Standard Webhooks says, bounded in time, and never led astray.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { resolvePublicAddress } from '../../../lambdas/adapters/outgoing-address.ts';
import {
  createWebhookSender,
  type SenderOptions,
  signedHeaders,
} from '../../../lambdas/adapters/webhooks/webhook-sender.ts';
import { type LocalServer, startLocalServer } from '../../builders/local-server.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const other = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const clock = { now: () => Date.now() };
const loopback: SenderOptions['addressOf'] = async () => ({ address: '127.0.0.1', family: 4 });

let server: LocalServer;
beforeEach(async () => {
  server = await startLocalServer();
});
afterEach(() => server.close());

const post = (options: Partial<SenderOptions> & { path?: string; secrets?: string[] } = {}) =>
  createWebhookSender({ clock, addressOf: loopback, ...options }).post({
    id: 'evt_1',
    url: `http://joe.example:${server.port}${options.path ?? '/hooks'}`,
    body: '{"type":"order.paid"}',
    secrets: options.secrets ?? [secret],
  });

describe('a signature', () => {
  // From the specification's own library: libraries/javascript/src/webhook.test.ts, "sign function works".
  it('is the one of the published test vector', () => {
    const headers = signedHeaders({
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      body: '{"test": 2432232314}',
      secrets: [secret],
      atMs: 1_614_265_330_000,
    });

    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it.each([secret, other])('is there for each of two secrets while one rolls: %s', async (key) => {
    await post({ secrets: [other, secret] });
    const [received] = server.received;
    const headers = Object.fromEntries(
      Object.entries(received?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );

    expect(new Webhook(key).verify(received?.body ?? '', headers)).toEqual({ type: 'order.paid' });
    expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
    expect(() => new Webhook(key).verify('{"type":"order.ready"}', headers)).toThrow(
      'No matching signature found',
    );
  });
});

describe('an answer', () => {
  it('is its status, its first words and how long it took', async () => {
    server.answer = (response) => {
      response.writeHead(500, { 'set-cookie': 'secret=1' });
      response.end(`out of\n\0paper, card 4242 4242 4242 4242 ${'x'.repeat(10_000)}`);
    };
    const answer = await post();

    expect(answer).toMatchObject({ kind: 'answered', status: 500 });
    expect(answer.kind === 'answered' && answer.text).toMatch(/^out of paper, card /);
    expect(answer.kind === 'answered' && answer.text.length).toBe(200);
    expect(JSON.stringify(answer)).not.toMatch(/4242 4242|secret=1/);
  });

  it.each([301, 302, 307, 308])('%i is not followed', async (status) => {
    server.answer = (response, received) => {
      response.writeHead(received.path === '/hooks' ? status : 200, {
        location: `http://127.0.0.1:${server.port}/internal`,
      });
      response.end();
    };

    expect(await post()).toMatchObject({ kind: 'answered', status });
    expect(server.received.map(({ path }) => path)).toEqual(['/hooks']);
  });

  it('that comes too late is none', async () => {
    server.answer = () => undefined;

    expect(await post({ timeoutMs: 100 })).toMatchObject({ kind: 'no_answer', why: 'timeout' });
  });

  it('counts by its status where its body never ends', async () => {
    server.answer = (response) => {
      response.writeHead(200);
      response.write('thanks');
    };

    expect(await post({ timeoutMs: 300 })).toMatchObject({
      kind: 'answered',
      status: 200,
      text: 'thanks',
    });
  });

  it('that is no HTTP is none', async () => {
    server.answer = (response) => void response.socket?.end('hello\r\n\r\n');

    expect(await post()).toMatchObject({ kind: 'no_answer', why: 'unreachable' });
  });
});

describe('an address', () => {
  it.each([
    'http://localhost:PORT/',
    'http://127.0.0.1:PORT/',
    'http://2130706433:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://0.0.0.0:PORT/',
  ])('such as %s is never called in a deployed stage', async (url) => {
    const sender = createWebhookSender({ clock, addressOf: resolvePublicAddress });
    const answer = await sender.post({
      id: 'evt_1',
      url: url.replace('PORT', String(server.port)),
      body: '{}',
      secrets: [secret],
    });

    expect(answer).toMatchObject({ kind: 'no_answer', why: 'address' });
    expect(server.received).toEqual([]);
  });

  it('where nothing of ours may go is not called', async () => {
    expect(await post({ addressOf: async () => undefined })).toMatchObject({
      kind: 'no_answer',
      why: 'address',
    });
    expect(server.received).toEqual([]);
  });

  it('is looked up once, and the connection goes to what was found', async () => {
    const asked: string[] = [];
    await post({
      addressOf: async (hostname) => {
        asked.push(hostname);
        return { address: '127.0.0.1', family: 4 };
      },
    });

    expect(asked).toEqual(['joe.example']);
    expect(server.received[0]?.headers.host).toBe(`joe.example:${server.port}`);
  });

  it('that cannot be found is no answer', async () => {
    const addressOf = async () => {
      throw new Error('ENOTFOUND');
    };

    expect(await post({ addressOf })).toMatchObject({ kind: 'no_answer', why: 'unreachable' });
  });

  it('where nobody listens is no answer', async () => {
    const port = server.port;
    await server.close();
    server = await startLocalServer();
    const sender = createWebhookSender({ clock, addressOf: loopback });
    const url = `http://joe.example:${port === server.port ? 1 : port}/`;

    expect(await sender.post({ id: 'evt_1', url, body: '{}', secrets: [secret] })).toMatchObject({
      kind: 'no_answer',
      why: 'unreachable',
    });
  });
});
