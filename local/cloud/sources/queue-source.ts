// Feeds a queue's messages to a function in batches, and deletes those that it handled.
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { LocalClock } from '../../clock.ts';
import { type LambdaFunction, MAX_SANDBOXES } from '../lambda/lambda-function.ts';
import type { MessageAttributes, ReceivedMessage } from '../sqs/message.ts';
import { md5OfBody } from '../sqs/message-digest.ts';
import type { Queue } from '../sqs/queue.ts';
import { systemAttributes } from '../sqs/attributes.ts';
import { failedItems } from './batch-response.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import { type FilterPattern, matchesAny } from './filter-pattern.ts';
import type { Source } from './source.ts';

export interface QueueSourceOptions {
  mapping: EventSourceMapping;
  queue: Queue;
  lambda: LambdaFunction;
  clock: LocalClock;
}

const DEFAULT_BATCH_SIZE = 10;

/** Starts at once. A batch that fails is visible again when the queue's visibility timeout has passed, as on AWS. */
export function startQueueSource({ mapping, queue, lambda, clock }: QueueSourceOptions): Source {
  const concurrency = Math.min(mapping.maximumConcurrency ?? MAX_SANDBOXES, MAX_SANDBOXES);
  const running = new Set<Promise<void>>();
  const closing = new AbortController();
  let alarm = new AbortController();

  const handle = async (batch: ReceivedMessage[]) => {
    const wanted = batch.filter((received) => isWanted(received, mapping.filters));
    const dropped = batch.filter((received) => !wanted.includes(received));
    for (const { receiptHandle } of dropped) queue.delete(receiptHandle);
    if (wanted.length === 0) return;
    const result = await lambda.invoke(toEvent(wanted, queue));
    // Closing ends handlers in the middle: what they held is received again after the next start.
    if (closing.signal.aborted) return;
    const ids = wanted.map(({ message }) => message.id);
    const failed = failedItems(result, ids, mapping.reportsItemFailures);
    for (const { receiptHandle, message } of wanted) {
      if (failed.has(message.id)) queue.putBack(receiptHandle);
      else queue.delete(receiptHandle);
    }
  };
  const pump = () => {
    while (!closing.signal.aborted && running.size < concurrency) {
      const batch = queue.receive(mapping.batchSize ?? DEFAULT_BATCH_SIZE, 'hold');
      if (batch.length === 0) break;
      const work = handle(batch).finally(() => {
        running.delete(work);
        pump();
      });
      running.add(work);
    }
    setAlarm();
  };
  const setAlarm = () => {
    alarm.abort();
    const nextMs = queue.nextVisibleAtMs();
    if (closing.signal.aborted || nextMs === undefined) return;
    alarm = new AbortController();
    void pumpAt(nextMs, alarm.signal);
  };
  const pumpAt = async (atMs: number, signal: AbortSignal) => {
    await clock.waitUntil(atMs, signal);
    if (!signal.aborted) pump();
  };

  queue.onChange(pump);
  pump();
  return {
    lookAgain: async () => pump(),
    atRest: () => running.size === 0 && !queue.ready(),
    async close() {
      closing.abort();
      alarm.abort();
      await Promise.all(running);
    },
  };
}

const toEvent = (batch: ReceivedMessage[], queue: Queue): SQSEvent => ({
  Records: batch.map((received) => toRecord(received, queue)),
});

function toRecord({ receiptHandle, message }: ReceivedMessage, { settings }: Queue): SQSRecord {
  return {
    messageId: message.id,
    receiptHandle,
    body: message.body,
    attributes: {
      ...systemAttributes(message),
      ApproximateReceiveCount: String(message.receiveCount),
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAtMs),
      SentTimestamp: String(message.sentAtMs),
      SenderId: 'AIDALOCAL',
    },
    messageAttributes: toRecordAttributes(message.attributes),
    md5OfBody: md5OfBody(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: settings.arn,
    awsRegion: settings.arn.split(':')[3] ?? '',
  };
}

const toRecordAttributes = (attributes: MessageAttributes): SQSRecord['messageAttributes'] =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        dataType: dataTypeOf(DataType),
        stringListValues: [],
        binaryListValues: [],
        ...(StringValue !== undefined && { stringValue: StringValue }),
        ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
      },
    ]),
  );

/** Custom types such as `Number.cents` keep their label on AWS; the event's type knows only the three. */
function dataTypeOf(dataType: string): 'String' | 'Number' | 'Binary' {
  if (dataType.startsWith('Number')) return 'Number';
  return dataType.startsWith('Binary') ? 'Binary' : 'String';
}

/** A pattern looks into a body that is a JSON object, and then only into those, or at the body as a text. */
function isWanted({ message }: ReceivedMessage, filters: FilterPattern[]): boolean {
  const body = parsedBody(message.body);
  const fitting = filters.filter(
    (filter) =>
      Array.isArray(filter) || Array.isArray(filter['body']) === (typeof body === 'string'),
  );
  return filters.length === 0 || (fitting.length > 0 && matchesAny(fitting, { body }));
}

function parsedBody(body: string): unknown {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? parsed : body;
  } catch {
    return body;
  }
}
