// Pain: one poisoned message of a FIFO batch stops everybody, or lets its own group overtake it. Groups stand apart, in order.
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { lambdaContext } from '../builders/api-gateway-event.ts';
import { captureLogs } from '../builders/deployed-function.ts';
import type { queue as Queue } from '../../lambdas/handlers/middleware/queue.ts';

let queue: typeof Queue;
beforeAll(async () => {
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  captureLogs();
  ({ queue } = await import('../../lambdas/handlers/middleware/queue.ts'));
});

function recordOf(body: string): SQSRecord {
  const [group = ''] = body.split(' ');
  return {
    messageId: body,
    receiptHandle: body,
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'x',
      ApproximateFirstReceiveTimestamp: '0',
      MessageGroupId: group,
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:chat.fifo',
    awsRegion: 'us-east-1',
  };
}

/** What was handled and what comes again of these, where ann's second poisons. */
async function handled(...bodies: string[]) {
  const done: string[] = [];
  const handler = queue(async ({ body }) => {
    if (body === 'ann 2') throw new Error('poison');
    done.push(body);
  });
  const event: SQSEvent = { Records: bodies.map(recordOf) };
  const { batchItemFailures } = await handler(event, lambdaContext);
  return { done, again: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
}

describe('a batch of several people', () => {
  it('with one poisoned message does all of the others’ (aws-powertools/powertools-lambda-python#1927, aws-powertools/powertools-lambda-python#2981)', async () => {
    const { done, again } = await handled('ann 1', 'ann 2', 'bob 1', 'ann 3', 'bob 2', 'zoe 1');

    expect(done.toSorted()).toEqual(['ann 1', 'bob 1', 'bob 2', 'zoe 1']);
    expect(again.toSorted()).toEqual(['ann 2', 'ann 3']);
  });

  it('lets nothing of the poisoned one’s overtake it, and keeps everybody’s order (SaaStacked/saastack#124)', async () => {
    const { done, again } = await handled('ann 1', 'ann 2', 'ann 3', 'ann 4', 'bob 1', 'bob 2');

    expect(again).toEqual(['ann 2', 'ann 3', 'ann 4']);
    expect(done.filter((body) => body.startsWith('bob'))).toEqual(['bob 1', 'bob 2']);
  });
});
