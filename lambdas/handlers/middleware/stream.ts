// The stack of the function that a table's stream wakes: items go side by side, one item's records in order.
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import middyStack from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { nameInvocation } from '../../wiring/logger.ts';
import { reportRecord } from './report-record.ts';

/**
 * `handle` throws for a record that is to come again. The stream then hands out everything from the earliest failure on
 * once more, so `handle` must be one that twice is once.
 */
export function stream(handle: (record: DynamoDBRecord) => Promise<void>) {
  return middyStack<DynamoDBStreamEvent, DynamoDBBatchResponse>()
    .before(({ context }) => nameInvocation(context))
    .handler(async (event) => {
      const items = Map.groupBy(event.Records, partitionOf);
      const responses = await Promise.all(
        [...items.values()].map((records) => processInOrder(records, handle)),
      );
      return { batchItemFailures: responses.flatMap((response) => response.batchItemFailures) };
    });
}

/** A payment and its journal share a partition, and what is told of it must be told in order. */
function partitionOf(record: DynamoDBRecord): string {
  return record.dynamodb?.Keys?.['pk']?.S ?? '';
}

function processInOrder(
  records: DynamoDBRecord[],
  handle: (record: DynamoDBRecord) => Promise<void>,
) {
  let hasFailed = false;
  const handleInTurn = async (record: DynamoDBRecord) => {
    if (hasFailed) throw new Error('Waits for an earlier record of the same partition');
    try {
      await reportRecord(record.eventID ?? 'unnamed', () => handle(record));
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  };
  const processor = new BatchProcessor(EventType.DynamoDBStreams);
  return processPartialResponse({ Records: records }, handleInTurn, processor, {
    processInParallel: false,
    throwOnFullBatchFailure: false,
  });
}
