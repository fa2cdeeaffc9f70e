// The mutants that live on and why each may: no test can tell them from the code, or what they change is no promise.
import type { Mutant } from './kept-results.ts';

interface Survivor {
  readonly file: string;
  /** The code as it is, and what it was changed into; without the latter, whatever it is changed into. */
  readonly was: string;
  readonly becomes?: string;
  readonly why: string;
}

const survivors: readonly Survivor[] = [];

export function explanationOf(source: string, mutant: Mutant): string | undefined {
  return survivors.find(
    ({ file, was, becomes }) =>
      source === `lambdas/${file}` &&
      mutant.was === was &&
      (becomes === undefined || mutant.becomes === becomes),
  )?.why;
}
