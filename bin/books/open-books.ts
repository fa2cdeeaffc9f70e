// Where the books are: the tables and the Stripe account that the environment names, or those of the machine that runs here.
import { newDocumentClient } from '../../lambdas/adapters/dynamodb/client.ts';
import { dynamoBookShelf } from '../../lambdas/adapters/dynamodb/book-shelf.ts';
import { tableOf } from '../../lambdas/adapters/dynamodb/table.ts';
import { createStripeClient } from '../../lambdas/adapters/stripe/client.ts';
import { createStripeLedger } from '../../lambdas/adapters/stripe/ledger.ts';
import type { BookShelf, ProviderLedger } from '../../lambdas/domain/books/ports.ts';
import { shopAccounts } from '../../lambdas/adapters/dynamodb/shop-accounts.ts';
import * as z from 'zod/mini';

export interface OpenBooks {
  readonly shelf: BookShelf;
  readonly ledger: ProviderLedger;
  readonly nowMs: number;
  /** For the first line of what is printed. */
  readonly where: string;
}

const machineSchema = z.object({
  nowMs: z.number(),
  dynamoDbUrl: z.string(),
  stripeUrl: z.string(),
  users: z.string(),
  transactions: z.string(),
});

/** A deployed stage where `TRANSACTIONS_TABLE` is set, else `npm start` on `PORT`. */
export async function openBooks(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<OpenBooks> {
  const text = (name: string) => environment[name]?.trim() || undefined;
  const [users, transactions] = [text('USERS_TABLE'), text('TRANSACTIONS_TABLE')];
  if (users !== undefined && transactions !== undefined) {
    const key = text('STRIPE_SECRET_KEY');
    if (key === undefined) throw new Error('Set STRIPE_SECRET_KEY to the stage’s key, too.');
    return booksAt({ documents: newDocumentClient(), users, transactions, key, nowMs: Date.now() });
  }
  const port = text('PORT') ?? '3000';
  const machine = await machineOn(port);
  const documents = newDocumentClient({
    endpoint: machine.dynamoDbUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { nowMs, stripeUrl } = machine;
  const key = text('STRIPE_SECRET_KEY') ?? 'sk_test_local';
  return booksAt({
    documents,
    ...machine,
    nowMs,
    key,
    stripeUrl,
    where: `npm start on port ${port}`,
  });
}

async function machineOn(port: string): Promise<z.infer<typeof machineSchema>> {
  const url = `http://localhost:${port}/_stand-in/machine`;
  const answer = await fetch(url).catch(() => undefined);
  if (answer?.ok !== true)
    throw new Error(
      `Nothing runs on port ${port}. Run \`npm start\` first, or set USERS_TABLE, TRANSACTIONS_TABLE and STRIPE_SECRET_KEY of a deployed stage.`,
    );
  return machineSchema.parse(await answer.json());
}

function booksAt(at: {
  readonly documents: ReturnType<typeof newDocumentClient>;
  readonly users: string;
  readonly transactions: string;
  readonly key: string;
  readonly nowMs: number;
  readonly stripeUrl?: string;
  readonly where?: string;
}): OpenBooks {
  const { documents, users, transactions, key, stripeUrl, nowMs } = at;
  const stripe = createStripeClient({
    secretKey: async () => key,
    ...(stripeUrl === undefined ? {} : { apiUrl: stripeUrl }),
    // Nobody waits for an answer here.
    timeoutMs: 60_000,
    maxNetworkRetries: 3,
  });
  return {
    shelf: dynamoBookShelf(tableOf(documents, transactions)),
    ledger: createStripeLedger(stripe, () => shopAccounts(tableOf(documents, users))),
    nowMs,
    where: at.where ?? `table ${transactions}`,
  };
}
