// The synthesized app, made by the first test file that needs it and shared with all others of the run.
import { defaultSettings } from '../../../local/machine-settings.ts';
import { onceInARun } from '../../builders/once-in-a-run.ts';

/** The stage knows the wallet's own Page, so each Page has an app of its own. */
export async function assemblyDir(pageId = defaultSettings.messengerPageId): Promise<string> {
  // One after the other: all bundle into the same folder.
  if (pageId !== defaultSettings.messengerPageId) await assemblyDir();
  return onceInARun(`assembly-${pageId}`, async (assembly) => {
    const { synthesize } = await import('../../../local/assembly.ts');
    await synthesize(pageId, assembly);
  });
}
