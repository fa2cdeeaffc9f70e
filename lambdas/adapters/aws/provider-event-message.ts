// A provider's event as the body of a message: what it is about, so that the worker can look the truth up. Nothing else of it.
import * as z from 'zod/mini';
import type { ProviderEventHint } from '../../domain/payments/ports.ts';

const schema = z.object({
  id: z.string().check(z.minLength(1)),
  type: z.string().check(z.minLength(1)),
  account: z.exactOptional(z.string()),
  objectId: z.exactOptional(z.string()),
  objectType: z.exactOptional(z.string()),
});

export function writeProviderEventMessage(hint: ProviderEventHint): string {
  return JSON.stringify(hint);
}

/** Throws for anything that `writeProviderEventMessage` did not write. */
export function readProviderEventMessage(body: string): ProviderEventHint {
  const parsed = z.safeParse(schema, JSON.parse(body));
  if (!parsed.success) throw new Error('Not a message of the provider-events queue');
  return parsed.data;
}
