// What a reader of streams must not take for an empty stream: moments that DynamoDB Local shows too seldom to wait for.
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, test } from 'vitest';
import { openDurable } from '../../../../local/durable.ts';
import {
  type Checkpoint,
  createStreamReader,
} from '../../../../local/cloud/sources/stream-reader.ts';

const client = new DynamoDBStreamsClient({});
const streams = mockClient(client);
const trimmed = new TrimmedDataAccessException({ message: 'trimmed', $metadata: {} });
const record = { dynamodb: { SequenceNumber: '100' } };

function reader() {
  const handled: string[] = [];
  const { readOnce } = createStreamReader({
    client,
    streamArn: 'arn:stream',
    checkpoints: openDurable(undefined, 'cloud').map<Checkpoint>('stream'),
    async handle(records, shardId) {
      handled.push(...records.map(({ dynamodb }) => `${shardId} ${dynamodb?.SequenceNumber}`));
    },
  });
  return { readOnce, handled };
}

const shards = (...ShardIds: string[]) => ({
  StreamDescription: {
    Shards: ShardIds.map((ShardId, index) => ({ ShardId, ParentShardId: ShardIds[index - 1] })),
  },
});

describe('a reader of streams', () => {
  test('has not looked when its iterator is called trimmed, and looks with a new one', async () => {
    streams.reset();
    streams.on(DescribeStreamCommand).resolves(shards('a'));
    streams
      .on(GetShardIteratorCommand)
      .resolvesOnce({ ShardIterator: 'old' })
      .resolves({ ShardIterator: 'new' });
    streams.on(GetRecordsCommand, { ShardIterator: 'old' }).rejects(trimmed);
    streams
      .on(GetRecordsCommand, { ShardIterator: 'new' })
      .resolves({ Records: [record], NextShardIterator: 'next' });
    const { readOnce, handled } = reader();

    expect(await readOnce()).toBeUndefined();
    expect(await readOnce()).toBe(1);
    expect(handled).toEqual(['a 100']);
  });

  test('has not seen all when a shard has ended, and goes on with its child', async () => {
    streams.reset();
    streams.on(DescribeStreamCommand).resolves(shards('a', 'b'));
    streams
      .on(GetShardIteratorCommand, { ShardId: 'a' })
      .resolves({ ShardIterator: 'in a' })
      .on(GetShardIteratorCommand, { ShardId: 'b' })
      .resolves({ ShardIterator: 'in b' });
    streams.on(GetRecordsCommand, { ShardIterator: 'in a' }).resolves({ Records: [] });
    streams
      .on(GetRecordsCommand, { ShardIterator: 'in b' })
      .resolves({ Records: [record], NextShardIterator: 'next' });
    const { readOnce, handled } = reader();

    expect(await readOnce()).toBeUndefined();
    expect(await readOnce()).toBe(1);
    expect(handled).toEqual(['b 100']);
  });

  test('lists the shards of a stream that had none at its first look', async () => {
    streams.reset();
    streams.on(DescribeStreamCommand).resolvesOnce(shards()).resolves(shards('a'));
    streams.on(GetShardIteratorCommand).resolves({ ShardIterator: 'first' });
    streams.on(GetRecordsCommand).resolves({ Records: [record], NextShardIterator: 'next' });
    const { readOnce } = reader();

    expect(await readOnce()).toBe(0);
    expect(await readOnce()).toBe(1);
  });
});
