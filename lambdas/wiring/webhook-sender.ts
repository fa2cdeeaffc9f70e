// The webhook sender with everything it needs: posts what is due to merchants' endpoints.
import { readDueMessage } from '../adapters/aws/due-message.ts';
import { createDueQueue } from '../adapters/aws/due-queue.ts';
import { createResendQueue } from '../adapters/aws/resend-queue.ts';
import { createSqsClient } from '../adapters/aws/sqs-client.ts';
import { resolveAnyAddress, resolvePublicAddress } from '../adapters/outgoing-address.ts';
import { createWebhookSender } from '../adapters/webhooks/webhook-sender.ts';
import { advanceDelivery } from '../domain/merchant-api/advance-delivery.ts';
import { tellOwners } from '../domain/merchant-api/tell-owners.ts';
import { log } from './logger.ts';
import { isLocalStage, merchantStoresAndClock } from './merchant-stores.ts';
import type { Outside } from './outside.ts';
import { readEnvironment } from './read-environment.ts';

export function webhookSender(outside: Outside = {}) {
  const { webhookQueueUrl, chatQueueUrl } = readEnvironment(['webhookQueueUrl', 'chatQueueUrl']);
  const { sqs = createSqsClient() } = outside;
  const stores = merchantStoresAndClock(outside);
  const world = {
    ...stores,
    webhookQueue: createDueQueue(sqs, webhookQueueUrl),
    resendQueue: createResendQueue(sqs, chatQueueUrl, stores.clock),
    webhookSender:
      outside.webhookSender ??
      createWebhookSender({
        clock: stores.clock,
        addressOf: isLocalStage() ? resolveAnyAddress : resolvePublicAddress,
      }),
  };
  return async ({ body }: { readonly body: string }): Promise<void> => {
    const subject = readDueMessage(body);
    if (!isDelivery(subject)) throw new Error(`${subject} is no delivery.`);
    const outcome = await advanceDelivery(world, subject);
    log('delivery_tried', { subject, outcome: outcome.kind });
    if (outcome.kind === 'endpoint_disabled') {
      const { id, disabledBecause = 'none' } = outcome.endpoint;
      const told = await tellOwners(world, outcome.endpoint);
      log('webhook_endpoint_disabled', { subject: id, reason: disabledBecause, told });
    }
  };
}

function isDelivery(subject: string): subject is `whd_${string}` {
  return subject.startsWith('whd_');
}
