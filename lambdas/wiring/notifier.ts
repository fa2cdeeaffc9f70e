// The notifier with everything it needs: reads the journal's stream, tells people, wakes what is due.
import type { DynamoDBRecord } from 'aws-lambda';
import { createDueQueue } from '../adapters/aws/due-queue.ts';
import { createResendQueue } from '../adapters/aws/resend-queue.ts';
import { createSqsClient } from '../adapters/aws/sqs-client.ts';
import { readJournalEntry } from '../adapters/dynamodb/items/journal.ts';
import { readStreamImage } from '../adapters/dynamodb/stream-image.ts';
import { announceEntry } from '../domain/journal/announce-entry.ts';
import { orderNeedsAPerson } from '../domain/orders/needs-a-person.ts';
import { log } from './logger.ts';
import { messengerPorts } from './messenger.ts';
import type { Outside } from './outside.ts';
import { readEnvironment } from './read-environment.ts';
import { storesAndClock } from './stores.ts';

export function notifier(outside: Outside = {}) {
  const { dueQueueUrl, chatQueueUrl } = readEnvironment(['dueQueueUrl', 'chatQueueUrl']);
  const { sqs = createSqsClient() } = outside;
  const stores = storesAndClock(outside);
  const world = {
    ...stores,
    ...messengerPorts(outside),
    dueQueue: createDueQueue(sqs, dueQueueUrl),
    resendQueue: createResendQueue(sqs, chatQueueUrl, stores.clock),
  };
  return async (record: DynamoDBRecord): Promise<void> => {
    const image = readStreamImage(record);
    if (image === undefined) return;
    const { of, entry } = readJournalEntry(image);
    await announceEntry(world, entry);
    const fields = { subject: entry.subject, step: entry.step, reason: entry.reason ?? 'none' };
    if (of === 'order' && orderNeedsAPerson(entry)) log('order_in_review', fields);
    else if (entry.to === 'review') log('payment_in_review', fields);
    else log('entry_announced', fields);
  };
}
