// An esbuild plugin that loads Node's builtins the cheap way.
import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

const BUILTINS = new Set(builtinModules.filter((name) => !name.startsWith('_')));

/** Which builtin an import names, if any: `node:http` and `http` are one. */
function builtinOf(specifier: string): string | undefined {
  const name = specifier.startsWith('node:') ? specifier.slice('node:'.length) : specifier;
  return specifier.startsWith('node:') || BUILTINS.has(name) ? `node:${name}` : undefined;
}

/**
 * Turns `import … from 'node:http'` into `process.getBuiltinModule('node:http')`.
 * On Node 24 the ESM facade of node:http runs every lazy getter of the module and so loads undici: 15 to 20 ms of
 * each cold start for code that no function of ours calls.
 */
export const builtinModulesPlugin: Plugin = {
  name: 'builtin-modules',
  setup(build) {
    build.onResolve({ filter: /^[a-z_:/0-9]+$/ }, ({ path }) => {
      const builtin = builtinOf(path);
      return builtin === undefined ? undefined : { path: builtin, namespace: 'builtin' };
    });
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};
