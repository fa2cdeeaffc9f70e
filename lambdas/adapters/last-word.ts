// Asks a merchant's own system for its last word before a charge: one signed call, ten seconds, and no answer is a no.
import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { request as requestPlain } from 'node:http';
import { type RequestOptions, request as requestSecure } from 'node:https';
import * as z from 'zod/mini';
import type { AskedOrder, LastWord } from '../domain/orders/ports.ts';
import { secretsOf } from '../domain/merchant-api/webhook-endpoint.ts';
import type { Clock } from '../domain/ports.ts';
import {
  type OutgoingAddress,
  resolveAnyAddress,
  resolvePublicAddress,
} from './outgoing-address.ts';

/** All of it together: finding the address, connecting, waiting, reading. */
const patienceMs = 10_000;

/** A yes or a no is some bytes long. */
const mostAnswerBytes = 10 * 1024;

const longestReason = 200;

export interface LastWordOptions {
  readonly clock: Clock;
  /** On one's own machine: plain HTTP, and addresses that are nobody else's. Never in a deployed stage. */
  readonly isLocal: boolean;
  /** @default ten seconds */
  readonly patienceMs?: number;
  /** Where a name leads; undefined where nothing of ours may go. */
  readonly addressOf?: (hostname: string) => Promise<OutgoingAddress | undefined>;
}

type Answer = Awaited<ReturnType<LastWord['ask']>>;

const silent: Answer = { kind: 'silent' };

export function createLastWord(options: LastWordOptions): LastWord {
  return {
    async ask({ shop, order, isTest }) {
      // Whoever has not asked to be asked has nothing against it.
      if (shop.lastWord === undefined) return { kind: 'go' };
      const { url } = shop.lastWord;
      const told = { type: 'order.last_word', ...(isTest && { test: true }), data: wordsOf(order) };
      const body = JSON.stringify(told);
      const id = `${order.id}:last_word:${order.attempt}:${order.version}`;
      const timestamp = String(Math.floor(options.clock.now() / 1000));
      const headers = {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'user-agent': 'Tender-Last-Word/1.0',
        ...signedHeaders({ id, timestamp, body }, secretsOf(shop.lastWord, options.clock.now())),
      };
      try {
        const signal = AbortSignal.timeout(options.patienceMs ?? patienceMs);
        return await inTime(signal, post(new URL(url), { body, headers, signal }, options));
      } catch {
        // Nobody there, too slow, cut off, a certificate that is not theirs: all the same to the buyer.
        return silent;
      }
    },
  };
}

/** What the merchant needs to say yes or no; who the buyer is, is not among it. */
function wordsOf({ id, number, bill, wish }: AskedOrder) {
  const { discount, goods, lines, shipping, tax, tip, total } = bill;
  return {
    id,
    number,
    handover: wish.handover.kind,
    lines: lines.map(({ productId, name, choices, quantity, unitPrice }) => ({
      ...(productId === undefined ? {} : { product_id: productId }),
      name,
      choices,
      quantity,
      unit_price: unitPrice.minor,
    })),
    currency: total.currency,
    goods: goods.minor,
    discount: discount.minor,
    shipping: shipping.minor,
    tax: tax.minor,
    tip: tip.minor,
    total: total.minor,
  };
}

/** Standard Webhooks: HMAC-SHA256 of "id.timestamp.body" under the bytes that each secret stands for. */
function signedHeaders(
  {
    id,
    timestamp,
    body,
  }: { readonly id: string; readonly timestamp: string; readonly body: string },
  secrets: readonly string[],
) {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/u, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}

interface Posting {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

async function post(url: URL, posting: Posting, options: LastWordOptions): Promise<Answer> {
  const isSecure = url.protocol === 'https:';
  if (!isSecure && !(options.isLocal && url.protocol === 'http:')) return silent;
  const addressOf =
    options.addressOf ?? (options.isLocal ? resolveAnyAddress : resolvePublicAddress);
  const address = await addressOf(url.hostname.replaceAll(/^\[|\]$/gu, ''));
  if (address === undefined || posting.signal.aborted) return silent;
  const request: RequestOptions = {
    method: 'POST',
    headers: posting.headers,
    signal: posting.signal,
    agent: false,
    // To the address that was looked at, whatever the name leads to a moment later.
    lookup: (_hostname, lookup, found) => {
      if (lookup.all === true) found(null, [address]);
      else found(null, address.address, address.family);
    },
  };
  return new Promise((resolve, reject) => {
    const sent = (isSecure ? requestSecure : requestPlain)(url, request, (answer) => {
      readAnswer(answer).then(resolve, reject);
    });
    sent.on('error', reject);
    sent.end(posting.body);
  });
}

const goSchema = z.object({ go: z.literal(true) });
const noSchema = z.object({ go: z.literal(false), reason: z.string() });

/** Only what was agreed on counts; redirects, error pages and maybes are silence. */
async function readAnswer(answer: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const arriving: AsyncIterable<Buffer> = answer;
  for await (const chunk of arriving) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (answer.statusCode !== 200 || bytes > mostAnswerBytes) {
      answer.destroy();
      return silent;
    }
  }
  if (answer.statusCode !== 200) return silent;
  const told: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  if (z.safeParse(goSchema, told).success) return { kind: 'go' };
  const no = z.safeParse(noSchema, told);
  const why = no.success ? cleaned(no.data.reason) : '';
  return why === '' ? silent : { kind: 'no', why };
}

/** Shown to the buyer: one line of text, without what would change how the rest is read, and no half of a character. */
function cleaned(reason: string): string {
  const line = reason.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ');
  const start = line.trim().slice(0, longestReason);
  return start.replace(/[\uD800-\uDBFF]$/u, '').trim();
}

/** Looking up a name knows no signal: whoever waits for it does. */
async function inTime<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  const tooLate = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('The last word took too long')), {
      once: true,
    });
  });
  return Promise.race([work, tooLate]);
}
