// The bookkeeper with everything it needs: each night our journal, our states and the provider's books side by side.
import { dynamoBookShelf } from '../adapters/dynamodb/book-shelf.ts';
import { newDocumentClient } from '../adapters/dynamodb/client.ts';
import { shopAccounts } from '../adapters/dynamodb/shop-accounts.ts';
import { tableOf } from '../adapters/dynamodb/table.ts';
import { createStripeLedger } from '../adapters/stripe/ledger.ts';
import { matchedPercent, type Reconciliation, reconcile } from '../domain/books/reconcile.ts';
import { systemClock } from './clock.ts';
import { log } from './logger.ts';
import type { Outside } from './outside.ts';
import { stripeForReading } from './provider.ts';
import { readEnvironment } from './read-environment.ts';

const hourMs = 3_600_000;

/** A month and what its last days leave open: what is not settled by then is no delay. */
const daysLookedAt = 35;

/** Whoever has so many lines reads the rest in `npm run reconcile`. */
const mostLines = 20;

export function bookkeeper(outside: Outside = {}) {
  const environment = readEnvironment(['usersTable', 'transactionsTable']);
  const { clock = systemClock, documents = newDocumentClient(), pause } = outside;
  const users = tableOf(documents, environment.usersTable, pause);
  const transactions = tableOf(documents, environment.transactionsTable, pause);
  const desk = {
    shelf: dynamoBookShelf(transactions),
    ledger: createStripeLedger(stripeForReading(), () => shopAccounts(users)),
  };
  return async (): Promise<void> => {
    const nowMs = clock.now();
    const period = { fromMs: nowMs - daysLookedAt * 24 * hourMs, toMs: nowMs };
    tell(await reconcile(desk, period, nowMs), nowMs);
  };
}

function tell(found: Reconciliation, nowMs: number): void {
  const { books, matched, differences, breaks, settling, strangers, unread } = found;
  const hoursSince = (atMs: number) => Math.floor((nowMs - atMs) / hourMs);
  const [oldest] = differences;
  log('books_reconciled', {
    books,
    // Never rounded up to a hundred.
    percentMatched: matchedPercent(found),
    matched: matched.length,
    differences: differences.length,
    breaks: breaks.length,
    settling,
    strangers,
    unread,
    oldestHours: oldest === undefined ? 0 : hoursSince(oldest.atMs),
  });
  const lines = [
    ...breaks.map(({ subject, kind, sequence }) => ({
      subject,
      kind,
      ...(sequence === undefined ? {} : { sequence }),
    })),
    ...differences.map(({ subject, kind, direction, atMs }) => ({
      subject,
      kind,
      direction,
      ageHours: hoursSince(atMs),
    })),
  ];
  for (const line of lines.slice(0, mostLines)) log('books_differ', line);
}
