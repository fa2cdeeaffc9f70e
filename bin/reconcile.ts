// `npm run reconcile`: our journal, our states and the provider's books side by side, as a table and as CSV.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { reconcile } from '../lambdas/domain/books/reconcile.ts';
import {
  breaksTable,
  differencesTable,
  type Table,
  totalsTable,
  verdict,
} from '../lambdas/domain/books/report.ts';
import { writeCsv } from '../web/console/read-csv.ts';
import { openBooks } from './books/open-books.ts';
import { printTable } from './books/print-table.ts';

const dayMs = 24 * 3_600_000;

function fail(words: string): never {
  console.error(words);
  process.exit(2);
}

function readMoment(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? fail(`Not a date: ${text}. Write it as 2026-11-22.`) : atMs;
}

const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    csv: { type: 'string' },
  },
});
const { shelf, ledger, nowMs, where } = await openBooks(process.env).catch((cause: unknown) =>
  fail(cause instanceof Error ? cause.message : String(cause)),
);
const toMs = readMoment(values.to, nowMs);
const period = { fromMs: readMoment(values.from, toMs - 35 * dayMs), toMs };
const day = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
console.log(`Books of ${where}, from ${day(period.fromMs)} to ${day(period.toMs)} UTC.`);

const found = await reconcile({ shelf, ledger }, period, nowMs).catch((cause: unknown) =>
  fail(`The books could not be read: ${cause instanceof Error ? cause.message : String(cause)}`),
);
console.log(`${verdict(found)}\n`);
const show = (table: Table) => {
  if (table.length > 1) printTable(table);
};
show(totalsTable(found));
const differences = differencesTable(found, nowMs);
if (found.differences.length > 0) console.log('\nDifferences, the oldest first:');
show(differences);
if (found.breaks.length > 0) console.log('\nBroken entries:');
show(breaksTable(found.breaks));
if (values.csv !== undefined) {
  writeFileSync(values.csv, writeCsv(differences));
  console.log(`\nWritten to ${values.csv}.`);
}
if (found.differences.length + found.breaks.length > 0) {
  console.log('\nNothing was changed. What to do with each: docs/runbook.md, books-differ.');
  process.exitCode = 1;
}
