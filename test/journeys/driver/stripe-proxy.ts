// A recording proxy in front of a Stripe: everything passes, and everything is kept.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { close, listen } from './graph-recorder.ts';

export interface StripeCall {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly status: number;
  readonly version: string | undefined;
  readonly authorization: string | undefined;
  readonly idempotencyKey: string | undefined;
}

export interface StripeProxy {
  readonly url: string;
  readonly calls: StripeCall[];
  /** Where calls go on to; known only when the machine is up. */
  forwardTo(origin: string): void;
  close(): Promise<void>;
}

export async function recordStripe(): Promise<StripeProxy> {
  const calls: StripeCall[] = [];
  let origin = '';

  const pass = async (request: IncomingMessage): Promise<{ status: number; body: string }> => {
    const { method = 'GET', url = '/' } = request;
    const body = await text(request);
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === 'string' && !['host', 'connection', 'content-length'].includes(name)
        ? [[name, value] as [string, string]]
        : [],
    );
    const answer = await fetch(`${origin}${url}`, {
      method,
      headers,
      ...(method === 'GET' ? {} : { body }),
    });
    const idempotencyKey = request.headers['idempotency-key'];
    calls.push({
      method,
      path: url,
      body,
      status: answer.status,
      version: request.headers['stripe-version']?.toString(),
      authorization: request.headers.authorization,
      idempotencyKey: idempotencyKey?.toString(),
    });
    return { status: answer.status, body: await answer.text() };
  };

  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const { status, body } = await pass(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };

  const server = createServer((request, response) => {
    void reply(request, response);
  });
  return {
    url: await listen(server),
    calls,
    forwardTo: (target) => {
      origin = target;
    },
    close: () => close(server),
  };
}
