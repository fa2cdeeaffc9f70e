// The one local port behind which the AWS services are that functions call: SQS and the secrets extension.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface AwsEndpoint {
  port: number;
  url: string;
  close(): Promise<void>;
}

/** A service answers true when the request was for it. */
export type Service = (
  request: IncomingMessage,
  response: ServerResponse,
) => boolean | Promise<boolean>;

/** @param services asked in turn; may be filled after the start, which tells the port that others need */
export async function startAwsEndpoint(services: readonly Service[]): Promise<AwsEndpoint> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      for (const service of services) if (await service(request, response)) return;
      response.writeHead(404).end();
    } catch (error) {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port to listen on.');
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}
