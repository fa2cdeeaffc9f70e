// A table's stream waking a function: order, filters, bisecting, giving up, and going on where it left off.
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDurable } from '../../../../local/durable.ts';
import { puppetAssembly } from '../puppet-assembly.ts';
import { type Act, type Call, type PuppetCloud, startPuppetCloud } from '../puppet-cloud.ts';

describe('a stream that wakes a function', () => {
  const dynamoDb = new DynamoDBClient({
    endpoint: inject('dynamoDbUrl'),
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
  });
  let puppets: PuppetCloud;
  beforeEach(async () => {
    const assemblyDir = await puppetAssembly();
    puppets = await startPuppetCloud({ assemblyDir, dynamoDbUrl: inject('dynamoDbUrl') });
  });
  afterEach(() => puppets.close());

  const put = (sk: string, entity = 'JournalEntry') =>
    dynamoDb.send(
      new PutItemCommand({
        TableName: puppets.tableName,
        Item: {
          pk: { S: 'p' },
          sk: { S: sk },
          entity: { S: entity },
          amount: { N: '2000' },
          nested: { M: { list: { L: [{ BOOL: true }, { NULL: true }] } } },
          bytes: { B: new Uint8Array([1, 2, 3]) },
        },
      }),
    );
  const keysOf = ({ event }: Call) =>
    event.Records.map(({ dynamodb }) => dynamodb!.Keys!['sk']!.S!);
  const keys = () => puppets.calls('listener').flatMap(keysOf);
  const failFrom =
    (isPoison: (key: string) => boolean) =>
    (call: Call): Act => {
      const first = call.event.Records.find(({ dynamodb }) => isPoison(dynamodb!.Keys!['sk']!.S!));
      const batchItemFailures = first ? [{ itemIdentifier: first.dynamodb!.SequenceNumber! }] : [];
      return { act: 'return', value: { batchItemFailures } };
    };

  test('gives the function records in the shape of AWS', async () => {
    await put('1');
    await puppets.cloud.idle();

    const [record] = puppets.calls('listener')[0]!.event.Records;
    expect(record).toMatchObject({
      eventID: expect.any(String),
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: expect.stringMatching(/^arn:aws:dynamodb:us-east-1:.*Things\/stream\//),
      dynamodb: {
        Keys: { pk: { S: 'p' }, sk: { S: '1' } },
        NewImage: {
          amount: { N: '2000' },
          nested: { M: { list: { L: [{ BOOL: true }, { NULL: true }] } } },
          bytes: { B: 'AQID' },
        },
        SequenceNumber: expect.stringMatching(/^\d+$/),
        StreamViewType: 'NEW_IMAGE',
      },
    });
    const ageSeconds = puppets.clock.now() / 1000 - record!.dynamodb!.ApproximateCreationDateTime!;
    // DynamoDB Local rounds it down to the minute.
    expect(ageSeconds).toBeGreaterThanOrEqual(0);
    expect(ageSeconds).toBeLessThan(90);
  });

  test('wakes it for what the filter wants, in the order of writing, and for nothing else', async () => {
    await put('1');
    await put('2', 'Payment');
    await put('3');
    await put('3');
    await put('4');
    await puppets.cloud.idle();

    expect(keys()).toEqual(['1', '3', '4']);
  });

  test('isolates one poisoned record, keeps the others in order, and tells where the poison lies', async () => {
    puppets.direct('listener', (call) =>
      keysOf(call).includes('5') ? { act: 'throw', value: 'poison' } : { act: 'return' },
    );
    for (let index = 1; index <= 9; index += 1) await put(`${index}`);
    await puppets.cloud.idle();

    const handled = puppets
      .calls('listener')
      .map(keysOf)
      .filter((batch) => !batch.includes('5'))
      .flat();
    expect(handled).toEqual(['1', '2', '3', '4', '6', '7', '8', '9']);
    const alone = puppets.calls('listener').filter((call) => keysOf(call).join() === '5');
    expect(alone).toHaveLength(3);
    const { SequenceNumber } = alone[0]!.event.Records[0]!.dynamodb!;
    const unheard = puppets.cloud.queue('unheard').peek();
    expect(unheard.map(({ body }) => JSON.parse(body))).toMatchObject([
      {
        version: '1.0',
        requestContext: {
          functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:listener:$LATEST',
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 3,
        },
        responseContext: { statusCode: 200, functionError: 'Unhandled' },
        DDBStreamBatchInfo: {
          batchSize: 1,
          startSequenceNumber: SequenceNumber,
          endSequenceNumber: SequenceNumber,
          streamArn: expect.stringContaining('/stream/'),
        },
      },
    ]);
  });

  test('goes on after the part of a batch that the function reports as handled', async () => {
    puppets.direct(
      'listener',
      failFrom((key) => key === '3'),
    );
    for (let index = 1; index <= 6; index += 1) await put(`${index}`);
    await puppets.cloud.idle();

    const afterTheFirst = puppets.calls('listener').slice(1).flatMap(keysOf);
    expect(afterTheFirst).not.toContain('1');
    expect(keys().slice(-3)).toEqual(['4', '5', '6']);
    expect(puppets.cloud.queue('unheard').peek()).toHaveLength(1);
  });

  test('tries again what fails for a moment, and gives nothing up', async () => {
    let failures = 2;
    puppets.direct('listener', () => {
      failures -= 1;
      return failures >= 0 ? { act: 'throw', value: 'not now' } : { act: 'return' };
    });
    await put('1');
    await puppets.cloud.idle();

    expect(keys()).toEqual(['1', '1', '1']);
    expect(puppets.cloud.queue('unheard').peek()).toEqual([]);
  });

  test('goes on after a restart with what was written meanwhile, and repeats nothing', async () => {
    const durable = () => openDurable(dataDir, 'cloud');
    const dataDir = mkdtempSync(join(tmpdir(), 'stream-source-'));
    const options = { assemblyDir: await puppetAssembly(), dynamoDbUrl: inject('dynamoDbUrl') };
    const first = await startPuppetCloud({ ...options, durable: durable() });
    await puppets.close();
    puppets = first;
    await put('before');
    await first.cloud.idle();
    await first.close();
    await put('meanwhile');

    const tablePrefix = first.tableName.replace(/Things$/, '');
    puppets = await startPuppetCloud({ ...options, durable: durable(), tablePrefix });
    await put('after');
    await puppets.cloud.idle();

    expect(first.calls('listener').flatMap(keysOf)).toEqual(['before']);
    expect(keys()).toEqual(['meanwhile', 'after']);
  });
});
