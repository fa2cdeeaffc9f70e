// A Messenger stand-in with a listening product beside it, and short ways to call both.
import { createHmac } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import { createLocalClock } from '../../../../local/clock.ts';
import { openDurable } from '../../../../local/durable.ts';
import { startMessengerStandIn } from '../../../../local/stand-ins/messenger/messenger-stand-in.ts';

export const PAGE = { id: '1000', name: 'Tender', token: 'page-token' };
export const SHOP = { id: '1001', name: "Joe's Coffee", token: 'shop-token' };
export const APP_SECRETS = ['current-secret', 'old-secret'];
export const ANN = '1234567890123456';

/** Parsed JSON whose shape the assertions look at. */
export type Json = ReturnType<typeof JSON.parse>;

export interface ReceivedWebhook {
  readonly raw: string;
  readonly signature: string | undefined;
  readonly json: Json;
}

export interface Answer {
  readonly status: number;
  readonly body: Json;
}

/** What the product answers next; 200 when the list is empty, and never when it says `'silence'`. */
export type ProductAnswers = (number | 'silence')[];

export async function listenAsProduct() {
  const received: ReceivedWebhook[] = [];
  const answers: ProductAnswers = [];
  const server = createServer((request, response) => {
    let raw = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => (raw += chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://product');
      if (request.method === 'GET') {
        const isMeta = url.searchParams.get('hub.verify_token') === 'verify-token';
        response.writeHead(isMeta ? 200 : 403).end(url.searchParams.get('hub.challenge'));
        return;
      }
      const signature = request.headers['x-hub-signature-256'];
      received.push({ raw, signature: signature?.toString(), json: JSON.parse(raw) });
      const answer = answers.shift() ?? 200;
      if (answer !== 'silence') response.writeHead(answer).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    received,
    answers,
    url: `http://127.0.0.1:${portOf(server)}/webhooks/messenger`,
    server,
  };
}

export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}

export async function openMessengerSite(dataDirectory?: string) {
  const product = await listenAsProduct();
  const clock = createLocalClock();
  const durable = openDurable(dataDirectory, 'messenger');
  const standIn = await startMessengerStandIn({
    port: 0,
    clock,
    durable,
    appSecrets: APP_SECRETS,
    pages: [PAGE, SHOP],
    webhookUrl: product.url,
    verifyToken: 'verify-token',
  });
  return {
    ...callsTo(standIn.url),
    url: standIn.url,
    clock,
    received: product.received,
    answers: product.answers,
    /** Events of one kind that arrived, by their key: `message`, `postback`, `delivery` … */
    events: (key: string) => eventsOf(product.received).filter((event) => key in event),
    async close() {
      await standIn.close();
      durable.close();
      product.server.closeAllConnections();
      product.server.close();
    },
  };
}

export type MessengerSite = Awaited<ReturnType<typeof openMessengerSite>>;

export function eventsOf(received: readonly ReceivedWebhook[]): Json[] {
  return received.flatMap(({ json }) => json.entry.flatMap((entry: Json) => entry.messaging ?? []));
}

export function callsTo(url: string) {
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  const door = (path: string, body: unknown = {}) => call('POST', `/_stand-in${path}`, body);
  return {
    call,
    door,
    look: async (path: string) => (await call('GET', `/_stand-in${path}`)).body,
    join: (name = 'Ann', id = ANN) => door('/people', { name, id }),
    act: (act: string, body: unknown = {}, person = ANN) =>
      door(`/people/${person}/threads/${PAGE.id}/${act}`, body),
    thread: async (person = ANN) =>
      (await call('GET', `/_stand-in/people/${person}/threads/${PAGE.id}`)).body,
    graph: (path: string, body: unknown) =>
      call('POST', `/v26.0${path}?access_token=${PAGE.token}`, body),
    /** Sends a message with the page's token, to Ann unless told otherwise. */
    send: (message: unknown, more: object = {}) =>
      call('POST', `/v26.0/me/messages?access_token=${PAGE.token}`, {
        recipient: { id: ANN },
        messaging_type: 'RESPONSE',
        message,
        ...more,
      }),
  };
}

export const sign = (raw: string, secret: string) =>
  `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
