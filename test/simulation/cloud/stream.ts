// The stream of Transactions as one listener meets it: batches torn anywhere, items apart from each other, bisect, dead letters.
import { marshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import type { Item } from './expressions.ts';

interface Waiting {
  readonly record: DynamoDBRecord;
  readonly item: string;
  tries: number;
  isUnderWay: boolean;
}

export interface Stream {
  readonly name: string;
  add(item: Item): void;
  /** Up to `most` records: of one item in order, of different items in any order that `pick` makes. */
  receive(most: number, pick: (below: number) => number): readonly Waiting[];
  /** From the first failed on everything comes again; what failed too often is put aside. */
  settle(received: readonly Waiting[], failed: ReadonlySet<string> | 'all'): void;
  /** Whether nothing could be handed out now. */
  isIdle(): boolean;
  readonly size: number;
  readonly dead: readonly DynamoDBRecord[];
}

/** lib/constructs/journal-listener.ts: five tries after the first. */
const mostTries = 6;

export function openStream(name: string): Stream {
  let waiting: Waiting[] = [];
  const dead: DynamoDBRecord[] = [];
  let made = 0;

  function retry(received: readonly Waiting[]): void {
    for (const each of received) each.isUnderWay = false;
    // Bisected until a single record is left: only that one is given up.
    const [first] = received;
    if (first === undefined) return;
    first.tries += 1;
    if (first.tries < mostTries) return;
    waiting = waiting.filter((each) => each !== first);
    dead.push(first.record);
  }

  const free = () => {
    const busy = new Set(waiting.filter(({ isUnderWay }) => isUnderWay).map(({ item }) => item));
    return waiting.filter(({ item }) => !busy.has(item));
  };

  return {
    name,
    dead,
    isIdle: () => free().length === 0,
    get size() {
      return waiting.length;
    },
    add(item) {
      made += 1;
      waiting.push({
        record: recordOf(item, made),
        item: String(item['pk']),
        tries: 0,
        isUnderWay: false,
      });
    },
    receive(most, pick) {
      const open = free();
      const lead = open[pick(open.length)];
      if (lead === undefined) return [];
      // A batch is of one shard at a time; begins with whatever item, and keeps each item's own order.
      const from = open.filter(({ item }) => item === lead.item);
      const others = open.filter(({ item }) => item !== lead.item);
      const taken = [...from, ...others].slice(0, most);
      for (const each of taken) each.isUnderWay = true;
      return taken;
    },
    settle(received, failed) {
      const isFailed = ({ record }: Waiting) =>
        failed === 'all' || failed.has(record.dynamodb?.SequenceNumber ?? '');
      const firstFailed = received.findIndex(isFailed);
      const done = new Set(firstFailed === -1 ? received : received.slice(0, firstFailed));
      waiting = waiting.filter((each) => !done.has(each));
      if (firstFailed !== -1) retry(received.slice(firstFailed));
    },
  };
}

function recordOf(item: Item, number: number): DynamoDBRecord {
  const { pk, sk } = item;
  const NewImage = marshall(item, { removeUndefinedValues: true }) as Record<
    string,
    AttributeValue
  >;
  return {
    eventID: `stream-${number}`,
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    dynamodb: {
      Keys: { pk: { S: String(pk) }, sk: { S: String(sk) } },
      NewImage,
      SequenceNumber: String(number).padStart(21, '0'),
      StreamViewType: 'NEW_IMAGE',
    },
  };
}
