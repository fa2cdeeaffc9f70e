// The queues as the real SDK finds them: what is taken, what is refused, in which order it comes back.
import {
  BatchEntryIdsNotDistinct,
  BatchRequestTooLong,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  InvalidMessageContents,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  TooManyEntriesInBatchRequest,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { puppetAssembly } from '../puppet-assembly.ts';
import { type PuppetCloud, startPuppetCloud } from '../puppet-cloud.ts';

const MINUTE_MS = 60_000;

describe('the SQS of the local cloud', () => {
  let puppets: PuppetCloud;
  let shelf: string;
  let lane: string;
  beforeAll(async () => {
    const assemblyDir = await puppetAssembly();
    puppets = await startPuppetCloud({ assemblyDir, dynamoDbUrl: inject('dynamoDbUrl') });
    shelf = puppets.cloud.queue('shelf').settings.url;
    lane = puppets.cloud.queue('lane.fifo').settings.url;
  });
  afterAll(() => puppets.close());
  beforeEach(async () => {
    await puppets.sqs.send(new PurgeQueueCommand({ QueueUrl: shelf }));
    await puppets.sqs.send(new PurgeQueueCommand({ QueueUrl: lane }));
  });

  const receive = async (QueueUrl: string) => {
    const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
    return (await puppets.sqs.send(command)).Messages ?? [];
  };
  const sendToLane = (MessageBody: string, MessageGroupId: string, id?: string) =>
    puppets.sqs.send(
      new SendMessageCommand({
        QueueUrl: lane,
        MessageBody,
        MessageGroupId,
        ...(id !== undefined && { MessageDeduplicationId: id }),
      }),
    );

  test('takes a message, hands it out with its attributes, and forgets it when deleted', async () => {
    const MessageAttributes = {
      trace: { DataType: 'String', StringValue: 'abc' },
      bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
    };
    // The SDK compares the digests of the body with its own, both ways, and throws when they differ.
    await puppets.sqs.send(
      new SendMessageCommand({ QueueUrl: shelf, MessageBody: 'grüße 🎉', MessageAttributes }),
    );

    const [message] = await receive(shelf);
    expect(message).toMatchObject({
      Body: 'grüße 🎉',
      Attributes: { ApproximateReceiveCount: '1' },
    });
    expect(message?.MessageAttributes).toMatchObject(MessageAttributes);
    expect(await receive(shelf)).toEqual([]);

    await puppets.sqs.send(
      new DeleteMessageCommand({ QueueUrl: shelf, ReceiptHandle: message!.ReceiptHandle! }),
    );
    puppets.clock.advance(MINUTE_MS);
    expect(await receive(shelf)).toEqual([]);
  });

  test('shows a message again when its visibility timeout has passed on the clock', async () => {
    await puppets.sqs.send(new SendMessageCommand({ QueueUrl: shelf, MessageBody: 'again' }));
    await receive(shelf);

    puppets.clock.advance(MINUTE_MS / 2);
    expect(await receive(shelf)).toEqual([]);
    puppets.clock.advance(MINUTE_MS / 2);

    const [message] = await receive(shelf);
    expect(message).toMatchObject({ Body: 'again', Attributes: { ApproximateReceiveCount: '2' } });
  });

  test('keeps a delayed message back until its time has come', async () => {
    await puppets.sqs.send(
      new SendMessageCommand({ QueueUrl: shelf, MessageBody: 'later', DelaySeconds: 900 }),
    );

    expect(await receive(shelf)).toEqual([]);
    expect(puppets.cloud.queue('shelf').counts()).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
    puppets.clock.advance(15 * MINUTE_MS);
    expect(await receive(shelf)).toMatchObject([{ Body: 'later' }]);
  });

  test('answers for the good entries of a batch and names the bad one', async () => {
    const { Successful, Failed } = await puppets.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: shelf,
        Entries: [
          { Id: 'good', MessageBody: 'fine' },
          { Id: 'bad', MessageBody: 'with a null byte \u0000' },
          { Id: 'empty', MessageBody: '' },
        ],
      }),
    );

    expect(Successful).toMatchObject([{ Id: 'good' }]);
    expect(Failed).toMatchObject([
      { Id: 'bad', SenderFault: true, Code: 'InvalidMessageContents' },
      { Id: 'empty', SenderFault: true, Code: 'MissingParameter' },
    ]);
    expect(await receive(shelf)).toMatchObject([{ Body: 'fine' }]);
  });

  test.each([
    ['more than ten entries', entries(11), TooManyEntriesInBatchRequest],
    ['more than 1 MiB in all', entries(2, 600_000), BatchRequestTooLong],
    ['the same id twice', [...entries(1), ...entries(1)], BatchEntryIdsNotDistinct],
  ])('refuses a batch of %s whole', async (_, Entries, error) => {
    const sending = puppets.sqs.send(new SendMessageBatchCommand({ QueueUrl: shelf, Entries }));

    await expect(sending).rejects.toBeInstanceOf(error);
    expect(puppets.cloud.queue('shelf').peek()).toEqual([]);
  });

  test.each([
    ['a message of more than 1 MiB', { MessageBody: 'x'.repeat(1_048_577) }],
    ['a delay beyond 15 minutes', { MessageBody: 'x', DelaySeconds: 901 }],
    ['a deduplication id on a standard queue', { MessageBody: 'x', MessageDeduplicationId: 'd' }],
  ])('refuses %s', async (_, message) => {
    const sending = puppets.sqs.send(new SendMessageCommand({ QueueUrl: shelf, ...message }));

    await expect(sending).rejects.toThrow(/must be shorter|invalid/i);
  });

  test.each([
    ['without a group', {}, /MessageGroupId/],
    [
      'with a delay of its own',
      { MessageGroupId: 'g', DelaySeconds: 1 },
      /not valid for this queue/,
    ],
    ['with a space in its group', { MessageGroupId: 'a b' }, /alphanumeric and punctuation/],
    ['with a group of 129 characters', { MessageGroupId: 'g'.repeat(129) }, /1 to 128/],
  ])('refuses a FIFO message %s', async (_, message, words) => {
    const command = new SendMessageCommand({ QueueUrl: lane, MessageBody: 'x', ...message });

    await expect(puppets.sqs.send(command)).rejects.toThrow(words);
  });

  test('keeps control characters out of bodies as SQS does', async () => {
    const command = new SendMessageCommand({ QueueUrl: shelf, MessageBody: 'bell \u0007' });

    await expect(puppets.sqs.send(command)).rejects.toBeInstanceOf(InvalidMessageContents);
  });

  test('hands out no later message of a FIFO group while an earlier one is in flight', async () => {
    await sendToLane('a1', 'a');
    const [first] = await receive(lane);
    await sendToLane('a2', 'a');
    await sendToLane('b1', 'b');

    expect(await receive(lane)).toMatchObject([{ Body: 'b1' }]);
    await puppets.sqs.send(
      new DeleteMessageCommand({ QueueUrl: lane, ReceiptHandle: first!.ReceiptHandle! }),
    );

    expect(await receive(lane)).toMatchObject([{ Body: 'a2' }]);
  });

  test('gives several messages of a group in one batch in the order of their sending', async () => {
    for (const body of ['1', '2', '3', '4', '5']) await sendToLane(body, 'g');

    const messages = await receive(lane);

    expect(messages.map(({ Body }) => Body)).toEqual(['1', '2', '3', '4', '5']);
    const numbers = messages.map(({ Attributes }) => Attributes!['SequenceNumber']!);
    expect(numbers).toEqual([...numbers].sort());
    expect(new Set(numbers).size).toBe(5);
  });

  test('takes the same deduplication id once in five minutes and again after them', async () => {
    const first = await sendToLane('pay', 'dedup', 'mid-1');
    const second = await sendToLane('pay, again', 'dedup', 'mid-1');
    expect(second.MessageId).toBe(first.MessageId);
    expect(puppets.cloud.queue('lane.fifo').peek()).toHaveLength(1);

    puppets.clock.advance(5 * MINUTE_MS);
    const third = await sendToLane('pay', 'dedup', 'mid-1');

    expect(third.MessageId).not.toBe(first.MessageId);
    expect(puppets.cloud.queue('lane.fifo').peek()).toHaveLength(2);
  });

  test('deduplicates by content where the queue says so, across groups where its scope is the queue', async () => {
    const first = await sendToLane('same body', 'group-1');
    const second = await sendToLane('same body', 'group-2');

    expect(second.MessageId).toBe(first.MessageId);
  });

  test('deduplicates within a group where the scope is the group', async () => {
    const queue = puppets.cloud.queue('chat.fifo');
    const send = (groupId: string) =>
      queue.send({ body: 'x', attributes: {}, groupId, deduplicationId: 'same' }).id;

    const [first, again, other] = [send('g1'), send('g1'), send('g2')];

    expect(again).toBe(first);
    expect(other).not.toBe(first);
    await puppets.cloud.idle();
  });

  test('finds a queue by name, tells its attributes, and knows no other', async () => {
    const { QueueUrl } = await puppets.sqs.send(new GetQueueUrlCommand({ QueueName: 'lane.fifo' }));
    expect(QueueUrl).toBe(lane);

    const { Attributes } = await puppets.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:lane.fifo',
      FifoQueue: 'true',
      ApproximateNumberOfMessages: '0',
    });

    const unknown = new GetQueueUrlCommand({ QueueName: 'nobody' });
    await expect(puppets.sqs.send(unknown)).rejects.toBeInstanceOf(QueueDoesNotExist);
  });
});

function entries(count: number, size = 1) {
  return Array.from({ length: count }, (_, index) => ({
    Id: `id-${index}`,
    MessageBody: 'x'.repeat(size),
  }));
}
