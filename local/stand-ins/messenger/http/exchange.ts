// The HTTP both doors speak: a request read whole within a bound, an answer written as JSON.
import type { IncomingMessage, ServerResponse } from 'node:http';

const LARGEST_BODY = 2 * 1024 * 1024;

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The request with its body as text, or undefined when it is larger than anyone should send. */
export async function readRequest(incoming: IncomingMessage): Promise<HttpRequest | undefined> {
  const body = await readBody(incoming);
  if (body === undefined) return undefined;
  const url = new URL(incoming.url ?? '/', 'http://stand-in');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body,
  };
}

function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_BODY) chunks.push(chunk);
    });
    incoming.on('error', reject);
    incoming.on('end', () =>
      resolve(size > LARGEST_BODY ? undefined : Buffer.concat(chunks).toString('utf8')),
    );
  });
}

export function writeAnswer(response: ServerResponse, answer: HttpAnswer): void {
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...answer.headers,
  });
  response.end(text);
}
