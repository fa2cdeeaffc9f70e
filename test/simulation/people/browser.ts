// A browser in a simulation: requests as API Gateway hands them over, links followed, forms read from the pages themselves.
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { pageRoutes } from '../../../web/routes.ts';
import { publicUrl } from '../cloud/environment.ts';
import type { HttpResult } from '../cloud/cloud.ts';
import type { Town } from '../town.ts';

export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly cookies?: readonly string[];
}

export function request(asked: Asked): APIGatewayProxyEventV2 {
  const { method, headers = {}, body = '', cookies = [] } = asked;
  const { pathname, searchParams } = new URL(asked.path, publicUrl);
  const { routeKey, pathParameters } = routeOf(method, pathname);
  return {
    version: '2.0',
    routeKey,
    rawPath: pathname,
    rawQueryString: searchParams.toString(),
    cookies: [...cookies],
    headers: { ...headers },
    queryStringParameters: Object.fromEntries(searchParams),
    pathParameters,
    requestContext: {
      accountId: '000000000000',
      apiId: 'simulation',
      domainName: 'tender.example',
      domainPrefix: 'tender',
      http: { method, path: pathname, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'x' },
      requestId: 'request',
      routeKey,
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
    body,
    isBase64Encoded: false,
  };
}

function routeOf(method: string, path: string) {
  const [, room = '', token = '', ...rest] = path.split('/');
  const [order] = rest;
  if (room === 'console' && order !== undefined)
    return { routeKey: `${method} /console/${token}/{order}`, pathParameters: { order } };
  const routeKey = [`${method} /${room}`, '{token}', ...rest].join('/');
  const isPage = pageRoutes[routeKey] !== undefined;
  return isPage
    ? { routeKey, pathParameters: { token } }
    : { routeKey: `${method} ${path}`, pathParameters: {} };
}

export interface Browser {
  opens(url: string): Promise<HttpResult>;
  submits(url: string, form: Readonly<Record<string, string>>): Promise<HttpResult>;
}

/** Where a page broke, people press again. */
const mostTries = 3;

/** Keeps the mark that ties links to it. */
export function openBrowser({ cloud }: Town, mark: string): Browser {
  const cookies = [`__Host-tender_browser=${mark.padEnd(43, 'b').slice(0, 43)}`];
  const ask = async (asked: Asked, tries = mostTries): Promise<HttpResult> => {
    const answer = await cloud.http('pages', request({ ...asked, cookies }));
    return answer.status >= 500 && tries > 1 ? ask(asked, tries - 1) : answer;
  };
  return {
    opens: (url) => ask({ method: 'GET', path: url }),
    submits: (url, form) =>
      ask({ method: 'POST', path: url, body: new URLSearchParams({ ...form }).toString() }),
  };
}

/** What a form hides, and what is chosen in it before anybody chose. */
export function fieldsIn({ body }: HttpResult): Record<string, string> {
  const hidden = [...body.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/gu)];
  const chosen = [...body.matchAll(/<input type="radio" name="(\w+)" value="([^"]*)" checked/gu)];
  return Object.fromEntries(
    [...hidden, ...chosen].map(([, name = '', value = '']) => [name, unescaped(value)]),
  );
}

export function redirectOf({ status, headers }: HttpResult): string | undefined {
  const { location } = headers;
  return status === 303 && typeof location === 'string' ? location : undefined;
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
