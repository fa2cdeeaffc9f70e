// One HTTP exchange, and what is known of it when it goes wrong: whether the request can have arrived.
// Over node:http(s): the AWS SDK has loaded it already, while global fetch would add undici's 40 ms to a cold start.
import { Agent as HttpAgent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { Agent as HttpsAgent, request as requestSecurely } from 'node:https';
import type { Clock } from '../../domain/ports.ts';

export type Exchange =
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  /** The request never left: no connection came about. */
  | { readonly kind: 'not_sent'; readonly why: string }
  /** It may have been acted on: there was a connection, and no whole answer. */
  | { readonly kind: 'unclear'; readonly why: string };

export interface ExchangeRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: URL;
  readonly body?: string;
  /** For everything together: connecting, sending and the whole answer. */
  readonly timeoutMs: number;
}

/** Graph API's answers are far smaller; more is not an answer. */
const maxAnswerBytes = 1024 * 1024;

/**
 * How long an idle connection is trusted. A function sleeps between invocations, and a connection that the server has
 * closed meanwhile breaks only after a message was written to it: nobody would know whether it arrived.
 */
const idleForMs = 10_000;

export function createExchange(clock: Clock): (request: ExchangeRequest) => Promise<Exchange> {
  const agents = {
    'http:': new HttpAgent({ keepAlive: true }),
    'https:': new HttpsAgent({ keepAlive: true }),
  };
  let underWay = 0;
  let lastUsedAtMs = clock.now();

  return async (exchange) => {
    const agent = exchange.url.protocol === 'http:' ? agents['http:'] : agents['https:'];
    if (underWay === 0 && clock.now() - lastUsedAtMs > idleForMs) agent.destroy();
    underWay += 1;
    try {
      return await converse(exchange, agent);
    } finally {
      underWay -= 1;
      lastUsedAtMs = clock.now();
    }
  };
}

function converse(exchange: ExchangeRequest, agent: HttpAgent): Promise<Exchange> {
  return new Promise((resolve) => {
    let isConnected = false;
    const call = open(exchange, agent);
    const fail = (why: string) => {
      clearTimeout(timer);
      resolve(isConnected ? { kind: 'unclear', why } : { kind: 'not_sent', why });
      call.destroy();
    };
    const timer = setTimeout(() => fail('timeout'), exchange.timeoutMs);
    call.on('socket', (socket) => {
      // Conservative: from the TCP connection on, even before TLS is agreed.
      if (!socket.connecting) isConnected = true;
      else socket.once('connect', () => (isConnected = true));
    });
    call.on('error', (error) => fail(codeOf(error)));
    call.on('response', (response) => {
      readAll(response, fail, (text) => {
        clearTimeout(timer);
        resolve({ kind: 'answered', status: response.statusCode ?? 0, text });
      });
    });
    call.end(exchange.body);
  });
}

function open({ method, url, body }: ExchangeRequest, agent: HttpAgent): ClientRequest {
  const headers =
    body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const options = { method, agent, headers };
  return url.protocol === 'http:' ? request(url, options) : requestSecurely(url, options);
}

function readAll(
  response: IncomingMessage,
  fail: (why: string) => void,
  done: (text: string) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxAnswerBytes) fail('answer_too_large');
    else chunks.push(chunk);
  });
  response.on('error', () => fail('answer_cut_off'));
  response.on('end', () => {
    if (response.complete) done(Buffer.concat(chunks).toString('utf8'));
    else fail('answer_cut_off');
  });
}

/** ECONNREFUSED and the like; never the message, which can hold the URL and so the token. */
function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
