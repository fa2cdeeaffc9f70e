// Proves what a batch of a queue does when one of it fails: order within a group, independence between them.
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { queue as DeployedQueue } from '../../../lambdas/handlers/middleware/queue.ts';
import { RetryLater } from '../../../lambdas/domain/retry-later.ts';
import { lambdaContext } from '../../builders/api-gateway-event.ts';
import { captureLogs } from '../../builders/deployed-function.ts';

let queue: typeof DeployedQueue;
let logs: () => string;
beforeAll(async () => {
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  logs = captureLogs();
  ({ queue } = await import('../../../lambdas/handlers/middleware/queue.ts'));
});

const record = (messageId: string, group?: string): SQSRecord => ({
  messageId,
  body: messageId,
  receiptHandle: 'handle',
  attributes: {
    ApproximateReceiveCount: '2',
    SentTimestamp: '1',
    SenderId: 'x',
    ApproximateFirstReceiveTimestamp: '1',
    ...(group === undefined ? {} : { MessageGroupId: group }),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:local:000000000000:chat.fifo',
  awsRegion: 'local',
});
const batch = (...records: SQSRecord[]): SQSEvent => ({ Records: records });
const failuresOf = (answer: { batchItemFailures: { itemIdentifier: string }[] }) =>
  answer.batchItemFailures.map((failure) => failure.itemIdentifier).toSorted();

describe('a FIFO batch', () => {
  test('is handled in order within each group, whoever is slow', async () => {
    const done: string[] = [];
    const handler = queue(async ({ id }) => {
      for (let turn = id === 'a1' ? 20 : 0; turn > 0; turn -= 1) await Promise.resolve();
      done.push(id);
    });
    const answer = await handler(
      batch(record('a1', 'a'), record('b1', 'b'), record('a2', 'a'), record('b2', 'b')),
      lambdaContext,
    );
    expect(failuresOf(answer)).toEqual([]);
    expect(done.filter((id) => id.startsWith('a'))).toEqual(['a1', 'a2']);
    expect(done.filter((id) => id.startsWith('b'))).toEqual(['b1', 'b2']);
    expect(done.indexOf('b1')).toBeLessThan(done.indexOf('a1'));
  });

  test('is begun with the groups that go first, whatever becomes of them', async () => {
    const done: string[] = [];
    const handler = queue(
      async ({ id }) => {
        for (let turn = id === 'echo1' ? 20 : 0; turn > 0; turn -= 1) await Promise.resolve();
        done.push(id);
        if (id === 'echo1') throw new Error('poison');
      },
      (body) => body.startsWith('echo'),
    );
    const answer = await handler(
      batch(record('a1', 'a'), record('echo1', 'a:echo'), record('echo2', 'b:echo')),
      lambdaContext,
    );
    expect(done).toEqual(['echo2', 'echo1', 'a1']);
    expect(failuresOf(answer)).toEqual(['echo1']);
  });

  test('puts back what failed and what follows it in its group, and nobody else’s', async () => {
    const tried: string[] = [];
    const handler = queue(async ({ id }) => {
      tried.push(id);
      if (id === 'a2') throw new Error('poison');
    });
    const answer = await handler(
      batch(...['a1', 'b1', 'a2', 'b2', 'a3', 'b3'].map((id) => record(id, id.slice(0, 1)))),
      lambdaContext,
    );
    expect(failuresOf(answer)).toEqual(['a2', 'a3']);
    expect(tried.toSorted()).toEqual(['a1', 'a2', 'b1', 'b2', 'b3']);
  });

  test('of which all fails puts all of it back, without failing the function', async () => {
    const handler = queue(async () => {
      throw new Error('poison');
    });
    const answer = await handler(batch(record('a1', 'a'), record('b1', 'b')), lambdaContext);
    expect(failuresOf(answer)).toEqual(['a1', 'b1']);
  });

  test('has forgotten the failures of the batch before', async () => {
    let isBroken = true;
    const handler = queue(async () => {
      if (isBroken) throw new Error('poison');
    });
    await handler(batch(record('a1', 'a')), lambdaContext);
    isBroken = false;
    const answer = await handler(batch(record('a1', 'a'), record('a2', 'a')), lambdaContext);
    expect(failuresOf(answer)).toEqual([]);
  });
});

describe('a standard batch', () => {
  test('puts back only what failed', async () => {
    const handler = queue(async ({ id }) => {
      if (id === '2') throw new Error('poison');
    });
    const answer = await handler(batch(record('1'), record('2'), record('3')), lambdaContext);
    expect(failuresOf(answer)).toEqual(['2']);
  });

  test('hands over the body and how often it came', async () => {
    const seen: unknown[] = [];
    const handler = queue(async (one) => {
      seen.push(one);
    });
    await handler(batch(record('1')), lambdaContext);
    expect(seen).toEqual([{ id: '1', body: '1', receiveCount: 2 }]);
  });
});

describe('the logs', () => {
  test('tell a wait from a failure, and hold no vendor’s words', async () => {
    const handler = queue(async ({ id }) => {
      if (id === 'wait') throw new RetryLater('row_not_there_yet');
      const vendor = new Error('Item {"name":"Ann"} is not valid');
      vendor.name = 'ValidationException';
      throw vendor;
    });
    await handler(batch(record('wait'), record('fail')), lambdaContext);
    expect(logs()).toContain('record_put_back');
    expect(logs()).toContain('row_not_there_yet');
    expect(logs()).toContain('ValidationException');
    expect(logs()).not.toContain('Ann');
  });
});
