// /v1/docs: the OpenAPI document as a page that people can read. Written by us, whole, without a script.
import { createHash } from 'node:crypto';
import { Html, html } from '../html.ts';
import type { ApiHttpAnswer } from './http-answer.ts';
import { isJsonList, isJsonObject, type Json, type JsonObject } from './json.ts';
import { openApiDocument } from './openapi.ts';
import { problems } from './problem.ts';

const style = `
:root{color-scheme:light dark;--ink:#10151f;--soft:#5b6475;--line:#dfe3ea;--page:#f4f6fa;--card:#fff;--brand:#1b5cff}
@media (prefers-color-scheme:dark){:root{--ink:#eef1f7;--soft:#a2acbf;--line:#2c3444;--page:#0d1118;--card:#161c27;--brand:#5b8cff}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:56rem;margin:0 auto;padding:1.25rem 1rem 4rem}
h1{font-size:1.75rem}h2{margin:2.5rem 0 .75rem}h3{font-size:1rem;margin:0;overflow-wrap:anywhere}
p{margin:.5rem 0;overflow-wrap:anywhere}
.soft{color:var(--soft);font-size:.9375rem}
section.card{background:var(--card);border:1px solid var(--line);border-radius:.875rem;padding:1rem 1.25rem;margin:0 0 1rem}
code{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,monospace}
.method{color:var(--brand);font-weight:700}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.875rem}
th,td{text-align:left;vertical-align:top;padding:.375rem .75rem .375rem 0;border-top:1px solid var(--line)}
th{color:var(--soft);font-weight:600}
a{color:var(--brand)}
td a,.soft a{display:inline-block;min-width:1.75rem;padding:.1875rem 0}
nav a{display:inline-block;padding:.5rem .75rem .5rem 0}
:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
`;

export function docsPage(publicUrl: string): ApiHttpAnswer {
  const document = openApiDocument(publicUrl);
  const digest = createHash('sha256').update(style).digest('base64');
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${digest}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=63072000',
    },
    body: pageOf(document).text,
  };
}

