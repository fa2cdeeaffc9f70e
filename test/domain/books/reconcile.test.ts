// The three-way check finds each way in which our books and the provider's can differ, and nothing where they agree.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  matchedPercent,
  reconcile,
  settlesWithinMs,
} from '../../../lambdas/domain/books/reconcile.ts';
import { verdict } from '../../../lambdas/domain/books/report.ts';
import type { Book } from '../../../lambdas/domain/books/book.ts';
import type { Movement } from '../../../lambdas/domain/books/movement.ts';
import { aPaidBook, ledgerOf, movedFor, shelfOf } from '../../builders/ledgers.ts';
import { anOrderDraft, checkoutStarted, orderPaid } from '../../builders/orders.ts';
import { noonMs } from '../../builders/payments.ts';

const dayMs = 24 * 3_600_000;
const period = { fromMs: noonMs - dayMs, toMs: noonMs + dayMs };

const check = (books: readonly Book[], moved: readonly Movement[], nowMs = noonMs + dayMs) =>
  reconcile({ shelf: shelfOf(...books), ledger: ledgerOf(...moved) }, period, nowMs);

it('agrees on payments that went as they were written', async () => {
  const books = [aPaidBook(), aPaidBook(), aPaidBook()];

  const found = await check(books, books.flatMap(movedFor));

  expect(found).toMatchObject({ books: 3, differences: [], breaks: [], settling: 0, strangers: 0 });
  expect(found.matched).toHaveLength(6);
  expect(matchedPercent(found)).toBe(100);
});

it('names what the provider moved and nobody wrote down', async () => {
  const book = aPaidBook();
  const [charge] = movedFor(book);
  if (charge === undefined) throw new Error('it was charged');

  const found = await check([book], [...movedFor(book), { ...charge, id: 'ch_second' }]);

  expect(found.differences).toMatchObject([
    { kind: 'not_written', subject: book.id, direction: 'in', theirs: { id: 'ch_second' } },
  ]);
  expect(matchedPercent(found)).toBeCloseTo(66.7, 1);
});

it('names what was written and never moved', async () => {
  const book = aPaidBook();

  const found = await check([book], movedFor(book).slice(0, 1));

  expect(found.differences).toMatchObject([
    { kind: 'not_moved', direction: 'out', ours: { step: 'paid_out', sequence: 5 } },
  ]);
});

it('sets another amount or currency beside what was written', async () => {
  const book = aPaidBook();
  const [charge, payOut] = movedFor(book);
  if (charge === undefined || payOut === undefined) throw new Error('it was paid');

  const found = await check(
    [book],
    [
      { ...charge, amount: { minor: 2001, currency: 'USD' } },
      { ...payOut, amount: { minor: 2000, currency: 'EUR' } },
    ],
  );

  expect(found.differences.map(({ kind, direction }) => [kind, direction])).toEqual([
    ['amount_differs', 'in'],
    ['amount_differs', 'out'],
  ]);
  expect(found.differences[0]).toMatchObject({
    ours: { amount: { minor: 2000 } },
    theirs: { amount: { minor: 2001 } },
  });
});

it('names money that bears a mark of ours and is of no payment of ours, and counts what is not ours at all', async () => {
  const lost = movedFor(aPaidBook());
  const [stranger] = movedFor(aPaidBook());
  if (stranger === undefined) throw new Error('it was charged');
  const { subject: _subject, ...unmarked } = stranger;

  const found = await check([], [...lost, unmarked]);

  expect(found.differences.map(({ kind }) => kind)).toEqual(['nobodys', 'nobodys']);
  expect(found.strangers).toBe(1);
});

it('does not judge what is less than an hour old, and does afterwards', async () => {
  const book = aPaidBook();
  const moved = movedFor(book).slice(0, 1);
  const paidOutMs = noonMs + 4_000;

  const early = await check([book], moved, paidOutMs + settlesWithinMs);
  expect(early).toMatchObject({ differences: [], settling: 1 });
  const late = await check([book], moved, paidOutMs + settlesWithinMs + 1);
  expect(late).toMatchObject({ differences: [{ kind: 'not_moved' }], settling: 0 });
});

it('matches across the edges of a period, and judges each movement in exactly one of two that meet', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: -5_000, max: 5_000 }),
      fc.boolean(),
      async (shift, isPaid) => {
        const book = aPaidBook();
        const moved = isPaid ? movedFor(book) : [];
        const desk = { shelf: shelfOf(book), ledger: ledgerOf(...moved) };
        const edge = noonMs + shift;
        const nowMs = noonMs + dayMs;

        const before = await reconcile(desk, { fromMs: noonMs - dayMs, toMs: edge }, nowMs);
        const after = await reconcile(desk, { fromMs: edge, toMs: nowMs }, nowMs);

        expect(before.differences.length + after.differences.length).toBe(isPaid ? 0 : 2);
      },
    ),
  );
});

it('does not judge orders of a shop that has taken our access away, and counts them', async () => {
  const draft = anOrderDraft();
  const checkout = checkoutStarted(draft.order);
  const paid = orderPaid(checkout.order, 'pi_1');
  const { order } = paid;
  const journal = [draft.entry, checkout.entry, paid.entry];
  const book: Book = { of: 'order', id: order.id, subject: order, journal };
  const ledger = {
    async *movements() {
      yield { closed: order.shopId };
    },
  };

  const found = await reconcile({ shelf: shelfOf(book), ledger }, period, noonMs + dayMs);

  expect(found).toMatchObject({ differences: [], unread: 1 });
  expect(verdict(found)).toContain('1 orders of shops that have left us');
  expect((await check([book], [])).differences).toMatchObject([{ kind: 'not_moved' }]);
});

it('reports a broken book beside the movements', async () => {
  const book = aPaidBook();
  if (book.subject === undefined) throw new Error('the payment is there');
  const found = await check(
    [{ ...book, subject: { ...book.subject, state: 'held' } }],
    movedFor(book),
  );

  expect(found.differences).toEqual([]);
  expect(found.breaks).toMatchObject([{ kind: 'state_differs', subject: book.id }]);
});
