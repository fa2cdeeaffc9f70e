// The synthesized app, made by the first test file that needs it and shared with all others of the run.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { defaultSettings } from '../../../local/machine-settings.ts';
import { eventually } from './eventually.ts';

export async function assemblyDir(): Promise<string> {
  const folder = inject('runFolder');
  const assembly = join(folder, 'assembly');
  const done = join(folder, 'assembly.done');
  if (!isFirst(join(folder, 'assembly.begun'))) {
    await eventually(
      () => existsSync(done) || undefined,
      () => 'The file that synthesizes the app did not finish.',
    );
    return assembly;
  }
  const { synthesize } = await import('../../../local/assembly.ts');
  await synthesize(defaultSettings.messengerPageId, assembly);
  writeFileSync(done, '');
  return assembly;
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
