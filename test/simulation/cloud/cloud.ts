// A simulated account of AWS: the real functions on tables, queues, streams and a schedule that the engine drives.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Outside } from '../../../lambdas/wiring/outside.ts';
import type { Ended, Engine, Offer } from '../engine.ts';
import type { Item } from './expressions.ts';
import { type Containers, openContainers } from './containers.ts';
import { openQueue, type Queue, type QueueShape, sqsRecord } from './queue.ts';
import { openStream, type Stream } from './stream.ts';
import { openTables, type Tables, type Written } from './tables.ts';

export interface Cloud {
  readonly tables: Tables;
  readonly queues: Readonly<Record<QueueName, Queue>>;
  readonly streams: readonly Stream[];
  /** What could be handed out now. */
  offers(): Offer[];
  /** A request through the gateway; 502 where the function died. */
  http(name: HttpName, event: APIGatewayProxyEventV2): Promise<HttpResult>;
  /** The sweeper, as its schedule wakes it. */
  sweep(): Promise<Ended<unknown>>;
  /** New containers for every function, as a deployment brings. */
  deploy(outside: Outside): void;
  /** When something will be handed out that cannot be now. */
  nextAtMs(): number | undefined;
  onWrite(listener: (written: readonly Written[]) => void): void;
}

export interface HttpResult {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

type QueueName = 'chat' | 'provider-events' | 'due' | 'webhooks';
type HttpName = 'messenger-webhook' | 'stripe-webhook' | 'pages' | 'merchant-api' | 'console';

const workers = {
  chat: 'chat-worker',
  'provider-events': 'provider-events-worker',
  due: 'due-worker',
  webhooks: 'webhook-sender',
} as const;

const usual = { isFifo: false, visibilityMs: 90_000, mostReceives: 5 };
const shapes: Readonly<Record<QueueName, QueueShape>> = {
  chat: { ...usual, name: 'chat', isFifo: true },
  'provider-events': { ...usual, name: 'provider-events' },
  due: { ...usual, name: 'due' },
  webhooks: { ...usual, name: 'webhooks' },
};

const batchSize = 10;

export function openCloud(engine: Engine): Cloud {
  const tables = openTables(engine.clock);
  const queues = {
    chat: openQueue(shapes.chat, engine.clock),
    'provider-events': openQueue(shapes['provider-events'], engine.clock),
    due: openQueue(shapes.due, engine.clock),
    webhooks: openQueue(shapes.webhooks, engine.clock),
  };
  const streams = [openStream('notifier'), openStream('merchant-events')];
  const listeners: ((written: readonly Written[]) => void)[] = [];
  let containers: Containers | undefined;
  const deployed = () => containers ?? fail();
  const below = (most: number) => engine.random?.below(most) ?? 0;
  const size = () => (engine.random === undefined ? batchSize : 1 + below(batchSize));

  tables.onWrite = (written) => {
    for (const listener of listeners) listener(written);
    for (const { before, after } of written) {
      if (after === undefined || before !== undefined || !isEntry(after)) continue;
      streams[0]?.add(after);
      if (String(after['subject']).startsWith('ord_')) streams[1]?.add(after);
    }
  };

  function work(name: QueueName): void {
    const queue = queues[name];
    const received = queue.receive(size(), below);
    if (received.length === 0) return;
    const Records = received.map((message) => sqsRecord(name, message));
    const all = new Set(received.map(({ id }) => id));
    void deployed()
      .invoke(workers[name], { Records })
      .then((ended) => queue.settle(received, failedOf(ended) ?? all));
  }

  function tell(stream: Stream, name: 'notifier' | 'merchant-events'): void {
    const received = stream.receive(size(), below);
    if (received.length === 0) return;
    const Records = received.map(({ record }) => record);
    void deployed()
      .invoke(name, { Records })
      .then((ended) => stream.settle(received, failedOf(ended) ?? 'all'));
  }

  return {
    tables,
    queues,
    streams,
    onWrite: (listener) => void listeners.push(listener),
    deploy(outside) {
      containers = openContainers(engine, outside);
    },
    offers() {
      const names = Object.keys(queues) as QueueName[];
      return [
        ...names.flatMap((name) =>
          queues[name].isIdle() ? [] : [{ name, begin: () => work(name) }],
        ),
        ...streams.flatMap((stream) =>
          stream.isIdle()
            ? []
            : [{ name: stream.name, begin: () => tell(stream, stream.name as 'notifier') }],
        ),
      ];
    },
    async http(name, event) {
      const ended = await deployed().invoke(name, event);
      return ended.kind === 'answered'
        ? toHttp(ended.answer)
        : { status: 502, headers: {}, body: '' };
    },
    sweep: () => deployed().invoke('sweeper', {}),
    nextAtMs() {
      const dates = Object.values(queues).flatMap((queue) => queue.nextAtMs() ?? []);
      return dates.length === 0 ? undefined : Math.min(...dates);
    },
  };
}

function toHttp({ statusCode = 0, headers = {}, body = '' }: APIGatewayProxyStructuredResultV2) {
  return { status: statusCode, headers, body };
}

/** What comes again; undefined where the process was lost and everything does. */
function failedOf(ended: Ended<{ batchItemFailures: { itemIdentifier: string }[] }>) {
  if (ended.kind !== 'answered') return undefined;
  return new Set(ended.answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
}

function isEntry(item: Item): boolean {
  return item['entity'] === 'JournalEntry';
}

function fail(): never {
  throw new Error('Nothing is deployed.');
}
