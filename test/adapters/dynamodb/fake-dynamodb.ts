// A DynamoDB of a bad day: an HTTP server that fails as told, for what DynamoDB Local never does.
import { createServer } from 'node:http';

export type Answer =
  | { readonly status: number; readonly body: object }
  /** The request is taken and never answered. */
  | 'never'
  /** The connection breaks before an answer. */
  | 'hang up';

/** An error as DynamoDB words it. */
export function failure(status: number, type: string, more: object = {}): Answer {
  const body = { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: type, ...more };
  return { status, body };
}

export interface FakeDynamoDb {
  readonly url: string;
  /** The operations asked for, in order. */
  readonly operations: string[];
  /** The request tokens of what was asked for, in order. */
  readonly tokens: unknown[];
  stop(): Promise<void>;
}

/** Answers with each of `answers` in turn, and with the last of them ever after. */
export async function startFakeDynamoDb(...answers: readonly Answer[]): Promise<FakeDynamoDb> {
  const operations: string[] = [];
  const tokens: unknown[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = answers[Math.min(operations.length, answers.length - 1)] ?? 'never';
      operations.push(String(request.headers['x-amz-target']).split('.')[1] ?? '');
      tokens.push(JSON.parse(Buffer.concat(chunks).toString()).ClientRequestToken);
      if (answer === 'never') return;
      if (answer === 'hang up') {
        request.socket.destroy();
        return;
      }
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    operations,
    tokens,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
