// Requests as API Gateway's HTTP API hands them to a function, and the context that comes along.
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';

export interface RequestParts {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  readonly asBase64?: boolean;
}

export function apiGatewayEvent(parts: RequestParts = {}): APIGatewayProxyEventV2 {
  const method = parts.method ?? 'POST';
  const path = parts.path ?? '/';
  const body = Buffer.from(parts.body ?? '');
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: new URLSearchParams(parts.query).toString(),
    headers: { 'content-type': 'application/json', ...parts.headers },
    ...(parts.query === undefined ? {} : { queryStringParameters: { ...parts.query } }),
    ...(parts.pathParameters === undefined ? {} : { pathParameters: { ...parts.pathParameters } }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: 'request-1',
      routeKey: `${method} ${path}`,
      stage: '$default',
      time: '22/Nov/2026:12:00:00 +0000',
      timeEpoch: 1_795_000_000_000,
    },
    body: body.toString(parts.asBase64 === true ? 'base64' : 'utf8'),
    isBase64Encoded: parts.asBase64 === true,
  };
}

export const lambdaContext: Context = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'a-function',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:local:000000000000:function:a-function',
  memoryLimitInMB: '512',
  awsRequestId: 'request-1',
  logGroupName: 'log-group',
  logStreamName: 'log-stream',
  getRemainingTimeInMillis: () => 30_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};
