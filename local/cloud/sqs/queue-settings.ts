// What the template says of a queue, with SQS's own defaults.
import * as z from 'zod/mini';
import type { Deployment } from '../assembly/deployment.ts';
import { arnOf, physicalName, type Resource, refOf } from '../assembly/resource-values.ts';

export interface QueueSettings {
  name: string;
  logicalId: string;
  url: string;
  arn: string;
  fifo: boolean;
  contentBasedDeduplication: boolean;
  deduplicationScope: 'queue' | 'messageGroup';
  visibilityTimeoutMs: number;
  delayMs: number;
  maximumMessageBytes: number;
  redrive?: { deadLetterArn: string; maxReceiveCount: number } | undefined;
}

const queueShape = z.object({
  FifoQueue: z.prefault(z.boolean(), false),
  ContentBasedDeduplication: z.prefault(z.boolean(), false),
  DeduplicationScope: z.prefault(z.enum(['queue', 'messageGroup']), 'queue'),
  VisibilityTimeout: z.prefault(z.number(), 30),
  DelaySeconds: z.prefault(z.number(), 0),
  // 1 MiB since August 2025, 256 KiB before.
  MaximumMessageSize: z.prefault(z.number(), 1_048_576),
  RedrivePolicy: z.optional(
    z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }),
  ),
});

export function readQueueSettings(deployment: Deployment, resource: Resource): QueueSettings {
  const properties = deployment.properties(resource, queueShape);
  const { RedrivePolicy: redrive } = properties;
  return {
    name: physicalName(resource, deployment.surroundings),
    logicalId: resource.logicalId,
    url: refOf(resource, deployment.surroundings),
    arn: arnOf(resource, deployment.surroundings),
    fifo: properties.FifoQueue,
    contentBasedDeduplication: properties.ContentBasedDeduplication,
    deduplicationScope: properties.DeduplicationScope,
    visibilityTimeoutMs: properties.VisibilityTimeout * 1000,
    delayMs: properties.DelaySeconds * 1000,
    maximumMessageBytes: properties.MaximumMessageSize,
    redrive: redrive && {
      deadLetterArn: redrive.deadLetterTargetArn,
      maxReceiveCount: redrive.maxReceiveCount,
    },
  };
}
