// What became of each mutant, a JSON file a source file, so that a run that was stopped goes on where it was.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';

const folder = '.cache/mutation';

const mutantSchema = z.object({
  line: z.number(),
  column: z.number(),
  endLine: z.number(),
  endColumn: z.number(),
  mutator: z.string(),
  was: z.string(),
  becomes: z.string(),
  status: z.string(),
});
const resultSchema = z.object({
  /** Of the file, and of all that may kill its mutants, as they were. */
  source: z.string(),
  tests: z.string(),
  mutants: z.array(mutantSchema),
});

export type Mutant = z.infer<typeof mutantSchema>;
export type FileResult = z.infer<typeof resultSchema>;

export function livesOn({ status }: Mutant): boolean {
  return status === 'Survived' || status === 'NoCoverage';
}

export function keptResult(source: string): FileResult | undefined {
  const path = pathOf(source);
  return existsSync(path) ? resultSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

export function keepResult(source: string, result: FileResult): void {
  mkdirSync(dirname(pathOf(source)), { recursive: true });
  writeFileSync(pathOf(source), JSON.stringify(result, undefined, 1));
}

function pathOf(source: string): string {
  return join(folder, `${source}.json`);
}
