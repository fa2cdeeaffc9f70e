// What can be made to go wrong with the next webhooks, as the control door orders it.
import * as z from 'zod/mini';
import { withDefault } from '../limits/fields.ts';
import type { Durable } from '../../../durable.ts';
import { type WebhookField, webhookFields } from './webhook.ts';

export const webhookFault = z.strictObject({
  fault: z.enum([
    'hold',
    'duplicate',
    'reorder',
    'no_signature',
    'forged_signature',
    'old_secret',
    'delay',
  ]),
  /** Only webhooks of this field; any, when absent. */
  field: z.optional(z.enum(webhookFields)),
  /** How many webhooks it touches. */
  times: withDefault(z.int().check(z.minimum(1)), 1),
  /** For `delay`: how long, on the machine's clock. */
  delayMs: withDefault(z.int().check(z.nonnegative()), 1000),
});

export type WebhookFault = z.infer<typeof webhookFault>;

export interface WebhookFaults {
  add(fault: WebhookFault): void;
  /** The first fault that this webhook meets, used up by it. */
  take(field: WebhookField): WebhookFault | undefined;
  list(): WebhookFault[];
  clear(): void;
}

export function openWebhookFaults(durable: Durable): WebhookFaults {
  const faults = durable.map<WebhookFault>('webhook-faults');
  let next = faults.entries().reduce((highest, [key]) => Math.max(highest, Number(key)), 0) + 1;
  return {
    add: (fault) => faults.set(String(next++), fault),
    take(field) {
      const found = faults
        .entries()
        .find(([, fault]) => fault.field === undefined || fault.field === field);
      if (found === undefined) return undefined;
      const [key, fault] = found;
      if (fault.times === 1) faults.delete(key);
      else faults.set(key, { ...fault, times: fault.times - 1 });
      return fault;
    },
    list: () => faults.entries().map(([, fault]) => fault),
    clear: () => faults.entries().forEach(([key]) => faults.delete(key)),
  };
}
