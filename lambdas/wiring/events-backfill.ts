// The backfill with everything it needs: reads the provider's own list of events and queues what no webhook has brought.
import { createProviderEventsQueue } from '../adapters/aws/provider-events-queue.ts';
import { createSqsClient } from '../adapters/aws/sqs-client.ts';
import { newDocumentClient } from '../adapters/dynamodb/client.ts';
import { dynamoOrders } from '../adapters/dynamodb/orders.ts';
import { dynamoProviderEvents } from '../adapters/dynamodb/provider-events.ts';
import { shopAccounts } from '../adapters/dynamodb/shop-accounts.ts';
import { tableOf } from '../adapters/dynamodb/table.ts';
import { createStripeEventLog } from '../adapters/stripe/event-log.ts';
import { backfillEvents } from '../domain/payments/backfill-events.ts';
import { systemClock } from './clock.ts';
import { log } from './logger.ts';
import type { Outside } from './outside.ts';
import { stripeForReading } from './provider.ts';
import { readEnvironment } from './read-environment.ts';

/** Of the function's fifteen: whatever is under way by then is finished. */
const workMs = 10 * 60_000;

export function eventsBackfill(outside: Outside = {}) {
  const environment = readEnvironment([
    'usersTable',
    'transactionsTable',
    'providerEventsQueueUrl',
  ]);
  const { clock = systemClock, documents = newDocumentClient(), pause } = outside;
  const users = tableOf(documents, environment.usersTable, pause);
  const transactions = tableOf(documents, environment.transactionsTable, pause);
  const world = {
    clock,
    orders: dynamoOrders({ transactions, users }),
    providerEvents: dynamoProviderEvents(transactions),
    shopAccounts: () => shopAccounts(users),
    eventLog: createStripeEventLog(stripeForReading()),
    eventsQueue: createProviderEventsQueue(
      outside.sqs ?? createSqsClient(),
      environment.providerEventsQueueUrl,
    ),
  };
  return async (): Promise<void> => {
    const done = await backfillEvents(world, clock.now() + workMs);
    log('events_backfilled', { ...done });
    if (done.notKnown === done.accounts) throw new Error('No list of events could be read');
  };
}
