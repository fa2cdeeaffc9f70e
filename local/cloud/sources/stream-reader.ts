// Reads a DynamoDB stream shard by shard, parents first, from where it left off.
//
// DynamoDB Local continues the same stream, with rising sequence numbers, when it is started again on the same
// directory (tried: after SIGKILL and SIGTERM). So a checkpoint is the sequence number that was handled last. Where a
// checkpoint no longer leads anywhere, reading starts again at the oldest record: consumers see some twice, none never.
import {
  type _Record,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ResourceNotFoundException,
  type Shard,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { DurableMap } from '../../durable.ts';

/** Per shard: what was handled last, and whether the shard has been read to its end. */
export interface Checkpoint {
  sequenceNumber?: string | undefined;
  finished: boolean;
}

export interface StreamReaderOptions {
  client: DynamoDBStreamsClient;
  streamArn: string;
  checkpoints: DurableMap<Checkpoint>;
  /** Records of one shard, in order. When it rejects, the same records are given again. */
  handle(records: _Record[], shardId: string): Promise<void>;
}

export interface StreamReader {
  /**
   * Reads every shard once and handles what it finds; answers how many records that was. Undefined when there may be
   * more that it did not get to see: what is not read yet must not be taken for rest.
   */
  readOnce(): Promise<number | undefined>;
}

const LIST_SHARDS_EVERY_MS = 5_000;
const RECORDS_PER_READ = 1_000;

export function createStreamReader(options: StreamReaderOptions): StreamReader {
  const { client, streamArn, checkpoints } = options;
  const iterators = new Map<string, string>();
  let shards: Shard[] = [];
  let listedAt = Number.NEGATIVE_INFINITY;

  const openShards = async () => {
    if (shards.length === 0 || performance.now() - listedAt > LIST_SHARDS_EVERY_MS) {
      shards = await listShards(client, streamArn);
      listedAt = performance.now();
    }
    const isOpen = (id: string | undefined) =>
      shards.some(({ ShardId }) => ShardId === id) && !checkpoints.get(id ?? '')?.finished;
    return shards.filter(({ ShardId, ParentShardId }) => isOpen(ShardId) && !isOpen(ParentShardId));
  };
  const iteratorOf = async (shardId: string) =>
    iterators.get(shardId) ??
    (await startIterator(options, shardId, checkpoints.get(shardId)?.sequenceNumber));

  const readShard = async (shardId: string) => {
    try {
      const iterator = await iteratorOf(shardId);
      const { Records: records = [], NextShardIterator: next } = await client.send(
        new GetRecordsCommand({ ShardIterator: iterator, Limit: RECORDS_PER_READ }),
      );
      // Until they are handled the iterator stays where it was.
      iterators.set(shardId, iterator);
      if (records.length > 0) await options.handle(records, shardId);
      const sequenceNumber =
        records.at(-1)?.dynamodb?.SequenceNumber ?? checkpoints.get(shardId)?.sequenceNumber;
      if (records.length > 0 || next === undefined) {
        checkpoints.set(shardId, { sequenceNumber, finished: next === undefined });
      }
      if (next === undefined) {
        // Its children are read next.
        listedAt = Number.NEGATIVE_INFINITY;
        return undefined;
      }
      iterators.set(shardId, next);
      return records.length;
    } catch (error) {
      iterators.delete(shardId);
      // An iterator that no longer points anywhere: the next read takes a new one, behind what was handled last.
      if (isStale(error)) return undefined;
      throw error;
    }
  };

  return {
    async readOnce() {
      const open = await openShards();
      const counts = await Promise.all(open.map(({ ShardId = '' }) => readShard(ShardId)));
      return counts.reduce<number | undefined>(
        (sum, count) => (sum === undefined || count === undefined ? undefined : sum + count),
        0,
      );
    },
  };
}

/** DynamoDB Local says "trimmed" of an iterator that it gave before the shard had its first record, too. */
function isStale(error: unknown): boolean {
  return error instanceof ExpiredIteratorException || error instanceof TrimmedDataAccessException;
}

async function listShards(client: DynamoDBStreamsClient, streamArn: string): Promise<Shard[]> {
  const shards: Shard[] = [];
  let ExclusiveStartShardId: string | undefined;
  do {
    const { StreamDescription: description } = await client.send(
      new DescribeStreamCommand({ StreamArn: streamArn, ExclusiveStartShardId }),
    );
    shards.push(...(description?.Shards ?? []));
    ExclusiveStartShardId = description?.LastEvaluatedShardId;
  } while (ExclusiveStartShardId !== undefined);
  return shards;
}

async function startIterator(
  options: StreamReaderOptions,
  shardId: string,
  after: string | undefined,
): Promise<string> {
  const from = { StreamArn: options.streamArn, ShardId: shardId };
  try {
    const { ShardIterator = '' } = await options.client.send(
      new GetShardIteratorCommand(
        after === undefined
          ? { ...from, ShardIteratorType: 'TRIM_HORIZON' }
          : { ...from, ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after },
      ),
    );
    return ShardIterator;
  } catch (error) {
    const lost =
      error instanceof TrimmedDataAccessException || error instanceof ResourceNotFoundException;
    if (!lost || after === undefined) throw error;
    return startIterator(options, shardId, undefined);
  }
}
