// The OpenAPI 3.1 document, written by the very schemas that validate: it cannot tell what the service does not do.
import * as z from 'zod/mini';
import { named } from './fields.ts';
import { isJsonObject, type Json, type JsonObject, toJsonObject } from './json.ts';
import { type ProblemSlug, problems, statusOf } from './problem.ts';
import type { Route } from './route.ts';
import { apiRoutes } from './routes.ts';

const version = '1.0.0';

const about = `The merchants' API of Tender: what a shop sells, what was bought, and where the money is.

Send \`Authorization: Bearer tsk_…\`. Amounts count the smallest unit of their currency. A POST with an Idempotency-Key is done once: the same key and body are answered the same for ever. Errors are problems by RFC 9457; compare their \`code\`. Events are delivered by Standard Webhooks (https://www.standardwebhooks.com).`;

let written: { readonly publicUrl: string; readonly document: JsonObject } | undefined;

/** The same for the life of a process. */
export function openApiDocument(publicUrl: string): JsonObject {
  if (written?.publicUrl !== publicUrl) written = { publicUrl, document: write(publicUrl) };
  return written.document;
}

function write(publicUrl: string): JsonObject {
  return {
    openapi: '3.1.0',
    info: { title: 'Tender for merchants', version, description: about },
    servers: [{ url: publicUrl }],
    security: [{ key: [] }],
    paths: pathsOf(apiRoutes),
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key of your shop.' },
      },
      schemas: { ...namedSchemas(), Problem: problemSchema },
      headers: rateHeaderSchemas,
    },
  };
}

const problemSchema: JsonObject = {
  type: 'object',
  description: 'RFC 9457. New members may come.',
  required: ['type', 'code', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', format: 'uri' },
    code: { type: 'string', enum: Object.keys(problems) },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

const number = { type: 'integer', minimum: 0 } as const;
const rateHeaderSchemas: JsonObject = {
  'RateLimit-Limit': { description: 'Calls at once.', schema: number },
  'RateLimit-Remaining': { description: 'Calls that are left now.', schema: number },
  'RateLimit-Reset': { description: 'Seconds until all are back.', schema: number },
  'Retry-After': { description: 'Seconds to wait.', schema: number },
};

function pathsOf(routes: readonly Route[]): JsonObject {
  const paths = Object.groupBy(routes, ({ path }) => path);
  return Object.fromEntries(
    Object.entries(paths).map(([path, here = []]) => [
      path,
      Object.fromEntries(here.map((route) => [route.method.toLowerCase(), operationOf(route)])),
    ]),
  );
}

function operationOf(route: Route): JsonObject {
  const hasBody = route.method === 'POST' || route.method === 'PATCH';
  const needsBody = hasBody && !isEmpty(route.body);
  return {
    operationId: operationIdOf(route),
    summary: route.title,
    ...(route.about === undefined ? {} : { description: route.about }),
    tags: [tagOf(route)],
    'x-scope': route.scope,
    parameters: [
      ...parametersOf(route.params, 'path'),
      ...parametersOf(route.query, 'query'),
      ...idempotencyParameter(route),
    ],
    ...(needsBody
      ? { requestBody: { required: true, content: jsonContent(schemaOf(route.body)) } }
      : {}),
    responses: { ...answerOf(route), ...problemsOf(route) },
  };
}

/** `GET /v1/orders/{order}` is `get_orders_order`. */
export function operationIdOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method.toLowerCase()}${path.replace('/v1', '').replaceAll(/[{}]/gu, '').replaceAll(/[/-]/gu, '_')}`;
}

export function tagOf({ path }: Pick<Route, 'path'>): string {
  return path.split('/')[2] ?? '';
}

function idempotencyParameter({ method, movesMoney }: Route): JsonObject[] {
  if (method !== 'POST') return [];
  return [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: movesMoney,
      description: 'A new random one for each intent; the same one for each retry.',
      schema: { type: 'string', minLength: 1, maxLength: 255, pattern: String.raw`^[\x21-\x7e]+$` },
    },
  ];
}

function parametersOf(schema: z.ZodMiniType, where: 'path' | 'query'): JsonObject[] {
  const { properties, required } = schemaOf(schema);
  if (!isJsonObject(properties)) return [];
  const needed: readonly Json[] = Array.isArray(required) ? required : [];
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || needed.includes(name),
    schema: property,
  }));
}

function isEmpty(schema: z.ZodMiniType): boolean {
  const { properties } = schemaOf(schema);
  return isJsonObject(properties) && Object.keys(properties).length === 0;
}

function answerOf({ answer }: Route): JsonObject {
  const content = answer.status === 204 ? {} : { content: jsonContent(schemaOf(answer.schema)) };
  return { [answer.status]: { description: 'Done.', headers: rateHeaderRefs, ...content } };
}

const rateHeaderRefs: JsonObject = Object.fromEntries(
  ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'].map((name) => [
    name,
    { $ref: `#/components/headers/${name}` },
  ]),
);

/** What this call may meet, by status, with the codes in words. */
function problemsOf(route: Route): JsonObject {
  const byStatus = Object.groupBy(slugsOf(route), (slug) => statusOf({ slug }));
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, slugs = []]) => [
      status,
      {
        description: slugs.map((slug) => `\`${slug}\`: ${problems[slug][1]}.`).join(' '),
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    ]),
  );
}

const everyCall: readonly ProblemSlug[] = [
  'key_in_url',
  'no_key',
  'key_malformed',
  'key_of_other_mode',
  'key_not_valid',
  'scope_missing',
  'not_found',
  'invalid_request',
  'rate_limited',
  'server_error',
  'try_later',
];

function slugsOf(route: Route): ProblemSlug[] {
  const withBody: readonly ProblemSlug[] =
    route.method === 'POST' || route.method === 'PATCH'
      ? ['not_json', 'too_deep', 'too_large', 'wrong_media_type']
      : [];
  const once: readonly ProblemSlug[] =
    route.method === 'POST'
      ? [
          ...(route.movesMoney ? (['idempotency_key_missing'] as const) : []),
          'idempotency_key_invalid',
          'in_flight',
          'idempotency_key_reused',
        ]
      : [];
  return [...new Set([...everyCall, ...withBody, ...once, ...route.problems])];
}

function jsonContent(schema: JsonObject): JsonObject {
  return { 'application/json': { schema } };
}

/** A reference where the schema has a name, else the schema itself. */
function schemaOf(schema: z.ZodMiniType): JsonObject {
  const id = named.get(schema)?.id;
  if (id !== undefined) return { $ref: `#/components/schemas/${id}` };
  return plain(z.toJSONSchema(schema));
}

function namedSchemas(): JsonObject {
  const { schemas } = z.toJSONSchema(named, { uri: refTo });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, plain(schema)]));
}

/** The document says once which dialect it is written in; and a schema is known by where it stands. */
function plain(schema: object): JsonObject {
  const { $schema: _dialect, $id: _id, ...rest } = toJsonObject(schema);
  return rest;
}

const refTo = (id: string): string => `#/components/schemas/${id}`;
