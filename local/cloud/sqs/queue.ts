// One SQS queue, standard or FIFO: deduplication, delay, visibility and redrive, each message on disk before it is answered for.
import { randomUUID } from 'node:crypto';
import type { LocalClock } from '../../clock.ts';
import type { Durable } from '../../durable.ts';
import {
  createDeduplication,
  type Deduplication,
  deduplicationKey,
  type SendReceipt,
} from './deduplication.ts';
import type { NewMessage, ReceivedMessage, StoredMessage } from './message.ts';
import type { QueueSettings } from './queue-settings.ts';
import { idOf, type QueueCounts, Shelf } from './shelf.ts';

export interface QueueOptions {
  settings: QueueSettings;
  clock: LocalClock;
  durable: Durable;
  queueByArn(arn: string): Queue;
}

export class Queue {
  readonly settings: QueueSettings;
  private readonly clock: LocalClock;
  private readonly durable: Durable;
  private readonly queueByArn: (arn: string) => Queue;
  private readonly shelf: Shelf;
  private readonly deduplication: Deduplication;
  private readonly nextSequenceNumber: () => string;
  private readonly listeners = new Set<() => void>();

  constructor({ settings, clock, durable, queueByArn }: QueueOptions) {
    this.settings = settings;
    this.clock = clock;
    this.durable = durable;
    this.queueByArn = queueByArn;
    this.shelf = new Shelf(durable.map(`queue:${settings.name}`), clock, settings.fifo);
    this.deduplication = createDeduplication(durable.map(`deduplication:${settings.name}`), clock);
    this.nextSequenceNumber = sequenceAfter(this.shelf.all());
  }

  /** A FIFO queue answers for a message that it knows from the last five minutes with the first one's receipt. */
  send(message: NewMessage): SendReceipt {
    const key = this.settings.fifo ? deduplicationKey(this.settings, message) : undefined;
    const seen = key === undefined ? undefined : this.deduplication.seen(key);
    if (seen !== undefined) return seen;
    const nowMs = this.clock.now();
    const stored: StoredMessage = {
      ...message,
      id: randomUUID(),
      sentAtMs: nowMs,
      availableAtMs: nowMs + (message.delayMs ?? this.settings.delayMs),
      receiveCount: 0,
      sequenceNumber: this.settings.fifo ? this.nextSequenceNumber() : undefined,
    };
    const receipt = { id: stored.id, sequenceNumber: stored.sequenceNumber };
    this.durable.together(() => {
      this.shelf.put(stored);
      if (key !== undefined) this.deduplication.remember(key, receipt);
    });
    this.changed();
    return receipt;
  }

  /**
   * Up to `count` messages, oldest first; one that was received too often goes to the dead-letter queue instead.
   * They are out of sight for `visibilityMs`, or, on `hold`, until put back.
   */
  receive(count: number, visibilityMs: number | 'hold'): ReceivedMessage[] {
    const received: ReceivedMessage[] = [];
    for (const message of this.shelf.receivable()) {
      if (received.length === count) break;
      if (!this.buryIfSpent(message)) received.push(this.shelf.take(message, visibilityMs));
    }
    return received;
  }

  delete(receiptHandle: string): void {
    this.shelf.remove(idOf(receiptHandle));
    this.changed();
  }

  /** Ends a hold: visible again once the queue's visibility timeout has passed since the message was received. */
  putBack(receiptHandle: string): void {
    this.shelf.putBack(receiptHandle, this.settings.visibilityTimeoutMs);
    this.changed();
  }

  counts(): QueueCounts {
    return this.shelf.counts();
  }

  /** All messages in order, also those in flight or delayed. */
  peek(): StoredMessage[] {
    return this.shelf.all();
  }

  purge(): void {
    for (const { id } of this.shelf.all()) this.shelf.remove(id);
    this.changed();
  }

  /** Whether receive() would now hand out a message or bury one. */
  ready(): boolean {
    return this.shelf.receivable().length > 0;
  }

  nextVisibleAtMs(): number | undefined {
    return this.shelf.nextVisibleAtMs();
  }

  /** Calls whenever there may be something new to receive. */
  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  private buryIfSpent(message: StoredMessage): boolean {
    const { redrive } = this.settings;
    if (redrive === undefined || message.receiveCount < redrive.maxReceiveCount) return false;
    const deadLetters = this.queueByArn(redrive.deadLetterArn);
    this.durable.together(() => {
      deadLetters.shelf.put({ ...message, deadLetterSourceArn: this.settings.arn });
      this.shelf.remove(message.id);
    });
    deadLetters.changed();
    return true;
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

/** 20 digits that rise over restarts too. */
function sequenceAfter(stored: StoredMessage[]): () => string {
  const highest = stored.reduce(
    (highest, { sequenceNumber = '0' }) =>
      BigInt(sequenceNumber) > highest ? BigInt(sequenceNumber) : highest,
    18_000_000_000_000_000_000n + BigInt(Date.now()) * 1_000n,
  );
  let last = highest;
  return () => {
    last += 256n;
    return last.toString();
  };
}
