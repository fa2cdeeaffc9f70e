// Where work waits that failed too often: two weeks, and an alarm from the first message on.
import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { HouseAlarm } from './house-alarm.ts';
import type { House } from './house.ts';

export interface DeadLetterQueueProps {
  readonly house: House;
  /** The heading of its article in the runbook; `<what failed>-dead-letters`. */
  readonly article: string;
  /** One sentence for whoever is woken: who waits for these messages. */
  readonly whoIsHurt: string;
  /**
   * The dead letters of a FIFO queue are a FIFO queue.
   * @default false
   */
  readonly fifo?: boolean;
}

export class DeadLetterQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, props: DeadLetterQueueProps) {
    super(scope, 'DeadLetters');
    this.queue = new Queue(this, 'Queue', {
      // An explicit false is refused by SQS: a queue is FIFO or says nothing.
      ...(props.fifo === true && { fifo: true }),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // The longest that SQS keeps anything: a long weekend plus the time to repair.
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this.queue, {
      'AwsSolutions-SQS3': 'This is a dead-letter queue: what it holds waits for a human.',
      'Serverless-SQSRedrivePolicy':
        'This is a dead-letter queue: what it holds waits for a human.',
    });
    new HouseAlarm(this, {
      house: props.house,
      article: props.article,
      whoIsHurt: props.whoIsHurt,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: 1,
    });
  }
}
