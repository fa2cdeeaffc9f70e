// The HTTP API against real requests: routes, events in payload format 2.0, responses, limits and errors.
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { puppetAssembly } from '../puppet-assembly.ts';
import { type PuppetCloud, startPuppetCloud } from '../puppet-cloud.ts';

describe('the HTTP API of the local cloud', () => {
  let puppets: PuppetCloud;
  beforeAll(async () => {
    const assemblyDir = await puppetAssembly();
    puppets = await startPuppetCloud({ assemblyDir, dynamoDbUrl: inject('dynamoDbUrl') });
  });
  afterAll(() => puppets.close());
  beforeEach(() => puppets.direct('web', () => ({ act: 'return', value: { statusCode: 204 } })));

  const event = () => puppets.calls('web').at(-1)!.event;
  const answerWith = (value: unknown) => puppets.direct('web', () => ({ act: 'return', value }));

  test('gives the function path parameters, query and request context', async () => {
    await fetch(`${puppets.url}/pay/abc%20d?a=1&b=x%2Fy&a=2`);

    expect(event()).toMatchObject({
      version: '2.0',
      routeKey: 'GET /pay/{token}',
      rawPath: '/pay/abc d',
      rawQueryString: 'a=1&b=x%2Fy&a=2',
      queryStringParameters: { a: '1,2', b: 'x/y' },
      pathParameters: { token: 'abc d' },
      isBase64Encoded: false,
      requestContext: {
        http: { method: 'GET', path: '/pay/abc d', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        stage: '$default',
        routeKey: 'GET /pay/{token}',
      },
    });
    expect(event()).not.toHaveProperty('body');
    expect(event()).not.toHaveProperty('cookies');
    expect(event().requestContext.timeEpoch).toBeCloseTo(puppets.clock.now(), -4);
  });

  test('joins headers that come several times and gives cookies a place of their own', async () => {
    const response = await raw({
      method: 'GET',
      path: '/pay/x',
      headers: [
        ['X-Two', 'one'],
        ['X-Two', 'two'],
        ['Cookie', 'a=1; b=2'],
        ['Cookie', 'c=3'],
      ],
    });

    expect(response.status).toBe(204);
    expect(event().headers['x-two']).toBe('one,two');
    expect(event().headers).not.toHaveProperty('cookie');
    expect(event().cookies).toEqual(['a=1', 'b=2', 'c=3']);
  });

  test.each([
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['text/html', false],
    ['application/x-www-form-urlencoded', true],
    ['application/octet-stream', true],
  ])('passes a %s body byte by byte (base64: %s)', async (contentType, base64) => {
    const body = Buffer.from('{"note":"grüße 🎉"}');
    const headers = { 'content-type': contentType };

    await fetch(`${puppets.url}/pay/x`, { method: 'POST', headers, body });

    expect(event().isBase64Encoded).toBe(base64);
    expect(Buffer.from(event().body!, base64 ? 'base64' : 'utf8')).toEqual(body);
  });

  test('prefers a path without variables, and a greedy one takes the rest of the path', async () => {
    await fetch(`${puppets.url}/pay/terms`);
    expect(event().routeKey).toBe('GET /pay/terms');

    await fetch(`${puppets.url}/files/a/b/c.txt`, { method: 'DELETE' });
    expect(event()).toMatchObject({
      routeKey: 'ANY /files/{rest+}',
      pathParameters: { rest: 'a/b/c.txt' },
    });
  });

  test.each([
    ['another path', 'GET', '/nowhere'],
    ['another method', 'DELETE', '/pay/x'],
    ['an empty variable', 'GET', '/pay/'],
    ['a longer path', 'GET', '/pay/x/y'],
    ['a path that is not well-formed', 'GET', '/pay/%E0%A4%A'],
  ])('leaves %s to whoever mounted it', async (_, method, path) => {
    const before = puppets.calls().length;

    const response = await raw({ method, path, headers: [] });

    expect(response).toMatchObject({ status: 404, body: 'not a route' });
    expect(puppets.calls()).toHaveLength(before);
  });

  test('sends status, headers, cookies and a text body', async () => {
    answerWith({
      statusCode: 201,
      headers: { 'Content-Type': 'text/html', 'X-Number': 5, 'Content-Length': '3' },
      cookies: ['a=1; HttpOnly', 'b=2'],
      body: '<p>ä</p>',
    });

    const response = await fetch(`${puppets.url}/pay/x`);

    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(response.headers.get('x-number')).toBe('5');
    expect(response.headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2']);
    expect(await response.text()).toBe('<p>ä</p>');
  });

  test('sends a base64 body as bytes', async () => {
    const bytes = Buffer.from([0, 255, 254, 10]);
    answerWith({ statusCode: 200, body: bytes.toString('base64'), isBase64Encoded: true });

    const response = await fetch(`${puppets.url}/pay/x`);

    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  });

  test.each([
    [{ hello: 1 }, '{"hello":1}'],
    ['just text', 'just text'],
  ])('takes %j without a status code for a 200 of JSON', async (value, body) => {
    answerWith(value);

    const response = await fetch(`${puppets.url}/pay/x`);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.text()).toBe(body);
  });

  test.each([
    ['throws', { act: 'throw', value: 'secret detail' }],
    ['returns a status that is none', { act: 'return', value: { statusCode: 'fine' } }],
    ['crashes', { act: 'exit', value: 1 }],
  ] as const)('answers 500 and no detail when the function %s', async (_, act) => {
    puppets.direct('web', () => act);

    const response = await fetch(`${puppets.url}/pay/x`);

    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: 'Internal Server Error' });
  });

  test.each([
    ['11 MB', 11],
    ['7 MB, which is more than an event may be,', 7],
  ])('refuses a body of %s with 413 and goes on', async (_, megabytes) => {
    const before = puppets.calls().length;
    const body = 'x'.repeat(megabytes * 1024 * 1024);

    const refused = await fetch(`${puppets.url}/pay/x`, { method: 'POST', body });
    expect(refused.status).toBe(413);
    expect(puppets.calls()).toHaveLength(before);

    const next = await fetch(`${puppets.url}/pay/x`, { method: 'POST', body: 'small' });
    expect(next.status).toBe(204);
  });

  test('survives a client that leaves in the middle of its body', async () => {
    const before = puppets.calls().length;
    const { hostname, port } = new URL(puppets.url);
    const socket = connect(Number(port), hostname);
    socket.write('POST /pay/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf');
    socket.end();
    await new Promise((resolve) => socket.resume().once('close', resolve));

    const next = await fetch(`${puppets.url}/pay/x`);

    expect(next.status).toBe(204);
    expect(puppets.calls()).toHaveLength(before + 1);
  });

  /** With control over repeated headers and paths that fetch would tidy up. */
  async function raw(sent: { method: string; path: string; headers: [string, string][] }) {
    const { hostname, port } = new URL(puppets.url);
    return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const request = httpRequest({
        hostname,
        port,
        method: sent.method,
        path: sent.path,
        headers: [['Host', `${hostname}:${port}`], ...sent.headers].flat(),
      });
      request.once('error', reject);
      request.once('response', (response) => {
        void text(response).then((body) => resolve({ status: response.statusCode, body }));
      });
      request.end();
    });
  }
});
