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

it('judges from the first moment of a period on, and not its end', async () => {
  const book = aPaidBook();
  const chargedMs = noonMs + 2_000;
  const judged = async (fromMs: number, toMs: number) => {
    const desk = { shelf: shelfOf(book), ledger: ledgerOf() };
    return (await reconcile(desk, { fromMs, toMs }, noonMs + dayMs)).differences.length;
  };

  expect(await judged(chargedMs, chargedMs + 1)).toBe(1);
  expect(await judged(chargedMs - 1, chargedMs)).toBe(0);
  expect(await judged(chargedMs + 1, chargedMs + 2)).toBe(0);
});

it('sets what moved long ago beside nothing of today', async () => {
  const book = aPaidBook();
  const [charge] = movedFor(book);
  const [, , charged] = book.journal;
  if (charge === undefined || charged === undefined) throw new Error('it was charged');
  // Charged as much once before: that moved before the period, and its movement is not asked for.
  const before = { ...charged, atMs: noonMs - 2 * dayMs };
  const twice = { ...book, journal: [before, ...book.journal] };

  const found = await check([twice], movedFor(book));

  expect(found.differences).toEqual([]);
  expect(found.matched.map(({ ours }) => ours.atMs)).not.toContain(before.atMs);
});

it('tells the oldest difference first, and of one moment by name', async () => {
  const books = (['pay_b', 'pay_a', 'pay_c'] as const).map((id) => aPaidBook({ id }));
  const [first] = books;
  if (first === undefined) throw new Error('there are books');
  const [charge] = movedFor(first);
  if (charge === undefined) throw new Error('it was charged');
  const older = { ...charge, id: 'ch_old', subject: 'pay_z', atMs: noonMs - 3_600_000 };

  const found = await check(books, [older]);

  expect(found.differences.map(({ subject, direction }) => [subject, direction])).toEqual([
    ['pay_z', 'in'],
    ['pay_a', 'in'],
    ['pay_b', 'in'],
    ['pay_c', 'in'],
    ['pay_a', 'out'],
    ['pay_b', 'out'],
    ['pay_c', 'out'],
  ]);
});

it('counts what is fresh on either side, and settles an answer within the hour', async () => {
  expect(settlesWithinMs).toBe(3_600_000);
  const book = aPaidBook();
  const [charge] = movedFor(book);
  if (charge === undefined) throw new Error('it was charged');
  const fresh = { ...charge, id: 'ch_2', atMs: noonMs + 10_000 };

  const found = await check([book], [...movedFor(book), fresh], fresh.atMs + 1_000);

  expect(found).toMatchObject({ differences: [], settling: 1 });
});

it('takes a posting of nothing for no movement', async () => {
  const book = aPaidBook();
  const [drafted, ...later] = book.journal;
  if (drafted === undefined) throw new Error('it was drafted');
  const nothing = { account: 'payer:per_x', amount: { minor: 0, currency: 'USD' } } as const;
  const journal = [{ ...drafted, postings: [nothing] }, ...later];

  const found = await check([{ ...book, journal }], movedFor(book));

  expect(found.differences).toEqual([]);
  expect(found.matched).toHaveLength(2);
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
