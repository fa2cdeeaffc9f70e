// The inside of a Lambda sandbox: a worker thread that imports one bundle and runs its handler, one event at a time.
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { shiftDate } from './shifted-date.ts';
import type { Invocation, LambdaError, WorkerAnswer, WorkerStart } from './worker-messages.ts';

type Handler = (event: unknown, context: unknown) => unknown;

if (parentPort === null) throw new Error('This file is the inside of a worker thread.');
const machine = parentPort;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const answer = (message: WorkerAnswer) => machine.postMessage(message);

// oxlint-disable-next-line typescript/no-unsafe-assignment -- sandbox.ts, the one place that starts this file, sends it
const start: WorkerStart = workerData;
shiftDate(start.clockOffset);

try {
  const handler = await loadHandler(start);
  machine.on('message', (invocation: Invocation) => void run(handler, invocation));
  answer({ kind: 'ready' });
} catch (error) {
  answer({ kind: 'failed', error: describe(error) });
}

async function loadHandler({ bundle, exportName }: WorkerStart): Promise<Handler> {
  const module: unknown = await import(pathToFileURL(bundle).href);
  const handler: unknown =
    typeof module === 'object' && module !== null ? Reflect.get(module, exportName) : undefined;
  if (typeof handler !== 'function') {
    throw Object.assign(new Error(`${exportName} is undefined or not exported`), {
      name: 'Runtime.HandlerNotFound',
    });
  }
  return (event, context): unknown => Reflect.apply(handler, undefined, [event, context]);
}

async function run(handler: Handler, invocation: Invocation): Promise<void> {
  try {
    const result = await handler(JSON.parse(invocation.event), contextOf(invocation));
    answer({ kind: 'returned', payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    answer({ kind: 'failed', error: describe(error) });
  }
}

function contextOf(invocation: Invocation) {
  const deadline = performance.now() + invocation.timeoutMs;
  return {
    awsRequestId: invocation.requestId,
    functionName: invocation.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: invocation.functionArn,
    memoryLimitInMB: String(invocation.memoryMb),
    logGroupName: `/aws/lambda/${invocation.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  };
}

function describe(error: unknown): LambdaError {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  const trace = (error.stack ?? '').split('\n');
  return { errorType: error.name, errorMessage: error.message, trace };
}
