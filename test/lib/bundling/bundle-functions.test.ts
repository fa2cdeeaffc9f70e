// Bundles: small, the same each time, complete, and loud about what is missing.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleFunctions } from '../../../lib/bundling/bundle-functions.ts';
import { temporaryFolder } from '../temporary-folder.ts';

function givenHandlers(files: Record<string, string>): string {
  const handlersRoot = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(handlersRoot, name), text);
  return handlersRoot;
}

/** Runs a bundle's handler in a Node of its own, with nothing but what Lambda would give it. */
function run(path: string, env: Record<string, string> = {}) {
  const script = `
    const { handler } = await import(${JSON.stringify(path)});
    console.log(JSON.stringify(await handler()));
  `;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { env, encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

describe('bundling', () => {
  it('makes one file and one map a function, and leaves what is in folders to those who import it', async () => {
    const handlersRoot = givenHandlers({
      'hello.ts':
        "import { word } from './middleware/word.ts';\nexport const handler = () => word;\n",
      'world.ts': 'export const handler = (): string => "world";\n',
    });
    mkdirSync(join(handlersRoot, 'middleware'));
    writeFileSync(
      join(handlersRoot, 'middleware/word.ts'),
      'export const word: string = "hello";\n',
    );
    const distRoot = temporaryFolder();

    const bundles = await bundleFunctions({ handlersRoot, distRoot, names: ['hello', 'world'] });

    expect(readdirSync(distRoot).sort()).toEqual(['hello', 'world']);
    expect(readdirSync(join(distRoot, 'hello')).sort()).toEqual(['index.mjs', 'index.mjs.map']);
    expect(run(join(distRoot, 'hello/index.mjs'))).toBe('hello');
    expect(run(join(distRoot, 'world/index.mjs'))).toBe('world');
    expect(readFileSync(join(distRoot, 'hello/index.mjs'), 'utf8')).not.toContain(
      'sourceMappingURL',
    );
    for (const bundle of bundles) {
      const { size } = statSync(join(distRoot, bundle.name, 'index.mjs'));
      expect(bundle.bytes).toBe(size);
      expect(bundle.gzipBytes).toBeGreaterThan(0);
    }
    expect(bundles[0]?.sources.map(({ path }) => path.split('/').at(-1)).sort()).toEqual([
      'hello.ts',
      'word.ts',
    ]);
  });

  it('gives the same bytes from the same sources, wherever it writes them', async () => {
    const source =
      "import { join } from 'node:path';\nexport const handler = () => join('a', 'b');\n";
    const handlersRoot = givenHandlers({ 'steady.ts': source });
    const [first, second] = [temporaryFolder(), temporaryFolder()];

    await bundleFunctions({ handlersRoot, distRoot: first, names: ['steady'] });
    await bundleFunctions({ handlersRoot, distRoot: second, names: ['steady'] });

    const read = (root: string) => readFileSync(join(root, 'steady/index.mjs'));
    expect(read(first).equals(read(second))).toBe(true);
  });

  it('leaves a file alone that would not change, because others may be reading it', async () => {
    const handlersRoot = givenHandlers({ 'steady.ts': 'export const handler = () => 1;\n' });
    const distRoot = temporaryFolder();
    await bundleFunctions({ handlersRoot, distRoot, names: ['steady'] });
    const path = join(distRoot, 'steady/index.mjs');
    const before = statSync(path, { bigint: true });

    await bundleFunctions({ handlersRoot, distRoot, names: ['steady'] });

    const after = statSync(path, { bigint: true });
    expect(after.ino).toBe(before.ino);
    expect(after.mtimeNs).toBe(before.mtimeNs);
  });

  it('can be done twice at once into one folder', async () => {
    const handlersRoot = givenHandlers({ 'busy.ts': 'export const handler = () => "busy";\n' });
    const distRoot = temporaryFolder();
    const once = () => bundleFunctions({ handlersRoot, distRoot, names: ['busy'] });

    await Promise.all([once(), once(), once()]);

    expect(readdirSync(join(distRoot, 'busy')).sort()).toEqual(['index.mjs', 'index.mjs.map']);
    expect(run(join(distRoot, 'busy/index.mjs'))).toBe('busy');
  });
});

describe('what does not fit', () => {
  it('is a function without a handler: the file is named', async () => {
    const handlersRoot = givenHandlers({ 'here.ts': 'export const handler = () => 1;\n' });

    await expect(
      bundleFunctions({
        handlersRoot,
        distRoot: temporaryFolder(),
        names: ['here', 'gone', 'lost'],
      }),
    ).rejects.toThrow(/handlers are missing: \S*gone\.ts, \S*lost\.ts\./);
  });

  it('is a handler that no stack deploys', async () => {
    const handlersRoot = givenHandlers({
      'here.ts': 'export const handler = () => 1;\n',
      'stray.ts': 'export const handler = () => 2;\n',
    });

    await expect(
      bundleFunctions({ handlersRoot, distRoot: temporaryFolder(), names: ['here'] }),
    ).rejects.toThrow(/no deployed function: stray\. Name them in lib\/config\/functions\.ts/);
  });

  it('is a source that does not build, and then nothing is written', async () => {
    const handlersRoot = givenHandlers({
      'good.ts': 'export const handler = () => 1;\n',
      'bad.ts': "import { nothing } from './nowhere.ts';\nexport const handler = nothing;\n",
    });
    const distRoot = temporaryFolder();

    await expect(
      bundleFunctions({ handlersRoot, distRoot, names: ['good', 'bad'] }),
    ).rejects.toThrow(/nowhere/);
    expect(readdirSync(distRoot)).toEqual([]);
  });

  it('is a builtin that Node does not have', async () => {
    const handlersRoot = givenHandlers({
      'odd.ts': "import 'node:no-such-builtin';\nexport const handler = () => 1;\n",
    });
    const distRoot = temporaryFolder();

    await expect(bundleFunctions({ handlersRoot, distRoot, names: ['odd'] })).rejects.toThrow(
      /Node has no builtin "node:no-such-builtin"/,
    );
    expect(readdirSync(distRoot)).toEqual([]);
  });
});

describe("Node's builtins", () => {
  it('are fetched, not imported, whichever way they are written', async () => {
    const handlersRoot = givenHandlers({
      'builtins.ts': [
        "import http, { STATUS_CODES } from 'node:http';",
        "import * as path from 'path';",
        "import { readFile } from 'fs/promises';",
        "import { DatabaseSync } from 'node:sqlite';",
        'export const handler = async () => ({',
        '  status: STATUS_CODES[404],',
        '  same: http.STATUS_CODES === STATUS_CODES,',
        "  path: path.join('a', 'b'),",
        '  kinds: [typeof readFile, typeof DatabaseSync],',
        "  late: (await import('node:os')).EOL,",
        '});',
      ].join('\n'),
    });
    const distRoot = temporaryFolder();

    await bundleFunctions({ handlersRoot, distRoot, names: ['builtins'] });

    const path = join(distRoot, 'builtins/index.mjs');
    expect(readFileSync(path, 'utf8')).not.toMatch(
      /(import|from)\s*["'(]\s*["']?(node:|http|fs|path)/,
    );
    expect(run(path)).toEqual({
      status: 'Not Found',
      same: true,
      path: 'a/b',
      kinds: ['function', 'function'],
      late: '\n',
    });
  });

  it('do not load undici for a function that needs node:http', async () => {
    const handlersRoot = givenHandlers({
      'lean.ts': [
        "import { Agent } from 'node:http';",
        'export const handler = () => {',
        '  new Agent().destroy();',
        "  return process.moduleLoadList.some((name) => name.includes('undici/undici'));",
        '};',
      ].join('\n'),
    });
    const distRoot = temporaryFolder();

    await bundleFunctions({ handlersRoot, distRoot, names: ['lean'] });

    expect(run(join(distRoot, 'lean/index.mjs'))).toBe(false);
  });
});

describe('a bundle with the AWS SDK', () => {
  it('takes credentials from its environment and carries no other way to get them', async () => {
    const handlersRoot = givenHandlers({
      'sdk.ts': [
        `import { SQSClient } from ${JSON.stringify(join(import.meta.dirname, '../../../node_modules/@aws-sdk/client-sqs'))};`,
        "const client = new SQSClient({ region: 'eu-west-1' });",
        'export const handler = () => client.config.credentials().then(',
        '  ({ accessKeyId, secretAccessKey, sessionToken }) => ({ accessKeyId, secretAccessKey, sessionToken }),',
        '  (error: Error) => error.message,',
        ');',
      ].join('\n'),
    });
    const distRoot = temporaryFolder();

    const [bundle] = await bundleFunctions({ handlersRoot, distRoot, names: ['sdk'] });

    const path = join(distRoot, 'sdk/index.mjs');
    const keys = {
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'key',
      AWS_SESSION_TOKEN: 'token',
    };
    expect(run(path, keys)).toEqual({
      accessKeyId: 'id',
      secretAccessKey: 'key',
      sessionToken: 'token',
    });
    expect(run(path)).toMatch(/AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set/);
    expect(
      bundle?.sources.filter(({ path: source }) => source.includes('/credential-provider')),
    ).toEqual([]);
    expect(bundle?.bytes).toBeLessThan(220 * 1024);
  });
});
