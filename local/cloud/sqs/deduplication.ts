// Remembers for five minutes which messages a FIFO queue has taken, so that the same one is taken once.
import { createHash } from 'node:crypto';
import type { LocalClock } from '../../clock.ts';
import type { DurableMap } from '../../durable.ts';
import type { NewMessage } from './message.ts';
import type { QueueSettings } from './queue-settings.ts';

/** What a sender is told, the first time and for every repetition within the window. */
export interface SendReceipt {
  id: string;
  sequenceNumber?: string | undefined;
}

interface Remembered extends SendReceipt {
  atMs: number;
}

export interface Deduplication {
  seen(key: string): SendReceipt | undefined;
  remember(key: string, receipt: SendReceipt): void;
}

const WINDOW_MS = 5 * 60 * 1000;
const FORGET_AFTER_EVERY = 200;

export function createDeduplication(map: DurableMap<Remembered>, clock: LocalClock): Deduplication {
  let sinceForgotten = 0;
  const forgetOld = () => {
    for (const [key, { atMs }] of map.entries()) {
      if (clock.now() - atMs >= WINDOW_MS) map.delete(key);
    }
  };
  return {
    seen(key) {
      const remembered = map.get(key);
      return remembered && clock.now() - remembered.atMs < WINDOW_MS ? remembered : undefined;
    },
    remember(key, receipt) {
      map.set(key, { ...receipt, atMs: clock.now() });
      sinceForgotten += 1;
      if (sinceForgotten < FORGET_AFTER_EVERY) return;
      sinceForgotten = 0;
      forgetOld();
    },
  };
}

/** Under which key a message is the same as another; undefined when it carries nothing that could tell. */
export function deduplicationKey(settings: QueueSettings, message: NewMessage): string | undefined {
  const id =
    message.deduplicationId ??
    (settings.contentBasedDeduplication
      ? createHash('sha256').update(message.body).digest('hex')
      : undefined);
  if (id === undefined) return undefined;
  return settings.deduplicationScope === 'messageGroup'
    ? JSON.stringify([message.groupId, id])
    : JSON.stringify([id]);
}
