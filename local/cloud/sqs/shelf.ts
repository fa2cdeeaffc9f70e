// The messages of one queue in order, and which of them are out of sight because somebody works on them or their time has not come.
import { randomUUID } from 'node:crypto';
import type { LocalClock } from '../../clock.ts';
import type { DurableMap } from '../../durable.ts';
import type { ReceivedMessage, StoredMessage } from './message.ts';

/** Out of sight until then. Kept in memory alone: if we die, whoever had received the message died with us. */
interface Lease {
  receiptHandle: string;
  receivedAtMs: number;
  untilMs: number;
}

export interface QueueCounts {
  /** Neither in flight nor delayed. A FIFO message behind one of those counts too. */
  visible: number;
  inFlight: number;
  delayed: number;
}

export class Shelf {
  private readonly messages: DurableMap<StoredMessage>;
  private readonly clock: LocalClock;
  private readonly inOrder: boolean;
  private readonly leases = new Map<string, Lease>();

  /** @param inOrder holds back the later messages of a group while one of it is out of sight */
  constructor(messages: DurableMap<StoredMessage>, clock: LocalClock, inOrder: boolean) {
    this.messages = messages;
    this.clock = clock;
    this.inOrder = inOrder;
  }

  all(): StoredMessage[] {
    return this.messages.entries().map(([, message]) => message);
  }

  put(message: StoredMessage): void {
    this.messages.set(message.id, message);
  }

  remove(id: string): void {
    this.messages.delete(id);
    this.leases.delete(id);
  }

  /** What may be handed out now, oldest first. */
  receivable(): StoredMessage[] {
    const all = this.all();
    const hidden = new Set(all.filter((message) => this.isHidden(message)));
    const heldGroups = new Set(this.inOrder ? [...hidden].map(({ groupId }) => groupId) : []);
    return all.filter((message) => !hidden.has(message) && !heldGroups.has(message.groupId));
  }

  /** Hands a message out. It is out of sight for `visibilityMs`, or, on `hold`, until put back. */
  take(message: StoredMessage, visibilityMs: number | 'hold'): ReceivedMessage {
    const receivedAtMs = this.clock.now();
    const received = {
      ...message,
      receiveCount: message.receiveCount + 1,
      firstReceivedAtMs: message.firstReceivedAtMs ?? receivedAtMs,
    };
    this.put(received);
    const receiptHandle = `${message.id}#${randomUUID()}`;
    const untilMs =
      visibilityMs === 'hold' ? Number.POSITIVE_INFINITY : receivedAtMs + visibilityMs;
    this.leases.set(message.id, { receiptHandle, receivedAtMs, untilMs });
    return { receiptHandle, message: received };
  }

  /** Ends a hold: in sight again `visibilityMs` after the message was received. */
  putBack(receiptHandle: string, visibilityMs: number): void {
    const lease = this.leases.get(idOf(receiptHandle));
    if (lease?.receiptHandle !== receiptHandle) return;
    lease.untilMs = lease.receivedAtMs + visibilityMs;
  }

  counts(): QueueCounts {
    const all = this.all();
    const inFlight = all.filter(({ id }) => this.isLeased(id)).length;
    const hidden = all.filter((message) => this.isHidden(message)).length;
    return { visible: all.length - hidden, inFlight, delayed: hidden - inFlight };
  }

  /** When the next message comes in sight by itself. */
  nextVisibleAtMs(): number | undefined {
    const moments = this.all()
      .map(({ id, availableAtMs }) => this.leases.get(id)?.untilMs ?? availableAtMs)
      .filter((moment) => moment > this.clock.now() && Number.isFinite(moment));
    return moments.length === 0 ? undefined : moments.reduce((a, b) => Math.min(a, b));
  }

  private isLeased(id: string): boolean {
    return (this.leases.get(id)?.untilMs ?? 0) > this.clock.now();
  }

  private isHidden({ id, availableAtMs }: StoredMessage): boolean {
    return availableAtMs > this.clock.now() || this.isLeased(id);
  }
}

/** As on AWS, a handle still deletes when its message has meanwhile been received again. */
export const idOf = (receiptHandle: string) => receiptHandle.split('#')[0] ?? '';
