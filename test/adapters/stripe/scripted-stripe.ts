// A server that answers as a test scripts it, for what Stripe may do and its stand-in does not.
import { createServer, type ServerResponse } from 'node:http';
import { createStripeClient, type StripeClient } from '../../../lambdas/adapters/stripe/client.ts';

type Scripted =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown }
  /** Takes the request and says nothing. */
  | 'hang'
  /** Takes the request and closes the connection. */
  | 'drop'
  /** Sends the headers and half a body, then closes. */
  | 'cut';

interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string | string[] | undefined>;
  /** Form fields of v1, or the parsed JSON of v2. */
  readonly params: Record<string, unknown>;
}

export interface ScriptedStripe {
  readonly client: StripeClient;
  readonly requests: ReceivedRequest[];
  /** The answers of the next requests, in order; the last one is repeated. */
  script(...answers: Scripted[]): void;
  close(): Promise<void>;
}

/** Without the SDK's own second try, which takes half a second, unless a test is about that. */
export async function startScriptedStripe(maxNetworkRetries = 0): Promise<ScriptedStripe> {
  const requests: ReceivedRequest[] = [];
  let answers: Scripted[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const isJson = request.headers['content-type']?.includes('json') === true;
      const params = isJson
        ? JSON.parse(text || '{}')
        : Object.fromEntries(new URLSearchParams(text));
      const { method = '', url: path = '', headers } = request;
      requests.push({ method, path, headers, params });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      reply(response, answer ?? { status: 500, body: { error: { type: 'api_error' } } });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port to listen on');
  return {
    client: createStripeClient({
      secretKey: async () => 'sk_test_scripted',
      apiUrl: `http://127.0.0.1:${address.port}`,
      timeoutMs: 300,
      maxNetworkRetries,
    }),
    requests,
    script(...next) {
      answers = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

function reply(response: ServerResponse, answer: Scripted): void {
  if (answer === 'hang') return;
  if (answer === 'drop') {
    response.destroy();
    return;
  }
  if (answer === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"id": "pi_', () => response.destroy());
    return;
  }
  const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  response.writeHead(answer.status ?? 200, {
    'content-type': 'application/json',
    ...answer.headers,
  });
  response.end(body);
}
