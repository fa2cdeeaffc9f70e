// What the test files of one run make once and share: the first to ask makes it, the others wait for it.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { eventually } from '../journeys/driver/eventually.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** What the files of this run make once and share, such as the synthesized app; gone afterwards. */
    runFolder: string;
  }
}

/** `make` gets the path that belongs to the name; it is answered when something stands there for everyone. */
export async function onceInARun(
  name: string,
  make: (path: string) => Promise<void>,
): Promise<string> {
  const path = join(inject('runFolder'), name);
  const done = `${path}.done`;
  if (!isFirst(`${path}.begun`)) {
    await eventually(
      () => existsSync(done) || undefined,
      () => `The file that makes ${name} did not finish.`,
    );
    return path;
  }
  await make(path);
  writeFileSync(done, '');
  return path;
}

/** Only one process can make a folder. */
function isFirst(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}
