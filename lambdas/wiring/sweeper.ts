// The sweeper with everything it needs: finds what is due and wakes it.
import { createDueQueue } from '../adapters/aws/due-queue.ts';
import { createSqsClient } from '../adapters/aws/sqs-client.ts';
import { sweep } from '../domain/payments/sweep.ts';
import { log } from './logger.ts';
import { wakesEachOnItsQueue } from './wake-queues.ts';
import type { Outside } from './outside.ts';
import { readEnvironment } from './read-environment.ts';
import { storesAndClock } from './stores.ts';

export function sweeper(outside: Outside = {}) {
  const { dueQueueUrl, webhookQueueUrl } = readEnvironment(['dueQueueUrl', 'webhookQueueUrl']);
  const { sqs = createSqsClient() } = outside;
  const dueQueue = wakesEachOnItsQueue({
    due: createDueQueue(sqs, dueQueueUrl),
    webhooks: createDueQueue(sqs, webhookQueueUrl),
  });
  const world = { ...storesAndClock(outside), dueQueue };
  return async (): Promise<void> => {
    const woken = await sweep(world);
    log('swept', { woken });
  };
}
