// Posts events to merchants' endpoints by Standard Webhooks: signed, bounded, never redirected, and only to where it may go.
import { request as requestPlain } from 'node:http';
import { type RequestOptions, request as requestSecure } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { Webhook } from 'standardwebhooks';
import type { PostAnswer, WebhookSender } from '../../domain/merchant-api/ports.ts';
import type { Clock } from '../../domain/ports.ts';
import { redact } from '../../domain/privacy/redact.ts';

/** The specification asks for 15 to 30 seconds. */
const timeoutMs = 15_000;

/** What is kept of an answer: enough to find out why, and no more. */
const longestAnswer = 200;
const mostAnswerBytes = 4 * longestAnswer;

export interface SenderOptions {
  readonly clock: Clock;
  /** The address to connect to; undefined where nothing of ours may go. Asked each time, for names move. */
  readonly addressOf: (hostname: string) => Promise<ResolvedAddress | undefined>;
  /** @default 15 seconds */
  readonly timeoutMs?: number;
}

export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

export function createWebhookSender(options: SenderOptions): WebhookSender {
  return {
    async post({ id, url, body, secrets }) {
      const startedAtMs = options.clock.now();
      const outcome = await postTo(new URL(url), options, {
        body,
        headers: {
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(body)),
          'user-agent': 'Tender-Webhooks/1.0',
          ...signedHeaders({ id, body, secrets, atMs: startedAtMs }),
        },
      });
      return { ...outcome, tookMs: options.clock.now() - startedAtMs };
    },
  };
}

export interface Signing {
  readonly id: string;
  readonly body: string;
  readonly secrets: readonly string[];
  readonly atMs: number;
}

/** One signature a secret, so that whoever checks with either of two takes it while a secret rolls. */
export function signedHeaders({ id, body, secrets, atMs }: Signing) {
  const signedAt = new Date(atMs);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(atMs / 1000)),
    'webhook-signature': secrets
      .map((secret) => new Webhook(secret).sign(id, signedAt, body))
      .join(' '),
  };
}

type Outcome =
  | Omit<Extract<PostAnswer, { kind: 'answered' }>, 'tookMs'>
  | Omit<Extract<PostAnswer, { kind: 'no_answer' }>, 'tookMs'>;

interface Posting {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function postTo(url: URL, options: SenderOptions, posting: Posting): Promise<Outcome> {
  const address = await options.addressOf(hostnameOf(url)).catch(() => 'unreachable' as const);
  if (address === 'unreachable') return { kind: 'no_answer', why: 'unreachable' };
  if (address === undefined) return { kind: 'no_answer', why: 'address' };
  const limitMs = options.timeoutMs ?? timeoutMs;
  const request: RequestOptions = {
    method: 'POST',
    headers: posting.headers,
    agent: false,
    // To the address that was looked at, whatever the name leads to a moment later.
    lookup: (_hostname, lookup, found) => {
      if (lookup.all === true) found(null, [address]);
      else found(null, address.address, address.family);
    },
    signal: AbortSignal.timeout(limitMs),
  };
  return exchange(url, request, posting.body);
}

/** Without the brackets of an IPv6 address. */
function hostnameOf(url: URL): string {
  return url.hostname.replaceAll(/^\[|\]$/gu, '');
}

function exchange(url: URL, request: RequestOptions, body: string): Promise<Outcome> {
  const send = url.protocol === 'https:' ? requestSecure : requestPlain;
  return new Promise((resolve) => {
    const sent = send(url, request, (answer) => {
      resolve(readAnswer(answer));
    });
    sent.on('error', (error) => {
      const isTimeout = error.name === 'AbortError' || error.name === 'TimeoutError';
      resolve({ kind: 'no_answer', why: isTimeout ? 'timeout' : 'unreachable' });
    });
    sent.end(body);
  });
}

/** The status is the answer: a body that is long, slow or cut off takes nothing from it. */
async function readAnswer(answer: IncomingMessage): Promise<Outcome> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const arriving: AsyncIterable<Buffer> = answer;
  try {
    for await (const part of arriving) {
      chunks.push(part);
      bytes += part.length;
      if (bytes >= mostAnswerBytes) break;
    }
  } catch {
    // Cut off: what came so far is kept.
  }
  answer.destroy();
  return { kind: 'answered', status: answer.statusCode ?? 0, text: shortened(chunks) };
}

function shortened(chunks: readonly Buffer[]): string {
  const text = Buffer.concat(chunks).subarray(0, mostAnswerBytes).toString('utf8');
  return redact(text.replaceAll(/[\p{Cc}\s]+/gu, ' '))
    .slice(0, longestAnswer)
    .toWellFormed();
}
