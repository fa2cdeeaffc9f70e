// The lives of the machine: each is ended by SIGKILL and followed by the next, and whoever was cut short tries again.
import type { MortalMachine } from '../journeys/driver/mortal-machine.ts';

export interface Lives {
  /** Of which life it is; grows with each start. */
  count(): number;
  /** Resolves when the machine answers. */
  up(): Promise<void>;
  /** Does it again when the life in which it was begun ended before it did. */
  outlive<T>(act: () => Promise<T>): Promise<T>;
  /** Ends this life, and begins the next. */
  next(what: { readonly withTables: boolean }): Promise<void>;
}

/** Somebody cut short this often gives up. */
const mostTries = 5;

export async function beginLives(machine: MortalMachine): Promise<Lives> {
  await machine.start();
  let count = 1;
  let up = Promise.withResolvers<void>();
  up.resolve();
  let isUp = true;

  const outlive = async <T>(act: () => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries += 1) {
      await up.promise;
      const life = count;
      try {
        return await act();
      } catch (cause) {
        const wasCutShort = !isUp || life !== count;
        if (!wasCutShort || tries === mostTries) throw cause;
      }
    }
  };

  return {
    count: () => count,
    up: () => up.promise,
    outlive,
    async next(what) {
      isUp = false;
      up = Promise.withResolvers();
      await machine.kill(what);
      await machine.start();
      count += 1;
      isUp = true;
      up.resolve();
    },
  };
}
