// What a template says of an event source mapping: which queue or stream wakes which function, and how.
import * as z from 'zod/mini';
import type { Deployment } from '../assembly/deployment.ts';
import type { Resource } from '../assembly/resource-values.ts';
import { type FilterPattern, parseFilterPattern } from './filter-pattern.ts';

const shape = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.prefault(z.boolean(), true),
  BatchSize: z.optional(z.number()),
  // Only gathers more: here a batch is what has come by the time the function is free.
  MaximumBatchingWindowInSeconds: z.optional(z.number()),
  FunctionResponseTypes: z.prefault(z.array(z.literal('ReportBatchItemFailures')), []),
  ScalingConfig: z.optional(z.object({ MaximumConcurrency: z.optional(z.number()) })),
  FilterCriteria: z.optional(z.object({ Filters: z.array(z.object({ Pattern: z.string() })) })),
  // A mapping lives here as long as its table, so that LATEST could only lose what came before the first look.
  StartingPosition: z.optional(z.enum(['TRIM_HORIZON', 'LATEST'])),
  BisectBatchOnFunctionError: z.prefault(z.boolean(), false),
  MaximumRetryAttempts: z.prefault(z.number(), -1),
  DestinationConfig: z.optional(
    z.object({ OnFailure: z.optional(z.object({ Destination: z.string() })) }),
  ),
});

export interface EventSourceMapping {
  /** Unique and the same after a restart. */
  id: string;
  sourceArn: string;
  functionArn: string;
  batchSize: number | undefined;
  reportsItemFailures: boolean;
  maximumConcurrency: number | undefined;
  /** An event is taken when one of them matches, or when there are none. */
  filters: FilterPattern[];
  bisects: boolean;
  /** Retries after the first attempt; without end when infinite. */
  maximumRetries: number;
  failureDestinationArn: string | undefined;
}

/** Undefined for a mapping that is switched off. */
export function readEventSourceMapping(
  deployment: Deployment,
  resource: Resource,
): EventSourceMapping | undefined {
  const properties = deployment.properties(resource, shape);
  if (!properties.Enabled) return undefined;
  const retries = properties.MaximumRetryAttempts;
  return {
    id: `${resource.stack.name}/${resource.logicalId}`,
    sourceArn: properties.EventSourceArn,
    functionArn: properties.FunctionName,
    batchSize: properties.BatchSize,
    reportsItemFailures: properties.FunctionResponseTypes.length > 0,
    maximumConcurrency: properties.ScalingConfig?.MaximumConcurrency,
    filters: (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) =>
      parseFilterPattern(Pattern),
    ),
    bisects: properties.BisectBatchOnFunctionError,
    maximumRetries: retries < 0 ? Number.POSITIVE_INFINITY : retries,
    failureDestinationArn: properties.DestinationConfig?.OnFailure?.Destination,
  };
}
