// The service against its own document: valid by others' rules, kept in every answer, and fuzzed by a tester that others wrote.
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { fuzz } from '../../builders/openapi-fuzzer.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { apiRoutes } from '../../../web/merchant-api/routes.ts';
import { docsPage } from '../../../web/merchant-api/docs-page.ts';
import { openApiDocument } from '../../../web/merchant-api/openapi.ts';
import { problems } from '../../../web/merchant-api/problem.ts';
import { type Answered, type ApiDesk, openApiDesk } from '../../builders/api-desk.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- a document that the test takes apart
const document: any = JSON.parse(JSON.stringify(openApiDocument('https://tender.example')));

/** Formats are told to people; the patterns beside them are what is checked. */
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const nothing = { Nothing: { not: {} } };
ajv.addSchema(
  { components: { schemas: { ...document.components.schemas, ...nothing } } },
  'document',
);

const operationOf = (method: string, path: string) =>
  document.paths[path]?.[method.toLowerCase()] ?? undefined;

/** Throws when an answer is not one that the document tells of. */
function expectAsTold(method: string, path: string, answer: Answered): void {
  const operation = operationOf(method, path);
  const told = operation?.responses[String(answer.status)];
  expect(told, `${method} ${path} may answer ${answer.status}: ${answer.text}`).toBeDefined();
  const type = answer.headers['content-type'] ?? 'none';
  // What has no content has no schema.
  const content = told.content ?? { none: { schema: { $ref: '#/components/schemas/Nothing' } } };
  const schema = content[type]?.schema;
  expect(schema, `${method} ${path} answers ${type}`).toBeDefined();
  const validate = ajv.getSchema(`document${schema.$ref}`);
  const isValid = type === 'none' ? answer.text === '' : validate?.(answer.body);
  expect(isValid, `${method} ${path}: ${JSON.stringify(validate?.errors)} in ${answer.text}`).toBe(
    true,
  );
}

let desk: ApiDesk;
beforeEach(async () => {
  desk = await openApiDesk();
});

/** The limit is another test's. */
const unhurried = async (...asked: Parameters<ApiDesk['call']>): Promise<Answered> => {
  desk.time.nowMs += 10_000;
  return desk.call(...asked);
};

describe('the document', () => {
  it('is valid OpenAPI 3.1 by a published validator', async () => {
    expect(await new Validator().validate(document)).toEqual({ valid: true });
    expect(document.openapi).toBe('3.1.0');
  });

  it('is served to everybody, and so is the page beside it', async () => {
    const served = await desk.call('GET', '/v1/openapi.json', { key: null });
    const page = await desk.call('GET', '/v1/docs', { key: null });

    expect(served).toMatchObject({ status: 200, body: document });
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-/,
    );
    expect(page.text).not.toMatch(/<script|https?:\/\/(?!www\.standardwebhooks)/);
  });

  it('tells of every route and no other', () => {
    const told = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );

    expect(told.sort()).toEqual(apiRoutes.map(({ method, path }) => `${method} ${path}`).sort());
    const ids = apiRoutes.map(({ method, path }) => operationOf(method, path).operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is told to people whole: each path, each schema, each problem', () => {
    const { body } = docsPage('https://tender.example');
    for (const path of Object.keys(document.paths))
      expect(body).toContain(`</span> ${path}</code>`);
    for (const name of Object.keys(document.components.schemas)) {
      expect(body).toContain(`id="schema-${name}"`);
    }
    for (const slug of Object.keys(problems)) expect(body).toContain(`id="${slug}"`);
    const linked = [...body.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    for (const id of linked) expect(body).toContain(`id="${id}"`);
  });
});

