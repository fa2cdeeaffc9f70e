// Waits for a state: looks again and again until it is there, or says at the deadline what was there instead.
import { setTimeout as delay } from 'node:timers/promises';

const lookEveryMs = 50;
const deadlineMs = 50_000;

/** The first answer that is not undefined; `otherwise` describes what was seen when none came in time. */
export async function eventually<T>(
  look: () => Promise<T | undefined> | T | undefined,
  otherwise: () => Promise<string> | string,
  withinMs = deadlineMs,
): Promise<T> {
  const startedAtMs = performance.now();
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() - startedAtMs > withinMs) throw new Error(await otherwise());
    await delay(lookEveryMs);
  }
}
