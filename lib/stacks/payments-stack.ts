// The money's own time: what the provider tells us, what falls due, and what people must be told of it.
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../lambdas/wiring/environment.ts';
import { DeadLetterQueue } from '../constructs/dead-letter-queue.ts';
import type { House } from '../constructs/house.ts';
import { JournalListener } from '../constructs/journal-listener.ts';
import { NodeLambda } from '../constructs/node-lambda.ts';
import { OnSchedule } from '../constructs/on-schedule.ts';
import { SilenceAlarm } from '../constructs/silence-alarm.ts';
import { WebhookEndpoint } from '../constructs/webhook-endpoint.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import type { ChatStack } from './chat-stack.ts';
import type { DataStack } from './data-stack.ts';
import type { MerchantsStack } from './merchants-stack.ts';
import type { WebStack } from './web-stack.ts';

export interface PaymentsStackProps extends StackProps {
  readonly house: House;
  readonly data: DataStack;
  readonly web: WebStack;
  readonly chat: ChatStack;
  readonly merchants: MerchantsStack;
}

export class PaymentsStack extends Stack {
  /** Hints of what the provider has decided. */
  readonly providerEvents: WorkQueue;

  constructor(scope: Construct, id: string, props: PaymentsStackProps) {
    super(scope, id, props);
    this.providerEvents = hearTheProvider(this, props);
    const due = workWhatIsDue(this, props);
    sweep(this, props, due);
    notify(this, props, due);
  }
}

function hearTheProvider(scope: Construct, { house, data, web }: PaymentsStackProps): WorkQueue {
  const worker = new NodeLambda(scope, {
    house,
    name: 'provider-events-worker',
    description: 'Looks up what the provider told us of, and moves payments forward',
    whoIsHurt: 'People whose payment the provider has decided still see the state before.',
    timeout: Duration.seconds(30),
    publicUrl: web.publicUrl,
    callsStripe: true,
    secrets: [data.secrets.stripeKey],
  });
  data.users.allow(worker, 'read', 'change');
  data.transactions.allow(worker, 'read', 'change');
  data.transactions.allowIndexes(worker, 'byPayer', 'byPayee');

  const queue = new WorkQueue(scope, {
    house,
    name: 'provider-events',
    urlVariable: ENVIRONMENT.providerEventsQueueUrl,
    worker,
    whoIsHurt: 'People whose payment the provider has decided wait to hear of it.',
  });
  const webhook = new WebhookEndpoint(scope, 'StripeWebhook', {
    api: web.api,
    path: '/webhooks/stripe',
    methods: [HttpMethod.POST],
    openBecause: 'Stripe signs each delivery with a time in it; the function checks both first.',
    receiver: {
      house,
      name: 'stripe-webhook',
      description: 'Verifies what Stripe delivers and queues it',
      whoIsHurt:
        'People whose payment Stripe has decided: its events do not get in until delivered again.',
      timeout: Duration.seconds(10),
      publicUrl: web.publicUrl,
      secrets: [data.secrets.stripeWebhook],
    },
  });
  queue.allowSend(webhook.receiver);
  return queue;
}

function workWhatIsDue(scope: Construct, { house, data, web }: PaymentsStackProps): WorkQueue {
  const worker = new NodeLambda(scope, {
    house,
    name: 'due-worker',
    description: 'Does what has fallen due: pays out, expires, reminds, asks the provider again',
    whoIsHurt: 'Recipients are not paid, and money that should go back to its payer does not.',
    timeout: Duration.seconds(30),
    publicUrl: web.publicUrl,
    callsStripe: true,
    secrets: [data.secrets.stripeKey],
  });
  data.users.allow(worker, 'read', 'change');
  data.transactions.allow(worker, 'read', 'change');
  data.transactions.allowIndexes(worker, 'byPayer', 'byPayee');
  return new WorkQueue(scope, {
    house,
    name: 'due',
    urlVariable: ENVIRONMENT.dueQueueUrl,
    worker,
    whoIsHurt: 'Recipients wait to be paid, and payers for money that should come back.',
    // A message may be delayed by up to 15 minutes, and SQS counts its age from when it was sent.
    oldestMessage: Duration.minutes(25),
  });
}

function sweep(scope: Construct, props: PaymentsStackProps, due: WorkQueue): void {
  const { house, data, web } = props;
  const whoIsHurt =
    'Anyone whose payment waits for a deadline: pay-outs, expiries and refunds may come late.';
  const place = new Construct(scope, 'Sweeping');
  const deadLetters = new DeadLetterQueue(place, {
    house,
    article: 'sweeper-dead-letters',
    whoIsHurt,
  });
  const sweeper = new NodeLambda(place, {
    house,
    name: 'sweeper',
    description: 'Finds what is due and queues it',
    whoIsHurt,
    timeout: Duration.seconds(50),
    publicUrl: web.publicUrl,
    failureDestination: new SqsDestination(deadLetters.queue),
  });
  data.users.name(sweeper);
  data.transactions.allowIndexes(sweeper, 'due');
  due.allowSend(sweeper);
  props.merchants.webhooks.allowSend(sweeper);
  new OnSchedule(place, 'Clock', {
    target: sweeper,
    deadLetters,
    expression: 'rate(1 minute)',
    worth: Duration.minutes(1),
  });
  new SilenceAlarm(place, {
    house,
    watched: sweeper,
    article: 'sweeper-silent',
    whoIsHurt,
    every: Duration.minutes(5),
  });
}

function notify(scope: Construct, props: PaymentsStackProps, due: WorkQueue): void {
  const { house, data, web } = props;
  const notifier = new NodeLambda(scope, {
    house,
    name: 'notifier',
    description: 'Tells people what the journal says happened to their money',
    whoIsHurt: 'People are not told what happened to their money.',
    timeout: Duration.seconds(60),
    publicUrl: web.publicUrl,
    secrets: [data.secrets.messengerApp, data.secrets.messengerPage],
  });
  data.users.allow(notifier, 'read', 'change');
  data.transactions.allow(notifier, 'read');
  due.allowSend(notifier);
  props.chat.queue.allowSend(notifier);
  new JournalListener(scope, 'Journal', {
    house,
    listener: notifier,
    journal: data.transactions,
    name: 'notifier',
    whoIsHurt: 'People are not told, or told late, what happened to their money.',
  });
}
