// Carries every webhook to the product: in order a thread at first, and with the faults that were ordered.
import type { History } from '../record/history.ts';
import {
  type WebhookAttemptsOptions,
  type WebhookStatus,
  createWebhookAttempts,
} from './webhook-attempts.ts';
import type { WebhookFault, WebhookFaults } from './webhook-faults.ts';
import { createWebhookLanes } from './webhook-lanes.ts';
import type { Webhook } from './webhook.ts';

/** How many webhooks the door can still show. */
const REMEMBERED = 5000;

export interface WebhookDelivery {
  list(): readonly WebhookStatus[];
  /** Lets held webhooks go, in the order given; `together` puts them into one delivery. */
  release(order: { readonly reverse: boolean; readonly together: boolean }): Promise<number>;
  /** Forgets what is under way; for a reset. */
  forget(): void;
  close(): void;
}

export interface WebhookDeliveryOptions extends WebhookAttemptsOptions {
  readonly history: History;
  readonly faults: WebhookFaults;
}

interface Held {
  readonly status: WebhookStatus;
  readonly letGo: (alreadyDelivered: boolean) => void;
}

export function startWebhookDelivery(options: WebhookDeliveryOptions): WebhookDelivery {
  const { clock, history, faults } = options;
  const attempts = createWebhookAttempts(options);
  let ending = new AbortController();
  let statuses: WebhookStatus[] = [];
  let held: Held[] = [];
  let lanes = createWebhookLanes();

  /** Waits as the fault says; true when nothing is left to deliver. */
  const waitForFault = async (status: WebhookStatus, fault: WebhookFault | undefined) => {
    if (fault?.fault === 'hold') {
      status.state = 'held';
      return new Promise<boolean>((letGo) => held.push({ status, letGo }));
    }
    if (fault?.fault === 'delay') {
      await clock.waitUntil(clock.now() + fault.delayMs, ending.signal);
    }
    if (fault?.fault === 'reorder') await lanes.afterTheNext(status.webhook.lane);
    return false;
  };

  const carry = async (webhook: Webhook) => {
    const { signal } = ending;
    const status: WebhookStatus = { webhook, state: 'pending', attempts: [] };
    statuses.push(status);
    if (statuses.length > REMEMBERED) statuses.shift();
    const fault = faults.take(webhook.field);
    const first = async () => {
      if (signal.aborted) return true;
      if (fault?.fault === 'duplicate') await attempts.once([status], { signal });
      return attempts.once([status], { signal, fault: fault?.fault });
    };
    const isLate = fault !== undefined && ['hold', 'delay', 'reorder'].includes(fault.fault);
    if (isLate && (await waitForFault(status, fault))) return;
    const accepted = isLate ? await first() : await lanes.inTurn(webhook.lane, first);
    if (!accepted) await attempts.untilAccepted(status, signal);
  };

  const enqueue = (webhooks: readonly Webhook[]) => {
    for (const webhook of webhooks) void carry(webhook);
  };
  history.onAppend((_, webhooks) => enqueue(webhooks));
  enqueue(history.unsettled());

  return {
    list: () => statuses,
    async release({ reverse, together }) {
      const going = reverse ? held.toReversed() : held;
      held = [];
      const deliveries = together ? [going] : going.map((one) => [one]);
      for (const group of deliveries.filter((some) => some.length > 0)) {
        const all = group.map(({ status }) => status);
        const delivered = await attempts.once(all, { signal: ending.signal });
        for (const { letGo } of group) letGo(delivered);
      }
      return going.length;
    },
    forget() {
      ending.abort();
      ending = new AbortController();
      [statuses, held, lanes] = [[], [], createWebhookLanes()];
    },
    close: () => ending.abort(),
  };
}
