// Refuses the messages that SQS refuses.
import type { NewMessage } from './message.ts';
import type { QueueSettings } from './queue-settings.ts';
import { invalidParameter, missingParameter, SqsError } from './sqs-error.ts';

const MAX_DELAY_MS = 900_000;
const ID = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/;
/** XML's characters: no control characters but tab, line feed and carriage return, and no half of a pair. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const FORBIDDEN = /[^\u0009\u000A\u000D\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Throws the SqsError that SQS would answer with. */
export function checkMessage(message: NewMessage, settings: QueueSettings): void {
  if (message.body === '') throw missingParameter('MessageBody');
  if (FORBIDDEN.test(message.body)) {
    throw new SqsError('InvalidMessageContents', 'Invalid characters found.');
  }
  if (messageBytes(message) > settings.maximumMessageBytes) {
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${settings.maximumMessageBytes} bytes.`,
    );
  }
  checkId('MessageGroupId', message.groupId);
  checkId('MessageDeduplicationId', message.deduplicationId);
  checkDelay(message, settings);
  if (settings.fifo) checkFifo(message, settings);
  else if (message.deduplicationId !== undefined) throw notForThisType('MessageDeduplicationId');
}

/** Body and attributes count alike against the limits. */
export function messageBytes({ body, attributes }: NewMessage): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      sum +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      Buffer.byteLength(StringValue) +
      Buffer.byteLength(BinaryValue, 'base64'),
    Buffer.byteLength(body),
  );
}

function checkFifo(message: NewMessage, settings: QueueSettings): void {
  if (message.groupId === undefined) throw missingParameter('MessageGroupId');
  if (message.deduplicationId === undefined && !settings.contentBasedDeduplication) {
    throw invalidParameter(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
}

function checkDelay({ delayMs }: NewMessage, { fifo }: QueueSettings): void {
  if (delayMs === undefined) return;
  if (fifo && delayMs > 0) throw notForThisType('DelaySeconds');
  if (delayMs < 0 || delayMs > MAX_DELAY_MS || delayMs % 1000 !== 0) {
    throw invalidParameter(
      `Value ${delayMs / 1000} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
  }
}

function checkId(name: string, id: string | undefined): void {
  if (id === undefined || ID.test(id)) return;
  throw invalidParameter(
    `Value ${id} for parameter ${name} is invalid. Reason: ${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}

const notForThisType = (name: string) =>
  invalidParameter(
    `Value for parameter ${name} is invalid. Reason: The request include parameter that is not valid for this queue type.`,
  );
