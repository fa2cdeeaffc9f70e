// Puts inbound events on the chat queue: one person's stay in order, different people's go side by side.
import { createHash } from 'node:crypto';
import { SendMessageBatchCommand, type SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import type { InboundEvent } from '../../domain/chat/inbound-event.ts';
import { addressKey } from '../../domain/people/address.ts';
import { writeChatMessage } from './chat-message.ts';
import type { SqsSender } from './sqs-client.ts';

export interface ChatQueue {
  /** Resolves when every event is on the queue; throws when one is not, and then all of them may be sent again. */
  put(events: readonly InboundEvent[]): Promise<void>;
}

/** The most that SendMessageBatch takes. */
const batchSize = 10;

/** Batches under way at once: keeps ten thousand events within Meta's five seconds. */
const concurrency = 16;

export function createChatQueue(client: SqsSender, queueUrl: string): ChatQueue {
  return {
    async put(events) {
      // A person's events may be in several batches, and those must not overtake each other: they share a lane.
      await Promise.all(
        lanesOf(events).map(async (lane) => {
          for (let at = 0; at < lane.length; at += batchSize) {
            await putBatch(client, queueUrl, lane.slice(at, at + batchSize));
          }
        }),
      );
    },
  };
}

function lanesOf(events: readonly InboundEvent[]): InboundEvent[][] {
  if (events.length <= batchSize) return events.length === 0 ? [] : [[...events]];
  const laneOf = new Map<string, InboundEvent[]>();
  const lanes: InboundEvent[][] = [];
  for (const event of events) {
    const key = addressKey(event.address);
    const lane = laneOf.get(key) ?? nextLane(lanes, laneOf.size);
    laneOf.set(key, lane);
    lane.push(event);
  }
  return lanes;
}

function nextLane(lanes: InboundEvent[][], turn: number): InboundEvent[] {
  const existing = lanes[turn % concurrency];
  if (existing !== undefined) return existing;
  const lane: InboundEvent[] = [];
  lanes.push(lane);
  return lane;
}

async function putBatch(client: SqsSender, queueUrl: string, events: readonly InboundEvent[]) {
  const entries = events.map(toEntry);
  const failed = await sendOnce(client, queueUrl, entries);
  if (failed.length === 0) return;
  // Once more: throttling of single entries is not an error to the SDK, so it does not retry them itself.
  const stillFailed = await sendOnce(client, queueUrl, failed);
  if (stillFailed.length > 0) {
    throw new Error(`The chat queue refused ${stillFailed.length} of ${entries.length} events`);
  }
}

/** The entries that are not on the queue. */
async function sendOnce(
  client: SqsSender,
  queueUrl: string,
  entries: readonly SendMessageBatchRequestEntry[],
): Promise<SendMessageBatchRequestEntry[]> {
  const answer = await client.send(
    new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [...entries] }),
  );
  // Trust only what was named as sent: an answer that names an entry nowhere has lost it.
  const sent = new Set((answer.Successful ?? []).map((entry) => entry.Id));
  return entries.filter((entry) => !sent.has(entry.Id));
}

function toEntry(event: InboundEvent, index: number): SendMessageBatchRequestEntry {
  return {
    Id: String(index),
    MessageBody: writeChatMessage(event),
    MessageGroupId: groupOf(event),
    MessageDeduplicationId: createHash('sha256').update(event.id).digest('hex'),
  };
}

/**
 * An echo does not wait in its person's line: what stands at the head of it may be the very bubble that waits for this
 * echo, to learn that it was said and need not be said again.
 */
function groupOf({ kind, address }: InboundEvent): string {
  return kind === 'echo' ? `${addressKey(address)}:echo` : addressKey(address);
}
