// Messenger in a simulation: takes what Graph API takes, shows it in threads, and posts webhooks until they are received.
import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { Exchange, ExchangeRequest } from '../../../lambdas/adapters/messenger/exchange.ts';
import {
  isReceiptIn,
  messageSchema,
  type Tap,
  tapsIn,
  wordsIn,
} from '../../journeys/driver/bubble.ts';

export interface Bubble {
  readonly id: string;
  readonly words: string;
  readonly taps: readonly Tap[];
  readonly isReceipt: boolean;
  /** Ours, as it travels in the metadata. */
  readonly outboxId: string;
  readonly isTemplate: boolean;
}

export interface MessengerSite {
  /** One exchange with Graph API, done. */
  take(request: ExchangeRequest): Exchange;
  thread(pageId: string, psid: string): readonly Bubble[];
  /** What a person does in a thread: becomes a webhook. */
  said(pageId: string, psid: string, event: Readonly<Record<string, unknown>>): void;
  /** What is to be posted to us, oldest first. */
  readonly posts: Post[];
  name(psid: string, name: string): void;
  /** They have written before: the window is open. */
  opened(pageId: string, psid: string): void;
  /** The app secret that deliveries are signed with, and the token that a Page's calls must carry. */
  readonly keys: { appSecret: string; token: string };
  /** Told of each bubble right when it is there. */
  onBubble: (bubble: Bubble, to: { pageId: string; psid: string }) => void;
}

export interface Post {
  readonly body: string;
  atMs: number;
  tries: number;
}

const sendSchema = z.object({
  recipient: z.object({ id: z.string() }),
  messaging_type: z.string().optional(),
  sender_action: z.string().optional(),
  message: z.unknown().optional(),
});
const metadataSchema = z.object({
  metadata: z.string().optional(),
  template: z.unknown().optional(),
});
const windowMs = 24 * 60 * 60 * 1000;

export function openMessenger(clock: { now(): number }): MessengerSite {
  const threads = new Map<string, Bubble[]>();
  const lastSaidMs = new Map<string, number>();
  const names = new Map<string, string>();
  const posts: Post[] = [];
  let made = 0;

  function post(pageId: string, event: object): void {
    const messaging = [{ timestamp: clock.now(), ...event }];
    const body = JSON.stringify({
      object: 'page',
      entry: [{ id: pageId, time: clock.now(), messaging }],
    });
    posts.push({ body, atMs: clock.now(), tries: 0 });
  }

  function show(pageId: string, psid: string, message: unknown): Exchange {
    const { metadata = '', template } = metadataSchema.parse(message);
    const key = `${pageId} ${psid}`;
    const isTemplate = template !== undefined;
    const isOpen = clock.now() - (lastSaidMs.get(key) ?? -Infinity) < windowMs;
    if (!isTemplate && !isOpen) return refusal(10, 2018278);
    made += 1;
    const seen = isTemplate
      ? { text: `[${JSON.stringify(template)}]` }
      : messageSchema.parse(message);
    const bubble: Bubble = {
      id: `m_out${made}`,
      words: wordsIn(seen),
      taps: tapsIn(seen),
      isReceipt: isReceiptIn(seen),
      outboxId: metadata,
      isTemplate,
    };
    threads.set(key, [...(threads.get(key) ?? []), bubble]);
    site.onBubble(bubble, { pageId, psid });
    post(pageId, {
      sender: { id: pageId },
      recipient: { id: psid },
      message: { is_echo: true, app_id: 1, mid: bubble.id, text: '…', metadata },
    });
    return answered({ recipient_id: psid, message_id: bubble.id });
  }

  const site: MessengerSite = {
    posts,
    keys: { appSecret: 'app-secret-1', token: 'page-token-1' },
    onBubble: () => undefined,
    name: (psid, name) => void names.set(psid, name),
    opened: (pageId, psid) => void lastSaidMs.set(`${pageId} ${psid}`, clock.now()),
    thread: (pageId, psid) => threads.get(`${pageId} ${psid}`) ?? [],
    said(pageId, psid, event) {
      lastSaidMs.set(`${pageId} ${psid}`, clock.now());
      post(pageId, { sender: { id: psid }, recipient: { id: pageId }, ...event });
    },
    take({ method, url, body }) {
      if (url.searchParams.get('access_token') !== site.keys.token) return refusal(190);
      const [, , first = '', what] = url.pathname.split('/');
      if (method === 'GET')
        return answered({ name: names.get(first) ?? 'Somebody', locale: 'en_US' });
      if (what !== 'messages') return answered({ success: true });
      const sent = sendSchema.parse(JSON.parse(body ?? ''));
      if (sent.sender_action !== undefined) return answered({ recipient_id: sent.recipient.id });
      return show(first, sent.recipient.id, sent.message);
    },
  };
  return site;
}

export function signatureOf(body: string, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}

function answered(body: object): Exchange {
  return { kind: 'answered', status: 200, text: JSON.stringify(body) };
}

export function refusal(code: number, error_subcode?: number): Exchange {
  const error = { code, message: 'no', ...(error_subcode === undefined ? {} : { error_subcode }) };
  return { kind: 'answered', status: code === 613 ? 429 : 400, text: JSON.stringify({ error }) };
}
