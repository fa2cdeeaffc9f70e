// The stack of functions that a queue wakes: each record stands alone, groups go side by side, a group's own in order.
import {
  BatchProcessor,
  EventType,
  processPartialResponse,
  SqsFifoPartialProcessorAsync,
} from '@aws-lambda-powertools/batch';
import middyStack from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { nameInvocation } from '../../wiring/logger.ts';
import { reportRecord } from './report-record.ts';

export interface QueueRecord {
  readonly id: string;
  readonly body: string;
  /** How often it has been handed out, this time included. */
  readonly receiveCount: number;
}

/**
 * `handle` throws for a record that is to come again (`RetryLater` for an expected wait). In a FIFO queue the later
 * records of its group then wait with it; everybody else's are done. A group of which
 * every body `goesFirst` is done before any other begins.
 */
export function queue(
  handle: (record: QueueRecord) => Promise<void>,
  goesFirst: (body: string) => boolean = () => false,
) {
  const handleRecord = (record: SQSRecord) =>
    reportRecord(record.messageId, () => handle(toQueueRecord(record)));

  return middyStack<SQSEvent, SQSBatchResponse>()
    .before(({ context }) => nameInvocation(context))
    .handler(async (event) => {
      const { groups, alone } = divide(event.Records);
      const inOrder = (records: SQSRecord[]) => processInOrder(records, handleRecord);
      const isFirst = (records: SQSRecord[]) => records.every(({ body }) => goesFirst(body));
      const first = await Promise.all(groups.filter(isFirst).map(inOrder));
      const rest = await Promise.all([
        processAlone(alone, handleRecord),
        ...groups.filter((records) => !isFirst(records)).map(inOrder),
      ]);
      const responses = [...first, ...rest];
      return { batchItemFailures: responses.flatMap((response) => response.batchItemFailures) };
    });
}

type RecordHandler = (record: SQSRecord) => Promise<void>;

/** Standard queues: no record has to do with another. */
function processAlone(records: SQSRecord[], handle: RecordHandler) {
  const processor = new BatchProcessor(EventType.SQS);
  return processPartialResponse({ Records: records }, handle, processor, {
    throwOnFullBatchFailure: false,
  });
}

/** One group: after the first that fails, the rest is put back without being tried. */
function processInOrder(records: SQSRecord[], handle: RecordHandler) {
  const processor = new SqsFifoPartialProcessorAsync();
  return processPartialResponse({ Records: records }, handle, processor, {
    skipGroupOnError: true,
    throwOnFullBatchFailure: false,
  });
}

function divide(records: readonly SQSRecord[]): { groups: SQSRecord[][]; alone: SQSRecord[] } {
  const groups = Map.groupBy(records, (record) => record.attributes.MessageGroupId);
  const alone = groups.get(undefined) ?? [];
  groups.delete(undefined);
  return { groups: [...groups.values()], alone };
}

function toQueueRecord(record: SQSRecord): QueueRecord {
  return {
    id: record.messageId,
    body: record.body,
    receiveCount: Number(record.attributes.ApproximateReceiveCount),
  };
}
