// A vendor's way in: a function that verifies and queues, and the routes that lead to it.
import type { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import { HttpRoute } from './http-route.ts';
import { NodeLambda, type NodeLambdaProps } from './node-lambda.ts';

export interface WebhookEndpointProps {
  readonly api: HttpApi;
  /** `/webhooks/<vendor>` */
  readonly path: string;
  readonly methods: readonly HttpMethod[];
  /** What proves that the vendor is the caller. */
  readonly openBecause: string;
  readonly receiver: NodeLambdaProps;
}

export class WebhookEndpoint extends Construct {
  readonly receiver: NodeLambda;

  constructor(scope: Construct, id: string, props: WebhookEndpointProps) {
    super(scope, id);
    this.receiver = new NodeLambda(this, props.receiver);
    const integration = new HttpLambdaIntegration('Integration', this.receiver.function);
    for (const method of props.methods) {
      const { api, path, openBecause } = props;
      new HttpRoute(this, { api, method, path, integration, openBecause });
    }
  }
}
