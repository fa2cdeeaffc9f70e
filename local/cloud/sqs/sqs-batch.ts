// The rules for requests to SQS that carry several entries.
import { messageBytes } from './check-message.ts';
import type { NewMessage } from './message.ts';
import type { Queue } from './queue.ts';
import { batchError, SqsError } from './sqs-error.ts';

const BATCH_LIMIT = 10;
const ENTRY_ID = /^[A-Za-z0-9_-]{1,80}$/;

/** Refuses a batch whole, for what is wrong with it as a batch. */
export function checkBatch(entries: readonly { Id: string }[]): void {
  if (entries.length === 0) {
    throw batchError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > BATCH_LIMIT) {
    throw batchError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${BATCH_LIMIT}. You have sent ${entries.length}.`,
    );
  }
  const bad = entries.find(({ Id }) => !ENTRY_ID.test(Id));
  if (bad !== undefined) {
    throw batchError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw batchError('BatchEntryIdsNotDistinct', 'Two entries of the batch have the same Id.');
  }
}

/** The limit for one message is the limit for all of a batch together. */
export function checkBatchBytes(messages: NewMessage[], { settings }: Queue): void {
  const bytes = messages.reduce((sum, message) => sum + messageBytes(message), 0);
  if (bytes <= settings.maximumMessageBytes) return;
  throw batchError(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${settings.maximumMessageBytes} bytes. You have sent ${bytes} bytes.`,
  );
}

/** Entries fail one by one; their neighbours go through. */
export function eachEntry<T extends { Id: string }>(
  entries: T[],
  act: (entry: T) => object | void,
) {
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      const { queryCode, message } = error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: queryCode, Message: message });
    }
  }
  return { Successful, Failed };
}
