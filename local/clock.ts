// The machine's clock: real time plus an offset that a test may push forward, shared with every worker thread.

/** Time on the local machine. All stand-ins, queues and Lambdas read this one clock. */
export interface LocalClock {
  /** Milliseconds since the epoch, as the machine believes. */
  now(): number;
  /** Moves the clock forward and wakes whoever waits for a moment that has come. */
  advance(ms: number): void;
  /** Resolves when the clock has reached `atMs`, or when `signal` aborts. */
  waitUntil(atMs: number, signal?: AbortSignal): Promise<void>;
  /** Milliseconds of offset in its one element: handed to worker threads, which patch their Date with it. */
  readonly offset: BigInt64Array<SharedArrayBuffer>;
}

/** Timers of Node hold at most 2^31-1 ms; a longer wait sleeps again. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function createLocalClock(): LocalClock {
  const offset = new BigInt64Array(new SharedArrayBuffer(8));
  const waiters = new Set<() => void>();
  const now = () => Date.now() + Number(Atomics.load(offset, 0));

  const waitUntil = (atMs: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const finish = () => {
        clearTimeout(timer);
        waiters.delete(look);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const look = () => {
        clearTimeout(timer);
        const remainingMs = atMs - now();
        if (remainingMs <= 0 || signal?.aborted) return finish();
        timer = setTimeout(look, Math.min(remainingMs, LONGEST_TIMER_MS));
        return undefined;
      };
      waiters.add(look);
      signal?.addEventListener('abort', finish);
      look();
    });

  return {
    now,
    offset,
    waitUntil,
    advance(ms) {
      Atomics.add(offset, 0, BigInt(Math.round(ms)));
      for (const look of Array.from(waiters)) look();
    },
  };
}
