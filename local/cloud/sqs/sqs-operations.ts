// The SQS operations that the SDK may call here, each from its JSON input to its JSON output.
import * as z from 'zod/mini';
import { attributesOfQueue, systemAttributes } from './attributes.ts';
import { checkMessage } from './check-message.ts';
import type { SendReceipt } from './deduplication.ts';
import type { NewMessage, ReceivedMessage } from './message.ts';
import { md5OfAttributes, md5OfBody } from './message-digest.ts';
import type { Queue } from './queue.ts';
import type { QueueDirectory } from './queue-directory.ts';
import { checkBatch, checkBatchBytes, eachEntry } from './sqs-batch.ts';
import { missingParameter } from './sqs-error.ts';

export type Operation = (input: unknown, queues: QueueDirectory) => unknown;

const attributesShape = z.prefault(
  z.record(
    z.string(),
    z.object({
      DataType: z.string(),
      StringValue: z.optional(z.string()),
      BinaryValue: z.optional(z.string()),
    }),
  ),
  {},
);
const messageShape = z.object({
  MessageBody: z.prefault(z.string(), ''),
  DelaySeconds: z.optional(z.number()),
  MessageAttributes: attributesShape,
  MessageGroupId: z.optional(z.string()),
  MessageDeduplicationId: z.optional(z.string()),
});
const queueShape = z.object({ QueueUrl: z.string() });
const sendShape = z.extend(messageShape, { QueueUrl: z.string() });
const entriesOf = <T extends z.ZodMiniType>(entry: T) =>
  z.extend(queueShape, { Entries: z.prefault(z.array(entry), []) });
const sendBatchShape = entriesOf(z.extend(messageShape, { Id: z.string() }));
const deleteShape = z.extend(queueShape, { ReceiptHandle: z.string() });
const deleteBatchShape = entriesOf(z.object({ Id: z.string(), ReceiptHandle: z.string() }));
const receiveShape = z.extend(queueShape, {
  MaxNumberOfMessages: z.prefault(z.int().check(z.minimum(1), z.maximum(10)), 1),
  VisibilityTimeout: z.optional(z.number()),
});

export const OPERATIONS: Record<string, Operation> = {
  SendMessage(input, queues) {
    const { QueueUrl, ...given } = parse(sendShape, input);
    return sendOne(queues.byUrl(QueueUrl), toMessage(given));
  },
  SendMessageBatch(input, queues) {
    const { QueueUrl, Entries } = parse(sendBatchShape, input);
    const queue = queues.byUrl(QueueUrl);
    checkBatch(Entries);
    checkBatchBytes(Entries.map(toMessage), queue);
    return eachEntry(Entries, (entry) => sendOne(queue, toMessage(entry)));
  },
  ReceiveMessage(input, queues) {
    const { QueueUrl, MaxNumberOfMessages, VisibilityTimeout } = parse(receiveShape, input);
    const queue = queues.byUrl(QueueUrl);
    const seconds = VisibilityTimeout ?? queue.settings.visibilityTimeoutMs / 1000;
    const received = queue.receive(MaxNumberOfMessages, seconds * 1000);
    return received.length === 0 ? {} : { Messages: received.map(toReceived) };
  },
  DeleteMessage(input, queues) {
    const { QueueUrl, ReceiptHandle } = parse(deleteShape, input);
    queues.byUrl(QueueUrl).delete(ReceiptHandle);
    return {};
  },
  DeleteMessageBatch(input, queues) {
    const { QueueUrl, Entries } = parse(deleteBatchShape, input);
    const queue = queues.byUrl(QueueUrl);
    checkBatch(Entries);
    return eachEntry(Entries, ({ ReceiptHandle }) => queue.delete(ReceiptHandle));
  },
  GetQueueUrl(input, queues) {
    const { QueueName } = parse(z.object({ QueueName: z.string() }), input);
    return { QueueUrl: queues.byName(QueueName).settings.url };
  },
  GetQueueAttributes(input, queues) {
    const { QueueUrl } = parse(queueShape, input);
    return { Attributes: attributesOfQueue(queues.byUrl(QueueUrl)) };
  },
  PurgeQueue(input, queues) {
    queues.byUrl(parse(queueShape, input).QueueUrl).purge();
    return {};
  },
};

function parse<T extends z.ZodMiniType>(shape: T, input: unknown): z.output<T> {
  const parsed = shape.safeParse(input);
  if (parsed.success) return parsed.data;
  throw missingParameter(parsed.error.issues[0]?.path.join('.') ?? 'QueueUrl');
}

const toMessage = (given: z.output<typeof messageShape>): NewMessage => ({
  body: given.MessageBody,
  attributes: given.MessageAttributes,
  delayMs: given.DelaySeconds === undefined ? undefined : given.DelaySeconds * 1000,
  groupId: given.MessageGroupId,
  deduplicationId: given.MessageDeduplicationId,
});

function sendOne(queue: Queue, message: NewMessage) {
  checkMessage(message, queue.settings);
  const receipt: SendReceipt = queue.send(message);
  return {
    MessageId: receipt.id,
    MD5OfMessageBody: md5OfBody(message.body),
    MD5OfMessageAttributes: md5OfAttributes(message.attributes),
    SequenceNumber: receipt.sequenceNumber,
  };
}

const toReceived = ({ receiptHandle, message }: ReceivedMessage) => ({
  MessageId: message.id,
  ReceiptHandle: receiptHandle,
  Body: message.body,
  MD5OfBody: md5OfBody(message.body),
  Attributes: systemAttributes(message),
  MessageAttributes: message.attributes,
  MD5OfMessageAttributes: md5OfAttributes(message.attributes),
});
