// What the bookkeeper reads: the reconciliation in words, as a table and as lines for a spreadsheet.
import { formatMoney } from '../money/format-money.ts';
import { add, type Money } from '../money/money.ts';
import type { Break } from './audit-book.ts';
import { type Direction, directions } from './movement.ts';
import {
  type Difference,
  type DifferenceKind,
  matchedPercent,
  type Reconciliation,
} from './reconcile.ts';

const differenceWords: Readonly<Record<DifferenceKind, string>> = {
  not_written: 'moved at the provider, not in our journal',
  not_moved: 'in our journal, not moved at the provider',
  amount_differs: 'another amount than in our journal',
  nobodys: 'marked as ours, of nothing that we have',
};

const directionWords: Readonly<Record<Direction, string>> = {
  in: 'from cards',
  back: 'back to cards',
  out: 'to recipients',
  returned: 'back from recipients',
};

export type Table = readonly (readonly string[])[];

/** Sums by way and currency, ours beside the provider's, of what matched and what did not. */
export function totalsTable(found: Reconciliation): Table {
  const rows = directions.flatMap((direction) => {
    const ours = [
      ...found.matched.map((pair) => pair.ours),
      ...found.differences.map((each) => each.ours),
    ];
    const theirs = [
      ...found.matched.map((pair) => pair.theirs),
      ...found.differences.map((each) => each.theirs),
    ];
    const [one, other] = [sumsOf(ours, direction), sumsOf(theirs, direction)];
    return [...new Set([...one.keys(), ...other.keys()])].map((currency) => [
      `${directionWords[direction]}, ${currency}`,
      wordsOf(one.get(currency)),
      wordsOf(other.get(currency)),
    ]);
  });
  return [['money', 'our journal', 'the provider'], ...rows];
}

/** One row a difference, the oldest first. */
export function differencesTable({ differences }: Reconciliation, nowMs: number): Table {
  const head = [
    'payment or order',
    'what',
    'way',
    'our journal',
    'the provider',
    'since',
    'age',
    'provider’s id',
  ];
  return [head, ...differences.map((each) => differenceRow(each, nowMs))];
}

export function breaksTable(breaks: readonly Break[]): Table {
  const head = ['payment or order', 'entry', 'what', 'found'];
  const rows = breaks.map(({ subject, sequence, kind, found }) => [
    subject,
    sequence === undefined ? '' : String(sequence),
    kind.replaceAll('_', ' '),
    found,
  ]);
  return [head, ...rows];
}

/** The one sentence that an operator wants first. */
export function verdict(found: Reconciliation): string {
  const { matched, differences, breaks, settling, strangers, unread } = found;
  const percent = matchedPercent(found);
  const shown = percent === 100 ? '100' : percent.toFixed(2);
  return [
    `${shown} % matched: ${matched.length} movements of ${matched.length + differences.length};`,
    `${differences.length} differences, ${breaks.length} broken entries in ${found.books} books;`,
    `${settling} too fresh to judge, ${strangers} of something else than Tender.`,
    ...(unread === 0 ? [] : [`${unread} orders of shops that have left us could not be compared.`]),
  ].join(' ');
}

function differenceRow(each: Difference, nowMs: number): string[] {
  const { subject, kind, direction, ours, theirs, atMs } = each;
  return [
    subject,
    differenceWords[kind],
    directionWords[direction],
    wordsOf(ours?.amount),
    wordsOf(theirs?.amount),
    new Date(atMs).toISOString(),
    ageInWords(nowMs - atMs),
    theirs?.id ?? '',
  ];
}

function sumsOf(
  rows: readonly ({ readonly direction: Direction; readonly amount: Money } | undefined)[],
  direction: Direction,
): Map<string, Money> {
  const sums = new Map<string, Money>();
  for (const row of rows) {
    if (row?.direction !== direction) continue;
    const { amount } = row;
    const before = sums.get(amount.currency);
    sums.set(amount.currency, before === undefined ? amount : add(before, amount));
  }
  return sums;
}

function wordsOf(amount: Money | undefined): string {
  return amount === undefined ? '' : formatMoney(amount, 'en-US');
}

const hourMs = 3_600_000;

function ageInWords(ms: number): string {
  const hours = Math.floor(ms / hourMs);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
