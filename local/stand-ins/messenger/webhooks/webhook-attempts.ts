// Attempts to hand webhooks over, once or until they are accepted, and the record of each attempt.
import type { LocalClock } from '../../../clock.ts';
import type { History } from '../record/history.ts';
import { type WebhookTarget, postWebhook } from './post-webhook.ts';
import { webhookBody } from './webhook-body.ts';
import type { WebhookFault } from './webhook-faults.ts';
import type { Webhook } from './webhook.ts';

/** At once, then slower and slower; after about an hour Meta unsubscribes, and here it is given up. */
const SECOND = 1000;
const RETRY_AFTER_MS = [0, 1, 2, 5, 10, 20, 40, 60, 120, 300, 600, 900, 1500].map(
  (s) => s * SECOND,
);

export interface WebhookStatus {
  readonly webhook: Webhook;
  state: 'pending' | 'held' | 'delivered' | 'given_up';
  readonly attempts: { readonly atMs: number; readonly answer: string }[];
}

export interface WebhookAttempts {
  /** One POST with all of them; true when it was answered 200. */
  once(together: readonly WebhookStatus[], how: AttemptOptions): Promise<boolean>;
  /** Again and again until accepted, given up or aborted. */
  untilAccepted(status: WebhookStatus, signal: AbortSignal): Promise<void>;
}

interface AttemptOptions {
  readonly signal: AbortSignal;
  readonly fault?: WebhookFault['fault'] | undefined;
}

export interface WebhookAttemptsOptions {
  readonly target: WebhookTarget;
  readonly clock: LocalClock;
  readonly history: History;
}

export function createWebhookAttempts(options: WebhookAttemptsOptions): WebhookAttempts {
  const { target, clock, history } = options;

  const once = async (
    together: readonly WebhookStatus[],
    { signal, fault }: AttemptOptions,
  ): Promise<boolean> => {
    const body = webhookBody(
      together.map(({ webhook }) => webhook),
      clock.now(),
    );
    const outcome = await postWebhook(target, body, { fault, signal });
    if (signal.aborted) return false;
    for (const status of together) {
      status.attempts.push({ atMs: clock.now(), answer: outcome.answer });
      if (!outcome.accepted) continue;
      status.state = 'delivered';
      history.settle(status.webhook.id, 'delivered');
    }
    return outcome.accepted;
  };

  const untilAccepted = async (status: WebhookStatus, signal: AbortSignal): Promise<void> => {
    for (const waitMs of RETRY_AFTER_MS) {
      await clock.waitUntil(clock.now() + waitMs, signal);
      if (signal.aborted || (await once([status], { signal }))) return;
    }
    if (signal.aborted) return;
    status.state = 'given_up';
    history.settle(status.webhook.id, 'given_up');
  };

  return { once, untilAccepted };
}
