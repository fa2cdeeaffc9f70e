// All queues of the deployment, found by name, URL or ARN.
import type { LocalClock } from '../../clock.ts';
import type { Durable } from '../../durable.ts';
import type { Deployment } from '../assembly/deployment.ts';
import { Queue } from './queue.ts';
import { readQueueSettings } from './queue-settings.ts';
import { SqsError } from './sqs-error.ts';

export interface QueueDirectory {
  all: readonly Queue[];
  /** By physical name, or logical id with or without the hash that the CDK puts at its end. */
  byName(name: string): Queue;
  byUrl(url: string): Queue;
  byArn(arn: string): Queue;
}

const CDK_HASH = /[0-9A-F]{8}$/;

export function createQueues(
  deployment: Deployment,
  clock: LocalClock,
  durable: Durable,
): QueueDirectory {
  const all: Queue[] = [];
  const find = (test: (queue: Queue) => boolean): Queue => {
    const queue = all.find(test);
    if (queue !== undefined) return queue;
    throw new SqsError(
      'QueueDoesNotExist',
      'The specified queue does not exist.',
      'AWS.SimpleQueueService.NonExistentQueue',
    );
  };
  const directory: QueueDirectory = {
    all,
    byName: (name) =>
      find(({ settings: { name: physical, logicalId } }) =>
        [physical, logicalId, logicalId.replace(CDK_HASH, '')].includes(name),
      ),
    // The SDK may reach us under another host name than the one that we wrote: the path tells the queue.
    byUrl: (url) => find(({ settings }) => url.endsWith(new URL(settings.url).pathname)),
    byArn: (arn) => find(({ settings }) => settings.arn === arn),
  };
  for (const resource of deployment.ofType('AWS::SQS::Queue')) {
    const settings = readQueueSettings(deployment, resource);
    all.push(new Queue({ settings, clock, durable, queueByArn: directory.byArn }));
  }
  return directory;
}
