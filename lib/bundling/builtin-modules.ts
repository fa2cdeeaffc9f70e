// An esbuild plugin that loads Node's builtins the cheap way.
import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * Turns `import … from 'node:http'` into `process.getBuiltinModule('node:http')`.
 * On Node 24 the ESM facade of node:http runs every lazy getter of the module and so loads undici: 15 to 20 ms of
 * each cold start for code that no function of ours calls.
 */
export const builtinModulesPlugin: Plugin = {
  name: 'builtin-modules',
  setup(build) {
    build.onResolve({ filter: /^[a-z_:/0-9-]+$/ }, ({ path }) => {
      if (isBuiltin(path)) {
        return { path: `node:${path.replace(/^node:/, '')}`, namespace: 'builtin' };
      }
      const misspelt = path.startsWith('node:');
      return misspelt ? { errors: [{ text: `Node has no builtin "${path}".` }] } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};
