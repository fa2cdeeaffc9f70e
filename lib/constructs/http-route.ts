// One route of the HTTP API to one function, open to the world for a reason that is written down.
import {
  type HttpApi,
  type HttpMethod,
  HttpRoute as Route,
  HttpRouteKey,
} from 'aws-cdk-lib/aws-apigatewayv2';
import type { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

export interface HttpRouteProps {
  readonly api: HttpApi;
  readonly method: HttpMethod;
  /** As API Gateway writes it: `/pay/{token}`. */
  readonly path: string;
  readonly integration: HttpLambdaIntegration;
  /** How the function itself tells who may call, since API Gateway does not. */
  readonly openBecause: string;
}

export class HttpRoute extends Route {
  constructor(scope: Construct, props: HttpRouteProps) {
    super(scope, `${props.method} ${props.path}`.replaceAll('/', ' '), {
      httpApi: props.api,
      routeKey: HttpRouteKey.with(props.path, props.method),
      integration: props.integration,
    });
    acknowledge(this, { 'AwsSolutions-APIG4': props.openBecause });
  }
}
