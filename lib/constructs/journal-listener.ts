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
  /** Names its runbook articles: `<name>-dead-letters`, `<name>-lag`. */
  readonly name: string;
  /** One sentence for whoever is woken: who waits for what stands in the stream. */
  readonly whoIsHurt: string;
  /**
   * How the ids begin of what it hears of.
   * @default everything
   */
  readonly subjectPrefix?: string;
}

/** New journal entries and nothing else: other items of the table, and changes to them, wake nobody. */
function newJournalEntry(subjectPrefix: string | undefined) {
  return FilterCriteria.filter({
    eventName: ['INSERT'],
    dynamodb: {
      NewImage: {
        entity: { S: ['JournalEntry'] },
        ...(subjectPrefix !== undefined && { subject: { S: [{ prefix: subjectPrefix }] } }),
      },
    },
  });
}

export class JournalListener extends Construct {
  constructor(scope: Construct, id: string, props: JournalListenerProps) {
    super(scope, id);
    const { house, listener, journal, name, whoIsHurt } = props;
    const streamArn = journal.table.tableStreamArn;
    if (streamArn === undefined) throw new Error('The journal has no stream to listen to.');
    const deadLetters = new DeadLetterQueue(this, {
      house,
      article: `${name}-dead-letters`,
      whoIsHurt,
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
      filters: [newJournalEntry(props.subjectPrefix)],
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
      article: `${name}-lag`,
      whoIsHurt,
      metric: listener.function.metric('IteratorAge', {
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: Duration.minutes(5).toMilliseconds(),
    });
  }
}
