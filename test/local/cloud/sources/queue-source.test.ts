// Queues waking functions: order, partial failures, redelivery, redrive, filters and delay.
import { createHash } from 'node:crypto';
import type { SQSBatchResponse } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { redrive } from '../../../../local/cloud/sqs/redrive.ts';
import { puppetAssembly } from '../puppet-assembly.ts';
import { type Act, type Call, type PuppetCloud, startPuppetCloud } from '../puppet-cloud.ts';

const VISIBILITY_MS = 60_000;

describe('a queue that wakes a function', () => {
  let puppets: PuppetCloud;
  beforeEach(async () => {
    const assemblyDir = await puppetAssembly();
    puppets = await startPuppetCloud({ assemblyDir, dynamoDbUrl: inject('dynamoDbUrl') });
  });
  afterEach(() => puppets.close());

  const chat = (body: string, groupId: string) =>
    puppets.cloud
      .queue('chat.fifo')
      .send({ body, attributes: {}, groupId, deduplicationId: `${groupId} ${body}` });
  const work = (body: string, delayMs?: number) =>
    puppets.cloud.queue('work').send({ body, attributes: {}, delayMs });
  const bodies = (name: string) =>
    puppets.calls(name).flatMap(({ event }) => event.Records.map(({ body }) => body));
  const bodiesIn = (queue: string) =>
    puppets.cloud
      .queue(queue)
      .peek()
      .map(({ body }) => body);

  test('gives the function records in the shape of AWS and deletes what it handled', async () => {
    const { id } = puppets.cloud.queue('work').send({
      body: 'do it',
      attributes: { trace: { DataType: 'String', StringValue: 'abc' } },
    });
    await puppets.cloud.idle();

    const [record] = puppets.calls('worker')[0]!.event.Records;
    expect(record).toMatchObject({
      messageId: id,
      receiptHandle: expect.any(String),
      body: 'do it',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: expect.any(String),
      },
      messageAttributes: { trace: { dataType: 'String', stringValue: 'abc' } },
      md5OfBody: createHash('md5').update('do it').digest('hex'),
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:work',
      awsRegion: 'us-east-1',
    });
    expect(puppets.cloud.queue('work').peek()).toEqual([]);
  });

  test('keeps the order within each group, and groups do not wait for each other', async () => {
    for (let index = 0; index < 30; index += 1) {
      chat(`${index}`, `person-${index % 3}`);
    }
    await puppets.cloud.idle();

    const handled = puppets.calls('chat-worker').flatMap(({ event }) => event.Records);
    for (const group of ['person-0', 'person-1', 'person-2']) {
      const order = handled
        .filter(({ attributes }) => attributes.MessageGroupId === group)
        .map(({ body }) => Number(body));
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(order).toHaveLength(10);
    }
  });

  test('sends a poisoned message to the dead letters while other groups flow and its own waits', async () => {
    puppets.direct(
      'chat-worker',
      failing((record) => record.body === 'poison'),
    );
    chat('poison', 'ann');
    chat('after the poison', 'ann');
    chat('hello', 'bob');
    await puppets.cloud.idle();

    expect(bodies('chat-worker')).toContain('hello');
    expect(bodiesIn('chat.fifo')).toContain('poison');
    const before = puppets.calls('chat-worker').length;
    chat('later', 'ann');
    chat('later', 'bob');
    await puppets.cloud.idle();
    expect(bodies('chat-worker').filter((body) => body === 'later')).toHaveLength(1);
    expect(puppets.calls('chat-worker')).toHaveLength(before + 1);

    for (let attempt = 0; attempt < 3; attempt += 1) {
      puppets.clock.advance(VISIBILITY_MS);
      await puppets.cloud.idle();
    }

    expect(bodies('chat-worker').filter((body) => body === 'poison')).toHaveLength(3);
    expect(puppets.cloud.queue('chat-dead.fifo').peek()).toMatchObject([
      { body: 'poison', groupId: 'ann', receiveCount: 3 },
    ]);
    expect(bodiesIn('chat.fifo')).toEqual([]);
    expect(bodies('chat-worker').filter((body) => body === 'later')).toHaveLength(2);
  });

  test('has its dead letters sent back, each to where it came from, and handles what was repaired', async () => {
    let down = true;
    puppets.direct(
      'chat-worker',
      failing(() => down),
    );
    for (const body of ['one', 'two']) chat(body, 'ann');
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await puppets.cloud.idle();
      puppets.clock.advance(VISIBILITY_MS);
    }
    await puppets.cloud.idle();
    expect(bodiesIn('chat-dead.fifo')).toEqual(['one', 'two']);
    const tried = bodies('chat-worker').length;

    down = false;
    expect(redrive(puppets.cloud.queues)).toBe(2);
    await puppets.cloud.idle();

    expect(bodies('chat-worker').slice(tried)).toEqual(['one', 'two']);
    expect(bodiesIn('chat-dead.fifo')).toEqual([]);
    expect(redrive(puppets.cloud.queues)).toBe(0);
  });

  test('deletes the handled part of a batch and gives the failed part again, and nothing else', async () => {
    let down = true;
    puppets.direct(
      'worker',
      failing((record) => down && record.body === 'unlucky'),
    );
    for (const body of ['a', 'unlucky', 'b']) work(body);
    await puppets.cloud.idle();
    expect(bodiesIn('work')).toEqual(['unlucky']);

    down = false;
    puppets.clock.advance(VISIBILITY_MS);
    await puppets.cloud.idle();

    expect(bodies('worker').sort()).toEqual(['a', 'b', 'unlucky', 'unlucky']);
    expect(bodiesIn('work')).toEqual([]);
  });

  test.each([
    ['throws', { act: 'throw', value: 'x' }],
    ['crashes', { act: 'exit', value: 1 }],
    ['names an item that it was not given', failures('stranger')],
    ['answers something else', { act: 'return', value: { batchItemFailures: 'all' } }],
  ] satisfies [string, Act][])(
    'gives the whole batch again when the function %s',
    async (_, act) => {
      puppets.direct('worker', () => act);
      work('once more');
      await puppets.cloud.idle();
      expect(bodiesIn('work')).toEqual(['once more']);

      puppets.direct('worker', () => ({ act: 'return' }));
      puppets.clock.advance(VISIBILITY_MS - 40_000);
      await puppets.cloud.idle();
      expect(bodiesIn('work')).toEqual(['once more']);
      puppets.clock.advance(40_000);
      await puppets.cloud.idle();

      expect(bodiesIn('work')).toEqual([]);
      expect(puppets.calls('worker').at(-1)!.event.Records[0]).toMatchObject({
        attributes: { ApproximateReceiveCount: '2' },
      });
    },
  );

  test('gives a batch again when its function has overrun its time', async () => {
    const queue = puppets.cloud.queue('hasty');
    puppets.direct('hasty-worker', () => ({ act: 'hang' }));
    queue.send({ body: 'slow', attributes: {} });
    await puppets.cloud.idle();
    expect(bodiesIn('hasty')).toEqual(['slow']);

    puppets.direct('hasty-worker', () => ({ act: 'return' }));
    puppets.clock.advance(VISIBILITY_MS);
    await puppets.cloud.idle();

    expect(bodiesIn('hasty')).toEqual([]);
    expect(bodies('hasty-worker')).toEqual(['slow', 'slow']);
  });

  test('does not give a message twice because the clock jumps while it is being handled', async () => {
    puppets.direct('worker', () => {
      puppets.clock.advance(30 * VISIBILITY_MS);
      return { act: 'return' };
    });
    work('long day');
    await puppets.cloud.idle();

    expect(bodies('worker')).toEqual(['long day']);
  });

  test('holds a delayed message back until the clock says so', async () => {
    work('remind', 600_000);
    await puppets.cloud.idle();
    expect(bodies('worker')).toEqual([]);

    puppets.clock.advance(500_000);
    await puppets.cloud.idle();
    expect(bodies('worker')).toEqual([]);
    puppets.clock.advance(100_000);
    await puppets.cloud.idle();

    expect(bodies('worker')).toEqual(['remind']);
  });

  test('drops what its filter does not want without waking anybody', async () => {
    const wishes = [
      '{"kind":"order","id":1}',
      '{"kind":"order","test":true}',
      '{"kind":"chat"}',
      '"order"',
      'not even JSON',
    ];
    for (const body of wishes) puppets.cloud.queue('wishes').send({ body, attributes: {} });
    await puppets.cloud.idle();

    expect(bodies('picker')).toEqual([wishes[0]]);
    expect(bodiesIn('wishes')).toEqual([]);
  });
});

const failures = (...ids: string[]): Act => {
  const value: SQSBatchResponse = {
    batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
  };
  return { act: 'return', value };
};

const failing =
  (isPoison: (record: { body: string }) => boolean) =>
  ({ event }: Call): Act =>
    failures(...event.Records.filter(isPoison).map(({ messageId }) => messageId));
