// A book that was tampered with, or torn, says where: one test for each way in which it can be wrong.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealOf } from '../../../lambdas/domain/journal/seal.ts';
import { auditBook } from '../../../lambdas/domain/books/audit-book.ts';
import type { OrderEntry } from '../../../lambdas/domain/orders/ports.ts';
import type { Payment } from '../../../lambdas/domain/payments/payment.ts';
import type { PaymentEntry } from '../../../lambdas/domain/payments/ports.ts';
import type { RequestEntry } from '../../../lambdas/domain/requests/money-request.ts';
import { aPaidBook, type PaymentBook } from '../../builders/ledgers.ts';
import { anOrderDraft, checkoutStarted, orderPaid } from '../../builders/orders.ts';
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

it('says what it found, and where', () => {
  const book = aPaidBook();
  const { id, subject, journal } = book;
  if (subject === undefined) throw new Error('the payment is there');
  const at = (change: Partial<PaymentEntry>, index = 2) =>
    auditBook(sealedAnew(changed(book, index, change)));

  expect(auditBook({ ...book, subject: undefined })).toEqual([
    { subject: id, kind: 'subject_missing', found: '5 entries' },
  ]);
  expect(auditBook({ ...book, journal: [] })).toEqual([
    { subject: id, kind: 'journal_missing', found: 'version 5' },
  ]);
  expect(at({ sequence: 7 })).toEqual([
    { subject: id, kind: 'gap', sequence: 7, found: 'expected 3' },
  ]);
  expect(at({ step: 'undone' })).toEqual([
    { subject: id, kind: 'wrong_edge', sequence: 3, found: 'undone from charging to held' },
  ]);
  expect(at({ from: 'needs_action' })).toEqual([
    {
      subject: id,
      kind: 'does_not_follow',
      sequence: 3,
      found: 'charged from needs_action to held',
    },
  ]);
  const last = journal.at(-1);
  expect(
    auditBook({ ...book, subject: { ...subject, seal: 'other', state: 'held', version: 4 } }),
  ).toEqual([
    {
      subject: id,
      kind: 'last_seal_differs',
      found: 'the subject bears another seal than its last entry',
    },
    { subject: id, kind: 'state_differs', found: 'held, and its journal says paid' },
    {
      subject: id,
      kind: 'version_differs',
      found: `version 4, and its journal ends at ${last?.sequence}`,
    },
    // Not over, as it says: what is held may stay.
  ]);
});

it('sums by currency: what balances in none is told in each', () => {
  const book = aPaidBook();
  const postings = [
    { account: `held:${book.id}`, amount: { minor: 5, currency: 'USD' } },
    { account: 'payer:per_x', amount: { minor: -5, currency: 'EUR' } },
  ] as const;
  const breaks = auditBook(sealedAnew(changed(book, 1, { postings })));

  expect(breaks.map(({ kind, found }) => [kind, found])).toEqual([
    ['unbalanced', '5 USD'],
    ['unbalanced', '-5 EUR'],
    ['money_left', `5 USD in held:${book.id}`],
  ]);
});

describe('what must be empty once nothing is to happen any more', () => {
  const withMoney = (account: 'held' | 'disputed', state: Payment['state']) => {
    const book = aPaidBook();
    const postings = [
      { account: `${account}:${book.id}`, amount: { minor: 5, currency: 'USD' } },
      { account: 'payer:per_x', amount: { minor: -5, currency: 'USD' } },
    ] as const;
    const changedBook = changed(book, 1, { postings });
    const { subject } = changedBook;
    return kindsIn(
      sealedAnew({ ...changedBook, subject: subject && { ...subject, state } }),
    ).includes('money_left');
  };

  it.each([
    ['held', 'paid', true],
    ['disputed', 'refunded', true],
    ['held', 'lost', true],
    ['disputed', 'disputed', false],
    ['held', 'held', false],
    // A person is at it, and may find it there.
    ['held', 'review', false],
  ] as const)('what is %s of a payment that is %s: %s', (account, state, isTold) => {
    expect(withMoney(account, state)).toBe(isTold);
  });

  it.each([
    ['needs_response', false],
    ['under_review', false],
    ['won', true],
    ['lost', true],
    [undefined, true],
  ] as const)('what is disputed of an order whose dispute is %s: %s', (state, isTold) => {
    const { order, entry } = anOrderDraft();
    const dispute = state && {
      id: 'dp_1',
      state,
      amount: order.bill.total,
      fee: order.bill.total,
      reason: 'fraudulent',
      openedAtMs: 1,
    };
    const posted = {
      ...entry,
      postings: [
        { account: `disputed:${order.id}`, amount: { minor: -5, currency: 'USD' } },
        { account: `buyer:${order.id}`, amount: { minor: 5, currency: 'USD' } },
      ] as const,
    };
    const subject = { ...order, ...(dispute && { dispute }) };
    const book = { of: 'order', id: order.id, subject, journal: [posted] } as const;

    expect(kindsIn(book).includes('money_left')).toBe(isTold);
    expect(kindsIn({ ...book, subject: undefined })).not.toContain('money_left');
  });
});

describe('a step that the machine does not draw', () => {
  const draft = anOrderDraft();
  const checkout = checkoutStarted(draft.order);
  const paid = orderPaid(checkout.order, 'pi_1');
  const journal = [draft.entry, checkout.entry, paid.entry];
  const orders = (entries: readonly OrderEntry[]) =>
    kindsIn({ of: 'order', id: paid.order.id, subject: paid.order, journal: entries });
  const asked = anAskedRequest();
  const requests = (change: Partial<RequestEntry>) =>
    kindsIn({
      of: 'request',
      id: asked.request.id,
      subject: asked.request,
      journal: [{ ...asked.entry, ...change }],
    });

  it('is none in an order or a request as they were written', () => {
    expect(orders(journal)).not.toContain('wrong_edge');
    expect(requests({})).not.toContain('wrong_edge');
  });

  it.each<[string, Partial<OrderEntry>]>([
    ['that does not begin there', { step: 'fulfilled', to: 'fulfilled' }],
    ['that leads elsewhere', { to: 'fulfilled' }],
    ['that neither begins nor ends there', { step: 'fulfilled', to: 'draft' }],
  ])('is seen in an order: one %s', (_what, change) => {
    expect(
      orders(journal.map((entry, at) => (at === 2 ? { ...entry, ...change } : entry))),
    ).toContain('wrong_edge');
  });

  it('is seen in an order’s first step, which leads to a draft', () => {
    const first = { ...draft.entry, to: 'paid' } as const;
    expect(orders([first, checkout.entry, paid.entry])).toContain('wrong_edge');
  });

  it.each<[string, Partial<RequestEntry>]>([
    ['that does not begin there', { step: 'declined', to: 'declined' }],
    ['that leads elsewhere', { to: 'declined' }],
  ])('is seen in a request: one %s', (_what, change) => {
    expect(requests(change)).toContain('wrong_edge');
  });

  it.each<[string, Partial<PaymentEntry>]>([
    ['that does not begin there', { step: 'undone', to: 'refunding' }],
    ['that leads elsewhere', { to: 'paid' }],
  ])('is seen in a payment: one %s', (_what, change) => {
    expect(kindsIn(changed(aPaidBook(), 2, change))).toContain('wrong_edge');
  });
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
