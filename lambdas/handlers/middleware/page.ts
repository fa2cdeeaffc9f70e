// The stack of functions that people's browsers call: strict headers on every page, and words where something broke.
import { createHash } from 'node:crypto';
import middyStack from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import {
  type HttpAnswer,
  type HttpRequest,
  readHttpRequest,
  toResult,
} from '../../adapters/aws/http-request.ts';
import { type FileAnswer, isFile, type PageAnswer } from '../../../web/page-answer.ts';
import { reportErrors } from './report-errors.ts';

export interface PagePolicy {
  /** Scripts of our own origin may run, and call it; without it none may but those that an answer names. */
  readonly ownScripts?: boolean;
  /** Pictures may come from anywhere by https. */
  readonly anyPictures?: boolean;
  /** Our own pages may learn where a form was: their paths hold no keys. */
  readonly tellsOwnPages?: boolean;
}

export function page(
  handle: (request: HttpRequest) => Promise<PageAnswer | FileAnswer>,
  policy: PagePolicy = {},
) {
  return middyStack<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(reportErrors('page_failed'))
    .onError((request) => {
      request.response = toResult(toHttpAnswer(brokenPage, policy));
    })
    .handler(async (event) => toResult(toHttpAnswer(await handle(readHttpRequest(event)), policy)));
}

const brokenPage: PageAnswer = {
  kind: 'page',
  status: 500,
  html: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Something went wrong</title></head>
<body><main><h1>Something went wrong on our side</h1>
<p>Please try again in a moment. Nothing is ever charged twice, and the chat shows what happened.</p></main></body>
</html>`,
};

/** A link is a key: no cache keeps the page, and no other site learns its address. */
const pageHeaders = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'strict-transport-security': 'max-age=63072000',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
} as const;

function toHttpAnswer(answer: PageAnswer | FileAnswer, policy: PagePolicy): HttpAnswer {
  if (isFile(answer)) return toFile(answer);
  const cookies = answer.cookie === undefined ? {} : { cookies: [answer.cookie] };
  switch (answer.kind) {
    case 'redirect':
      return {
        status: 303,
        headers: { ...pageHeaders, location: answer.to },
        body: '',
        ...cookies,
      };
    case 'page':
      return {
        status: answer.status,
        headers: {
          ...pageHeaders,
          ...(policy.tellsOwnPages === true && { 'referrer-policy': 'same-origin' }),
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': contentPolicy(answer, policy),
        },
        body: answer.html,
        ...cookies,
      };
  }
}

function toFile(answer: FileAnswer): HttpAnswer {
  const headers = {
    ...pageHeaders,
    'content-security-policy': "default-src 'none'",
    ...(answer.tag !== undefined && { etag: `"${answer.tag}"` }),
  };
  if (answer.kind === 'not_changed') return { status: 304, headers, body: '' };
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': answer.contentType,
      ...(answer.keepSeconds !== undefined && {
        'cache-control': `private, max-age=${answer.keepSeconds}`,
      }),
      ...(answer.isForEver === true && { 'cache-control': 'public, max-age=31536000, immutable' }),
      ...(answer.downloadAs !== undefined && {
        'content-disposition': `attachment; filename="${answer.downloadAs}"`,
      }),
    },
    body: answer.body,
  };
}

function contentPolicy(answer: Extract<PageAnswer, { kind: 'page' }>, policy: PagePolicy): string {
  return [
    "default-src 'none'",
    `style-src ${hashesOf(answer.styles)}`,
    ...(policy.ownScripts === true
      ? ["script-src 'self'", "connect-src 'self'"]
      : [`script-src ${hashesOf(answer.scripts)}`]),
    `img-src 'self' data:${policy.anyPictures === true ? ' https:' : ''}`,
    ["form-action 'self'", ...(answer.formTargets ?? [])].join(' '),
    "base-uri 'none'",
    // Only we frame our pages; the local chat page shows them in a panel.
    "frame-ancestors 'self'",
  ].join('; ');
}

function hashesOf(contents: readonly string[] = []): string {
  const hashes = contents.map(
    (content) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`,
  );
  return hashes.length === 0 ? "'none'" : hashes.join(' ');
}
