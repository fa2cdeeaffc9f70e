// Looks at something again and again: often while there is something to see, seldom otherwise.
import { setTimeout as delay } from 'node:timers/promises';

export interface Polling {
  /** Looks at once, and often for a while. */
  wake(): void;
  /** Resolves when a look that began after this call has found nothing. */
  lookAgain(): Promise<void>;
  close(): Promise<void>;
}

const ACTIVE_EVERY_MS = 30;
const QUIET_EVERY_MS = 400;
const ACTIVE_FOR_MS = 2_000;

/** @param look answers how much it found, or undefined when it could not look; must not reject */
export function startPolling(look: () => Promise<number | undefined>): Polling {
  const closing = new AbortController();
  const waiting = new Map<() => void, number>();
  let nap = new AbortController();
  let activeUntil = performance.now() + ACTIVE_FOR_MS;
  let looksBegun = 0;

  const resolveWaiting = (look: number) => {
    for (const [resolve, afterLook] of waiting) {
      if (afterLook >= look) continue;
      waiting.delete(resolve);
      resolve();
    }
  };
  const sleep = async () => {
    nap = new AbortController();
    const active = waiting.size > 0 || performance.now() < activeUntil;
    const signal = AbortSignal.any([nap.signal, closing.signal]);
    await delay(active ? ACTIVE_EVERY_MS : QUIET_EVERY_MS, undefined, { signal }).catch(() => null);
  };
  const run = async () => {
    while (!closing.signal.aborted) {
      looksBegun += 1;
      const thisLook = looksBegun;
      const found = await look();
      if (found === 0) resolveWaiting(thisLook);
      if (found) activeUntil = performance.now() + ACTIVE_FOR_MS;
      else await sleep();
    }
    resolveWaiting(Number.POSITIVE_INFINITY);
  };
  const running = run();

  return {
    wake() {
      activeUntil = performance.now() + ACTIVE_FOR_MS;
      nap.abort();
    },
    lookAgain: () =>
      new Promise((resolve) => {
        if (closing.signal.aborted) return resolve();
        waiting.set(resolve, looksBegun);
        nap.abort();
        return undefined;
      }),
    async close() {
      closing.abort();
      await running;
    },
  };
}
