// Builds every handler into one small file of its own, in one esbuild call: what is deployed is also what runs locally.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type BuildResult, build, type OutputFile } from 'esbuild';
import { FUNCTION_NAMES } from '../config/functions.ts';
import { builtinModulesPlugin } from './builtin-modules.ts';
import { leanPasskeysPlugin } from './lean-passkeys.ts';
import { leanSdkPlugin } from './lean-sdk.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface BundleOptions {
  /** @default lambdas/handlers of this repository */
  readonly handlersRoot?: string;
  /** Receives `<function>/index.mjs` and its source map. @default dist of this repository */
  readonly distRoot?: string;
  /** @default every deployed function */
  readonly names?: readonly string[];
}

export interface Bundle {
  readonly name: string;
  readonly bytes: number;
  readonly gzipBytes: number;
  /** Every source file that ended up in it, from the repository's root, largest share first. */
  readonly sources: readonly { readonly path: string; readonly bytes: number }[];
}

/**
 * Writes `<distRoot>/<function>/index.mjs` for each function and answers their sizes. The same sources give the same
 * bytes, so an unchanged function is not deployed again. Throws when handlers and the list of functions differ.
 *
 * Without `splitting`: esbuild shares chunks between entry points, outside of each function's own folder, and a build
 * a function would read every source eight times. What splitting would win is won by leaving the SDK's chain of
 * credential providers out (lambda-credentials.ts).
 */
export async function bundleFunctions(options: BundleOptions = {}): Promise<Bundle[]> {
  const names = options.names ?? FUNCTION_NAMES;
  const handlersRoot = options.handlersRoot ?? join(ROOT, 'lambdas/handlers');
  const distRoot = options.distRoot ?? join(ROOT, 'dist');
  await checkHandlers(handlersRoot, names);
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(
      names.map((name) => [`${name}/index`, join(handlersRoot, `${name}.ts`)]),
    ),
    outdir: distRoot,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // The ESM build of each package, where there is one, is what can be cut to the parts in use.
    mainFields: ['module', 'main'],
    minify: true,
    // Beside the bundle, not named in it and not uploaded: the operator reads a stack trace with the build's map.
    sourcemap: 'external',
    legalComments: 'none',
    metafile: true,
    write: false,
    // The error that is thrown says it all.
    logLevel: 'silent',
    plugins: [builtinModulesPlugin, leanSdkPlugin, leanPasskeysPlugin],
    alias: {
      '@aws-sdk/credential-provider-node': join(ROOT, 'lib/bundling/lambda-credentials.ts'),
    },
    // CommonJS parts of a bundle may still call require.
    banner: {
      js: "const require=process.getBuiltinModule('node:module').createRequire(import.meta.url);",
    },
  });
  await Promise.all(result.outputFiles.map(replaceFile));
  return names.map((name) => describeBundle(name, distRoot, result));
}

async function checkHandlers(handlersRoot: string, names: readonly string[]): Promise<void> {
  const entries = await readdir(handlersRoot, { withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
  const present = new Set(files.map((file) => basename(file.name, '.ts')));
  const place = relative(ROOT, handlersRoot);
  const missing = names.filter((name) => !present.has(name));
  if (missing.length > 0) {
    throw new Error(
      `These handlers are missing: ${missing.map((name) => join(place, `${name}.ts`)).join(', ')}.`,
    );
  }
  const unknown = [...present].filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `These files in ${place} are no deployed function: ${unknown.join(', ')}. Name them in lib/config/functions.ts, or move them.`,
    );
  }
}

/** Replaces a file in one step, and only when it changed: other processes may be reading the same folder. */
async function replaceFile({ path, contents }: OutputFile): Promise<void> {
  const before = await readFile(path).catch(() => undefined);
  if (before?.equals(contents)) return;
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}.part`;
  await writeFile(draft, contents);
  await rename(draft, path);
}

type Built = BuildResult<{ metafile: true; write: false }>;

function describeBundle(name: string, distRoot: string, result: Built): Bundle {
  const path = join(distRoot, name, 'index.mjs');
  const file = result.outputFiles.find((output) => output.path === path);
  const meta = result.metafile.outputs[relative(ROOT, path)];
  if (file === undefined || meta === undefined) throw new Error(`esbuild did not write ${path}.`);
  const sources = Object.entries(meta.inputs)
    .map(([source, { bytesInOutput }]) => ({ path: source, bytes: bytesInOutput }))
    .sort((a, b) => b.bytes - a.bytes);
  return {
    name,
    bytes: file.contents.length,
    gzipBytes: gzipSync(file.contents).length,
    sources,
  };
}