function pageOf(document: JsonObject): Html {
  const info = fieldOf(document, 'info');
  const operations = operationsOf(document);
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${textOf(info, 'title')}</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body>
<main>
<h1>${textOf(info, 'title')}</h1>
${textOf(info, 'description')
  .split('\n\n')
  .map((paragraph) => html`<p>${withCode(paragraph)}</p>`)}
<p>For machines: <a href="/v1/openapi.json">openapi.json</a>, OpenAPI ${textOf(document, 'openapi')}.</p>
<nav aria-label="Resources">${tags.map((tag) => html`<a href="#${tag}">${tag}</a>`)}<a href="#schemas">schemas</a><a href="#problems">problems</a></nav>
${tags.map((tag) => tagSection(tag, operations))}
<h2 id="schemas">Schemas</h2>
${schemasOf(document)}
<h2 id="problems">Problems</h2>
<section class="card"><div class="scroll"><table>
<tr><th>code</th><th>status</th><th>meaning</th></tr>
${Object.entries(problems).map(([slug, [status, title]]) => html`<tr id="${slug}"><td><code>${slug}</code></td><td>${status}</td><td>${title}.</td></tr>`)}
</table></div></section>
</main>
</body>
</html>`;
}

interface Operation {
  readonly tag: string;
  readonly method: string;
  readonly path: string;
  readonly parts: JsonObject;
}

function operationsOf(document: JsonObject): Operation[] {
  return Object.entries(fieldOf(document, 'paths')).flatMap(([path, methods]) =>
    isJsonObject(methods)
      ? Object.entries(methods).flatMap(([method, parts]) =>
          isJsonObject(parts) ? [{ tag: path.split('/')[2] ?? '', method, path, parts }] : [],
        )
      : [],
  );
}

function tagSection(tag: string, operations: readonly Operation[]): Html {
  return html`<h2 id="${tag}">${tag}</h2>
${operations.filter((operation) => operation.tag === tag).map(operationSection)}`;
}

function operationSection({ method, path, parts }: Operation): Html {
  const body = refIn(
    fieldOf(fieldOf(fieldOf(parts, 'requestBody'), 'content'), 'application/json'),
  );
  return html`<section class="card" id="${textOf(parts, 'operationId')}">
<h3><code><span class="method">${method.toUpperCase()}</span> ${path}</code></h3>
<p><b>${textOf(parts, 'summary')}.</b> ${textOf(parts, 'description')}</p>
<p class="soft">Scope <code>${textOf(parts, 'x-scope')}</code>${body === undefined ? undefined : html`, body ${schemaLink(body)}`}</p>
<div class="scroll"><table>
${listOf(parts, 'parameters').map(parameterRow)}
${Object.entries(fieldOf(parts, 'responses')).map(([status, response]) => responseRow(status, response))}
</table></div>
</section>`;
}

function parameterRow(parameter: JsonObject): Html {
  const needed = parameter['required'] === true ? 'required' : 'optional';
  return html`<tr><td><code>${textOf(parameter, 'name')}</code></td><td>${textOf(parameter, 'in')}, ${needed}</td><td>${typeOf(fieldOf(parameter, 'schema'))}</td></tr>`;
}

function responseRow(status: string, response: Json): Html {
  if (!isJsonObject(response)) return html``;
  const schema = refIn(fieldOf(fieldOf(response, 'content'), 'application/json'));
  return html`<tr><td>${status}</td><td>${schema === undefined ? undefined : schemaLink(schema)}</td><td>${withCode(textOf(response, 'description'))}</td></tr>`;
}

function schemasOf(document: JsonObject): Html[] {
  const schemas = fieldOf(fieldOf(document, 'components'), 'schemas');
  return Object.entries(schemas).map(([name, schema]) => {
    const parts = isJsonObject(schema) ? schema : {};
    const needed = parts['required'];
    const isNeeded = (field: string) => Array.isArray(needed) && needed.includes(field);
    return html`<section class="card" id="schema-${name}"><h3>${name}</h3><div class="scroll"><table>
${Object.entries(fieldOf(parts, 'properties')).map(([field, property]) => html`<tr><td><code>${field}</code></td><td>${isNeeded(field) ? 'always' : 'may be missing'}</td><td>${isJsonObject(property) ? typeOf(property) : undefined}</td></tr>`)}
</table></div></section>`;
  });
}

/** A schema in a few words. */
function typeOf(schema: JsonObject): Html {
  const ref = refIn({ schema });
  if (ref !== undefined) return schemaLink(ref);
  const values = wordsOf(schema['enum']);
  if (values.length > 0) {
    const shown = values.length > 30 ? [...values.slice(0, 5), '…'] : values;
    return html`one of ${shown.map((value, index) => html`${index === 0 ? '' : ', '}<code>${value}</code>`)}`;
  }
  if (schema['type'] === 'array') return html`list of ${typeOf(fieldOf(schema, 'items'))}`;
  const choices = [...listOf(schema, 'anyOf'), ...listOf(schema, 'oneOf')];
  if (choices.length > 0) {
    return html`${choices.map((choice, index) => html`${index === 0 ? '' : ' or '}${typeOf(choice)}`)}`;
  }
  const properties = Object.entries(fieldOf(schema, 'properties'));
  if (properties.length > 0) {
    return html`{ ${properties.map(([name, property], index) => html`${index === 0 ? '' : ', '}<code>${name}</code>: ${isJsonObject(property) ? typeOf(property) : undefined}`)} }`;
  }
  const types = wordsOf(schema['type'] ?? schema['const'] ?? 'any');
  return html`${types.join(' or ')}${limitsOf(schema)}`;
}

function limitsOf(schema: JsonObject): Html {
  const limits = ['minimum', 'maximum', 'minLength', 'maxLength', 'format'] as const;
  const words = limits.flatMap((name) => wordsOf(schema[name]).map((value) => `${name} ${value}`));
  return words.length === 0 ? html`` : html` <span class="soft">(${words.join(', ')})</span>`;
}

function refIn(content: JsonObject): string | undefined {
  const ref = fieldOf(content, 'schema')['$ref'];
  return typeof ref === 'string' ? ref.split('/').at(-1) : undefined;
}

const schemaLink = (name: string): Html => html`<a href="#schema-${name}">${name}</a>`;

/** What stands between backticks is code. */
function withCode(text: string): Html {
  const parts = text.split('`');
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))}`;
}

function fieldOf(value: JsonObject, name: string): JsonObject {
  const field = value[name];
  return isJsonObject(field) ? field : {};
}

function listOf(value: JsonObject, name: string): JsonObject[] {
  return membersOf(value[name]).filter((each) => isJsonObject(each));
}

/** One or several words or numbers. */
function wordsOf(value: Json | undefined): string[] {
  const members = value === undefined ? [] : membersOf(value);
  const plain = members.length > 0 ? members : [value];
  return plain.flatMap((each) =>
    typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean'
      ? [String(each)]
      : [],
  );
}

function membersOf(value: Json | undefined): readonly Json[] {
  return isJsonList(value) ? value : [];
}

function textOf(value: JsonObject, name: string): string {
  const field = value[name];
  return typeof field === 'string' ? field : '';
}
