// The Stripe webhook with everything it needs: one secret, one queue, the clock and the logs.
import { createProviderEventsQueue } from '../adapters/aws/provider-events-queue.ts';
import { createSqsClient } from '../adapters/aws/sqs-client.ts';
import {
  createStripeWebhook,
  stripeWebhookSecretSchema,
} from '../adapters/stripe/receive-webhook.ts';
import { systemClock } from './clock.ts';
import { log } from './logger.ts';
import type { Outside } from './outside.ts';
import { readEnvironment } from './read-environment.ts';
import { secretReader } from './secret-reader.ts';

const source = 'stripe';

export function stripeWebhook(outside: Outside = {}) {
  const environment = readEnvironment(['stripeWebhookSecretId', 'providerEventsQueueUrl']);
  const queue = createProviderEventsQueue(
    outside.sqs ?? createSqsClient(),
    environment.providerEventsQueueUrl,
  );
  return createStripeWebhook({
    clock: outside.clock ?? systemClock,
    secret: secretReader(environment.stripeWebhookSecretId, stripeWebhookSecretSchema, outside),
    put: (hint) => queue.put(hint),
    watch: {
      refused: (status, reason) => log('webhook_refused', { source, status, reason }),
      accepted: (type) => log('webhook_accepted', { source, type, events: 1 }),
    },
  });
}
