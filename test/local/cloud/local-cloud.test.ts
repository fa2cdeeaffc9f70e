// The local cloud as a whole: what it refuses to start, what survives a kill, and the real SDK inside a function.
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { createLocalClock } from '../../../local/clock.ts';
import { startLocalCloud } from '../../../local/cloud/local-cloud.ts';
import { openDurable } from '../../../local/durable.ts';
import { startChild } from '../../builders/child.ts';
import { puppetAssembly } from './puppet-assembly.ts';
import { type PuppetCloud, startPuppetCloud } from './puppet-cloud.ts';

const credentials = { accessKeyId: 'x', secretAccessKey: 'y' };
const dynamoDbUrl = inject('dynamoDbUrl');
const dynamoDb = new DynamoDBClient({ endpoint: dynamoDbUrl, region: 'us-east-1', credentials });

describe('the local cloud', () => {
  const running: { close(): Promise<void> }[] = [];
  // The first to ask waits for the CDK.
  beforeAll(() => puppetAssembly());
  afterEach(async () => {
    for (const cloud of running.splice(0)) await cloud.close();
  });
  const start = async (options: { dataDir?: string; tablePrefix?: string } = {}) => {
    const puppets = await startPuppetCloud({
      assemblyDir: await puppetAssembly(),
      dynamoDbUrl,
      durable: openDurable(options.dataDir, 'cloud'),
      ...(options.tablePrefix !== undefined && { tablePrefix: options.tablePrefix }),
    });
    running.push(puppets);
    return puppets;
  };

  test('makes the tables of the templates, with indexes, stream and expiry', async () => {
    const puppets = await start();

    const { Table } = await dynamoDb.send(
      new DescribeTableCommand({ TableName: puppets.tableName }),
    );

    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [{ IndexName: 'due', Projection: { ProjectionType: 'KEYS_ONLY' } }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    });
  });

  test('refuses a table that it finds with other keys, and says what to do', async () => {
    const tablePrefix = `${randomUUID()}-`;
    await dynamoDb.send(
      new CreateTableCommand({
        TableName: `${tablePrefix}Things`,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );

    await expect(start({ tablePrefix })).rejects.toThrow(/HASH id.*Start with an empty DATA_DIR/s);
  });

  test('refuses a resource type that it would silently not run', async () => {
    const { App, CfnResource, Stack } = await import('aws-cdk-lib');
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'unknown-type-')) });
    const bucket = new CfnResource(new Stack(app, 'Work'), 'Extra', { type: 'AWS::S3::Bucket' });
    expect(bucket.cfnResourceType).toBe('AWS::S3::Bucket');
    const assemblyDir = app.synth().directory;

    const starting = startPuppetCloud({ assemblyDir, dynamoDbUrl });

    await expect(starting).rejects.toThrow(/Work\/Extra \(AWS::S3::Bucket\) cannot run/);
  });

  test('refuses a directory without an assembly', async () => {
    const options = {
      clock: createLocalClock(),
      durable: openDurable(undefined, 'cloud'),
      dynamoDbUrl,
      tablePrefix: `${randomUUID()}-`,
      publicUrl: 'http://localhost',
    };
    const empty = startLocalCloud({ ...options, assemblyDir: tmpdir() });
    await expect(empty).rejects.toThrow(/no CDK assembly/);
  });

  test('finds a queue by its name or logical id, and says so when there is none', async () => {
    const puppets = await start();

    expect(() => puppets.cloud.queue('nobody')).toThrow(/queue does not exist/);
    expect(puppets.cloud.queue('chat.fifo').settings.arn).toMatch(/:chat\.fifo$/);
    expect(puppets.cloud.queue('Chat').settings.name).toBe('chat.fifo');
  });

  test('loses no queued message to kill -9, and gives what was in flight again', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'killed-cloud-'));
    const tablePrefix = `${randomUUID()}-`;
    const puppets = await start();
    // A door of the test's own, that holds each handler of the killed process in the middle.
    const held: string[] = [];
    puppets.direct('chat-worker', async ({ event }) => {
      held.push(...event.Records.map(({ body }) => body));
      await new Promise(() => undefined);
      return { act: 'return' };
    });
    const child = await startCloud({ dataDir, tablePrefix, puppeteerUrl: puppets.puppeteerUrl });
    const sqs = new SQSClient({ endpoint: child.firstLine, region: 'us-east-1', credentials });
    const send = (name: string, MessageBody: string, more: object = {}) =>
      sqs.send(
        new SendMessageCommand({
          QueueUrl: `${child.firstLine}/000000000000/${name}`,
          MessageBody,
          ...more,
        }),
      );
    for (let index = 0; index < 5; index += 1) {
      await send('chat.fifo', `${index}`, {
        MessageGroupId: 'ann',
        MessageDeduplicationId: `${index}`,
      });
      await send('shelf', `${index}`);
    }
    await send('work', 'later', { DelaySeconds: 900 });
    await expect.poll(() => (held.length > 0 ? 'held' : child.complaints())).toBe('held');
    await child.kill();

    const survivor = await start({ dataDir, tablePrefix });
    await survivor.cloud.idle();

    const handled = survivor
      .calls('chat-worker')
      .flatMap(({ event }) => event.Records.map(({ body }) => body));
    expect(handled).toEqual(['0', '1', '2', '3', '4']);
    const { cloud, clock } = survivor;
    cloud
      .queue('chat.fifo')
      .send({ body: 'the same', attributes: {}, groupId: 'ann', deduplicationId: '0' });
    expect(cloud.queue('chat.fifo').peek()).toEqual([]);
    expect(
      cloud
        .queue('shelf')
        .peek()
        .map(({ body }) => body),
    ).toEqual(['0', '1', '2', '3', '4']);
    expect(cloud.queue('work').counts()).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
    clock.advance(900_000);
    await cloud.idle();
    expect(survivor.calls('worker')).toHaveLength(1);
  });

  test('lets the real SDK in a function reach table, queue and secret, and the stream tells of it', async () => {
    const puppets = await start();

    const result = await puppets.cloud.invoke('courier', { body: 'parcel' });
    await puppets.cloud.idle();

    expect(result).toMatchObject({ kind: 'returned', payload: { secretKey: 'sk_test_local' } });
    expect(puppets.cloud.queue('shelf').peek()).toMatchObject([{ body: 'parcel' }]);
    const [record] = puppets.calls('listener')[0]!.event.Records;
    expect(record!.dynamodb!.Keys).toEqual({ pk: { S: 'courier' }, sk: { S: 'parcel' } });
  });

  test('is at rest only when what its functions set in motion has ended too', async () => {
    const puppets: PuppetCloud = await start();
    let left = 5;
    puppets.direct('worker', () => {
      left -= 1;
      if (left > 0) puppets.cloud.queue('work').send({ body: `${left}`, attributes: {} });
      return { act: 'return' };
    });
    puppets.cloud.queue('work').send({ body: 'first', attributes: {} });

    await puppets.cloud.idle();

    expect(left).toBe(0);
    expect(puppets.calls('worker')).toHaveLength(5);
  });
});

interface ChildOptions {
  dataDir: string;
  tablePrefix: string;
  puppeteerUrl: string;
}

async function startCloud({ dataDir, tablePrefix, puppeteerUrl }: ChildOptions) {
  const script = join(import.meta.dirname, 'cloud-process.ts');
  const assemblyDir = await puppetAssembly();
  return startChild([script, assemblyDir, dataDir, dynamoDbUrl, puppeteerUrl, tablePrefix]);
}
