// The chat worker with everything it needs: the tables and Messenger; never a provider.
import { readChatMessage } from '../adapters/aws/chat-message.ts';
import { createResendQueue } from '../adapters/aws/resend-queue.ts';
import { createSqsClient } from '../adapters/aws/sqs-client.ts';
import { handleEvent } from '../domain/chat/handle-event.ts';
import { log } from './logger.ts';
import { messengerPorts } from './messenger.ts';
import type { Outside } from './outside.ts';
import { readEnvironment } from './read-environment.ts';
import { storesAndClock } from './stores.ts';

export function chatWorker(outside: Outside = {}) {
  const { chatQueueUrl } = readEnvironment(['chatQueueUrl']);
  const { sqs = createSqsClient() } = outside;
  const stores = storesAndClock(outside);
  const world = {
    ...stores,
    ...messengerPorts(outside),
    resendQueue: createResendQueue(sqs, chatQueueUrl, stores.clock),
  };
  return async ({ body }: { readonly body: string }): Promise<void> => {
    const event = readChatMessage(body);
    const handledAs = await handleEvent(world, event);
    if (event.kind === 'policy') {
      log('page_policy_enforced', { action: event.action, pageId: event.address.pageId });
    } else if (handledAs === 'unknown_page') {
      log('page_unknown', { pageId: event.address.pageId });
    } else {
      log('event_handled', { type: event.kind, outcome: handledAs });
    }
  };
}
