// Starts everything of the templates that wakes functions by itself.
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { LocalClock } from '../../clock.ts';
import type { Durable } from '../../durable.ts';
import type { Deployment } from '../assembly/deployment.ts';
import { whereIs } from '../assembly/resource-values.ts';
import type { FunctionDirectory } from '../lambda/function-directory.ts';
import type { QueueDirectory } from '../sqs/queue-directory.ts';
import type { TableStream } from '../tables/create-tables.ts';
import { type EventSourceMapping, readEventSourceMapping } from './event-source-mapping.ts';
import { startQueueSource } from './queue-source.ts';
import { startSchedules } from './schedule-source.ts';
import type { Source } from './source.ts';
import { type StreamSource, startStreamSource } from './stream-source.ts';

export interface Parts {
  deployment: Deployment;
  functions: FunctionDirectory;
  queues: QueueDirectory;
  streams: readonly TableStream[];
  streamsClient: DynamoDBStreamsClient;
  clock: LocalClock;
  durable: Durable;
  onTrouble(line: string): void;
}

export interface Sources {
  all: Source[];
  /** Streams look again soon: something has run that may have written. */
  wakeStreams(): void;
}

export function startSources(parts: Parts): Sources {
  const all: Source[] = startSchedules(parts.deployment, parts.functions, parts.clock);
  const streams: StreamSource[] = [];
  for (const resource of parts.deployment.ofType('AWS::Lambda::EventSourceMapping')) {
    const mapping = readEventSourceMapping(parts.deployment, resource);
    if (mapping === undefined) continue;
    const lambda = parts.functions.byArn(mapping.functionArn);
    const queue = parts.queues.all.find(({ settings }) => settings.arn === mapping.sourceArn);
    const stream = parts.streams.find(({ arn }) => arn === mapping.sourceArn);
    if (queue !== undefined) {
      all.push(startQueueSource({ mapping, queue, lambda, clock: parts.clock }));
    } else if (stream !== undefined) {
      requireDestination(mapping, parts.queues);
      const { streamsClient: client, queues, clock, durable, onTrouble } = parts;
      streams.push(
        startStreamSource({ mapping, stream, lambda, client, queues, clock, durable, onTrouble }),
      );
    } else {
      throw new Error(`${whereIs(resource)} listens to ${mapping.sourceArn}, which is not here.`);
    }
  }
  all.push(...streams);
  return { all, wakeStreams: () => streams.forEach((stream) => stream.wake()) };
}

/** Throws now rather than when the first record fails. */
function requireDestination(mapping: EventSourceMapping, queues: QueueDirectory): void {
  if (mapping.failureDestinationArn !== undefined) queues.byArn(mapping.failureDestinationArn);
}
