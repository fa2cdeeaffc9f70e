// The due worker with everything it needs: looks at what was woken and moves it on.
import { readDueMessage } from '../adapters/aws/due-message.ts';
import { advance } from '../domain/payments/advance.ts';
import { log } from './logger.ts';
import type { Outside } from './outside.ts';
import { stripeProvider } from './provider.ts';
import { storesAndClock } from './stores.ts';

export function dueWorker(outside: Outside = {}) {
  const world = { ...storesAndClock(outside), ...stripeProvider(outside) };
  return async ({ body }: { readonly body: string }): Promise<void> => {
    const subject = readDueMessage(body);
    const outcome = await advance(world, subject);
    log('subject_advanced', { subject, outcome });
  };
}
