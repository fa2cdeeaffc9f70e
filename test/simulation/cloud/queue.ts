// An SQS queue as its worker meets it: visibility, delays, FIFO groups, deduplication, redrive to a dead-letter queue.
import type { SQSRecord } from 'aws-lambda';

interface Message {
  readonly id: string;
  readonly body: string;
  readonly group?: string;
  visibleAtMs: number;
  receiveCount: number;
}

export interface Queue {
  readonly name: string;
  send(message: Sent): void;
  /** What a worker could be handed now: whole groups in order, or any of a standard queue. */
  receive(most: number, pick: (below: number) => number): readonly Message[];
  /** Ends a receive: what is not among `failed` is gone; the rest shows again when its time is up. */
  settle(received: readonly Message[], failed: ReadonlySet<string>): void;
  /** A standard queue may hand a message out twice. */
  double(): boolean;
  /** Whether nothing could be handed out now. */
  isIdle(): boolean;
  /** When something will show again; undefined where nothing waits for that. */
  nextAtMs(): number | undefined;
  /** The operator puts what was given up back, once what was wrong is right again. */
  redriveDead(): void;
  readonly size: number;
  readonly dead: readonly Message[];
}

export interface Sent {
  readonly body: string;
  readonly group?: string | undefined;
  readonly deduplicationId?: string | undefined;
  readonly delaySeconds?: number | undefined;
}

export interface QueueShape {
  readonly name: string;
  readonly isFifo: boolean;
  /** Three times the worker's own 30 seconds, see lib/constructs/work-queue.ts. */
  readonly visibilityMs: number;
  readonly mostReceives: number;
}

const deduplicationMs = 5 * 60 * 1000;

export function openQueue(shape: QueueShape, clock: { now(): number }): Queue {
  let waiting: Message[] = [];
  const dead: Message[] = [];
  const underWay = new Set<string>();
  const seen = new Map<string, number>();
  let made = 0;

  const isVisible = ({ visibleAtMs }: Message) => visibleAtMs <= clock.now();
  /** In a group, whoever comes first must be done before the next is handed out. */
  const handable = (): Message[] => {
    const blocked = new Set(
      waiting.filter(({ id }) => underWay.has(id)).map(({ group }) => group ?? ''),
    );
    return waiting.filter((message) => {
      if (message.group === undefined) return isVisible(message) && !underWay.has(message.id);
      if (blocked.has(message.group)) return false;
      if (!isVisible(message)) blocked.add(message.group);
      return isVisible(message);
    });
  };
  const redrive = () => {
    const isDead = (message: Message) =>
      message.receiveCount >= shape.mostReceives && isVisible(message) && !underWay.has(message.id);
    dead.push(...waiting.filter(isDead));
    waiting = waiting.filter((message) => !isDead(message));
  };
  const isRepeated = ({ group = '', deduplicationId }: Sent): boolean => {
    if (!shape.isFifo || deduplicationId === undefined) return false;
    const key = `${group} ${deduplicationId}`;
    const isSeen = clock.now() - (seen.get(key) ?? -Infinity) < deduplicationMs;
    if (!isSeen) seen.set(key, clock.now());
    return isSeen;
  };

  return {
    name: shape.name,
    dead,
    get size() {
      redrive();
      return waiting.length;
    },
    send(sent) {
      if (isRepeated(sent)) return;
      made += 1;
      waiting.push({
        id: `${shape.name}-${made}`,
        body: sent.body,
        ...(shape.isFifo ? { group: sent.group ?? '' } : {}),
        visibleAtMs: clock.now() + (sent.delaySeconds ?? 0) * 1000,
        receiveCount: 0,
      });
    },
    receive(most, pick) {
      redrive();
      const found = handable();
      if (found.length === 0) return [];
      const from = shape.isFifo ? 0 : pick(found.length);
      const taken = [...found.slice(from), ...found.slice(0, from)].slice(0, most);
      for (const message of taken) {
        message.receiveCount += 1;
        message.visibleAtMs = clock.now() + shape.visibilityMs;
        underWay.add(message.id);
      }
      return taken;
    },
    settle(received, failed) {
      const done = new Set(received.map(({ id }) => id).filter((id) => !failed.has(id)));
      waiting = waiting.filter(({ id }) => !done.has(id));
      for (const { id } of received) underWay.delete(id);
    },
    double() {
      const one = waiting.find((message) => isVisible(message) && !underWay.has(message.id));
      if (shape.isFifo || one === undefined) return false;
      made += 1;
      waiting.push({ ...one, id: `${shape.name}-${made}` });
      return true;
    },
    redriveDead() {
      redrive();
      waiting.push(...dead.splice(0).map((message) => ({ ...message, receiveCount: 0 })));
    },
    isIdle() {
      redrive();
      return handable().length === 0;
    },
    nextAtMs() {
      const dates = waiting
        .map(({ visibleAtMs }) => visibleAtMs)
        .filter((atMs) => atMs > clock.now());
      return dates.length === 0 ? undefined : Math.min(...dates);
    },
  };
}

export function sqsRecord(queue: string, message: Message): SQSRecord {
  return {
    messageId: message.id,
    receiptHandle: message.id,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: '0',
      SenderId: 'simulation',
      ApproximateFirstReceiveTimestamp: '0',
      ...(message.group === undefined ? {} : { MessageGroupId: message.group }),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queue}`,
    awsRegion: 'us-east-1',
  };
}
