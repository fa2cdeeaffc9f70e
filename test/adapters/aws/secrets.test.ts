// Proves how a secret is read, kept and never told, against a small real server in the extension's place.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createSecretReader } from '../../../lambdas/adapters/aws/secrets.ts';
import { json, type LocalServer, startLocalServer } from '../../builders/local-server.ts';

const schema = z.object({ secretKey: z.string() });
const holding = (secret: unknown) =>
  json(200, { Name: 'tender/key', SecretString: JSON.stringify(secret) });

let server: LocalServer;
let nowMs = 0;
beforeEach(async () => {
  nowMs = 1_795_000_000_000;
  server = await startLocalServer(holding({ secretKey: 'sk_first' }));
});
afterEach(() => server.close());

const reader = () =>
  createSecretReader(
    { port: server.port, token: 'session-token', clock: { now: () => nowMs } },
    'arn:aws:secretsmanager:eu-central-1:1:secret:tender/key-AbC',
    schema,
  );

describe('a secret', () => {
  test('is asked of the extension with the session token', async () => {
    expect(await reader()()).toEqual({ secretKey: 'sk_first' });
    const [call] = server.received;
    expect(call?.path).toBe('/secretsmanager/get');
    expect(call?.query.get('secretId')).toBe(
      'arn:aws:secretsmanager:eu-central-1:1:secret:tender/key-AbC',
    );
    expect(call?.headers['x-aws-parameters-secrets-token']).toBe('session-token');
  });

  test('is asked for once a minute, and by many at once only once', async () => {
    const read = reader();
    await Promise.all([read(), read(), read()]);
    nowMs += 59_000;
    await read();
    expect(server.received).toHaveLength(1);

    nowMs += 1000;
    server.answer = holding({ secretKey: 'sk_rotated' });
    expect(await read()).toEqual({ secretKey: 'sk_rotated' });
    expect(server.received).toHaveLength(2);
  });

  test('serves ten minutes longer when it cannot be read again, and not a moment more', async () => {
    const read = reader();
    await read();
    server.answer = json(500, {});

    nowMs += 599_000;
    expect(await read()).toEqual({ secretKey: 'sk_first' });
    nowMs += 1000;
    await expect(read()).rejects.toThrow('the extension answered 500');

    server.answer = holding({ secretKey: 'sk_back' });
    expect(await read()).toEqual({ secretKey: 'sk_back' });
  });
});

describe('a secret that cannot be read', () => {
  test.each([
    ['the extension refuses', json(400, 'not ready'), 'the extension answered 400'],
    ['the answer is no JSON', json(200, 'hello'), 'no SecretString'],
    ['the answer holds no secret', json(200, { Name: 'x' }), 'no SecretString'],
    ['the secret is no JSON', json(200, { SecretString: 'sk_live_9' }), 'not a JSON object'],
    ['a field is missing', holding({ other: 'sk_live_9' }), 'secretKey'],
    ['a field is of another type', holding({ secretKey: ['sk_live_9'] }), 'secretKey'],
  ])('because %s says so, without a part of it', async (_, answer, words) => {
    server.answer = answer;
    const failure: unknown = await reader()().catch((error: unknown) => error);
    expect(String(failure)).toContain(words);
    expect(String(failure)).not.toContain('sk_live_9');
  });

  test('because nobody listens says so', async () => {
    const read = reader();
    await server.close();
    await expect(read()).rejects.toThrow('ECONNREFUSED');
  });

  test('because the answer breaks off says so', async () => {
    server.answer = (response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"SecretString":');
      setImmediate(() => response.socket?.destroy());
    };
    await expect(reader()()).rejects.toThrow('the answer broke off');
  });
});
