// A Lambda function that can be invoked: sandboxes that are started on demand and used again.
import { randomUUID } from 'node:crypto';
import type { FunctionSpec } from './function-spec.ts';
import { type Outcome, type Sandbox, startSandbox } from './sandbox.ts';

export interface LambdaFunction {
  spec: FunctionSpec;
  /** Waits for a free sandbox, then for the handler. Never rejects: what the handler threw is an outcome. */
  invoke(event: unknown): Promise<InvocationResult>;
  /** Starts a sandbox now, so that the first event need not wait for it. */
  warm(): void;
  /** Invocations that run or wait. */
  busy(): number;
  /** Invocations so far. */
  invocations(): number;
  close(): Promise<void>;
}

export type InvocationResult = Outcome & { requestId: string };

export interface LambdaFunctionOptions {
  spec: FunctionSpec;
  clockOffset: BigInt64Array<SharedArrayBuffer>;
  onLine(line: string): void;
  /** After each invocation. */
  onDone(): void;
}

/** How many events one function handles side by side: enough to show races, few enough for a laptop. */
export const MAX_SANDBOXES = 4;

export function createLambdaFunction(options: LambdaFunctionOptions): LambdaFunction {
  const idle: Sandbox[] = [];
  const all = new Set<Sandbox>();
  const waiting: (() => void)[] = [];
  let busy = 0;
  let invocations = 0;
  let closed = false;

  const start = () => {
    const started = startSandbox(options);
    all.add(started);
    return started;
  };
  const take = async (): Promise<Sandbox> => {
    for (;;) {
      const free = idle.pop();
      if (free?.alive()) return free;
      // It died between two events, of a promise that nobody awaited.
      if (free !== undefined) all.delete(free);
      else if (all.size < MAX_SANDBOXES) break;
      else await new Promise<void>((resolve) => void waiting.push(resolve));
    }
    return start();
  };
  const giveBack = (sandbox: Sandbox) => {
    if (sandbox.alive()) idle.push(sandbox);
    else all.delete(sandbox);
    waiting.shift()?.();
  };

  return {
    spec: options.spec,
    warm() {
      if (all.size === 0) idle.push(start());
    },
    busy: () => busy,
    invocations: () => invocations,
    async invoke(event) {
      const requestId = randomUUID();
      if (closed) return { ...CLOSED, requestId };
      busy += 1;
      invocations += 1;
      const sandbox = await take();
      const outcome = closed
        ? CLOSED
        : await sandbox.invoke(JSON.stringify(event) ?? 'null', requestId);
      giveBack(sandbox);
      if (outcome.kind === 'failed' && !closed) options.onLine(failureLine(outcome, requestId));
      busy -= 1;
      options.onDone();
      return { ...outcome, requestId };
    },
    async close() {
      closed = true;
      await Promise.all([...all].map((sandbox) => sandbox.close()));
    },
  };
}

/** What Lambda itself writes under JSON logging when a handler throws, crashes or overruns its time. */
const failureLine = ({ error }: Extract<Outcome, { kind: 'failed' }>, requestId: string) =>
  JSON.stringify({
    level: 'ERROR',
    message: 'Invoke Error',
    requestId,
    errorType: error.errorType,
    errorMessage: error.errorMessage,
    stackTrace: error.trace,
  });

const CLOSED: Outcome = {
  kind: 'failed',
  error: { errorType: 'Runtime.Closed', errorMessage: 'The local cloud was closed.', trace: [] },
};
