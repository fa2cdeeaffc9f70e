// What is mutated, in slices, and which tests may kill a mutant of each: those that are about it, and need no server of ours.
import { globSync } from 'node:fs';

export interface Slice {
  readonly name: string;
  readonly sources: readonly string[];
  readonly tests: readonly string[];
  /** The code remembers what it has once found out (Intl's signs), so each survivor is tried again with all loaded anew. */
  readonly isRemembering?: true;
}

/** What is said to people moves no money, and is read by people: its words are not mutated. */
const sayings = ['replies.ts', 'announcements.ts', 'words.ts', 'decline-words.ts', 'receipts.ts'];

const domain = (room: string) => `test/domain/${room}/*.test.ts`;
const adapter = (room: string) => `test/adapters/${room}/*.test.ts`;

export const slices: readonly Slice[] = [
  // Signs and words of currencies are tables, whose test is a table: there is nothing to decide in them.
  {
    name: 'money',
    sources: except('lambdas/domain/money/*.ts', ['currency-signs.ts', 'currency.ts']),
    tests: [domain('money')],
    isRemembering: true,
  },
  {
    name: 'payments',
    sources: except('lambdas/domain/payments/*.ts', sayings),
    tests: [domain('payments'), domain('requests'), domain('journal')],
  },
  {
    name: 'requests',
    sources: except('lambdas/domain/requests/*.ts', sayings),
    tests: [domain('requests'), domain('payments')],
  },
  {
    name: 'journal',
    sources: globSync('lambdas/domain/journal/*.ts'),
    tests: [domain('journal'), domain('payments'), domain('requests'), domain('orders')],
  },
  {
    name: 'books',
    sources: globSync('lambdas/domain/books/*.ts'),
    tests: [domain('books')],
  },
  {
    name: 'merchant-api',
    sources: globSync(
      'lambdas/domain/merchant-api/{idempotent-call,api-call,rate-limit,delivery,advance-delivery,publish-event,event-of-entry}.ts',
    ),
    tests: [domain('merchant-api')],
  },
  {
    name: 'stripe',
    sources: globSync(
      'lambdas/adapters/stripe/{errors,decline-reasons,amounts,look-up,verify-webhook,read-webhook,read-event,intent}.ts',
    ),
    tests: [adapter('stripe')],
  },
  {
    name: 'messenger',
    sources: globSync(
      'lambdas/adapters/messenger/{error-classes,verify-signature,webhook-json,read-webhook}.ts',
    ),
    tests: [adapter('messenger')],
  },
  {
    name: 'dynamodb',
    sources: globSync('lambdas/adapters/dynamodb/{commit-step,transact}.ts'),
    tests: [
      'test/adapters/dynamodb/{bad-days,transact}.test.ts',
      'test/contracts/payment-store.test.ts',
      'test/contracts/request-store.test.ts',
    ],
  },
  {
    name: 'orders',
    sources: except('lambdas/domain/orders/*.ts', sayings),
    // Its page and the console are the only ways to some of it.
    tests: [
      domain('orders'),
      domain('shops'),
      'test/web/order-*.test.ts',
      'test/web/console/{orders,bills,owner}.test.ts',
    ],
  },
];

function except(pattern: string, names: readonly string[]): string[] {
  return globSync(pattern).filter((path) => !names.some((name) => path.endsWith(`/${name}`)));
}
