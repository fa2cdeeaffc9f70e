// Parts the text of a CSV file into lines and cells; a broken line is told and keeps no other from being read.
import { type CsvError, parse } from 'csv-parse/sync';
import type { CsvLine, LineProblem } from '../../lambdas/domain/shops/catalog-csv.ts';
import * as z from 'zod/mini';

export interface ReadCsv {
  readonly lines: readonly CsvLine[];
  readonly problems: readonly LineProblem[];
}

/** A line longer than this is a quotation mark that somebody forgot. */
const longestLine = 100_000;

const parsed = z.array(
  z.object({ info: z.object({ lines: z.number() }), record: z.array(z.string()) }),
);

export function readCsv(text: string): ReadCsv {
  const errors: { readonly code: string; readonly line: number }[] = [];
  const records: unknown = parse(text, {
    bom: true,
    delimiter: delimiterOf(text),
    info: true,
    max_record_size: longestLine,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => void errors.push(toError(error)),
  });
  const lines = parsed
    .parse(records)
    .map(({ info, record }) => ({ line: info.lines, cells: record }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  return { lines, problems: problemsOf(errors, lines.at(-1)?.line ?? 0) };
}

function toError(error: CsvError | undefined): { code: string; line: number } {
  const line: unknown = error?.['lines'];
  return { code: error?.code ?? '', line: typeof line === 'number' ? line : 1 };
}

function problemsOf(
  errors: readonly { readonly code: string; readonly line: number }[],
  lastGood: number,
): LineProblem[] {
  const byLine = new Map<number, string>();
  for (const { code, line } of errors) {
    // Told at the end of the file; it began after the last line that could be read.
    const isOpen = code === 'CSV_QUOTE_NOT_CLOSED';
    const begun = Math.max(lastGood, ...byLine.keys()) + 1;
    byLine.set(isOpen ? Math.min(begun, line) : line, whyOf(code));
  }
  return [...byLine].map(([line, why]) => ({ line, why }));
}

function whyOf(code: string): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'A quotation mark is opened here or below and never closed; what comes after it cannot be read.';
    case 'CSV_MAX_RECORD_SIZE':
      return 'The line is far too long: a quotation mark may be missing.';
    default:
      return 'A quotation mark stands amid a cell. Put the whole cell in quotation marks, and write those within it twice.';
  }
}

/** Spreadsheets of some countries part cells by semicolons, since their commas are in numbers. */
function delimiterOf(text: string): string {
  const header = text.slice(0, 5000).split(/\r?\n/u)[0] ?? '';
  const count = (sign: string) => header.split(sign).length;
  const [most = ','] = [',', ';', '\t'].sort((one, other) => count(other) - count(one));
  return most;
}

/** Every cell in quotation marks, lines ended as RFC 4180 says. */
export function writeCsv(lines: readonly (readonly string[])[]): string {
  return lines
    .map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`)
    .join('');
}
