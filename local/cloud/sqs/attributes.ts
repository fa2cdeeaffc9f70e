// What SQS tells of messages and queues under its own attribute names.
import type { StoredMessage } from './message.ts';
import type { Queue } from './queue.ts';

/** What whoever receives a message is told of it. */
export function systemAttributes(message: StoredMessage): Record<string, string> {
  const attributes: Record<string, string | undefined> = {
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAtMs ?? message.sentAtMs),
    SentTimestamp: String(message.sentAtMs),
    SenderId: 'AIDALOCAL',
    SequenceNumber: message.sequenceNumber,
    MessageGroupId: message.groupId,
    MessageDeduplicationId: message.deduplicationId,
    DeadLetterQueueSourceArn: message.deadLetterSourceArn,
  };
  const present = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(present);
}

/** What GetQueueAttributes answers. */
export function attributesOfQueue(queue: Queue): Record<string, string> {
  const { settings } = queue;
  const { visible, inFlight, delayed } = queue.counts();
  return {
    QueueArn: settings.arn,
    VisibilityTimeout: String(settings.visibilityTimeoutMs / 1000),
    DelaySeconds: String(settings.delayMs / 1000),
    MaximumMessageSize: String(settings.maximumMessageBytes),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ...(settings.fifo && { FifoQueue: 'true', DeduplicationScope: settings.deduplicationScope }),
    ...(settings.redrive && {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: settings.redrive.deadLetterArn,
        maxReceiveCount: settings.redrive.maxReceiveCount,
      }),
    }),
  };
}