describe('the service', () => {
  it('answers as the document says when all goes well', async () => {
    const { id } = await desk.aPaidOrder();
    const money = { amount: 100, currency: 'USD' };
    const hook = await unhurried('POST', '/v1/webhook-endpoints', {
      body: { url: 'https://joe.example/' },
    });
    const asked = await unhurried('POST', '/v1/payment-requests', {
      idempotencyKey: 'a',
      body: { to: { psid: '7001' }, lines: [{ product: desk.coffeeId, quantity: 1 }] },
    });
    const at = (path: string) =>
      path
        .replace('{order}', id)
        .replace('{product}', desk.coffeeId)
        .replace('{endpoint}', hook.body.id)
        .replace('{payment_request}', asked.body.id);
    expectAsTold('POST', '/v1/webhook-endpoints', hook);
    expectAsTold('POST', '/v1/payment-requests', asked);
    const bodies: Record<string, unknown> = {
      'POST /v1/products': { name: 'Tea', category: 'Coffee', price: money, stock: 2 },
      'PATCH /v1/products/{product}': { name: 'Flat white, large' },
      'POST /v1/orders/{order}/moves': { to: 'ready' },
      'POST /v1/refunds': { order: id, amount: money, reason: 'duplicate' },
      'PATCH /v1/webhook-endpoints/{endpoint}': { description: 'till' },
      'POST /v1/webhook-endpoints/{endpoint}/roll-secret': {},
    };
    const made = new Set(['POST /v1/webhook-endpoints', 'POST /v1/payment-requests']);
    const order = ['POST', 'PATCH', 'GET', 'DELETE'];
    const routes = apiRoutes
      .filter(
        ({ method, path }) => !made.has(`${method} ${path}`) && !/event}|delivery}/.test(path),
      )
      .toSorted((one, other) => order.indexOf(one.method) - order.indexOf(other.method));
    for (const { method, path, answer: told } of routes) {
      const answer = await unhurried(method, at(path), {
        body: bodies[`${method} ${path}`],
        ...(method === 'POST' ? { idempotencyKey: path } : {}),
        ...(path === '/v1/refunds' && method === 'GET' ? { query: { order: id } } : {}),
      });
      expectAsTold(method, path, answer);
      expect([path, answer.status]).toEqual([path, told.status]);
    }
  });

  it('answers as the document says to whatever is sent', async () => {
    const methods = apiRoutes.filter(({ method }) => method === 'POST' || method === 'PATCH');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...methods),
        fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...fieldNames), fc.jsonValue())),
        fc.string({ maxLength: 40 }),
        async ({ method, path }, body, word) => {
          const at = path.replaceAll(/\{(\w+)\}/g, () => encodeURIComponent(word));
          const answer = await unhurried(method, at, { body, idempotencyKey: 'k' });
          expect(answer.status).toBeLessThan(500);
          // A word with a slash in it, or none at all, is another path.
          if (answer.body.code !== 'method_not_allowed') expectAsTold(method, path, answer);
        },
      ),
      { numRuns: 300 },
    );
  });
});

const fieldNames = [
  ...new Set(
    Object.values<{ properties?: object }>(document.components.schemas).flatMap(
      ({ properties = {} }) => Object.keys(properties),
    ),
  ),
];

describe('openapi-fuzzer-core', () => {
  it('finds no path that is open by mistake, no method too many, and no wrong field that passes', async () => {
    const { id } = await desk.aPaidOrder();
    const hook = await desk.call('POST', '/v1/webhook-endpoints', {
      body: { url: 'https://joe.example/' },
    });
    const cases = fuzz(document, {
      currency: 'USD',
      category: 'Coffee',
      image_url: 'https://joe.example/a.png',
      url: 'https://joe.example/hooks',
      order: id,
      product: desk.coffeeId,
      psid: '7001',
      promotion_code: 'NONE',
    });
    const idOf: Record<string, string> = {
      order: id,
      product: desk.coffeeId,
      endpoint: hook.body.id,
      payment_request: id,
    };
    const surprises: string[] = [];
    for (const [index, { name, method, path, query, body, template }] of cases.entries()) {
      const at =
        name === 'BODY'
          ? path.replaceAll(/(?<=\/)\w+(?=\/|$)/g, (part) => idOf[part] ?? part)
          : path;
      const answer = await unhurried(method, at, {
        query,
        ...(body === undefined ? {} : { body }),
        ...(method === 'POST' ? { idempotencyKey: `k${index}` } : {}),
      });
      const expected = { PATH: [404], METHOD: [405], BODY: [422] }[name] ?? [404, 422];
      if (!expected.includes(answer.status)) {
        surprises.push(
          `${name} ${method} ${at} ${JSON.stringify({ query, body })}: ${answer.text}`,
        );
      }
      if (template !== undefined) expectAsTold(method, template, answer);
    }

    expect(cases.length).toBeGreaterThan(400);
    expect(surprises).toEqual([]);
  });
});
