// `npm run bench`: the figures that the README and docs quote. Times are medians of interleaved runs, beside an empty process.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ENVIRONMENT } from '../../lambdas/wiring/environment.ts';
import { readStage } from '../../lib/config/stages.ts';
import { bundleFunctions } from '../../lib/bundling/bundle-functions.ts';
import { reportSizes } from '../../lib/bundling/size-report.ts';
import { FUNCTION_NAMES } from '../../lib/config/functions.ts';
import { phrasingsReadRight } from '../domain/chat/phrasings-read-right.ts';
import { startDynamoDbLocal } from '../../local/cloud/dynamodb-local.ts';
import { awsCallsTable, countAwsCalls } from './aws-calls.ts';
import { measureWriteUnits, writeUnitsTable } from './write-units.ts';

const rounds = 15;
/** What a deployed function finds, so that its wiring runs too. */
const deployedEnvironment = {
  ...Object.fromEntries(Object.values(ENVIRONMENT).map((name) => [name, 'bench'])),
  PUBLIC_URL: 'https://tender.example',
  GRAPH_API_URL: 'https://graph.facebook.com',
  STRIPE_API_URL: 'https://api.stripe.com',
  SETTINGS: JSON.stringify(readStage((key) => (key === 'stage' ? 'test' : undefined)).settings),
  POWERTOOLS_LOG_LEVEL: 'INFO',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
};
const root = fileURLToPath(new URL('../..', import.meta.url));

const { right, of } = phrasingsReadRight();
console.log(`\nPhrasings read right: ${right} of ${of}\n`);

console.log('Bundles');
for (const line of reportSizes(await bundleFunctions()).lines) console.log(`  ${line}`);

console.log(`\nImport of each bundle, ms: median of ${rounds} interleaved runs on this machine`);
for (const line of importTable()) console.log(`  ${line}`);

console.log('\nWrite units\n');
console.log(writeUnitsTable(measureWriteUnits()));

console.log('\nCalls to DynamoDB\n');
const dynamoDb = await startDynamoDbLocal();
console.log(awsCallsTable(await countAwsCalls(dynamoDb.url)));
await dynamoDb.stop();

function importTable(): string[] {
  const empty = join(mkdtempSync(join(tmpdir(), 'tender-bench-')), 'empty.mjs');
  writeFileSync(empty, 'export const handler = 1;\n');
  const subjects = new Map<string, string>([['(empty)', empty]]);
  for (const name of FUNCTION_NAMES) subjects.set(name, join(root, 'dist', name, 'index.mjs'));
  const times = new Map<string, number[]>([...subjects.keys()].map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    if (process.stdout.isTTY) process.stdout.write(`\r  round ${round + 1} of ${rounds}`);
    for (const [name, path] of subjects) times.get(name)?.push(importMs(path));
  }
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
  const base = median(times.get('(empty)') ?? []);
  return [...times].map(([name, each]) => {
    const ms = median(each);
    return `${name.padEnd(26)}${ms.toFixed(1).padStart(7)}${`× ${(ms / base).toFixed(1)}`.padStart(9)}`;
  });
}

/** The import alone, inside a fresh process: what Lambda's init phase repeats. */
function importMs(path: string): number {
  const script = `const from = performance.now(); await import(${JSON.stringify(pathToFileURL(path).href)}); console.log(performance.now() - from);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, ...deployedEnvironment },
  });
  const ms = Number(stdout.trim().split('\n').at(-1));
  if (!Number.isFinite(ms)) throw new Error(`${path} did not load: ${stderr}`);
  return ms;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
