// `npm run mutate [-- SLICE… | --report | --file NAME]`: changes the money code in one place at a time, and counts the changes that no test notices.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { Stryker } from '@stryker-mutator/core';
import type { MutantResult } from '@stryker-mutator/api/core';
import type { Mutant } from './kept-results.ts';
import { rejectedByCompiler } from './rejected-by-compiler.ts';
import { printReport } from './report.ts';
import { type Slice, slices } from './slices.ts';
import { hashesOf, noteWork, type Work, workLeft } from './work-left.ts';

/** Few enough to lose little when a run is stopped, and enough to be worth its start. */
const filesAtOnce = 8;
const asked = process.argv.slice(2);
const isReport = asked.includes('--report');
/** Only these files of the slices, such as `--file quote --file fee`. */
const files = asked.filter((_, at) => asked[at - 1] === '--file').map((name) => `/${name}.ts`);
const names = asked.filter((word, at) => !word.startsWith('--') && asked[at - 1] !== '--file');
const wanted = slices.filter(({ name }) => names.length === 0 || names.includes(name));

if (!isReport) for (const slice of wanted) await mutateSlice(slice);
printReport(wanted);

async function mutateSlice(slice: Slice): Promise<void> {
  const isAsked = ({ source }: Work) =>
    files.length === 0 || files.some((file) => source.endsWith(file));
  const work = workLeft(slice).filter(isAsked);
  console.log(`\n${slice.name}: ${work.length} of ${slice.sources.length} files to do`);
  const from = performance.now();
  for (let at = 0; at < work.length; at += filesAtOnce) {
    await mutateFiles(slice, work.slice(at, at + filesAtOnce));
    const minutes = (performance.now() - from) / 60_000;
    const done = Math.min(at + filesAtOnce, work.length);
    console.log(`${slice.name}: ${done} of ${work.length} files in ${minutes.toFixed(1)} minutes`);
  }
}

/** Their results are kept before the next ones begin. */
async function mutateFiles(slice: Slice, work: readonly Work[]): Promise<void> {
  // Somebody may write a test, or code, while this runs: what is kept is of what was copied when it began.
  const begun = work.map((each) => ({
    ...each,
    hashes: hashesOf(slice, each.source),
    text: readFileSync(each.source, 'utf8').split('\n'),
  }));
  const results = await runStryker(
    slice,
    work.flatMap(({ places }) => places),
  );
  for (const each of begun) {
    const mutants = results
      .filter(({ fileName }) => fileName.endsWith(`/${each.source}`))
      .map((result) => mutantOf(result, each.text));
    noteWork(each, mutants);
  }
  rejectedByCompiler(work.map(({ source }) => source));
}

function runStryker(slice: Slice, places: string[]): Promise<MutantResult[]> {
  process.env['MUTATION_TESTS'] = slice.tests.join(' ');
  process.env['MUTATION_LOOKS'] = slice.isRemembering ? 'twice' : 'once';
  return new Stryker({
    testRunner: 'in-process',
    plugins: [new URL('./in-process-runner.ts', import.meta.url).pathname],
    mutate: places,
    reporters: ['progress-append-only'],
    coverageAnalysis: 'perTest',
    concurrency: 2,
    timeoutMS: 6_000,
    timeoutFactor: 1.2,
    // StrykerJS would read it by TypeScript's programmatic interface, which TypeScript 7 has not.
    tsconfigFile: 'none.json',
    tempDirName: `.cache/mutation/copy-${slice.name}`,
    ignorePatterns: ['docs', 'dist', 'cdk.out', '.cache'],
    allowConsoleColors: false,
  }).runMutationTest();
}

/** Lines and columns count from one. */
function mutantOf(result: MutantResult, text: readonly string[]): Mutant {
  const { start, end } = result.location;
  const isOneLine = start.line === end.line;
  const first = text[start.line - 1] ?? '';
  return {
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    mutator: result.mutatorName,
    was: first.slice(start.column - 1, isOneLine ? end.column - 1 : undefined),
    becomes: result.replacement ?? '',
    status: result.status,
  };
}
