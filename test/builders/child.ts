// A program beside the test, to be killed: it ends with its test, also when that fails before it has killed it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface Child {
  /** What it prints first: where it listens. */
  readonly firstLine: string;
  /** What it has written to its standard error so far. */
  complaints(): string;
  /** SIGKILL, and waits until it is gone. Once is enough. */
  kill(): Promise<void>;
}

/**
 * Starts Node with `args` inside a test, and waits for its first line.
 * A child that outlived its test would keep the test runner from ending.
 */
export async function startChild(args: readonly string[]): Promise<Child> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => kill(child));
  const complaints: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line));
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${args.join(' ')} ended with ${code}. ${complaints.join(' ')}`);
  });
  const [firstLine] = (await Promise.race([once(lines, 'line'), ended])).map(String);
  ended.catch(() => undefined);
  return {
    firstLine: firstLine ?? '',
    complaints: () => complaints.join('\n'),
    kill: () => kill(child),
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
