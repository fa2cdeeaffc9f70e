// Everything that is left when all is at rest, read from DynamoDB Local, the stand-ins' books and the threads.
import * as z from 'zod/mini';
import { openBooks } from '../../bin/books/open-books.ts';
import { newDocumentClient } from '../../lambdas/adapters/dynamodb/client.ts';
import { dynamoStores } from '../../lambdas/adapters/dynamodb/stores.ts';
import type { Book } from '../../lambdas/domain/books/book.ts';
import type { Movement } from '../../lambdas/domain/books/movement.ts';
import { type Reconciliation, reconcile } from '../../lambdas/domain/books/reconcile.ts';
import { joesPage } from '../../local/joes-coffee/page.ts';
import type { MortalMachine } from '../journeys/driver/mortal-machine.ts';
import { atDoor } from '../journeys/driver/stand-in-phone.ts';
import { type QueueState, queuesAtRest, webhooksUnderWay } from './rest.ts';

export interface Evidence {
  readonly books: readonly Book[];
  readonly found: Reconciliation;
  readonly movements: readonly Movement[];
  readonly bubbles: readonly Said[];
  readonly queues: readonly QueueState[];
  /** How many have not arrived. */
  readonly webhooks: number;
  /** What is left on the shelf of what is counted, by product. */
  readonly stock: ReadonlyMap<string, number>;
}

/** One bubble of a thread: of the page, with the outbox id that it was sent under, or of a person. */
export interface Said {
  readonly inThreadOf: string;
  readonly from: 'page' | 'person';
  readonly mid: string;
  readonly atMs: number;
  readonly words: string;
  readonly outboxId: string;
}

/** All that has ever been is in the period. */
const longAgoMs = 400 * 24 * 60 * 60_000;

export async function gather(machine: MortalMachine): Promise<Evidence> {
  const queues = await queuesAtRest(machine);
  const { shelf, ledger, nowMs } = await openBooks({ PORT: new URL(machine.url).port });
  const period = { fromMs: nowMs - longAgoMs, toMs: nowMs };
  const [books, ledgered, found] = await Promise.all([
    all(shelf.books()),
    all(ledger.movements(period)),
    reconcile({ shelf, ledger }, period, nowMs),
  ]);
  return {
    books,
    // No shop closes its account here.
    movements: ledgered.filter((each) => 'direction' in each),
    found,
    queues,
    webhooks: (await webhooksUnderWay(machine)).length,
    bubbles: await allSaid(machine),
    stock: await (await shelfOf(machine)).levels(),
  };
}

async function all<Thing>(things: AsyncIterable<Thing>): Promise<Thing[]> {
  const list: Thing[] = [];
  for await (const thing of things) list.push(thing);
  return list;
}

const peopleSchema = z.array(z.object({ id: z.string(), name: z.string() }));
const threadSchema = z.object({
  messages: z.array(
    z.object({
      from: z.enum(['page', 'person']),
      mid: z.string(),
      atMs: z.number(),
      words: z.string(),
      metadata: z.optional(z.nullable(z.string())),
    }),
  ),
});

async function allSaid({ messengerUrl }: MortalMachine): Promise<Said[]> {
  const door = { url: messengerUrl };
  const people = z.parse(peopleSchema, await atDoor(door, 'people'));
  const threads = people.flatMap(({ id, name }) =>
    ['1000', joesPage.id].map(async (page) => {
      const thread = z.parse(threadSchema, await atDoor(door, `people/${id}/threads/${page}`));
      return thread.messages.map(({ metadata, ...said }) => ({
        ...said,
        inThreadOf: name,
        outboxId: metadata ?? '',
      }));
    }),
  );
  return (await Promise.all(threads)).flat();
}

const tablesSchema = z.object({
  dynamoDbUrl: z.string(),
  users: z.string(),
  transactions: z.string(),
});

/** Joe's shelf, read and filled in the tables themselves. */
export async function shelfOf({ url }: MortalMachine) {
  const { dynamoDbUrl, ...tables } = z.parse(tablesSchema, await atDoor({ url }, 'machine'));
  const documents = newDocumentClient({
    endpoint: dynamoDbUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { shops, products, stock } = dynamoStores(documents, tables);
  const shop = await shops.byPage(joesPage.id);
  if (shop === undefined) throw new Error('Joe has no shop.');
  const { things } = await products.ofShop(shop.id, { limit: 100 });
  const ids = things.map(({ id }) => id);
  const levels = () => stock.levels(shop.id, ids);
  return {
    levels,
    async fill(level: number) {
      for (const id of (await levels()).keys()) await stock.set(shop.id, id, level);
    },
  };
}
