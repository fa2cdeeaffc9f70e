// Answers Meta: the handshake, and deliveries that are verified, read and queued before they are acknowledged.
import type { InboundEvent } from '../../domain/chat/inbound-event.ts';
import type { Clock } from '../../domain/ports.ts';
import { type HttpAnswer, type HttpRequest, jsonAnswer } from '../aws/http-request.ts';
import type { AppSecret } from './secrets.ts';
import type { DropCode } from './read-event.ts';
import { readWebhook, type RefusalReason } from './read-webhook.ts';
import { answerHandshake, isSignedByMeta } from './verify-signature.ts';

export interface MessengerWebhookParts {
  readonly clock: Clock;
  appSecret(): Promise<AppSecret>;
  /** Throws when not every event is on the queue. */
  put(events: readonly InboundEvent[]): Promise<void>;
  readonly watch: {
    refused(status: number, reason: WebhookRefusal): void;
    accepted(events: number): void;
    dropped(code: DropCode, events: number): void;
  };
}

type WebhookRefusal =
  | RefusalReason
  | 'no_signature'
  | 'wrong_signature'
  | 'wrong_token'
  | 'too_large'
  | 'wrong_method';

/** What still fits into a Lambda's 6 MB as base64; Meta's largest documented batch is a quarter of it. */
export const maxBodyBytes = 4 * 1024 * 1024;

export function createMessengerWebhook(
  parts: MessengerWebhookParts,
): (request: HttpRequest) => Promise<HttpAnswer> {
  const refuse = (status: number, reason: WebhookRefusal): HttpAnswer => {
    parts.watch.refused(status, reason);
    return jsonAnswer(status, { error: reason });
  };

  const shakeHands = async (request: HttpRequest): Promise<HttpAnswer> => {
    const { verifyToken } = await parts.appSecret();
    const challenge = answerHandshake(
      {
        mode: request.query['hub.mode'],
        verifyToken: request.query['hub.verify_token'],
        challenge: request.query['hub.challenge'],
      },
      verifyToken,
    );
    if (challenge === undefined) return refuse(403, 'wrong_token');
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: challenge };
  };

  const receive = async (request: HttpRequest): Promise<HttpAnswer> => {
    const signature = request.headers['x-hub-signature-256'];
    if (signature === undefined) return refuse(401, 'no_signature');
    // Before the signature: nothing is worked out over what would be refused anyway.
    if (request.body.length > maxBodyBytes) return refuse(413, 'too_large');
    const { appSecrets } = await parts.appSecret();
    if (!isSignedByMeta(request.body, signature, appSecrets)) return refuse(401, 'wrong_signature');

    const reading = readWebhook(request.body, parts.clock.now());
    if (reading.kind === 'refused') return refuse(400, reading.reason);
    await parts.put(reading.events);
    report(parts.watch, reading);
    return jsonAnswer(200, { status: 'received' });
  };

  return async (request) => {
    if (request.method === 'GET') return shakeHands(request);
    if (request.method === 'POST') return receive(request);
    return refuse(405, 'wrong_method');
  };
}

function report(
  watch: MessengerWebhookParts['watch'],
  reading: Extract<ReturnType<typeof readWebhook>, { kind: 'read' }>,
): void {
  watch.accepted(reading.events.length);
  for (const [code, events] of reading.dropped) watch.dropped(code, events);
}
