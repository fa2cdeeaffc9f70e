// The provider-events worker with everything it needs: takes Stripe's hints and looks the truth up.
import { readProviderEventMessage } from '../adapters/aws/provider-event-message.ts';
import { readEvent } from '../adapters/stripe/read-event.ts';
import { applyProviderEvent } from '../domain/payments/apply-provider-event.ts';
import { log } from './logger.ts';
import type { Outside } from './outside.ts';
import { stripeProvider } from './provider.ts';
import { storesAndClock } from './stores.ts';

export function providerEventsWorker(outside: Outside = {}) {
  const world = { ...storesAndClock(outside), ...stripeProvider(outside) };
  return async (record: {
    readonly body: string;
    readonly receiveCount: number;
  }): Promise<void> => {
    const hint = readProviderEventMessage(record.body);
    const outcome = await applyProviderEvent(world, {
      eventId: hint.id,
      event: readEvent(hint),
      deliveries: record.receiveCount,
    });
    log('provider_event_applied', { type: hint.type, outcome });
  };
}
