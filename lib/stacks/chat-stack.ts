// The conversation: Messenger's webhook, the queue that keeps each person's messages in order, and its worker.
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { ENVIRONMENT } from '../../lambdas/wiring/environment.ts';
import type { House } from '../constructs/house.ts';
import { NodeLambda } from '../constructs/node-lambda.ts';
import { WebhookEndpoint } from '../constructs/webhook-endpoint.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import type { DataStack } from './data-stack.ts';
import type { WebStack } from './web-stack.ts';

export interface ChatStackProps extends StackProps {
  readonly house: House;
  readonly data: DataStack;
  readonly web: WebStack;
}

export class ChatStack extends Stack {
  /** Also takes what could not be said to a person and is to be said again, in that person's order. */
  readonly queue: WorkQueue;

  constructor(scope: Construct, id: string, props: ChatStackProps) {
    super(scope, id, props);
    const { house, data, web } = props;
    const worker = new NodeLambda(this, {
      house,
      name: 'chat-worker',
      description: 'Answers what people write and press in Messenger',
      whoIsHurt: 'People write to us and get no answer.',
      timeout: Duration.seconds(30),
      publicUrl: web.publicUrl,
      secrets: [data.secrets.messengerApp, data.secrets.messengerPage],
    });
    data.users.allow(worker, 'read', 'change', 'delete');
    data.transactions.allow(worker, 'read', 'change');
    data.transactions.allowIndexes(worker, 'byPayer', 'byPayee');

    this.queue = new WorkQueue(this, {
      house,
      name: 'chat',
      urlVariable: ENVIRONMENT.chatQueueUrl,
      fifo: true,
      worker,
      whoIsHurt: 'People wrote to us and still wait for an answer.',
      oldestMessage: Duration.minutes(5),
    });
    // What one person's words tell another is said from that other's own group.
    this.queue.allowSend(worker);
    const webhook = new WebhookEndpoint(this, 'MessengerWebhook', {
      api: web.api,
      path: '/webhooks/messenger',
      methods: [HttpMethod.GET, HttpMethod.POST],
      openBecause:
        'Meta signs the body of each delivery, and the handshake carries a token; the function checks them first.',
      receiver: {
        house,
        name: 'messenger-webhook',
        description: 'Verifies what Messenger delivers and queues each event',
        whoIsHurt:
          'Everybody who writes to us: messages do not get in until Meta delivers them again.',
        // Meta waits five seconds and then counts a failure.
        timeout: Duration.seconds(10),
        publicUrl: web.publicUrl,
        secrets: [data.secrets.messengerApp],
      },
    });
    this.queue.allowSend(webhook.receiver);
  }
}
