// Logs why one record of a batch failed, and lets it fail: the batch processor tells the queue which ones come again.
import { RetryLater } from '../../domain/retry-later.ts';
import { describeError } from '../../wiring/describe-error.ts';
import { log } from '../../wiring/logger.ts';

export async function reportRecord(recordId: string, handle: () => Promise<void>): Promise<void> {
  try {
    await handle();
  } catch (error) {
    if (error instanceof RetryLater) log('record_put_back', { recordId, reason: error.reason });
    else log('record_failed', { recordId, ...describeError(error) });
    throw error;
  }
}
