// The deployed functions log every step; of thousands of runs in a test nobody reads a line.
import { beforeAll, vi } from 'vitest';

/** For the whole file. */
export function muted(): void {
  beforeAll(() => {
    for (const level of ['debug', 'info', 'log', 'warn', 'error'] as const)
      vi.spyOn(console, level).mockImplementation(() => undefined);
  });
}
