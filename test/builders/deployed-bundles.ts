// Every function as it is deployed, bundled once in a run.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bundle, bundleFunctions } from '../../lib/bundling/bundle-functions.ts';
import { onceInARun } from './once-in-a-run.ts';

export interface DeployedBundles {
  /** Has `<function>/index.mjs` for each. Only to be read: other files of tests read it, too. */
  readonly distRoot: string;
  readonly bundles: readonly Bundle[];
}

export async function deployedBundles(): Promise<DeployedBundles> {
  const distRoot = await onceInARun('bundles', async (path) => {
    const made = await bundleFunctions({ distRoot: path });
    writeFileSync(join(path, 'bundles.json'), JSON.stringify(made));
  });
  const bundles: Bundle[] = JSON.parse(readFileSync(join(distRoot, 'bundles.json'), 'utf8'));
  return { distRoot, bundles };
}
