// The product's own origin on this machine: its API routes, the chat page at `/`, and the machine's clock.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { chatPageResponse } from './chat-page/chat-page.ts';
import type { LocalClock } from './clock.ts';
import type { HttpHandler } from './cloud/http/http-api.ts';
import type { LocalCloud } from './cloud/local-cloud.ts';
import { redrive } from './cloud/sqs/redrive.ts';

const clockBody = z.object({ advanceMs: z.number().check(z.positive()) });

export interface Rooms {
  readonly product: HttpHandler;
  readonly messengerUrl: string;
  readonly clock: LocalClock;
  /** Where the books are: for `npm run audit` and `npm run reconcile`. */
  readonly books: { readonly dynamoDbUrl: string; readonly stripeUrl: string } & Record<
    'users' | 'transactions',
    string
  >;
  /** For whoever watches from outside: what waits, and whether anything still moves. */
  readonly cloud: Pick<LocalCloud, 'idle' | 'queues'>;
  /** Told of each step of the clock, so that it outlives a restart. */
  onAdvance(ms: number): void;
}

export interface FrontDoor {
  readonly server: Server;
  /** Until then every request waits: vendors may already knock while the machine starts. */
  open(rooms: Rooms): void;
}

export function createFrontDoor(): FrontDoor {
  const opened = Promise.withResolvers<Rooms>();
  const server = createServer((request, response) => {
    answer(opened.promise, request, response).catch((cause: unknown) => {
      console.error('Front door:', cause);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  return { server, open: (rooms) => opened.resolve(rooms) };
}

async function answer(
  opened: Promise<Rooms>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const rooms = await opened;
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (path === '/_stand-in/clock') return moveClock(rooms, request, response);
  if (path === '/_stand-in/machine')
    return answerJson(response, { ...rooms.books, nowMs: rooms.clock.now() });
  if (path === '/_stand-in/queues') return answerQueues(rooms, request, response);
  const page = request.method === 'GET' ? await chatPageResponse(path, rooms) : undefined;
  if (page !== undefined) {
    response.writeHead(page.status, page.headers).end(page.body);
    return;
  }
  if (await rooms.product(request, response)) return;
  response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not Found"}');
}

/** GET tells the time; POST {"advanceMs": n} makes it later. Only this machine's pages may ask. */
async function moveClock(
  rooms: Rooms,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'POST') {
    const body = z.safeParse(clockBody, parse(await text(request)));
    if (!body.success) {
      response
        .writeHead(400)
        .end('{"message":"advanceMs must be a positive number of milliseconds"}');
      return;
    }
    rooms.onAdvance(body.data.advanceMs);
    rooms.clock.advance(body.data.advanceMs);
  }
  answerJson(response, { nowMs: rooms.clock.now() });
}

/** GET: what waits in each queue, once nothing moves any more without the clock. POST: dead letters go back to where they came from. */
async function answerQueues(
  { cloud }: Rooms,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'POST') return answerJson(response, { moved: redrive(cloud.queues) });
  await cloud.idle();
  const queues = cloud.queues.all.map((queue) => ({
    name: queue.settings.name,
    ...queue.counts(),
  }));
  answerJson(response, { queues });
}

function answerJson(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
