// Starts the puppet app on the local cloud, with strings for the test to pull.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { SQSClient } from '@aws-sdk/client-sqs';
import type {
  APIGatewayProxyEventV2,
  Context,
  DynamoDBRecord,
  EventBridgeEvent,
  SQSRecord,
} from 'aws-lambda';
import { createLocalClock, type LocalClock } from '../../../local/clock.ts';
import {
  type LocalCloud,
  type LogEntry,
  startLocalCloud,
} from '../../../local/cloud/local-cloud.ts';
import { type Durable, openDurable } from '../../../local/durable.ts';

/** What a puppet saw when it was woken. */
export interface Call {
  name: string;
  /** Read what the source of the event sends; the rest is not there. */
  event: APIGatewayProxyEventV2 &
    EventBridgeEvent<string, unknown> & { Records: (SQSRecord & DynamoDBRecord)[] };
  context: Context & { remainingMs: number };
  env: Record<string, string>;
  now: number[];
  isDate: boolean;
}

/** What a puppet then does. */
export type Act =
  | { act: 'return'; value?: unknown }
  | { act: 'throw' | 'crash'; value: string }
  | { act: 'exit'; value: number }
  | { act: 'hang' | 'spin' };

export interface PuppetCloud {
  cloud: LocalCloud;
  clock: LocalClock;
  sqs: SQSClient;
  /** Where the HTTP API is mounted. */
  url: string;
  tableName: string;
  /** Where puppets ask what to do. */
  puppeteerUrl: string;
  log: LogEntry[];
  /** All calls so far, or those of one puppet. */
  calls(name?: string): Call[];
  /** What the puppet of that name does from now on; without it, puppets return nothing. */
  direct(name: string, behave: (call: Call) => Act | Promise<Act>): void;
  close(): Promise<void>;
}

export interface PuppetCloudOptions {
  assemblyDir: string;
  dynamoDbUrl: string;
  durable?: Durable;
  tablePrefix?: string;
}

export async function startPuppetCloud(options: PuppetCloudOptions): Promise<PuppetCloud> {
  const calls: Call[] = [];
  const log: LogEntry[] = [];
  const behaviours = new Map<string, (call: Call) => Act | Promise<Act>>();
  const puppeteer = await listen(async (request) => {
    const call: Call = JSON.parse(await text(request));
    calls.push(call);
    return (await behaviours.get(call.name)?.(call)) ?? { act: 'return' };
  });
  const clock = createLocalClock();
  const tablePrefix = options.tablePrefix ?? `${randomUUID()}-`;
  const front = createServer();
  await new Promise<void>((resolve) => void front.listen(0, '127.0.0.1', resolve));
  const url = urlOf(front);
  const cloud = await startLocalCloud({
    clock,
    tablePrefix,
    publicUrl: url,
    assemblyDir: options.assemblyDir,
    durable: options.durable ?? openDurable(undefined, 'cloud'),
    dynamoDbUrl: options.dynamoDbUrl,
    secrets: { 'puppet/given': { secretKey: 'sk_test_local' } },
    environment: { PUPPETEER_URL: urlOf(puppeteer), NOT_IN_THE_TEMPLATE: 'x' },
    onLog: (entry) => log.push(entry),
  });
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    if (!(await cloud.handleHttp(request, response))) response.writeHead(404).end('not a route');
  };
  front.on('request', (request, response) => void serve(request, response));
  const sqs = new SQSClient({
    endpoint: cloud.sqsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    maxAttempts: 1,
  });
  return {
    cloud,
    clock,
    sqs,
    url,
    log,
    tableName: `${tablePrefix}Things`,
    puppeteerUrl: urlOf(puppeteer),
    calls: (name) => calls.filter((call) => name === undefined || call.name === name),
    direct: (name, behave) => void behaviours.set(name, behave),
    async close() {
      await cloud.close();
      sqs.destroy();
      for (const server of [front, puppeteer]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

async function listen(answer: (request: IncomingMessage) => Promise<unknown>): Promise<Server> {
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    response.end(JSON.stringify(await answer(request)));
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return server;
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens.');
  return `http://127.0.0.1:${address.port}`;
}
