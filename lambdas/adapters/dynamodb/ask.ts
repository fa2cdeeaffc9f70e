// One call to DynamoDB: contention is tried again, throttling and silence become "later", all else is a bug.
import { RetryLater } from '../../domain/retry-later.ts';
import type { Table } from './table.ts';

/**
 * Pauses before each new try against a write of someone else that is under way on the same item; those take single
 * milliseconds. The same for everyone on purpose: a run can be replayed, and whoever is still in the way after the last
 * comes first.
 */
export const contentionPausesMs = [10, 30, 90] as const;

const throttlingErrors = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  // Our own earlier try with the same token is still under way.
  'TransactionInProgressException',
]);

const unavailableErrors = new Set([
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  'InternalServerError',
  'ServiceUnavailable',
]);

const networkCodes = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/**
 * Runs one call. A single write that meets a transaction under way on its item (`TransactionConflictException`) is
 * tried again. Throws RetryLater when the table is throttled or does not answer: a write may then have happened or not,
 * and trying the same again is right, since every write of ours is conditional or the same twice.
 */
export async function ask<Answer>(table: Table, call: () => Promise<Answer>): Promise<Answer> {
  for (const pauseMs of contentionPausesMs) {
    try {
      return await call();
    } catch (error) {
      if (!isContention(error)) throw laterOrSame(error);
      await table.pause(pauseMs);
    }
  }
  try {
    return await call();
  } catch (error) {
    throw laterOrSame(error);
  }
}

function isContention(error: unknown): boolean {
  return error instanceof Error && error.name === 'TransactionConflictException';
}

function laterOrSame(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (throttlingErrors.has(error.name) || isContention(error)) {
    return new RetryLater('store_throttled', { cause: error });
  }
  if (unavailableErrors.has(error.name) || isNetworkError(error) || isServerError(error)) {
    return new RetryLater('store_unavailable', { cause: error });
  }
  return error;
}

function isNetworkError(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string' && networkCodes.has(error.code);
}

function isServerError(error: Error): boolean {
  if (!('$metadata' in error)) return false;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null) return false;
  return (
    'httpStatusCode' in metadata &&
    typeof metadata.httpStatusCode === 'number' &&
    metadata.httpStatusCode >= 500
  );
}
