// What the machine and a Lambda's worker thread say to each other.

export interface WorkerStart {
  /** Absolute path of the bundle. */
  bundle: string;
  exportName: string;
  /** LocalClock.offset: Date in the worker shows real time plus this. */
  clockOffset: BigInt64Array<SharedArrayBuffer>;
}

export interface Invocation {
  requestId: string;
  /** The event as JSON, as on AWS: nothing but data passes. */
  event: string;
  timeoutMs: number;
  functionName: string;
  functionArn: string;
  memoryMb: number;
}

export interface LambdaError {
  errorType: string;
  errorMessage: string;
  trace: string[];
}

export type WorkerAnswer =
  | { kind: 'ready' }
  | { kind: 'returned'; payload: string }
  | { kind: 'failed'; error: LambdaError };
