// The Messenger webhook with everything it needs: one secret, one queue, the clock and the logs.
import { createChatQueue } from '../adapters/aws/chat-queue.ts';
import { createSqsClient } from '../adapters/aws/sqs-client.ts';
import { createMessengerWebhook } from '../adapters/messenger/receive-webhook.ts';
import { appSecretSchema } from '../adapters/messenger/secrets.ts';
import { systemClock } from './clock.ts';
import { log } from './logger.ts';
import type { Outside } from './outside.ts';
import { readEnvironment } from './read-environment.ts';
import { secretReader } from './secret-reader.ts';

const source = 'messenger';

export function messengerWebhook(outside: Outside = {}) {
  const environment = readEnvironment(['messengerAppSecretId', 'chatQueueUrl']);
  const queue = createChatQueue(outside.sqs ?? createSqsClient(), environment.chatQueueUrl);
  return createMessengerWebhook({
    clock: outside.clock ?? systemClock,
    appSecret: secretReader(environment.messengerAppSecretId, appSecretSchema, outside),
    put: (events) => queue.put(events),
    watch: {
      refused: (status, reason) => log('webhook_refused', { source, status, reason }),
      accepted: (events) => log('webhook_accepted', { source, events }),
      dropped: (reason, events) => log('webhook_events_dropped', { source, reason, events }),
    },
  });
}
