// Proves what a batch of the stream does when one record fails: a payment's later steps are not told before it.
import type { DynamoDBRecord } from 'aws-lambda';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { stream as DeployedStream } from '../../../lambdas/handlers/middleware/stream.ts';
import { lambdaContext } from '../../builders/api-gateway-event.ts';
import { captureLogs } from '../../builders/deployed-function.ts';

let stream: typeof DeployedStream;
beforeAll(async () => {
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  captureLogs();
  ({ stream } = await import('../../../lambdas/handlers/middleware/stream.ts'));
});

const record = (number: string, pk: string): DynamoDBRecord => ({
  eventID: `event-${number}`,
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: number, Keys: { pk: { S: pk }, sk: { S: number } } },
});

describe('a batch of the stream', () => {
  test('goes in order within a payment, and stops there at a failure', async () => {
    const tried: string[] = [];
    const handler = stream(async (one) => {
      const number = one.dynamodb?.SequenceNumber ?? '';
      tried.push(number);
      if (number === '102') throw new Error('poison');
    });
    const records = [
      record('101', 'pay_a'),
      record('102', 'pay_a'),
      record('103', 'pay_b'),
      record('104', 'pay_a'),
    ];
    const answer = await handler({ Records: records }, lambdaContext);
    expect(answer.batchItemFailures.map((one) => one.itemIdentifier).toSorted()).toEqual([
      '102',
      '104',
    ]);
    expect(tried.toSorted()).toEqual(['101', '102', '103']);
  });

  test('that goes well has no failures', async () => {
    const handler = stream(async () => undefined);
    const answer = await handler({ Records: [record('1', 'pay_a')] }, lambdaContext);
    expect(answer).toEqual({ batchItemFailures: [] });
  });
});
