// Another Graph API than the stand-in: it keeps every call, judges each by Meta's documented limits in its own way, and knows nobody.
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { type Bubble, isReceiptIn, messageSchema, tapsIn, wordsIn } from './bubble.ts';

export interface GraphRecorder {
  readonly url: string;
  /** What is wrong with the calls so far; empty when Meta would have taken all of them. */
  readonly complaints: string[];
  bubblesFor(psid: string): Bubble[];
  sent(): number;
  close(): Promise<void>;
}

interface Keys {
  readonly token: string;
  readonly appSecret: string;
}

const upTo = (length: number) => z.string().check(z.minLength(1), z.maxLength(length));
const button = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('web_url'),
    title: upTo(20),
    url: z.url(),
    webview_height_ratio: z.optional(z.enum(['compact', 'tall', 'full'])),
    messenger_extensions: z.optional(z.boolean()),
    webview_share_button: z.optional(z.literal('hide')),
  }),
  z.strictObject({ type: z.literal('postback'), title: upTo(20), payload: upTo(1000) }),
]);
const buttons = z.array(button).check(z.minLength(1), z.maxLength(3));
const price = z.number().check(z.multipleOf(0.01), z.gte(0));
const templates = z.discriminatedUnion('template_type', [
  z.strictObject({ template_type: z.literal('button'), text: upTo(640), buttons }),
  z.strictObject({
    template_type: z.literal('generic'),
    elements: z
      .array(
        z.strictObject({
          title: upTo(80),
          subtitle: z.optional(upTo(80)),
          buttons: z.optional(buttons),
        }),
      )
      .check(z.minLength(1), z.maxLength(10)),
  }),
  z.strictObject({
    template_type: z.literal('receipt'),
    recipient_name: z.string().check(z.minLength(1)),
    order_number: z.string().check(z.minLength(1)),
    currency: z.string().check(z.regex(/^[A-Z]{3}$/u)),
    payment_method: z.string().check(z.minLength(1)),
    merchant_name: z.optional(z.string()),
    timestamp: z.optional(z.string().check(z.regex(/^\d{10}$/u))),
    elements: z.array(
      z.strictObject({
        title: z.string().check(z.minLength(1)),
        subtitle: z.optional(z.string()),
        quantity: z.optional(z.number()),
        price,
        currency: z.optional(z.string()),
      }),
    ),
    summary: z.strictObject({ subtotal: z.optional(price), total_cost: price }),
    sharable: z.optional(z.literal(false)),
  }),
]);
const message = z
  .strictObject({
    text: z.optional(upTo(1999)),
    attachment: z.optional(z.strictObject({ type: z.literal('template'), payload: templates })),
    quick_replies: z.optional(
      z
        .array(
          z.strictObject({
            content_type: z.literal('text'),
            title: upTo(20),
            payload: upTo(1000),
          }),
        )
        .check(z.minLength(1), z.maxLength(13)),
    ),
    metadata: upTo(999),
  })
  .check(z.refine(({ text, attachment }) => (text === undefined) !== (attachment === undefined)));
const sendBody = z.union([
  z.strictObject({
    recipient: z.strictObject({ id: z.string() }),
    messaging_type: z.literal('RESPONSE'),
    message,
  }),
  z.strictObject({
    recipient: z.strictObject({ id: z.string() }),
    sender_action: z.enum(['typing_on', 'typing_off', 'mark_seen']),
  }),
]);

export async function recordGraph(keys: Keys): Promise<GraphRecorder> {
  const complaints: string[] = [];
  const threads = new Map<string, Bubble[]>();
  const orders = new Set<string>();
  let sent = 0;

  const takeMessage = (body: unknown): object => {
    const parsed = z.safeParse(sendBody, body);
    if (!parsed.success) {
      complaints.push(`${z.prettifyError(parsed.error)} in ${JSON.stringify(body)}`);
      return { error: { message: 'Invalid parameter', type: 'OAuthException', code: 100 } };
    }
    const psid = parsed.data.recipient.id;
    if ('sender_action' in parsed.data) return { recipient_id: psid };
    sent += 1;
    const shown = z.parse(messageSchema, parsed.data.message);
    const order = /^Receipt (.*)$/mu.exec(wordsIn(shown))?.[1];
    if (order !== undefined && orders.has(order)) complaints.push(`${order} is not unique.`);
    if (order !== undefined) orders.add(order);
    const bubble = {
      from: 'page',
      mid: `m_sent${sent}`,
      words: wordsIn(shown),
      taps: tapsIn(shown),
      isReceipt: isReceiptIn(shown),
    } as const;
    threads.set(psid, [...(threads.get(psid) ?? []), bubble]);
    return { recipient_id: psid, message_id: bubble.mid };
  };

  const answer = async (request: IncomingMessage): Promise<object> => {
    const url = new URL(request.url ?? '/', 'http://graph');
    const body: unknown = JSON.parse((await text(request)) || '{}');
    complaints.push(...wrongWith(request, { url, body, keys }));
    if (url.pathname.endsWith('/messages')) return takeMessage(body);
    // Who somebody is: this one tells of nobody, sometimes with an error and sometimes with nothing.
    const isOdd = Number(url.pathname.at(-1)) % 2 === 1;
    const error = { message: 'Unsupported get request.', type: 'GraphMethodException', code: 100 };
    return isOdd ? { error: { ...error, error_subcode: 33 } } : {};
  };

  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const said = await answer(request);
    response.writeHead('error' in said ? 400 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(said));
  };

  const server = createServer((request, response) => {
    void reply(request, response);
  });
  return {
    url: await listen(server),
    complaints,
    bubblesFor: (psid) => threads.get(psid) ?? [],
    sent: () => sent,
    close: () => close(server),
  };
}

interface Call {
  readonly url: URL;
  readonly body: unknown;
  readonly keys: Keys;
}

const tokenIn = z.object({ access_token: z.optional(z.string()) });

/** Each call names a version, carries the Page's token, and proves that it comes from the app. */
function wrongWith(request: IncomingMessage, { url, body, keys }: Call): string[] {
  const wrong: string[] = [];
  const where = `${request.method} ${url.pathname}`;
  const bearer = request.headers.authorization?.replace(/^Bearer /u, '');
  const inBody = z.safeParse(tokenIn, body).data?.access_token;
  const token = url.searchParams.get('access_token') ?? inBody ?? bearer;
  const proof = createHmac('sha256', keys.appSecret).update(keys.token).digest('hex');
  if (token !== keys.token) wrong.push(`${where}: not the Page's token`);
  if (url.searchParams.get('appsecret_proof') !== proof) wrong.push(`${where}: no proof`);
  if (!url.pathname.startsWith('/v26.0/')) wrong.push(`${where}: not the version that we are on`);
  return wrong;
}

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return `http://127.0.0.1:${address.port}`;
}

export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => void server.close(() => resolve()));
}
