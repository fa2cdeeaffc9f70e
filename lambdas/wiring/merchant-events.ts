// The merchants' events with everything they need: reads the journal's stream, keeps what shops are to hear, and sends it off.
import type { DynamoDBRecord } from 'aws-lambda';
import { createDueQueue } from '../adapters/aws/due-queue.ts';
import { createSqsClient } from '../adapters/aws/sqs-client.ts';
import { readJournalEntry } from '../adapters/dynamodb/items/journal.ts';
import { readStreamImage } from '../adapters/dynamodb/stream-image.ts';
import { eventOf } from '../domain/merchant-api/event-of-entry.ts';
import { publishEvent } from '../domain/merchant-api/publish-event.ts';
import { log } from './logger.ts';
import { merchantStoresAndClock } from './merchant-stores.ts';
import type { Outside } from './outside.ts';
import { readEnvironment } from './read-environment.ts';

export function merchantEvents(outside: Outside = {}) {
  const { webhookQueueUrl } = readEnvironment(['webhookQueueUrl']);
  const world = {
    ...merchantStoresAndClock(outside),
    webhookQueue: createDueQueue(outside.sqs ?? createSqsClient(), webhookQueueUrl),
  };
  return async (record: DynamoDBRecord): Promise<void> => {
    const image = readStreamImage(record);
    const read = image === undefined ? undefined : readJournalEntry(image);
    if (read?.of !== 'order') return;
    const order = await world.orders.get(read.entry.subject);
    if (order === undefined) throw new Error(`Order ${read.entry.subject} has a journal alone.`);
    const event = eventOf(world.ids, read.entry, order);
    if (event === undefined) return;
    const endpoints = await publishEvent(world, event);
    log('merchant_event_published', { subject: event.id, type: event.type, endpoints });
  };
}
