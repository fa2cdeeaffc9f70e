// A table for people at a terminal: columns as wide as what is in them.
import type { Table } from '../../lambdas/domain/books/report.ts';

export function printTable(table: Table): void {
  const [head = []] = table;
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  for (const row of table)
    console.log(
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}`,
    );
}
