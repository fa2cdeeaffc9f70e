// What merchants' own programs meet: the API that they call, and the events that are posted to them.
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { ENVIRONMENT } from '../../lambdas/wiring/environment.ts';
import type { House } from '../constructs/house.ts';
import { HttpRoute } from '../constructs/http-route.ts';
import { JournalListener } from '../constructs/journal-listener.ts';
import { NodeLambda } from '../constructs/node-lambda.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import type { ChatStack } from './chat-stack.ts';
import type { DataStack } from './data-stack.ts';
import type { WebStack } from './web-stack.ts';

export interface MerchantsStackProps extends StackProps {
  readonly house: House;
  readonly data: DataStack;
  readonly web: WebStack;
  readonly chat: ChatStack;
}

export class MerchantsStack extends Stack {
  /** Deliveries to merchants' endpoints, each by its id. */
  readonly webhooks: WorkQueue;

  constructor(scope: Construct, id: string, props: MerchantsStackProps) {
    super(scope, id, props);
    this.webhooks = this.sendWebhooks(props);
    this.answerCalls(props);
    this.publishEvents(props);
  }

  private sendWebhooks({ house, data, web, chat }: MerchantsStackProps): WorkQueue {
    const whoIsHurt = "Merchants' own systems do not hear, or hear late, what happened to orders.";
    const sender = new NodeLambda(this, {
      house,
      name: 'webhook-sender',
      description: "Posts events to merchants' endpoints, signed, for three days",
      whoIsHurt,
      // An endpoint has 15 seconds; ten are called side by side.
      timeout: Duration.seconds(30),
      publicUrl: web.publicUrl,
    });
    data.users.allow(sender, 'read', 'change');
    data.transactions.allow(sender, 'read', 'change');
    const queue = new WorkQueue(this, {
      house,
      name: 'webhooks',
      urlVariable: ENVIRONMENT.webhookQueueUrl,
      worker: sender,
      whoIsHurt,
      // A message may be delayed by up to 15 minutes, and SQS counts its age from when it was sent.
      oldestMessage: Duration.minutes(25),
    });
    // What owners are told when we give an endpoint up.
    chat.queue.allowSend(sender);
    // The next try of what failed.
    queue.allowSend(sender);
    return queue;
  }

  private answerCalls({ house, data, web }: MerchantsStackProps): void {
    const api = new NodeLambda(this, {
      house,
      name: 'merchant-api',
      description: 'The API that merchants build on: products, orders, refunds, webhooks, events',
      whoIsHurt: "Merchants' own systems get errors when they read orders or refund them.",
      // API Gateway itself gives up after 30 seconds.
      timeout: Duration.seconds(28),
      publicUrl: web.publicUrl,
    });
    data.users.allow(api, 'read', 'change', 'delete');
    data.transactions.allow(api, 'read', 'change');
    data.transactions.allowIndexes(api, 'byPayee');
    this.webhooks.allowSend(api);
    new HttpRoute(this, {
      api: web.api,
      method: HttpMethod.ANY,
      path: '/v1/{proxy+}',
      integration: new HttpLambdaIntegration('MerchantApi', api.function),
      openBecause:
        'Each call carries an API key, which the function checks first; the document of the API is for everybody.',
    });
  }

  private publishEvents({ house, data, web }: MerchantsStackProps): void {
    const whoIsHurt = "Merchants' own systems are not told what happened to their orders.";
    const publisher = new NodeLambda(this, {
      house,
      name: 'merchant-events',
      description: 'Makes events for merchants of what the journal says happened to orders',
      whoIsHurt,
      timeout: Duration.seconds(60),
      publicUrl: web.publicUrl,
    });
    data.users.allow(publisher, 'read');
    data.transactions.allow(publisher, 'read', 'change');
    this.webhooks.allowSend(publisher);
    new JournalListener(this, 'Orders', {
      house,
      listener: publisher,
      journal: data.transactions,
      name: 'merchant-events',
      whoIsHurt,
      subjectPrefix: 'ord_',
    });
  }
}
