// Synthesizes the CDK app for this machine: the very stacks and bundles that `cdk deploy` would send up.
import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFunctions } from '../lib/bundling/bundle-functions.ts';
import { createTenderApp } from '../lib/tender-app.ts';
import * as z from 'zod/mini';

const cdkJsonSchema = z.object({ context: z.record(z.string(), z.unknown()) });

/** What `cdk synth` would have written, for stage `local` and this Page: into `outdir`, which it answers. */
export async function synthesize(
  pageId: string,
  outdir: string = mkdtempSync(join(tmpdir(), 'tender-assembly-')),
): Promise<string> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  await bundleFunctions();
  const cdkJson = cdkJsonSchema.parse(JSON.parse(await readFile(join(root, 'cdk.json'), 'utf8')));
  createTenderApp({
    distRoot: join(root, 'dist'),
    context: { ...cdkJson.context, stage: 'local', pageId },
    outdir,
    checked: false,
  }).synth();
  return outdir;
}
