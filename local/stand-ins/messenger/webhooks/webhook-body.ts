// The envelope around one or several events, and the signature over its bytes.
import { createHmac } from 'node:crypto';
import { metaJson } from './meta-json.ts';
import type { Webhook } from './webhook.ts';

/** One entry a page; `standby` events stand under their own key. */
export function webhookBody(webhooks: readonly Webhook[], nowMs: number): string {
  const byPage = Map.groupBy(webhooks, (webhook) => webhook.pageId);
  const entry = [...byPage].map(([id, ofPage]) => {
    const standby = ofPage.filter((webhook) => webhook.field === 'standby');
    const messaging = ofPage.filter((webhook) => webhook.field !== 'standby');
    return {
      id,
      time: nowMs,
      ...(messaging.length === 0 ? {} : { messaging: messaging.map(({ event }) => event) }),
      ...(standby.length === 0 ? {} : { standby: standby.map(({ event }) => event) }),
    };
  });
  return metaJson({ object: 'page', entry });
}

/** The value of `X-Hub-Signature-256`. */
export const signatureOf = (body: string, appSecret: string) =>
  `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
