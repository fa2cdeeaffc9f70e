// The merchants' API with everything it needs: the tables, and the queue of deliveries; never a provider.
import { createDueQueue } from '../adapters/aws/due-queue.ts';
import type { HttpAnswer, HttpRequest } from '../adapters/aws/http-request.ts';
import { createSqsClient } from '../adapters/aws/sqs-client.ts';
import { answerCall } from '../../web/merchant-api/answer-call.ts';
import { log } from './logger.ts';
import { addressBook, merchantStoresAndClock } from './merchant-stores.ts';
import type { Outside } from './outside.ts';
import { readEnvironment } from './read-environment.ts';

export function merchantApi(outside: Outside = {}) {
  const { webhookQueueUrl } = readEnvironment(['webhookQueueUrl']);
  const world = {
    ...merchantStoresAndClock(outside),
    webhookQueue: createDueQueue(outside.sqs ?? createSqsClient(), webhookQueueUrl),
    ...addressBook(),
  };
  return async (request: HttpRequest): Promise<HttpAnswer> => {
    const { answer, operation, keyId = 'none' } = await answerCall(world, request);
    log('api_call', { operation, keyId, status: answer.status });
    return answer;
  };
}
