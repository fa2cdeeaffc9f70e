// How much the machine has done: what its functions have logged, which is the same at any speed.
import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export interface Pulse {
  /** Resolves when so many lines more were logged, or when this takes longer than anybody waits. */
  after(lines: number): Promise<void>;
}

const lookEveryMs = 30;
const longestMs = 30_000;
/** A line is about as long. */
const bytesOfLine = 650;

export function pulseOf(logFile: string): Pulse {
  const beats = () => statSync(logFile).size / bytesOfLine;
  return {
    async after(lines) {
      const until = performance.now() + longestMs;
      const wanted = beats() + lines;
      while (beats() < wanted && performance.now() < until) await delay(lookEveryMs);
    },
  };
}
