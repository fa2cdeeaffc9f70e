// What the bookkeeper reads, to the word: sums, differences, broken entries, and the sentence above them.
import { describe, expect, it } from 'vitest';
import type { Movement, Written } from '../../../lambdas/domain/books/movement.ts';
import type { Reconciliation } from '../../../lambdas/domain/books/reconcile.ts';
import {
  breaksTable,
  differencesTable,
  totalsTable,
  verdict,
} from '../../../lambdas/domain/books/report.ts';
import { money } from '../../../lambdas/domain/money/money.ts';
import { noonMs } from '../../builders/payments.ts';

const hourMs = 3_600_000;

const wrote = (changes: Partial<Written> = {}): Written => ({
  subject: 'pay_1',
  direction: 'in',
  amount: money(2000, 'USD'),
  atMs: noonMs,
  sequence: 3,
  step: 'charged',
  ...changes,
});
const moved = (changes: Partial<Movement> = {}): Movement => ({
  id: 'ch_1',
  subject: 'pay_1',
  direction: 'in',
  amount: money(2000, 'USD'),
  atMs: noonMs,
  account: 'platform',
  ...changes,
});

const found: Reconciliation = {
  period: { fromMs: 0, toMs: noonMs },
  books: 7,
  matched: [
    { ours: wrote(), theirs: moved() },
    { ours: wrote({ amount: money(500, 'JPY') }), theirs: moved({ amount: money(500, 'JPY') }) },
    { ours: wrote({ direction: 'out' }), theirs: moved({ direction: 'out' }) },
  ],
  differences: [
    {
      kind: 'not_written',
      subject: 'pay_2',
      direction: 'back',
      theirs: moved({ id: 're_2', amount: money(1, 'USD') }),
      atMs: noonMs,
    },
    {
      kind: 'not_moved',
      subject: 'ord_3',
      direction: 'returned',
      ours: wrote({ amount: money(30, 'USD'), direction: 'returned' }),
      atMs: noonMs,
    },
    {
      kind: 'amount_differs',
      subject: 'pay_4',
      direction: 'in',
      ours: wrote({ amount: money(700, 'USD') }),
      theirs: moved({ id: 'ch_4', amount: money(701, 'USD') }),
      atMs: noonMs,
    },
    {
      kind: 'nobodys',
      subject: 'pay_5',
      direction: 'out',
      theirs: moved({ id: 'tr_5', direction: 'out', amount: money(9, 'EUR') }),
      atMs: noonMs,
    },
  ],
  breaks: [],
  settling: 2,
  strangers: 3,
  unread: 0,
};

it('sums each way and currency, ours beside the provider’s, of what matched and what did not', () => {
  expect(totalsTable(found)).toEqual([
    ['money', 'our journal', 'the provider'],
    ['from cards, USD', '$27.00', '$27.02'],
    ['from cards, JPY', '¥500', '¥500'],
    ['to recipients, USD', '$20.00', '$20.00'],
    ['to recipients, EUR', '', '€0.09'],
    ['back from recipients, USD', '$0.30', ''],
  ]);
});

it('has a row for each difference, with what it is, since when, and the provider’s own id', () => {
  const since = '2026-11-22T12:00:00.000Z';
  expect(differencesTable(found, noonMs + 5 * hourMs)).toEqual([
    [
      'payment or order',
      'what',
      'way',
      'our journal',
      'the provider',
      'since',
      'age',
      'provider’s id',
    ],
    [
      'pay_2',
      'moved at the provider, not in our journal',
      'back to cards',
      '',
      '$0.01',
      since,
      '5 h',
      're_2',
    ],
    [
      'ord_3',
      'in our journal, not moved at the provider',
      'back from recipients',
      '$0.30',
      '',
      since,
      '5 h',
      '',
    ],
    [
      'pay_4',
      'another amount than in our journal',
      'from cards',
      '$7.00',
      '$7.01',
      since,
      '5 h',
      'ch_4',
    ],
    [
      'pay_5',
      'marked as ours, of nothing that we have',
      'to recipients',
      '',
      '€0.09',
      since,
      '5 h',
      'tr_5',
    ],
  ]);
});

it.each([
  [0, '0 h'],
  [hourMs - 1, '0 h'],
  [hourMs, '1 h'],
  [48 * hourMs - 1, '47 h'],
  [48 * hourMs, '2 days'],
  [73 * hourMs, '3 days'],
])('an age of %d ms is %s', (ms, words) => {
  const [, row] = differencesTable(found, noonMs + ms);
  expect(row?.[6]).toBe(words);
});

it('has a row for each broken entry, and one for a book as a whole', () => {
  const at = { subject: 'pay_1', found: 'charged' } as const;
  expect(
    breaksTable([
      { ...at, kind: 'seal_broken', sequence: 3 },
      { ...at, kind: 'last_seal_differs' },
    ]),
  ).toEqual([
    ['payment or order', 'entry', 'what', 'found'],
    ['pay_1', '3', 'seal broken', 'charged'],
    ['pay_1', '', 'last seal differs', 'charged'],
  ]);
});

describe('the sentence that an operator wants first', () => {
  it('tells how much matched, never rounded up to all', () => {
    expect(verdict(found)).toBe(
      '42.85 % matched: 3 movements of 7; 4 differences, 0 broken entries in 7 books; ' +
        '2 too fresh to judge, 3 of something else than Tender.',
    );
    const [one] = found.matched;
    const many = Array.from({ length: 99_999 }, () => one).filter((each) => each !== undefined);
    expect(verdict({ ...found, matched: many })).toContain('99.99 % matched');
  });

  it('is 100 % where all did, and where there was nothing', () => {
    expect(verdict({ ...found, differences: [] })).toContain('100 % matched: 3 movements of 3;');
    expect(verdict({ ...found, matched: [], differences: [] })).toContain(
      '100 % matched: 0 movements of 0;',
    );
  });

  it('says what could not be compared, where something could not', () => {
    expect(verdict({ ...found, unread: 2 })).toMatch(
      /than Tender\. 2 orders of shops that have left us could not be compared\.$/u,
    );
  });
});
