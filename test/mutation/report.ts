// Prints the score by slice, and each mutant that lives on: whether it is explained, and why it may.
import { type FileResult, keptResult, livesOn, type Mutant } from './kept-results.ts';
import type { Slice } from './slices.ts';
import { explanationOf } from './survivors/explanation-of.ts';

type Count = Record<
  'mutants' | 'killed' | 'timeout' | 'compiler' | 'survived' | 'uncovered' | 'explained',
  number
>;

const columns: readonly (keyof Count)[] = [
  'mutants',
  'killed',
  'timeout',
  'compiler',
  'survived',
  'uncovered',
  'explained',
];

export function printReport(slices: readonly Slice[]): void {
  const rows = slices.map(({ name, sources }) => ({ name, ...countAll(sources) }));
  for (const { sources } of slices) for (const source of sources) printUnexplained(source);
  const all = columns.map((column) => rows.reduce((sum, row) => sum + row[column], 0));
  const total = Object.fromEntries(columns.map((column, at) => [column, all[at] ?? 0]));
  console.log(
    `\n${'slice'.padEnd(14)}${columns.map((name) => name.padStart(10)).join('')}     score`,
  );
  for (const row of [...rows, { name: 'all', ...nothing(), ...total }]) {
    const figures = columns.map((column) => String(row[column]).padStart(10)).join('');
    console.log(`${row.name.padEnd(14)}${figures}${scoreOf(row).padStart(10)}`);
  }
}

/** Of all mutants that compile, how many are noticed; a test that never ends notices. What is explained is not forgiven. */
function scoreOf(count: Count): string {
  const judged = count.mutants - count.compiler;
  if (judged === 0) return 'not run';
  return `${((100 * (count.killed + count.timeout)) / judged).toFixed(1)} %`;
}

const nothing = (): Count => ({
  mutants: 0,
  killed: 0,
  timeout: 0,
  compiler: 0,
  survived: 0,
  uncovered: 0,
  explained: 0,
});

const columnOf: Readonly<Record<string, keyof Count>> = {
  Killed: 'killed',
  Timeout: 'timeout',
  RuntimeError: 'killed',
  CompileError: 'compiler',
  Survived: 'survived',
  NoCoverage: 'uncovered',
};

function countAll(sources: readonly string[]): Count {
  const count = nothing();
  for (const source of sources) {
    for (const mutant of judgedOf(keptResult(source))) {
      count.mutants += 1;
      const column = columnOf[mutant.status];
      if (column !== undefined) count[column] += 1;
      if (livesOn(mutant) && explanationOf(source, mutant) !== undefined) count.explained += 1;
    }
  }
  return count;
}

function judgedOf(result: FileResult | undefined): readonly Mutant[] {
  return (result?.mutants ?? []).filter(({ status }) => status !== 'Ignored');
}

function printUnexplained(source: string): void {
  for (const mutant of judgedOf(keptResult(source))) {
    if (!livesOn(mutant) || explanationOf(source, mutant) !== undefined) continue;
    const { line, status, was, becomes } = mutant;
    console.log(`${source}:${line} ${status}: ${was}  →  ${becomes.replaceAll(/\s+/gu, ' ')}`);
  }
}
