// A queue and its worker: what fails is tried five times, then kept for a human, and neither happens in silence.
import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
  type QueueProps,
} from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EnvironmentName } from '../../lambdas/wiring/environment.ts';
import { acknowledge } from './acknowledge.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { HouseAlarm } from './house-alarm.ts';
import type { House } from './house.ts';
import type { NodeLambda } from './node-lambda.ts';

export interface WorkQueueProps {
  readonly house: House;
  /** Names the queue and its runbook articles: `<name>-dead-letters`, `<name>-oldest-message`. */
  readonly name: string;
  /** The variable that tells a sender the queue's URL. */
  readonly urlVariable: EnvironmentName;
  readonly worker: NodeLambda;
  /** One sentence for whoever is woken: who waits for these messages. */
  readonly whoIsHurt: string;
  /**
   * First in, first out within a message group, groups side by side.
   * @default false
   */
  readonly fifo?: boolean;
  /**
   * Workers at once. A bound here, unlike reserved concurrency, never makes SQS count a throttled try.
   * @default 20
   */
  readonly maxConcurrency?: number;
  /**
   * Age of the oldest waiting message that rings the alarm.
   * @default 10 minutes
   */
  readonly oldestMessage?: Duration;
}

/** Tries before a message is put aside. With the wait between them this spans short outages of a vendor. */
const TRIES = 5;

/** A message is tried again after this many times the worker's time limit. Someone waits for it, so not AWS's six. */
const VISIBILITY_TIMEOUTS = 3;

const FIFO: QueueProps = {
  fifo: true,
  // Senders give the deduplication id; each group is its own scope and its own lane.
  contentBasedDeduplication: false,
  deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
  fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
};

export class WorkQueue extends Construct {
  private readonly queue: Queue;
  private readonly urlVariable: EnvironmentName;

  constructor(scope: Construct, props: WorkQueueProps) {
    super(scope, props.name);
    this.urlVariable = props.urlVariable;
    const deadLetters = new DeadLetterQueue(this, {
      house: props.house,
      article: `${props.name}-dead-letters`,
      whoIsHurt: props.whoIsHurt,
      fifo: props.fifo ?? false,
    });
    this.queue = new Queue(this, 'Queue', {
      ...(props.fifo === true && FIFO),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: Duration.seconds(props.worker.timeout.toSeconds() * VISIBILITY_TIMEOUTS),
      deadLetterQueue: { queue: deadLetters.queue, maxReceiveCount: TRIES },
    });
    this.attachWorker(props);
    new HouseAlarm(this, {
      house: props.house,
      article: `${props.name}-oldest-message`,
      whoIsHurt: props.whoIsHurt,
      metric: this.queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: (props.oldestMessage ?? Duration.minutes(10)).toSeconds(),
    });
  }

  /** Lets a function send here, and tells it where. */
  allowSend(sender: NodeLambda): void {
    sender.allow(['sqs:SendMessage'], [this.queue.queueArn]);
    sender.setVariable(this.urlVariable, this.queue.queueUrl);
  }

  private attachWorker(props: WorkQueueProps): void {
    props.worker.allow(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      [this.queue.queueArn],
    );
    const mapping = new EventSourceMapping(this, 'Worker', {
      target: props.worker.function,
      eventSourceArn: this.queue.queueArn,
      batchSize: 10,
      maxConcurrency: props.maxConcurrency ?? 20,
      // Each message of a batch stands alone: only those that failed come back.
      reportBatchItemFailures: true,
    });
    acknowledge(mapping, {
      'Serverless-LambdaEventSourceMappingDestination':
        'Lambda has no failure destination for SQS; the queue has a dead-letter queue with an alarm.',
    });
  }
}
