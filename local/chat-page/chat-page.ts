// Serves the local chat page: one HTML page at `/` and its scripts and styles under `/_chat/`.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pictureOf } from '../joes-coffee/pictures.ts';

export interface ChatPageOptions {
  /** Where the page finds the Messenger stand-in's control door. */
  readonly messengerUrl: string;
}

export interface ChatPageResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The answer to GET `path`, or undefined when the path is not the chat page's. */
export async function chatPageResponse(
  path: string,
  options: ChatPageOptions,
): Promise<ChatPageResponse | undefined> {
  if (path === '/') return htmlPage(options);
  const picture = pictureOf(/^\/_chat\/pictures\/([a-z]+)\.svg$/.exec(path)?.[1] ?? '');
  if (picture !== undefined) return svg(picture);
  const asset = /^\/_chat\/([a-z][a-z-]*\.(js|css|svg))$/.exec(path);
  if (asset?.[1] === undefined || asset[2] === undefined) return undefined;
  const body = await readFile(join(import.meta.dirname, 'browser', asset[1]), 'utf8').catch(
    () => undefined,
  );
  if (body === undefined) return { status: 404, headers: {}, body: 'not found' };
  const contentType = CONTENT_TYPES[asset[2]] ?? 'text/plain';
  return {
    status: 200,
    headers: { 'content-type': contentType, 'cache-control': 'no-cache' },
    body,
  };
}

function svg(body: string): ChatPageResponse {
  const headers = { 'content-type': CONTENT_TYPES['svg'] ?? '', 'cache-control': 'max-age=3600' };
  return { status: 200, headers, body };
}

async function htmlPage({ messengerUrl }: ChatPageOptions): Promise<ChatPageResponse> {
  const template = await readFile(join(import.meta.dirname, 'chat-page.html'), 'utf8');
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy(messengerUrl),
    },
    body: template.replaceAll('{{messengerUrl}}', encodeURI(messengerUrl)),
  };
}

/** Own scripts and styles only; pictures and webviews from wherever a message points to. */
function contentSecurityPolicy(messengerUrl: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${encodeURI(messengerUrl)}`,
    "img-src 'self' data: http: https:",
    'media-src http: https:',
    'frame-src http: https:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
