// The HTTP APIs of the templates as one request handler: routes, limits and errors of API Gateway.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import type { LocalClock } from '../../clock.ts';
import type { Deployment } from '../assembly/deployment.ts';
import { type Resource, refOf, whereIs } from '../assembly/resource-values.ts';
import type { FunctionDirectory } from '../lambda/function-directory.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import { toProxyEvent } from './proxy-event.ts';
import { sendMessage, sendProxyResponse } from './proxy-response.ts';
import { readBody } from './read-body.ts';
import { createRouteTable, type Route } from './route-table.ts';

/** Answers a request that a route takes; false when no route takes it, and then nothing was read or written. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** Lambda's own limit for an event, smaller than API Gateway's for a body. */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;

const apiShape = z.object({
  ProtocolType: z.literal('HTTP'),
  CorsConfiguration: z.optional(z.undefined('CORS is not imitated')),
});
const stageShape = z.object({ StageName: z.literal('$default') });
const integrationShape = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});
const routeShape = z.object({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.optional(z.literal('NONE')),
});

interface Target {
  lambda: LambdaFunction;
  apiId: string;
  account: string;
}

export function createHttpApi(
  deployment: Deployment,
  functions: FunctionDirectory,
  clock: LocalClock,
): HttpHandler {
  for (const api of deployment.ofType('AWS::ApiGatewayV2::Api')) {
    deployment.properties(api, apiShape);
  }
  for (const stage of deployment.ofType('AWS::ApiGatewayV2::Stage')) {
    deployment.properties(stage, stageShape);
  }
  const table = createRouteTable(readRoutes(deployment, functions));
  return async (request, response) => {
    const path = decodedPath(request);
    const match = path === undefined ? undefined : table(request.method ?? 'GET', path);
    if (path === undefined || match === undefined) return false;
    const body = await readBody(request, MAX_BODY_BYTES);
    if (body === 'aborted') return true;
    const event =
      body !== 'too large' &&
      toProxyEvent({
        request,
        body,
        path,
        pathParameters: match.pathParameters,
        routeKey: match.route.key,
        requestId: randomUUID(),
        nowMs: clock.now(),
        account: match.route.target.account,
        apiId: match.route.target.apiId,
      });
    if (!event || (event.body?.length ?? 0) > MAX_EVENT_BYTES) {
      sendMessage(response, 413, 'Request Entity Too Large');
      return true;
    }
    const result = await match.route.target.lambda.invoke(event);
    if (result.kind === 'returned') sendProxyResponse(result.payload, response);
    else sendMessage(response, 500, 'Internal Server Error');
    return true;
  };
}

function readRoutes(deployment: Deployment, functions: FunctionDirectory): Route<Target>[] {
  const integrations = new Map(
    deployment
      .ofType('AWS::ApiGatewayV2::Integration')
      .map((integration) => [refOf(integration, deployment.surroundings), integration] as const),
  );
  return deployment.ofType('AWS::ApiGatewayV2::Route').map((resource) => {
    const route = deployment.properties(resource, routeShape);
    const integration = integrations.get(route.Target.replace(/^integrations\//, ''));
    if (integration === undefined) throw new Error(`${whereIs(resource)} has no integration.`);
    const { IntegrationUri } = deployment.properties(integration, integrationShape);
    const target = {
      lambda: functions.byArn(IntegrationUri),
      apiId: route.ApiId,
      account: accountOf(resource),
    };
    return { key: route.RouteKey, target };
  });
}

const accountOf = (resource: Resource) => resource.stack.account;

/** Undefined for a path that is not well-formed: no route takes it. */
function decodedPath(request: IncomingMessage): string | undefined {
  try {
    return decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/');
  } catch {
    return undefined;
  }
}
