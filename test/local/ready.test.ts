// The first step of every npm script: quiet when all is there, and one clear sentence when not.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

describe('local/ready.mjs', () => {
  test('says nothing in a tree that is installed', () => {
    const { status, output } = ready(ROOT, {});

    expect(output).toBe('');
    expect(status).toBe(0);
  });

  test.each([
    ['node_modules is missing', () => undefined],
    ['another version is installed', (root: string) => install(root, { version: '1.0.0' })],
    ['a package was deleted', (root: string) => install(root, { version: '2.0.0' })],
  ])('installs when %s', (_, prepare) => {
    const root = project();
    prepare(root);

    const { output } = ready(root, {
      npm_execpath: fakeNpm(root),
      npm_node_execpath: process.execPath,
    });

    expect(output).toContain('Installing what package-lock.json names');
    expect(output).toContain('npm was called with ci --no-audit --no-fund');
  });

  test('leaves what is installed alone, without what is optional for other platforms', () => {
    const root = project();
    install(root, { version: '2.0.0' });
    mkdirSync(join(root, 'node_modules/part'), { recursive: true });
    writeFileSync(join(root, 'node_modules/part/package.json'), '{}');

    expect(ready(root, {})).toEqual({ status: 0, output: '' });
  });

  test('says so when the installation failed', () => {
    const root = project();

    const { status, output } = ready(root, {
      npm_execpath: fakeNpm(root, 'process.exit(1)'),
      npm_node_execpath: process.execPath,
    });

    expect(status).toBe(1);
    expect(output).toContain('`npm ci` failed');
  });

  test('says what to install where Java is missing, unless DynamoDB runs elsewhere', () => {
    const path = mkdtempSync(join(tmpdir(), 'no-java-'));
    symlinkSync(process.execPath, join(path, 'node'));

    const missing = ready(ROOT, { PATH: path }, ['--java']);
    expect(missing.status).toBe(1);
    expect(missing.output).toMatch(/needs Java 17.*apt-get install.*brew install.*DYNAMODB_URL/s);

    const elsewhere = ready(ROOT, { PATH: path, DYNAMODB_URL: 'http://localhost:8000' }, [
      '--java',
    ]);
    expect(elsewhere).toEqual({ status: 0, output: '' });
  });

  test('names the Java that is too old', () => {
    const path = mkdtempSync(join(tmpdir(), 'old-java-'));
    writeFileSync(join(path, 'java'), '#!/bin/sh\necho \'openjdk version "11.0.2"\' >&2\n', {
      mode: 0o755,
    });

    const { status, output } = ready(ROOT, { PATH: `${path}:/bin` }, ['--java']);

    expect(status).toBe(1);
    expect(output).toContain('finds Java 11.0.2');
  });
});

function ready(root: string, env: Record<string, string>, args: string[] = []) {
  const script = join(root, 'local/ready.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  });
  return { status, output: stdout + stderr };
}

/** A project that wants one package, and one for another platform. */
function project(): string {
  const root = mkdtempSync(join(tmpdir(), 'ready-'));
  cpSync(join(ROOT, 'local/ready.mjs'), join(root, 'local/ready.mjs'));
  const packages = {
    '': {},
    'node_modules/part': { version: '2.0.0', integrity: 'sha512-2.0.0' },
    'node_modules/elsewhere': { version: '1.0.0', integrity: 'sha512-e', optional: true },
  };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
  return root;
}

function install(root: string, { version }: { version: string }): void {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  const packages = { 'node_modules/part': { version, integrity: `sha512-${version}` } };
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
}

function fakeNpm(root: string, then = ''): string {
  const file = join(root, 'npm.mjs');
  writeFileSync(file, `console.log('npm was called with', ...process.argv.slice(2)); ${then}`);
  return file;
}
