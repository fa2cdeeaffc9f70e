// A message in a queue, as it is kept on disk.

export interface MessageAttribute {
  DataType: string;
  StringValue?: string | undefined;
  /** Base64. */
  BinaryValue?: string | undefined;
}

export type MessageAttributes = Record<string, MessageAttribute>;

/** What a sender gives. */
export interface NewMessage {
  body: string;
  attributes: MessageAttributes;
  /** Overrides the queue's own delay; standard queues only. */
  delayMs?: number | undefined;
  groupId?: string | undefined;
  deduplicationId?: string | undefined;
}

export interface StoredMessage extends NewMessage {
  id: string;
  sentAtMs: number;
  /** A delayed message cannot be received before. */
  availableAtMs: number;
  receiveCount: number;
  firstReceivedAtMs?: number | undefined;
  /** FIFO queues: 20 digits, rising. */
  sequenceNumber?: string | undefined;
  /** In a dead-letter queue: ARN of the queue it came from. */
  deadLetterSourceArn?: string | undefined;
}

/** A message that somebody has received and has not yet deleted. */
export interface ReceivedMessage {
  receiptHandle: string;
  message: StoredMessage;
}
