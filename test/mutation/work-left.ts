// What there is to mutate still: a file that has changed as a whole, and where only tests have, the mutants that lived.
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { keepResult, keptResult, livesOn, type Mutant } from './kept-results.ts';
import type { Slice } from './slices.ts';

export interface Work {
  readonly source: string;
  /** As StrykerJS takes them: the path, or lines of it. */
  readonly places: readonly string[];
}

export interface Hashes {
  readonly source: string;
  readonly tests: string;
}

export function hashesOf(slice: Slice, source: string): Hashes {
  const tests = slice.tests.flatMap((pattern) => globSync(pattern)).toSorted();
  return { source: hashOf([source]), tests: hashOf(tests) };
}

export function workLeft(slice: Slice): Work[] {
  return slice.sources.flatMap((source) => {
    const kept = keptResult(source);
    const { source: sourceNow, tests } = hashesOf(slice, source);
    if (kept === undefined || kept.source !== sourceNow) return { source, places: [source] };
    const living = kept.mutants.filter(livesOn);
    if (kept.tests === tests || living.length === 0) return [];
    return { source, places: living.map(({ line, endLine }) => `${source}:${line}-${endLine}`) };
  });
}

/** A mutant that was killed is not tried again, since tests are only added to: what is found now is of those that lived. */
export function noteWork(
  { source, places, hashes }: Work & { readonly hashes: Hashes },
  found: readonly Mutant[],
): void {
  const before = places.includes(source) ? found : (keptResult(source)?.mutants ?? []);
  const mutants = before.map((mutant) =>
    livesOn(mutant) ? (found.find((one) => isSame(one, mutant)) ?? mutant) : mutant,
  );
  keepResult(source, { ...hashes, mutants });
}

function isSame(one: Mutant, other: Mutant): boolean {
  return (
    one.line === other.line &&
    one.column === other.column &&
    one.endLine === other.endLine &&
    one.endColumn === other.endColumn &&
    one.becomes === other.becomes
  );
}

function hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(readFileSync(path));
  return hash.digest('hex').slice(0, 16);
}
