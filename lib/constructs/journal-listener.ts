// Wakes a function for each new journal entry, from the stream of the table that keeps the books.
import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { HouseAlarm } from './house-alarm.ts';
import type { HouseTable } from './house-table.ts';
import type { House } from './house.ts';
import type { NodeLambda } from './node-lambda.ts';

export interface JournalListenerProps {
  readonly house: House;
  readonly listener: NodeLambda;
  readonly journal: HouseTable;
}

const WHO_IS_HURT = 'People are not told, or told late, what happened to their money.';

/** New journal entries and nothing else: other items of the table, and changes to them, wake nobody. */
const NEW_JOURNAL_ENTRY = FilterCriteria.filter({
  eventName: ['INSERT'],
  dynamodb: { NewImage: { entity: { S: ['JournalEntry'] } } },
});

export class JournalListener extends Construct {
  constructor(scope: Construct, id: string, props: JournalListenerProps) {
    super(scope, id);
    const { house, listener, journal } = props;
    const streamArn = journal.table.tableStreamArn;
    if (streamArn === undefined) throw new Error('The journal has no stream to listen to.');
    const deadLetters = new DeadLetterQueue(this, {
      house,
      article: 'notifier-dead-letters',
      whoIsHurt: WHO_IS_HURT,
    });
    listener.allow(
      [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
      ],
      [streamArn],
    );
    new EventSourceMapping(this, 'Mapping', {
      target: listener.function,
      eventSourceArn: streamArn,
      // From the oldest entry that the stream still has: nothing that happened goes unannounced.
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [NEW_JOURNAL_ENTRY],
      batchSize: 10,
      // Entries of one payment stay in order; those of different payments do not wait for each other.
      parallelizationFactor: 4,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      // Bounded, because whatever stands behind a poisoned entry waits for it.
      retryAttempts: 5,
      maxRecordAge: Duration.hours(6),
      onFailure: new SqsDlq(deadLetters.queue),
    });
    new HouseAlarm(this, {
      house,
      article: 'notifier-lag',
      whoIsHurt: WHO_IS_HURT,
      metric: listener.function.metric('IteratorAge', {
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: Duration.minutes(5).toMilliseconds(),
    });
  }
}
