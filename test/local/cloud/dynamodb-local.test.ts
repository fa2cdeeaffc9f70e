// DynamoDB Local: it ends with whoever started it, keeps what it answered for, and says what it lacks.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { startDynamoDbLocal } from '../../../local/cloud/dynamodb-local.ts';
import { startChild } from '../../builders/child.ts';

const MODULE = join(import.meta.dirname, '../../../local/cloud/dynamodb-local.ts');
const START_AND_WAIT = `
const { startDynamoDbLocal } = await import(${JSON.stringify(MODULE)});
const { url } = await startDynamoDbLocal(process.argv[1] ? { dataDir: process.argv[1] } : {});
console.log(url);
setInterval(() => {}, 1000);
`;

describe('DynamoDB Local', { timeout: 60_000 }, () => {
  test('dies with a process that is killed, and a new one finds every item that was answered for', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'dynamodb-local-'));
    const child = await startChild(['--input-type=module', '-e', START_AND_WAIT, dataDir]);
    const url = child.firstLine;
    const before = client(url);
    await before.send(
      new CreateTableCommand({
        TableName: 'Kept',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      }),
    );
    await before.send(new PutItemCommand({ TableName: 'Kept', Item: { pk: { S: 'a' } } }));

    await child.kill();
    await expect.poll(() => answers(url)).toBe(false);

    const next = await startDynamoDbLocal({ dataDir });
    const { Item } = await client(next.url).send(
      new GetItemCommand({ TableName: 'Kept', Key: { pk: { S: 'a' } } }),
    );
    await next.stop();
    expect(Item).toEqual({ pk: { S: 'a' } });
    expect(await answers(next.url)).toBe(false);
  });

  test('says what to install where there is no Java', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', START_AND_WAIT], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: tmpdir() },
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const [code] = (await once(child, 'close')).map(Number);

    expect(code).toBe(1);
    expect(said).toMatch(/needs Java 17.*openjdk-17-jre-headless.*DYNAMODB_URL/s);
  });
});

const client = (endpoint: string | undefined) =>
  new DynamoDBClient({
    ...(endpoint !== undefined && { endpoint }),
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
  });

async function answers(url: string | undefined): Promise<boolean> {
  try {
    await fetch(url ?? '');
    return true;
  } catch {
    return false;
  }
}
