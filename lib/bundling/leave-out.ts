// An esbuild plugin that puts something smaller in the place of files that no function of ours can reach.
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

export interface Cut {
  /** The end of a file's path, below node_modules. */
  readonly file: string;
  /** What stands there instead; from the file's own text where it depends on that. */
  readonly instead: string | ((text: string) => string);
}

export function leaveOut(name: string, cuts: readonly Cut[]): Plugin {
  return {
    name,
    setup(build) {
      for (const { file, instead } of cuts) {
        const filter = new RegExp(`/node_modules/${file.replaceAll('.', String.raw`\.`)}$`);
        build.onLoad({ filter }, async ({ path }) => ({
          contents: typeof instead === 'string' ? instead : instead(await readFile(path, 'utf8')),
          loader: 'js',
        }));
      }
    },
  };
}
