// Loads our modules again and again in one process, each generation anew, and puts our own collector in vitest's place.
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const generationMark = '?generation=';

/** `root` is the folder of the instrumented copy; what lies in it, dependencies apart, belongs to a generation. */
export function freshModules(root: string): (path: string) => Promise<unknown> {
  const rootUrl = pathToFileURL(`${root}/`).href;
  const machinery = `${rootUrl}test/mutation/`;
  const stands = new Map([
    ['vitest', new URL('./vitest-in-process.ts', import.meta.url).href],
    ['fast-check', new URL('./fast-check-in-process.ts', import.meta.url).href],
  ]);
  const stripped = new Map<string, string>();
  const isOurs = (url: string) =>
    url.startsWith(rootUrl) && !url.startsWith(machinery) && !url.includes('/node_modules/');

  registerHooks({
    resolve(specifier, context, next) {
      const from = context.parentURL ?? '';
      const generation = from.split(generationMark)[1];
      const stand = generation === undefined ? undefined : stands.get(specifier);
      if (stand !== undefined) return { url: stand, shortCircuit: true };
      const resolved = next(specifier, context);
      if (generation === undefined || !isOurs(resolved.url)) return resolved;
      return { ...resolved, url: `${resolved.url}${generationMark}${generation}` };
    },
    load(url, context, next) {
      const [file = '', generation] = url.split(generationMark);
      if (generation === undefined || !file.endsWith('.ts')) return next(url, context);
      const source =
        stripped.get(file) ?? stripTypeScriptTypes(readFileSync(new URL(file), 'utf8'));
      stripped.set(file, source);
      return { format: 'module', source: `${source}\n//# sourceURL=${file}`, shortCircuit: true };
    },
  });
  return (path) =>
    import(pathToFileURL(join(root, path)).href + generationMark + currentGeneration.number);
}

/** What is loaded next is loaded anew when this is counted up. */
export const currentGeneration = { number: 0 };
