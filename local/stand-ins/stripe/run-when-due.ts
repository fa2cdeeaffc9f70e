// A loop that works whenever the machine's clock reaches the next due moment.
import type { LocalClock } from '../../clock.ts';

export interface Loop {
  /** Looks again now: something new may be due. */
  wake(): void;
  /** Resolves when what was under way has ended. */
  stop(): Promise<void>;
}

export interface Work {
  clock: LocalClock;
  /** When the next piece is due; undefined when there is none. */
  nextAtMs(): number | undefined;
  /** `stopping` aborts when the loop is told to stop. */
  work(stopping: AbortSignal): Promise<void> | void;
}

export function runWhenDue({ clock, nextAtMs, work }: Work): Loop {
  const stopping = new AbortController();
  let sleep = new AbortController();
  const run = async () => {
    while (!stopping.signal.aborted) {
      sleep = new AbortController();
      const at = nextAtMs();
      if (at !== undefined && at <= clock.now()) await work(stopping.signal);
      else await clock.waitUntil(at ?? Number.MAX_SAFE_INTEGER, sleep.signal);
    }
  };
  const running = run();
  return {
    wake: () => sleep.abort(),
    async stop() {
      stopping.abort();
      sleep.abort();
      await running;
    },
  };
}

/** The first of the moments, if there are any. */
export function earliest(moments: number[]): number | undefined {
  return moments.length === 0 ? undefined : moments.reduce((a, b) => Math.min(a, b));
}
