// One attempt to hand a webhook over: a signed POST that must be answered 200 within five seconds.
import { signatureOf } from './webhook-body.ts';
import type { WebhookFault } from './webhook-faults.ts';

const ANSWER_WITHIN_MS = 5000;

export interface WebhookTarget {
  readonly webhookUrl: string;
  /** The current one first, then those being rotated out. */
  readonly appSecrets: readonly string[];
}

export interface PostOutcome {
  readonly accepted: boolean;
  /** `200`, `500`, or why there was no answer. */
  readonly answer: string;
}

export async function postWebhook(
  target: WebhookTarget,
  body: string,
  options: { readonly fault: WebhookFault['fault'] | undefined; readonly signal: AbortSignal },
): Promise<PostOutcome> {
  try {
    const response = await fetch(target.webhookUrl, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'facebookexternalua',
        ...signatureHeaders(target, body, options.fault),
      },
      body,
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    });
    await response.body?.cancel();
    return { accepted: response.status === 200, answer: String(response.status) };
  } catch (cause) {
    return { accepted: false, answer: cause instanceof Error ? cause.name : 'no answer' };
  }
}

function signatureHeaders(
  { appSecrets }: WebhookTarget,
  body: string,
  fault: WebhookFault['fault'] | undefined,
): Record<string, string> {
  if (fault === 'no_signature') return {};
  const secret = fault === 'old_secret' ? appSecrets.at(-1) : appSecrets[0];
  const signed = fault === 'forged_signature' ? 'not the app secret' : (secret ?? '');
  return { 'x-hub-signature-256': signatureOf(body, signed) };
}
