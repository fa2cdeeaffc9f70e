// Gives one batch of stream records to a function until each is handled or given up, by Lambda's rules for streams.
import { setTimeout as delay } from 'node:timers/promises';
import type { InvocationResult, LambdaFunction } from '../lambda/lambda-function.ts';
import { failedItems } from './batch-response.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import type { StreamRecord } from './stream-record.ts';

export interface BatchContext {
  mapping: EventSourceMapping;
  lambda: LambdaFunction;
  closing: AbortSignal;
  /** Keeps the records that were given up after so many attempts. */
  discard(records: StreamRecord[], result: InvocationResult, attempts: number): void;
}

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;

/**
 * Rejects when closed in between. As on AWS everything from the first failed record on is tried again; a split in two
 * does not count as a retry; a record that is alone and fails beyond the retries is given up, its neighbours are not.
 */
export async function handleStreamBatch(
  records: StreamRecord[],
  context: BatchContext,
): Promise<void> {
  let rest = records;
  let attempts = 0;
  while (rest.length > 0) {
    const result = await context.lambda.invoke({ Records: rest.map(({ event }) => event) });
    context.closing.throwIfAborted();
    const handled = countHandled(rest, result, context.mapping);
    if (handled > 0) {
      rest = rest.slice(handled);
      attempts = 0;
    } else if (context.mapping.bisects && rest.length > 1) {
      const middle = Math.ceil(rest.length / 2);
      await handleStreamBatch(rest.slice(0, middle), context);
      rest = rest.slice(middle);
    } else {
      attempts += 1;
      if (attempts > context.mapping.maximumRetries) {
        context.discard(rest, result, attempts);
        return;
      }
      await delay(Math.min(FIRST_PAUSE_MS * 2 ** attempts, LONGEST_PAUSE_MS));
    }
  }
}

/** How many records from the start were handled: all before the first that failed. */
function countHandled(
  records: StreamRecord[],
  result: InvocationResult,
  mapping: EventSourceMapping,
): number {
  const numbers = records.map(({ sequenceNumber }) => sequenceNumber);
  const failed = failedItems(result, numbers, mapping.reportsItemFailures);
  const first = numbers.findIndex((number) => failed.has(number));
  return first === -1 ? records.length : first;
}
