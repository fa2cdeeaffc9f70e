// Turns an HTTP request into the event that an HTTP API sends to a Lambda function: payload format 2.0.
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

export interface ProxyRequest {
  request: IncomingMessage;
  body: Buffer;
  routeKey: string;
  /** Decoded, without the query. */
  path: string;
  pathParameters: Record<string, string>;
  requestId: string;
  nowMs: number;
  account: string;
  apiId: string;
}

/** Bodies of these types arrive as text; all others, web forms among them, as base64. */
const TEXT_TYPES = /^(text\/|application\/(json|javascript|xml|[^;]+\+(json|xml))\b)/i;

export function toProxyEvent(proxied: ProxyRequest): APIGatewayProxyEventV2 {
  const { request, routeKey, path, pathParameters } = proxied;
  const rawQueryString = (request.url ?? '').split('?').slice(1).join('?');
  const queryStringParameters = joinedQuery(rawQueryString);
  const cookies = cookiesOf(request);
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString,
    ...(cookies.length > 0 && { cookies }),
    headers: headersOf(request),
    ...(queryStringParameters !== undefined && { queryStringParameters }),
    requestContext: requestContext(proxied),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...bodyOf(proxied),
  };
}

function requestContext({ request, ...proxied }: ProxyRequest) {
  const domainName = request.headers.host ?? 'localhost';
  return {
    accountId: proxied.account,
    apiId: proxied.apiId,
    domainName,
    domainPrefix: domainName.split('.')[0] ?? domainName,
    http: {
      method: request.method ?? 'GET',
      path: proxied.path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: sourceIp(request),
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: proxied.requestId,
    routeKey: proxied.routeKey,
    stage: '$default',
    time: commonLogTime(proxied.nowMs),
    timeEpoch: proxied.nowMs,
  };
}

function bodyOf({ request, body }: ProxyRequest): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const { 'content-type': contentType = 'text/plain', 'content-encoding': encoding } =
    request.headers;
  const isText = TEXT_TYPES.test(contentType) && encoding === undefined;
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

/** Lower-cased, those that came several times joined by commas; cookies have a place of their own. */
function headersOf(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (name !== 'cookie' && values !== undefined) headers[name] = values.join(',');
  }
  return {
    ...headers,
    'x-forwarded-for': [headers['x-forwarded-for'], sourceIp(request)].filter(Boolean).join(', '),
    'x-forwarded-port': String(request.socket.localPort ?? ''),
    'x-forwarded-proto': 'http',
  };
}

const cookiesOf = (request: IncomingMessage) =>
  (request.headersDistinct['cookie'] ?? [])
    .flatMap((header) => header.split(';'))
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '');

function joinedQuery(rawQueryString: string): Record<string, string> | undefined {
  if (rawQueryString === '') return undefined;
  const joined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    joined[name] = name in joined ? `${joined[name]},${value}` : value;
  }
  return joined;
}

const sourceIp = (request: IncomingMessage) =>
  (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');

/** `22/Nov/2026:15:10:50 +0000` */
function commonLogTime(nowMs: number): string {
  const [, day, month, year, time] = new Date(nowMs).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
