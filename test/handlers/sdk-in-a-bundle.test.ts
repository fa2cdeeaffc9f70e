// What a bundle keeps of the AWS SDK works: real calls and real errors, from a process of its own.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, it } from 'vitest';
import { bundleFunctions } from '../../lib/bundling/bundle-functions.ts';
import { json, startLocalServer } from '../builders/local-server.ts';
import { makeTables } from '../builders/tables.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

const root = join(import.meta.dirname, '../..');

/** What a handler of this text answers, bundled as ours are and run in a Node of its own. */
async function answerOf(text: string, env: Record<string, string>): Promise<unknown> {
  const [handlersRoot, distRoot] = [temporaryFolder(), temporaryFolder()];
  writeFileSync(join(handlersRoot, 'probe.ts'), text.replaceAll('~/', `${root}/lambdas/adapters/`));
  await bundleFunctions({ handlersRoot, distRoot, names: ['probe'] });
  const script = `
    const { handler } = await import(${JSON.stringify(join(distRoot, 'probe/index.mjs'))});
    console.log(JSON.stringify(await handler()));
  `;
  const args = ['--input-type=module', '--eval', script];
  const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { AWS_REGION: 'us-east-1', ...credentials, ...env },
  });
  return JSON.parse(stdout);
}

describe('a bundle', () => {
  it('tells conflicts of the tables from success, and other errors by their names', async () => {
    const url = inject('dynamoDbUrl');
    const { names } = await makeTables(url);

    const answer = await answerOf(tableProbe, {
      AWS_ENDPOINT_URL_DYNAMODB: url,
      USERS: names.users,
      TRANSACTIONS: names.transactions,
    });

    expect(answer).toEqual({
      saves: ['saved', 'conflict'],
      commits: ['done', 'handled_before'],
      begins: ['new', 'unsettled'],
      missing: { name: 'ResourceNotFoundException', status: 400, isError: true },
    });
  });

  it('finds the tables of every partition of AWS', async () => {
    expect(await answerOf(regionProbe, {})).toEqual([
      'dynamodb.eu-central-1.amazonaws.com',
      'dynamodb.mx-central-1.amazonaws.com',
      'dynamodb.cn-north-1.amazonaws.com.cn',
      'dynamodb.us-gov-west-1.amazonaws.com',
    ]);
  });

  it('sends to a queue, and names the error of one that is not there', async () => {
    const error = { __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'No such queue.' };
    const queue = await startLocalServer(json(400, error));

    const answer = await answerOf(queueProbe, { QUEUE_URL: `${queue.url}/1/due` });
    await queue.close();

    expect(answer).toEqual({ name: 'QueueDoesNotExist', message: 'No such queue.' });
    expect(queue.received.map(({ headers }) => headers['x-amz-target'])).toEqual([
      'AmazonSQS.SendMessage',
    ]);
  });
});

const regionProbe = `
import { newDocumentClient } from '~/dynamodb/client.ts';

export const handler = () => {
  const { endpointProvider } = newDocumentClient().config;
  const at = (Region) => endpointProvider({ Region, UseFIPS: false, UseDualStack: false }).url.host;
  return ['eu-central-1', 'mx-central-1', 'cn-north-1', 'us-gov-west-1'].map(at);
};
`;

const tableProbe = `
import { newDocumentClient } from '~/dynamodb/client.ts';
import { dynamoStores } from '~/dynamodb/stores.ts';

const address = { pageId: '1', psid: '2' };
const link = { fingerprint: 'f', version: 1, purpose: { kind: 'settings' }, personId: 'per_1', address, createdAtMs: 1, expiresAtMs: 2 } as const;
const event = { eventId: 'm_1', address, replies: [], atMs: 1 };
const conversation = { address, version: 1, lastInboundAtMs: 1 };

export async function handler() {
  const documents = newDocumentClient();
  const stores = dynamoStores(documents, { users: process.env.USERS, transactions: process.env.TRANSACTIONS });
  const twice = async (act) => [await act(), await act()];
  const nowhere = dynamoStores(documents, { users: 'Nowhere', transactions: 'Nowhere' });
  return {
    saves: await twice(() => stores.links.save(link)),
    commits: await twice(() => stores.conversations.commit(event, conversation)),
    begins: await twice(() => stores.providerEvents.begin('evt_1', 1)),
    missing: await nowhere.links.get('f').catch((error) => ({
      name: error.name,
      status: error.$metadata.httpStatusCode,
      isError: error instanceof Error,
    })),
  };
}
`;

const queueProbe = `
import { createSqsClient } from '~/aws/sqs-client.ts';
import { createDueQueue } from '~/aws/due-queue.ts';

export const handler = () =>
  createDueQueue(createSqsClient(), process.env.QUEUE_URL)
    .wake('pay_1', 1)
    .catch(({ name, message }) => ({ name, message }));
`;
