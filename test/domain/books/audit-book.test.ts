// A book that was tampered with, or torn, says where: one test for each way in which it can be wrong.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { sealOf } from '../../../lambdas/domain/journal/seal.ts';
import { auditBook } from '../../../lambdas/domain/books/audit-book.ts';
import type { PaymentEntry } from '../../../lambdas/domain/payments/ports.ts';
import { aPaidBook, type PaymentBook } from '../../builders/ledgers.ts';
import { anAskedRequest } from '../../builders/payments.ts';

const kindsIn = (book: Parameters<typeof auditBook>[0]) => auditBook(book).map(({ kind }) => kind);

const changed = (book: PaymentBook, at: number, change: Partial<PaymentEntry>): PaymentBook => ({
  ...book,
  journal: book.journal.map((entry, index) => (index === at ? { ...entry, ...change } : entry)),
});

/** As a patient forger would: every seal from there on made anew, the subject's too. */
function sealedAnew(book: PaymentBook): PaymentBook {
  let seal: string | undefined;
  const journal = book.journal.map(({ seal: _old, ...entry }) => {
    seal = sealOf(entry, seal);
    return { ...entry, seal };
  });
  const { subject } = book;
  return {
    ...book,
    journal,
    subject: subject === undefined || seal === undefined ? subject : { ...subject, seal },
  };
}

it('finds nothing in a book as it was written', () => {
  expect(auditBook(aPaidBook())).toEqual([]);
  const { request, entry } = anAskedRequest();
  const book = { of: 'request', id: request.id, subject: request, journal: [entry] } as const;
  expect(auditBook(book)).toEqual([]);
});

/** As it was written before there were seals; from this place on, with them. */
function sealedFrom(book: PaymentBook, place: number): PaymentBook {
  const bare = book.journal.map(({ seal: _seal, ...entry }) => entry);
  const later = sealedAnew({ ...book, journal: bare.slice(place) });
  if (book.subject === undefined) throw new Error('the payment is there');
  const { seal: _seal, ...subject } = book.subject;
  const seal = later.journal.at(-1)?.seal;
  return {
    ...book,
    subject: seal === undefined ? subject : { ...subject, seal },
    journal: [...bare.slice(0, place), ...later.journal],
  };
}

it('takes a book of before there were seals, and one whose first steps have none', () => {
  const book = aPaidBook();

  expect(kindsIn(sealedFrom(book, book.journal.length))).toEqual([]);
  expect(kindsIn(sealedFrom(book, 2))).toEqual([]);
  expect(kindsIn({ ...book, journal: sealedFrom(book, 5).journal })).toEqual(['last_seal_differs']);
});

it.each([
  ['an amount changed', { postings: [] }],
  ['a reason added', { reason: 'because' }],
  ['a moment moved', { atMs: 1 }],
  ['somebody else’s doing', { actor: 'operator' }],
] as const)('names the entry with %s', (_what, change) => {
  const breaks = auditBook(changed(aPaidBook(), 2, change));

  expect(breaks).toContainEqual(
    expect.objectContaining({ kind: 'seal_broken', sequence: 3, found: 'charged' }),
  );
  expect(breaks.filter(({ kind }) => kind === 'seal_broken')).toHaveLength(1);
});

it('sees an entry that is missing, doubled or in another place', () => {
  const book = aPaidBook();
  const at = fc.nat({ max: book.journal.length - 1 });
  fc.assert(
    fc.property(at, fc.constantFrom('drop', 'double'), (place, how) => {
      const journal = [...book.journal];
      if (how === 'drop') journal.splice(place, 1);
      else journal.splice(place, 0, ...book.journal.slice(place, place + 1));

      expect(kindsIn({ ...book, journal })).not.toEqual([]);
    }),
  );
});

it('sees a seal taken off, and a subject that bears another one', () => {
  const book = aPaidBook();
  const bare = book.journal.map(({ seal, ...entry }, index) =>
    index === 3 || seal === undefined ? entry : { ...entry, seal },
  );
  expect(kindsIn({ ...book, journal: bare })).toContain('seal_missing');
  if (book.subject === undefined) throw new Error('the payment is there');
  expect(kindsIn({ ...book, subject: { ...book.subject, seal: 'other' } })).toEqual([
    'last_seal_differs',
  ]);
});

it('sees through new seals what the machine and the sums do not allow', () => {
  const unbalanced = changed(aPaidBook(), 2, {
    postings: [{ account: 'payer:per_x', amount: { minor: -1, currency: 'USD' } }],
  });
  expect(auditBook(sealedAnew(unbalanced))).toContainEqual(
    expect.objectContaining({ kind: 'unbalanced', sequence: 3, found: '-1 USD' }),
  );
  expect(kindsIn(sealedAnew(changed(aPaidBook(), 4, { step: 'undone' })))).toContain('wrong_edge');
  expect(kindsIn(sealedAnew(changed(aPaidBook(), 3, { from: 'draft' })))).toContain(
    'does_not_follow',
  );
  expect(kindsIn(sealedAnew(changed(aPaidBook(), 4, { postings: [] })))).toEqual(['money_left']);
});

it('sees a state or a version that the journal does not lead to, and halves of books', () => {
  const book = aPaidBook();
  if (book.subject === undefined) throw new Error('the payment is there');
  expect(kindsIn({ ...book, subject: { ...book.subject, state: 'held' } })).toEqual([
    'state_differs',
  ]);
  expect(kindsIn({ ...book, subject: { ...book.subject, version: 4 } })).toEqual([
    'version_differs',
  ]);
  expect(kindsIn({ ...book, subject: undefined })).toEqual(['subject_missing']);
  expect(kindsIn({ ...book, journal: [] })).toEqual(['journal_missing']);
  expect(kindsIn({ of: 'unreadable', id: 'pay_x', why: 'Payment: state' })).toEqual(['unreadable']);
});
