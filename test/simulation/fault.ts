// What can go wrong with one call that leaves the process: which faults there are, for whom, and what the caller then sees.
import {
  InternalServerError,
  ProvisionedThroughputExceededException,
  RequestLimitExceeded,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';

/** Whom a call goes to. */
export type Vendor = 'tables' | 'queue' | 'stripe' | 'messenger' | 'secrets' | 'merchant';

/** `crash_…` ends the process; `lost_…` loses the request or its answer; the rest is what the vendor itself says. */
export const faultKinds = [
  'crash_before',
  'crash_after',
  'lost_before',
  'lost_after',
  'throttled',
  'server_error',
  'transaction_conflict',
  'transaction_throttled',
  'capacity_exceeded',
  'collection_too_large',
  'in_progress',
  'stale_index',
  'unprocessed',
  'says_no',
  'delivered_twice',
  'delivered_late',
  'clock_skew',
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** Strikes the `at`-th call (counted from its act on) that it fits, and as many after it as `times` says. */
export interface Fault {
  readonly kind: FaultKind;
  readonly on: Vendor | 'any';
  readonly at: number;
  /** So many calls in a row; once where it does not say. */
  readonly times?: number;
}

/** Which vendor can do what. */
const possible: Readonly<Record<Vendor, readonly FaultKind[]>> = {
  tables: [
    'lost_before',
    'lost_after',
    'throttled',
    'server_error',
    'transaction_conflict',
    'transaction_throttled',
    'capacity_exceeded',
    'collection_too_large',
    'in_progress',
    'stale_index',
    'unprocessed',
  ],
  queue: ['lost_before', 'lost_after', 'throttled', 'server_error'],
  stripe: ['lost_before', 'lost_after'],
  messenger: ['lost_before', 'lost_after', 'throttled', 'server_error', 'says_no'],
  secrets: ['lost_before', 'server_error'],
  merchant: ['lost_before', 'lost_after', 'server_error', 'says_no'],
};

const anywhere: readonly FaultKind[] = ['crash_before', 'crash_after', 'clock_skew'];

/** Where messages are handed out, not where calls are made. */
export const deliveryFaults: readonly FaultKind[] = ['delivered_twice', 'delivered_late'];

type FaultsOf = readonly [number, Fault['on'], readonly FaultKind[]];

export const faultsOfMoney: FaultsOf = [5, 'stripe', possible.stripe];

/** How often whom, and what then. */
export const faultsOf: readonly FaultsOf[] = [
  [4, 'any', [...anywhere, ...deliveryFaults]],
  [5, 'tables', possible.tables],
  faultsOfMoney,
  [3, 'messenger', possible.messenger],
  [1, 'queue', possible.queue],
  [1, 'secrets', possible.secrets],
  [1, 'merchant', possible.merchant],
];

const transactional: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'transaction_conflict',
  'transaction_throttled',
  'capacity_exceeded',
  'collection_too_large',
  'in_progress',
]);

/** Whether this call can meet this fault: a cancelled transaction needs one, a stale index a query of one. */
export function fits(fault: Pick<Fault, 'kind' | 'on'>, to: Vendor, name: string): boolean {
  if (deliveryFaults.includes(fault.kind)) return false;
  if (fault.on !== 'any' && fault.on !== to) return false;
  if (transactional.has(fault.kind)) return name.startsWith('TransactWrite');
  if (fault.kind === 'stale_index') return name.startsWith('Query by') || name === 'Query due';
  if (fault.kind === 'unprocessed') return name.startsWith('BatchGet');
  return true;
}

/** Whether the call has done its work when it fails so. */
export function isDoneAllTheSame(kind: FaultKind): boolean {
  return kind === 'crash_after' || kind === 'lost_after';
}

/** What DynamoDB's client throws; `writes` is how many a transaction has. */
export function tableError(kind: FaultKind, writes: number): Error {
  const $metadata = {};
  const cancelled = (Code: string) =>
    new TransactionCanceledException({
      message: 'Transaction cancelled',
      $metadata,
      CancellationReasons: Array.from({ length: Math.max(1, writes) }, (_, index) => ({
        Code: index === 0 ? Code : 'None',
      })),
    });
  const code = cancellationOf[kind];
  if (code !== undefined) return cancelled(code);
  if (kind === 'in_progress')
    return named('TransactionInProgressException', 'The transaction is in progress');
  if (kind === 'server_error') return new InternalServerError({ message: 'internal', $metadata });
  if (kind !== 'throttled') return named('TimeoutError', 'Socket timed out without data');
  return writes % 2 === 0
    ? new ProvisionedThroughputExceededException({ message: 'slow down', $metadata })
    : new RequestLimitExceeded({ message: 'slow down', $metadata });
}

/** Why DynamoDB cancels a transaction, beside conditions that do not hold. */
const cancellationOf: Partial<Record<FaultKind, string>> = {
  transaction_conflict: 'TransactionConflict',
  transaction_throttled: 'ThrottlingError',
  capacity_exceeded: 'ProvisionedThroughputExceeded',
  collection_too_large: 'ItemCollectionSizeLimitExceeded',
};

export function queueError(kind: FaultKind): Error {
  return kind === 'throttled'
    ? named('ThrottlingException', 'Rate exceeded')
    : named('TimeoutError', 'Socket timed out without data');
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
