// An HTTP request as API Gateway hands it over, with the body as the very bytes that were sent, and the answer to it.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export interface HttpRequest {
  /** Of the API, such as `GET /pay/{token}`. */
  readonly routeKey: string;
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** From the route, such as `token` of `/pay/{token}`. */
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case; several values of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As the Cookie header has them; format 2.0 takes them out of the headers. */
  readonly cookies: string;
  readonly body: Buffer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  /** Bytes travel as base64, a third longer: a function answers with 6 MB at most. */
  readonly body: string | Uint8Array;
}

export function readHttpRequest(event: APIGatewayProxyEventV2): HttpRequest {
  return {
    routeKey: event.routeKey,
    method: event.requestContext.http.method.toUpperCase(),
    path: event.rawPath,
    pathParameters: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    headers: Object.fromEntries(
      Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    cookies: (event.cookies ?? []).join('; '),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  };
}

export function toResult(answer: HttpAnswer): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: answer.status,
    headers: { ...answer.headers },
    ...(answer.cookies === undefined ? {} : { cookies: [...answer.cookies] }),
    ...(typeof answer.body === 'string'
      ? { body: answer.body }
      : { body: Buffer.from(answer.body).toString('base64'), isBase64Encoded: true }),
  };
}

/** A machine's answer: for vendors' webhooks, never shown to people. */
export function jsonAnswer(status: number, body: Readonly<Record<string, string>>): HttpAnswer {
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body: JSON.stringify(body),
  };
}
