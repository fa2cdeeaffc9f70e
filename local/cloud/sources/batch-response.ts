// Which items of a batch a function reports as failed, by Lambda's rules for ReportBatchItemFailures.
import * as z from 'zod/mini';
import type { InvocationResult } from '../lambda/lambda-function.ts';

const responseShape = z.nullish(
  z.object({
    batchItemFailures: z.nullish(z.array(z.object({ itemIdentifier: z.string() }))),
  }),
);

/**
 * Identifiers that failed, out of those of the batch. As on AWS all failed when the function failed, when its answer
 * has another shape, or when it names an item that is not in the batch.
 */
export function failedItems(
  result: InvocationResult,
  identifiers: readonly string[],
  reportsItemFailures: boolean,
): ReadonlySet<string> {
  if (result.kind === 'failed') return new Set(identifiers);
  if (!reportsItemFailures) return new Set();
  const parsed = responseShape.safeParse(result.payload);
  if (!parsed.success) return new Set(identifiers);
  const failed = (parsed.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return new Set(failed.every((id) => identifiers.includes(id)) ? failed : identifiers);
}
