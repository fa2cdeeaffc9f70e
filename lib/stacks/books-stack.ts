// Nothing stays unnoticed: what no webhook has brought is fetched every hour, and the books are held beside the provider's each night.
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Construct } from 'constructs';
import { DeadLetterQueue } from '../constructs/dead-letter-queue.ts';
import { HouseAlarm } from '../constructs/house-alarm.ts';
import type { House } from '../constructs/house.ts';
import { NodeLambda } from '../constructs/node-lambda.ts';
import { OnSchedule } from '../constructs/on-schedule.ts';
import { SilenceAlarm } from '../constructs/silence-alarm.ts';
import { booksMetric } from './books-metrics.ts';
import type { DataStack } from './data-stack.ts';
import type { PaymentsStack } from './payments-stack.ts';
import type { WebStack } from './web-stack.ts';

export interface BooksStackProps extends StackProps {
  readonly house: House;
  readonly data: DataStack;
  readonly web: WebStack;
  readonly payments: PaymentsStack;
}

const UNNOTICED = 'Anyone whose money is lost or doubled: nobody would notice it.';
const UNTOLD =
  'People of whose payment or order a webhook never told us, such as a dispute: they see the state before.';

export class BooksStack extends Stack {
  private readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: BooksStackProps) {
    super(scope, id, props);
    this.deadLetters = new DeadLetterQueue(this, {
      house: props.house,
      article: 'books-dead-letters',
      whoIsHurt:
        'Nobody yet: a check of the books did not run, and the next one looks as far back.',
    });
    this.keepBooks(props);
    this.backfillEvents(props);
  }

  /** While nobody else reads much. One that fails is run again by Lambda within minutes. */
  private keepBooks({ house, data, web }: BooksStackProps): void {
    const bookkeeper = new NodeLambda(this, {
      house,
      name: 'bookkeeper',
      description: "Holds our journal and our states beside the provider's books",
      whoIsHurt: UNNOTICED,
      timeout: Duration.minutes(15),
      // A month of movements is held at once; with the memory comes the share of a CPU.
      memoryMb: 2048,
      publicUrl: web.publicUrl,
      callsStripe: true,
      secrets: [data.secrets.stripeKey],
      failureDestination: new SqsDestination(this.deadLetters.queue),
      retries: 2,
      failuresToAlarm: 1,
    });
    data.users.allow(bookkeeper, 'scan');
    data.transactions.allow(bookkeeper, 'scan');
    this.wake(bookkeeper, { expression: 'cron(15 3 * * ? *)', worth: Duration.hours(1) });

    const stage = house.stage.name;
    const percent = booksMetric(stage, 'PercentMatched');
    bookkeeper.measure('books_reconciled', '$.percentMatched', percent);
    const oldest = booksMetric(stage, 'OldestDifferenceHours');
    bookkeeper.measure('books_reconciled', '$.oldestHours', oldest);
    const differing = booksMetric(stage, 'BooksDiffer');
    bookkeeper.measure('books_differ', '1', differing);
    new HouseAlarm(this, {
      house,
      article: 'books-differ',
      whoIsHurt:
        'Somebody whose money moved otherwise than our journal says: lost, doubled, or not told of.',
      metric: new Metric({ ...differing, statistic: 'Sum', period: Duration.days(1) }),
      threshold: 1,
    });
    new SilenceAlarm(this, {
      house,
      watched: bookkeeper,
      article: 'bookkeeper-silent',
      whoIsHurt: UNNOTICED,
      every: Duration.days(1),
    });
  }

  private backfillEvents({ house, data, web, payments }: BooksStackProps): void {
    const backfill = new NodeLambda(this, {
      house,
      name: 'events-backfill',
      description: "Reads the provider's own list of events and queues what no webhook has brought",
      whoIsHurt: UNTOLD,
      timeout: Duration.minutes(15),
      publicUrl: web.publicUrl,
      callsStripe: true,
      secrets: [data.secrets.stripeKey],
      failureDestination: new SqsDestination(this.deadLetters.queue),
      retries: 2,
      failuresToAlarm: 1,
    });
    data.users.allow(backfill, 'scan');
    data.transactions.allow(backfill, 'read');
    data.transactions.allowIndexes(backfill, 'byPayee');
    payments.providerEvents.allowSend(backfill);
    this.wake(backfill, { expression: 'rate(1 hour)', worth: Duration.minutes(30) });
    backfill.measure(
      'events_backfilled',
      '$.queued',
      booksMetric(house.stage.name, 'EventsMissed'),
    );
    new SilenceAlarm(this, {
      house,
      watched: backfill,
      article: 'events-backfill-silent',
      whoIsHurt: UNTOLD,
      every: Duration.hours(1),
    });
  }

  private wake(
    target: NodeLambda,
    when: { readonly expression: string; readonly worth: Duration },
  ): void {
    new OnSchedule(this, `Clock of ${target.node.id}`, {
      target,
      deadLetters: this.deadLetters,
      ...when,
    });
  }
}
