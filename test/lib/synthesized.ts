// Synthesizes a stage over a fixture of bundles, once a test file, and lets tests ask the templates for facts.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FUNCTION_NAMES } from '../../lib/config/functions.ts';
import { createTenderApp } from '../../lib/tender-app.ts';
import { temporaryFolder } from './temporary-folder.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- a template is whatever CloudFormation accepts
type Json = any;

interface Found {
  readonly stack: string;
  readonly id: string;
  readonly properties: Json;
  readonly resource: Json;
}

export interface Synthesized {
  readonly templates: ReadonlyMap<string, Json>;
  /** Every resource of that type, in all stacks. */
  ofType(type: string): Found[];
  /**
   * A value of a template in words: `UsersTable.Arn` for an attribute of a resource, wherever its stack is, and text
   * joined as CloudFormation would. Parts that only AWS knows stay as `${AWS::Region}`.
   */
  inWords(stack: string, value: Json): string;
  readonly outdir: string;
}

/** The repository's own context: `new App()` does not read cdk.json as the cdk command does. */
export function contextOfCdkJson(): Record<string, unknown> {
  const text = readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8');
  const { context }: { context: Record<string, unknown> } = JSON.parse(text);
  return context;
}

/** Bundles that are there and do nothing: facts about templates do not need real ones. */
export function fixtureBundles(): string {
  const distRoot = temporaryFolder();
  for (const name of FUNCTION_NAMES) {
    mkdirSync(join(distRoot, name));
    writeFileSync(
      join(distRoot, name, 'index.mjs'),
      `// ${name}\nexport const handler = () => 0;\n`,
    );
    writeFileSync(join(distRoot, name, 'index.mjs.map'), '{}');
  }
  return distRoot;
}

export function synthesize(context: Record<string, unknown>, checked = false): Synthesized {
  const outdir = temporaryFolder();
  const app = createTenderApp({
    distRoot: fixtureBundles(),
    context: { ...contextOfCdkJson(), pageId: '42', ...context },
    outdir,
    checked,
  });
  const templates = new Map<string, Json>(
    app.synth().stacks.map((stack) => [stack.stackName, stack.template]),
  );
  const ofType = (type: string) =>
    [...templates].flatMap(([stack, template]) =>
      Object.entries<Json>(template.Resources)
        .filter(([, resource]) => resource.Type === type)
        .map(([id, resource]) => ({ stack, id, properties: resource.Properties, resource })),
    );
  return { templates, ofType, outdir, inWords: (stack, value) => inWords(templates, stack, value) };
}

function inWords(templates: ReadonlyMap<string, Json>, stack: string, value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (value.Ref !== undefined) return nameOf(value.Ref);
  if (value['Fn::GetAtt'] !== undefined) {
    const [id, attribute] = value['Fn::GetAtt'];
    return `${nameOf(id)}.${attribute}`;
  }
  if (value['Fn::Join'] !== undefined) {
    const [separator, parts] = value['Fn::Join'];
    return parts.map((part: Json) => inWords(templates, stack, part)).join(separator);
  }
  if (value['Fn::ImportValue'] !== undefined) return imported(templates, value['Fn::ImportValue']);
  throw new Error(`Not understood: ${JSON.stringify(value)}`);
}

function imported(templates: ReadonlyMap<string, Json>, exportName: string): string {
  for (const [stack, template] of templates) {
    for (const output of Object.values<Json>(template.Outputs ?? {})) {
      if (output.Export?.Name === exportName) return inWords(templates, stack, output.Value);
    }
  }
  throw new Error(`Nothing exports ${exportName}.`);
}

/** A logical id without the hash that the CDK appends; a pseudo parameter as it is written in text. */
function nameOf(id: string): string {
  return id.startsWith('AWS::') ? `\${${id}}` : id.replace(/[0-9A-F]{8}$/, '');
}
