// One execution environment of a Lambda function: a worker thread that handles one event at a time until it dies.
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { FunctionSpec } from './function-spec.ts';
import { workerCode } from './worker-code.ts';
import type { Invocation, LambdaError, WorkerAnswer, WorkerStart } from './worker-messages.ts';

/** How an invocation ended; a failed one would be retried or dead-lettered by its source, as on AWS. */
export type Outcome =
  | { kind: 'returned'; payload: unknown }
  | { kind: 'failed'; error: LambdaError };

export interface Sandbox {
  invoke(event: string, requestId: string): Promise<Outcome>;
  /** False once the handler has crashed the thread or overrun its time. */
  alive(): boolean;
  close(): Promise<void>;
}

export interface SandboxOptions {
  spec: FunctionSpec;
  clockOffset: BigInt64Array<SharedArrayBuffer>;
  /** A line that the function wrote to its standard output or error. */
  onLine(line: string): void;
}

/** Lambda gives up on code that is not loaded by then. */
const INIT_TIMEOUT_MS = 10_000;
/** The largest response that Lambda passes on. */
const MAX_PAYLOAD_BYTES = 6_291_556;

export function startSandbox({ spec, clockOffset, onLine }: SandboxOptions): Sandbox {
  const workerData: WorkerStart = { bundle: spec.bundle, exportName: spec.exportName, clockOffset };
  const worker = new Worker(workerCode(), {
    workerData,
    env: spec.variables,
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: spec.memoryMb },
  });
  forEachLine(worker.stdout, onLine);
  forEachLine(worker.stderr, onLine);

  const conversation = converse(worker);
  const started = conversation.next();

  const end = async () => {
    conversation.end();
    await worker.terminate();
  };
  const orTimeout = async (answered: Promise<WorkerAnswer>, limitMs: number, requestId: string) => {
    const timer = setTimeout(() => {
      conversation.fail('Sandbox.Timedout', timedOut(requestId, limitMs));
      void end();
    }, limitMs);
    const answer = await answered;
    clearTimeout(timer);
    return answer;
  };

  return {
    alive: conversation.open,
    close: end,
    async invoke(event, requestId) {
      const start = await orTimeout(started, INIT_TIMEOUT_MS, requestId);
      if (start.kind === 'failed') {
        await end();
        return start;
      }
      const answered = conversation.next();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(invocationOf(spec, event, requestId));
      return outcomeOf(await orTimeout(answered, spec.timeoutMs, requestId));
    },
  };
}

interface Conversation {
  /** The worker's next answer, or what killed it. */
  next(): Promise<WorkerAnswer>;
  fail(errorType: string, errorMessage: string): void;
  open(): boolean;
  end(): void;
}

/** One question at a time; a worker that dies answers with what it died of. */
function converse(worker: Worker): Conversation {
  let waiting: ((answer: WorkerAnswer) => void) | undefined;
  let last: WorkerAnswer | undefined;
  let open = true;
  const give = (answer: WorkerAnswer) => {
    waiting?.(answer);
    waiting = undefined;
  };
  const fail = (errorType: string, errorMessage: string, stack = '') => {
    open = false;
    last ??= { kind: 'failed', error: { errorType, errorMessage, trace: stack.split('\n') } };
    give(last);
  };
  worker.on('message', give);
  worker.on('error', (error: Error) => fail(error.name, error.message, error.stack));
  worker.on('exit', (code) =>
    fail('Runtime.ExitError', `Runtime exited with error: exit status ${code}`),
  );
  return {
    fail,
    open: () => open,
    end: () => fail('Runtime.Closed', 'The sandbox was closed.'),
    next: () =>
      new Promise((resolve) => {
        if (last === undefined) waiting = resolve;
        else resolve(last);
      }),
  };
}

function outcomeOf(answer: WorkerAnswer): Outcome {
  switch (answer.kind) {
    case 'failed':
      return answer;
    case 'ready':
      throw new Error('A worker is ready once.');
    case 'returned':
      return Buffer.byteLength(answer.payload) > MAX_PAYLOAD_BYTES
        ? RESPONSE_TOO_LARGE
        : { kind: 'returned', payload: JSON.parse(answer.payload) };
    default:
      return answer satisfies never;
  }
}

const RESPONSE_TOO_LARGE: Outcome = {
  kind: 'failed',
  error: {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`,
    trace: [],
  },
};

const invocationOf = (spec: FunctionSpec, event: string, requestId: string): Invocation => ({
  requestId,
  event,
  timeoutMs: spec.timeoutMs,
  functionName: spec.name,
  functionArn: spec.arn,
  memoryMb: spec.memoryMb,
});

const timedOut = (requestId: string, limitMs: number) =>
  `RequestId: ${requestId} Error: Task timed out after ${(limitMs / 1000).toFixed(2)} seconds`;

function forEachLine(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onLine);
}
