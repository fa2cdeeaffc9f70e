// Answers Stripe: an event is verified, read and queued before it is acknowledged.
import * as z from 'zod/mini';
import type { Clock } from '../../domain/ports.ts';
import { type HttpAnswer, type HttpRequest, jsonAnswer } from '../aws/http-request.ts';
import type { ProviderEventHint } from '../../domain/payments/ports.ts';
import { readStripeWebhook, type StripeWebhookReading } from './read-webhook.ts';
import { type SignatureReading, verifyStripeSignature } from './verify-webhook.ts';

/** The current signing secret first; while it is rolled Stripe signs with both. */
export const stripeWebhookSecretSchema = z.object({
  signingSecrets: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
});

type StripeWebhookRefusal =
  | Exclude<SignatureReading, 'good'>
  | Extract<StripeWebhookReading, { kind: 'refused' }>['reason']
  | 'too_large';

export interface StripeWebhookParts {
  readonly clock: Clock;
  secret(): Promise<z.output<typeof stripeWebhookSecretSchema>>;
  /** Throws when the hint is not on the queue. */
  put(hint: ProviderEventHint): Promise<void>;
  readonly watch: {
    refused(status: number, reason: StripeWebhookRefusal): void;
    accepted(type: string): void;
  };
}

/** Stripe's largest events are invoices of a few hundred KB. */
const maxBodyBytes = 2 * 1024 * 1024;

export function createStripeWebhook(
  parts: StripeWebhookParts,
): (request: HttpRequest) => Promise<HttpAnswer> {
  const refuse = (status: number, reason: StripeWebhookRefusal): HttpAnswer => {
    parts.watch.refused(status, reason);
    return jsonAnswer(status, { error: reason });
  };

  return async (request) => {
    // Before the signature: nothing is worked out over what would be refused anyway.
    if (request.body.length > maxBodyBytes) return refuse(413, 'too_large');
    const { signingSecrets } = await parts.secret();
    const signed = { body: request.body, header: request.headers['stripe-signature'] };
    const signature = verifyStripeSignature(signed, signingSecrets, parts.clock.now());
    if (signature !== 'good') return refuse(400, signature);

    const reading = readStripeWebhook(request.body);
    if (reading.kind === 'refused') return refuse(400, reading.reason);
    await parts.put(reading.hint);
    parts.watch.accepted(reading.hint.type);
    return jsonAnswer(200, { status: 'received' });
  };
}
