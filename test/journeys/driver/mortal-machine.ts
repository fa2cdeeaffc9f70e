// The whole machine as a child process on one data folder: started, killed with SIGKILL, started again at the same ports.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DynamoDbLocal, startDynamoDbLocal } from '../../../local/cloud/dynamodb-local.ts';

export interface MortalMachine {
  readonly url: string;
  readonly messengerUrl: string;
  readonly stripeUrl: string;
  /** On what an earlier life has left in the data folder. */
  start(): Promise<void>;
  /** SIGKILL for all of it, the stand-ins included; `withTables`: DynamoDB Local as well. */
  kill(what?: { readonly withTables: boolean }): Promise<void>;
  advance(ms: number): Promise<void>;
}

const program = fileURLToPath(new URL('machine-process.ts', import.meta.url));

export async function mortalMachine(options: {
  readonly assemblyDir: string;
  readonly dataDir: string;
}): Promise<MortalMachine> {
  const { assemblyDir, dataDir } = options;
  const port = await threeFreePorts();
  let tables: DynamoDbLocal | undefined;
  let child: ChildProcess | undefined;

  const start = async () => {
    tables ??= await startDynamoDbLocal({ dataDir: join(dataDir, 'dynamodb') });
    const started = spawn(process.execPath, [program, assemblyDir], {
      env: {
        ...process.env,
        PORT: `${port}`,
        DATA_DIR: dataDir,
        DYNAMODB_URL: tables.url,
        // The next life begins with what this one has compiled.
        NODE_COMPILE_CACHE: join(dataDir, 'compiled'),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    const up = await Promise.race([once(started.stdout, 'data'), once(started, 'exit')]);
    if (started.exitCode !== null) throw new Error(`The machine ended by itself: ${up.join()}`);
  };

  const kill = async ({ withTables } = { withTables: false }) => {
    if (child !== undefined && child.exitCode !== null)
      throw new Error(`The machine ended by itself, with code ${child.exitCode}.`);
    if (child !== undefined && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
    if (!withTables) return;
    await tables?.stop();
    tables = undefined;
  };

  return {
    url: `http://localhost:${port}`,
    messengerUrl: `http://localhost:${port + 1}`,
    stripeUrl: `http://localhost:${port + 2}`,
    start,
    kill,
    async advance(ms) {
      const body = JSON.stringify({ advanceMs: ms });
      const clock = `http://localhost:${port}/_stand-in/clock`;
      const answer = await fetch(clock, { method: 'POST', body });
      if (!answer.ok) throw new Error(`The clock did not move: ${answer.status}`);
    },
  };
}

/** The machine takes a port and the two after it. */
async function threeFreePorts(): Promise<number> {
  for (;;) {
    const first = await portOf(0);
    const rest = await Promise.all([portOf(first + 1), portOf(first + 2)]).catch(() => undefined);
    if (rest !== undefined) return first;
  }
}

async function portOf(wanted: number): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, resolve);
  });
  const address = server.address();
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}
