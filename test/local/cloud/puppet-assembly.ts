// The puppet app's assembly, synthesized once and kept until the app changes: the CDK takes seconds.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
const KEPT_IN = join(ROOT, 'node_modules/.cache/puppet-app');

/** Directory of the assembly. */
export async function puppetAssembly(): Promise<string> {
  const kept = join(KEPT_IN, fingerprint());
  if (!existsSync(kept)) {
    const { synthesizePuppetApp } = await import('./puppet-app.ts');
    const made = synthesizePuppetApp();
    mkdirSync(dirname(kept), { recursive: true });
    try {
      renameSync(made, kept);
    } catch (error) {
      // Another test file was faster.
      if (!existsSync(kept)) throw error;
    }
  }
  return kept;
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of [
    join(import.meta.dirname, 'puppet-app.ts'),
    join(ROOT, 'node_modules/aws-cdk-lib/package.json'),
  ]) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}
