// The synthesized app, made by the first test file that needs it and shared with all others of the run.
import { defaultSettings } from '../../../local/machine-settings.ts';
import { onceInARun } from '../../builders/once-in-a-run.ts';

export async function assemblyDir(): Promise<string> {
  return onceInARun('assembly', async (assembly) => {
    const { synthesize } = await import('../../../local/assembly.ts');
    await synthesize(defaultSettings.messengerPageId, assembly);
  });
}
