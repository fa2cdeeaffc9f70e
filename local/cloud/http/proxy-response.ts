// Turns what a Lambda function returned into an HTTP response, as an HTTP API does for payload format 2.0.
import type { ServerResponse } from 'node:http';
import * as z from 'zod/mini';

const responseShape = z.object({
  statusCode: z.coerce.number().check(z.int(), z.minimum(100), z.maximum(599)),
  headers: z.nullish(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
  cookies: z.nullish(z.array(z.string())),
  body: z.nullish(z.string()),
  isBase64Encoded: z.nullish(z.boolean()),
});

/** API Gateway sets these itself. */
const SET_BY_THE_GATEWAY = new Set(['content-length', 'transfer-encoding', 'connection']);

/** Writes the response; what is not a response by API Gateway's rules becomes its 500. */
export function sendProxyResponse(payload: unknown, response: ServerResponse): void {
  if (!hasStatusCode(payload)) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(typeof payload === 'string' ? payload : JSON.stringify(payload));
    return;
  }
  const parsed = responseShape.safeParse(payload);
  if (!parsed.success) return sendMessage(response, 500, 'Internal Server Error');
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  response.statusCode = statusCode;
  response.setHeader('content-type', 'text/plain;charset=UTF-8');
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (!SET_BY_THE_GATEWAY.has(name.toLowerCase())) response.setHeader(name, String(value));
  }
  if (cookies) response.setHeader('set-cookie', cookies);
  response.end(Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'));
  return undefined;
}

/** API Gateway's own answers, such as 404 {"message":"Not Found"}. */
export function sendMessage(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ message }));
}

const hasStatusCode = (payload: unknown) =>
  typeof payload === 'object' && payload !== null && 'statusCode' in payload;
