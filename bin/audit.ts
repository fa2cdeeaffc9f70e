// `npm run audit`: proves every book by itself, and says where one is broken.
import { type Break, auditBook } from '../lambdas/domain/books/audit-book.ts';
import { breaksTable } from '../lambdas/domain/books/report.ts';
import { openBooks } from './books/open-books.ts';
import { printTable } from './books/print-table.ts';

const { shelf, where } = await openBooks(process.env).catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exit(2);
});
const breaks: Break[] = [];
const counts = { books: 0, entries: 0, sealed: 0 };
for await (const book of shelf.books()) {
  counts.books += 1;
  breaks.push(...auditBook(book));
  if (book.of === 'unreadable') continue;
  counts.entries += book.journal.length;
  counts.sealed += book.journal.filter(({ seal }) => seal !== undefined).length;
}

console.log(
  `Books of ${where}: ${counts.books}, with ${counts.entries} entries, ${counts.sealed} of them sealed.`,
);
if (breaks.length === 0) {
  console.log(
    'Every entry follows the one before, balances and bears its seal; every state is as its journal says.',
  );
} else {
  console.log(
    `${breaks.length} places are broken. Nothing was changed: see docs/runbook.md, books-differ.\n`,
  );
  printTable(breaksTable(breaks));
  process.exitCode = 1;
}
