// The whole of Tender on one machine: the synthesized app, DynamoDB Local, and stand-ins for Messenger and Stripe.
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { createLocalClock, type LocalClock } from './clock.ts';
import { startDynamoDbLocal } from './cloud/dynamodb-local.ts';
import { type LocalCloud, type LogEntry, startLocalCloud } from './cloud/local-cloud.ts';
import { type Durable, openDurable } from './durable.ts';
import { untilSettled } from './until-settled.ts';
import { createFrontDoor } from './front-door.ts';
import { joesPage } from './joes-coffee/page.ts';
import { type MachineSettings, stripeOriginFor } from './machine-settings.ts';
import { startMessengerStandIn } from './stand-ins/messenger/messenger-stand-in.ts';
import { startStripeStandIn } from './stand-ins/stripe/stripe-stand-in.ts';

export interface MachineOptions {
  readonly settings: MachineSettings;
  /** A folder that was synthesized before; made when absent. */
  readonly assemblyDir?: string;
  /** Before the names of tables, where several machines share one DynamoDB. */
  readonly tablePrefix?: string;
  readonly onLog?: (entry: LogEntry) => void;
  /** Told of each stage of starting. */
  readonly onProgress?: (stage: string) => void;
}

export interface Machine {
  /** The product's origin. */
  readonly url: string;
  readonly messengerUrl: string;
  readonly stripeUrl: string;
  readonly dynamoDbUrl: string;
  readonly clock: LocalClock;
  readonly cloud: LocalCloud;
  /** Whether nothing was kept from an earlier run. */
  readonly isFresh: boolean;
  /** Waits until nothing moves any more without the clock, the vendors included. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export async function startMachine(options: MachineOptions): Promise<Machine> {
  const { settings, onProgress = () => undefined } = options;
  const { dataDir } = settings;
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const memories = openMemories(dataDir);
  const { clock, isFresh, noteAdvance } = restoreClock(memories.machine);
  const frontDoor = createFrontDoor();
  const port = await listen(frontDoor.server, settings.port);
  const url = `http://localhost:${port}`;

  onProgress('DynamoDB Local, the stand-ins and the CDK app');
  const [dynamoDb, standIns, assemblyDir] = await Promise.all([
    startDynamoDb(settings),
    startStandIns({ settings, memories, clock, url, portAfter: settings.port === 0 ? 0 : port }),
    options.assemblyDir ?? synthesize(settings.messengerPageId),
  ]);
  const stripeUrl = stripeOriginFor(settings, standIns.stripe.url);
  onProgress('the functions, queues and streams');
  const cloud = await startLocalCloud({
    assemblyDir,
    clock,
    durable: memories.cloud,
    dynamoDbUrl: dynamoDb.url,
    publicUrl: settings.publicUrl ?? url,
    secrets: secretsFrom(settings),
    environment: {
      GRAPH_API_URL: settings.graphApiUrl ?? standIns.messenger.url,
      STRIPE_API_URL: stripeUrl,
    },
    ...(options.tablePrefix === undefined ? {} : { tablePrefix: options.tablePrefix }),
    ...(options.onLog === undefined ? {} : { onLog: options.onLog }),
  });
  frontDoor.open({
    product: cloud.handleHttp,
    cloud,
    messengerUrl: standIns.messenger.url,
    clock,
    books: { dynamoDbUrl: dynamoDb.url, stripeUrl, ...tablesOf(cloud) },
    onAdvance: noteAdvance,
  });
  return {
    url,
    messengerUrl: standIns.messenger.url,
    stripeUrl: standIns.stripe.url,
    dynamoDbUrl: dynamoDb.url,
    clock,
    cloud,
    isFresh,
    settled: () => untilSettled(cloud, [standIns.messenger, standIns.stripe]),
    async close() {
      await Promise.all([
        closeServer(frontDoor.server),
        standIns.messenger.close(),
        standIns.stripe.close(),
      ]);
      await cloud.close();
      await dynamoDb.stop();
      for (const memory of Object.values(memories)) memory.close();
    },
  };
}

function tablesOf(cloud: LocalCloud) {
  return {
    users: cloud.tableName('UsersTable'),
    transactions: cloud.tableName('TransactionsTable'),
  };
}

function openMemories(dataDir: string | undefined) {
  return {
    machine: openDurable(dataDir, 'machine'),
    cloud: openDurable(dataDir, 'cloud'),
    messenger: openDurable(dataDir, 'messenger'),
    stripe: openDurable(dataDir, 'stripe'),
  };
}

/** Time that was skipped stays skipped after a restart: the books know moments that have been. */
function restoreClock(memory: Durable) {
  const clock = createLocalClock();
  const facts = memory.map<number>('clock');
  const skippedMs = facts.get('skippedMs');
  if (skippedMs !== undefined) clock.advance(skippedMs);
  const isFresh = skippedMs === undefined;
  if (isFresh) facts.set('skippedMs', 0);
  const noteAdvance = (ms: number) => facts.set('skippedMs', (facts.get('skippedMs') ?? 0) + ms);
  return { clock, isFresh, noteAdvance };
}

/** The CDK takes a second to load: not before the rest has begun, and not at all where the app is synthesized already. */
async function synthesize(pageId: string): Promise<string> {
  const assembly = await import('./assembly.ts');
  return assembly.synthesize(pageId);
}

async function startDynamoDb({ dynamoDbUrl, dataDir }: MachineSettings) {
  if (dynamoDbUrl !== undefined) return { url: dynamoDbUrl, stop: async () => undefined };
  return startDynamoDbLocal(dataDir === undefined ? {} : { dataDir: join(dataDir, 'dynamodb') });
}

async function startStandIns(parts: {
  readonly settings: MachineSettings;
  readonly memories: ReturnType<typeof openMemories>;
  readonly clock: LocalClock;
  readonly url: string;
  readonly portAfter: number;
}) {
  const { settings, memories, clock, url, portAfter } = parts;
  const portOf = (offset: number) => (portAfter === 0 ? 0 : portAfter + offset);
  const [messenger, stripe] = await Promise.all([
    startMessengerStandIn({
      port: portOf(1),
      clock,
      durable: memories.messenger,
      appSecrets: [settings.messengerAppSecret],
      pages: [
        { id: settings.messengerPageId, name: 'Tender', token: settings.messengerPageToken },
        joesPage,
      ],
      webhookUrl: `${url}/webhooks/messenger`,
      verifyToken: settings.messengerVerifyToken,
    }),
    startStripeStandIn({
      port: portOf(2),
      clock,
      durable: memories.stripe,
      secretKeys: [settings.stripeSecretKey],
      webhook: { url: `${url}/webhooks/stripe`, secret: settings.stripeWebhookSecret },
    }),
  ]);
  return { messenger, stripe };
}

/** Under the names that the stacks give them for stage `local`. */
function secretsFrom(settings: MachineSettings): Record<string, unknown> {
  return {
    'tender/local/messenger-app': {
      appSecrets: [settings.messengerAppSecret],
      verifyToken: settings.messengerVerifyToken,
    },
    'tender/local/messenger-page': {
      tokens: {
        [settings.messengerPageId]: settings.messengerPageToken,
        [joesPage.id]: joesPage.token,
      },
    },
    'tender/local/stripe-key': { secretKey: settings.stripeSecretKey },
    'tender/local/stripe-webhook': { signingSecrets: [settings.stripeWebhookSecret] },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('The front door has no port.');
  return address.port;
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
}
