// Asks the compiler about mutants that no test noticed: what does not compile cannot get into the product either.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepResult, keptResult, livesOn, type Mutant } from './kept-results.ts';

/** One for each run: several may go on side by side. */
const folder = `.cache/mutation/types/${process.pid}`;
const pureRoom = 'lambdas/domain/';

interface Change {
  readonly source: string;
  readonly mutant: Mutant;
}

/**
 * Writes the status `CompileError` into the kept results. Many at once, one a file, find the suspects; then each is compiled
 * alone, since a file may fail because of its neighbour's mutant.
 */
export function rejectedByCompiler(sources: readonly string[]): void {
  openProject(sources.every((source) => source.startsWith(pureRoom)));
  if (filesWithErrors().size > 0) throw new Error('The code does not compile as it is.');
  const queues = sources.map((source) =>
    (keptResult(source)?.mutants ?? []).filter(livesOn).map((mutant) => ({ source, mutant })),
  );
  const rounds = Math.max(0, ...queues.map(({ length }) => length));
  for (let round = 0; round < rounds; round += 1) {
    const changes = queues.flatMap((queue) => queue[round] ?? []);
    const failing = filesWithErrorsUnder(changes);
    const suspects = changes.filter(({ source }) => failing.has(source));
    for (const change of suspects) {
      if (suspects.length === 1 || filesWithErrorsUnder([change]).size > 0) note(change);
    }
    if (round % 10 === 9) console.log(`the compiler about survivors: ${round + 1}/${rounds}`);
  }
}

/** The domain knows no other room, and so is compiled by itself, in a second. */
function openProject(isPure: boolean): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const room of ['lambdas', 'web']) cpSync(room, join(folder, room), { recursive: true });
  const config = isPure ? { include: [pureRoom] } : { include: ['lambdas', 'web'] };
  const project = { extends: '../../../../tsconfig.json', exclude: [], ...config };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project));
}

function filesWithErrorsUnder(changes: readonly Change[]): ReadonlySet<string> {
  for (const change of changes) writeFileSync(join(folder, change.source), mutated(change));
  const files = filesWithErrors();
  for (const { source } of changes) cpSync(source, join(folder, source));
  return files;
}

function filesWithErrors(): ReadonlySet<string> {
  const { stdout } = spawnSync(
    'node_modules/.bin/tsc',
    ['--noEmit', '--pretty', 'false', '-p', folder],
    {
      encoding: 'utf8',
    },
  );
  const errors = stdout.matchAll(
    /^(?:\.cache\/mutation\/types\/\d+\/)?(\S+?)\(\d+,\d+\): error/gmu,
  );
  return new Set([...errors].map(([, file = '']) => file));
}

function mutated({ source, mutant }: Change): string {
  const lines = readFileSync(source, 'utf8').split('\n');
  const offsetOf = (line: number, column: number) =>
    lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  const text = lines.join('\n');
  const before = text.slice(0, offsetOf(mutant.line, mutant.column));
  return before + mutant.becomes + text.slice(offsetOf(mutant.endLine, mutant.endColumn));
}

function note({ source, mutant }: Change): void {
  const kept = keptResult(source);
  if (kept === undefined) return;
  const isIt = (one: Mutant) =>
    one.line === mutant.line && one.column === mutant.column && one.becomes === mutant.becomes;
  const mutants = kept.mutants.map((one) => (isIt(one) ? { ...one, status: 'CompileError' } : one));
  keepResult(source, { ...kept, mutants });
}
