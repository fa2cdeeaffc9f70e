// Hands our OpenAPI 3.1 document to openapi-fuzzer-core, which reads its ancestor, Swagger 2, and takes its cases back.
import { createRequire } from 'node:module';
import * as z from 'zod';

const require = createRequire(import.meta.url);
const core: unknown = require('openapi-fuzzer-core');
const coreShape = z.object({ swagger: z.function({ input: [z.unknown()], output: z.unknown() }) });

const caseShape = z.object({
  name: z.string(),
  request: z.object({
    method: z.string(),
    path: z.string(),
    pathParams: z.record(z.string(), z.unknown()).optional(),
    queryParams: z.record(z.string(), z.unknown()).optional(),
    body: z.unknown().optional(),
  }),
});

export interface FuzzCase {
  /** `PATH` and `METHOD` are of none of ours; the others have something wrong in them. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly body: unknown;
  /** The path in the document, where it is one. */
  readonly template: string | undefined;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a document that is taken apart
type Json = any;

/**
 * `examples`, by the name of a field: what the service takes, so that each case has one thing wrong in it and no more.
 */
export function fuzz(document: Json, examples: Readonly<Record<string, string>>): FuzzCase[] {
  const swagger = asSwagger(document, examples);
  const cases = z.array(caseShape).parse(coreShape.parse(core).swagger(swagger));
  return cases.map(({ name, request }) => {
    const { pathParams = {}, queryParams = {}, body } = request;
    const isOurs = document.paths[request.path]?.[request.method] !== undefined;
    return {
      name,
      method: request.method.toUpperCase(),
      path: request.path.replaceAll(/\{(\w+)\}/g, (_all, key: string) =>
        encodeURIComponent(textOf(pathParams[key])),
      ),
      query: Object.fromEntries(
        Object.entries(queryParams).map(([key, value]) => [key, textOf(value)]),
      ),
      body,
      template: isOurs ? request.path : undefined,
    };
  });
}

/** As a URL has it. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? 'x');
}

/** Parameters with their schema written out, the body as one of them, schemas as definitions. */
function asSwagger(document: Json, examples: Readonly<Record<string, string>>): Json {
  const text = JSON.stringify(document.components.schemas);
  const definitions = withExamples(
    JSON.parse(text.replaceAll('#/components/schemas/', '#/definitions/')),
    examples,
  );
  const paths = Object.fromEntries(
    Object.entries<Json>(document.paths).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries<Json>(methods).map(([method, operation]) => [
          method,
          { parameters: parametersOf(operation, definitions) },
        ]),
      ),
    ]),
  );
  return { basePath: '', paths, definitions };
}

/** Fields that may be null are left out: Swagger 2 has no word for them, and null would be called wrong. */
function withExamples(schema: Json, examples: Readonly<Record<string, string>>): Json {
  if (Array.isArray(schema)) return schema.map((each) => withExamples(each, examples));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { properties, ...rest } = schema;
  const fields = Object.entries<Json>(properties ?? {})
    .filter(([, field]) => !JSON.stringify(field).includes('"null"'))
    .map(([name, field]) => [
      name,
      withExamples(name in examples ? { ...field, example: examples[name] } : field, examples),
    ]);
  const others = Object.entries<Json>(rest).map(([name, part]) => [
    name,
    withExamples(part, examples),
  ]);
  return {
    ...Object.fromEntries(others),
    ...(properties === undefined ? {} : { properties: Object.fromEntries(fields) }),
  };
}

function parametersOf(operation: Json, definitions: Json): Json[] {
  const plain = operation.parameters
    .filter((parameter: Json) => parameter.in !== 'header')
    .map(({ schema, ...parameter }: Json) => ({ ...schema, ...parameter }));
  const ref: string | undefined = operation.requestBody?.content['application/json'].schema.$ref
    ?.split('/')
    .at(-1);
  if (ref === undefined || definitions[ref] === undefined) return plain;
  return [...plain, { in: 'body', name: 'body', schema: { $ref: `#/definitions/${ref}` } }];
}
