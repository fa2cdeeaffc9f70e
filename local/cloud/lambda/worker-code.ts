// The inside of a sandbox as plain JavaScript: a thread that has to strip types itself takes twice as long to start.
import { join } from 'node:path';
import { buildSync } from 'esbuild';

let made: URL | undefined;

/** What a worker thread runs; made at the first call, the same from then on. */
export function workerCode(): URL {
  made ??= build();
  return made;
}

function build(): URL {
  const { outputFiles } = buildSync({
    entryPoints: [join(import.meta.dirname, 'worker.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  });
  const code = outputFiles.map(({ text }) => text).join('');
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}
