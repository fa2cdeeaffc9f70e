// Feeds the records of a DynamoDB stream to a function, in order, and remembers how far it got.
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { LocalClock } from '../../clock.ts';
import type { Durable } from '../../durable.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import type { QueueDirectory } from '../sqs/queue-directory.ts';
import type { TableStream } from '../tables/create-tables.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import { toFailureRecord } from './failure-record.ts';
import { matchesAny } from './filter-pattern.ts';
import { startPolling } from './polling.ts';
import type { Source } from './source.ts';
import { handleStreamBatch } from './stream-batch.ts';
import { createStreamReader } from './stream-reader.ts';
import { type StreamRecord, toStreamRecord } from './stream-record.ts';

export interface StreamSourceOptions {
  mapping: EventSourceMapping;
  stream: TableStream;
  lambda: LambdaFunction;
  client: DynamoDBStreamsClient;
  queues: QueueDirectory;
  clock: LocalClock;
  durable: Durable;
  /** A line for the log when the stream cannot be read or a record is given up. */
  onTrouble(line: string): void;
}

const DEFAULT_BATCH_SIZE = 100;

export interface StreamSource extends Source {
  /** Reads soon, and often for a while: something has just run that may have written. */
  wake(): void;
}

export function startStreamSource(options: StreamSourceOptions): StreamSource {
  const { mapping, stream, client, durable } = options;
  const closing = new AbortController();
  let handling = 0;
  const reader = createStreamReader({
    client,
    streamArn: stream.localArn,
    checkpoints: durable.map(`stream:${mapping.id}`),
    async handle(given, shardId) {
      handling += 1;
      const records = given.map((one) => toStreamRecord(one, stream.arn, clockLead(options)));
      const batching = { ...options, shardId, closing: closing.signal };
      await handleInBatches(records, batching).finally(() => {
        handling -= 1;
      });
    },
  });
  const polling = startPolling(async () => {
    try {
      return await reader.readOnce();
    } catch (error) {
      if (!closing.signal.aborted) options.onTrouble(`${mapping.id}: ${String(error)}`);
      return undefined;
    }
  });
  return {
    wake: polling.wake,
    lookAgain: polling.lookAgain,
    atRest: () => handling === 0,
    async close() {
      closing.abort();
      await polling.close();
    },
  };
}

interface Batching extends StreamSourceOptions {
  shardId: string;
  closing: AbortSignal;
}

async function handleInBatches(records: StreamRecord[], batching: Batching): Promise<void> {
  const { mapping } = batching;
  const wanted = records.filter(({ event }) => matchesAny(mapping.filters, event));
  const size = mapping.batchSize ?? DEFAULT_BATCH_SIZE;
  for (let start = 0; start < wanted.length; start += size) {
    await handleStreamBatch(wanted.slice(start, start + size), {
      ...batching,
      discard: (given, result, attempts) => discard({ records: given, result, attempts }, batching),
    });
  }
}

function discard(
  given: Pick<Parameters<typeof toFailureRecord>[0], 'records' | 'result' | 'attempts'>,
  { mapping, stream, lambda, queues, clock, shardId, onTrouble }: Batching,
): void {
  const record = toFailureRecord({
    ...given,
    shardId,
    lambda,
    streamArn: stream.arn,
    nowMs: clock.now(),
  });
  onTrouble(`${mapping.id} gave up ${given.records.length} records`);
  if (mapping.failureDestinationArn === undefined) return;
  queues
    .byArn(mapping.failureDestinationArn)
    .send({ body: JSON.stringify(record), attributes: {} });
}

/** DynamoDB Local reads the computer's clock; ours may be ahead of it. */
const clockLead = ({ clock }: StreamSourceOptions) => clock.now() - Date.now();
