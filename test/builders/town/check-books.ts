// What must hold of a town's books at any moment: legal steps without gaps, balance, and no more moved than written.
import { expect } from 'vitest';
import type { Movement } from '../../../lambdas/adapters/memory/provider-books.ts';
import { auditBook } from '../../../lambdas/domain/books/audit-book.ts';
import {
  isFinal,
  type Payment,
  type PaymentState,
} from '../../../lambdas/domain/payments/payment.ts';
import type { PaymentEntry } from '../../../lambdas/domain/payments/ports.ts';
import type { PaymentStep } from '../../../lambdas/domain/payments/payment-steps.ts';
import { whoTakes } from '../who-takes.ts';
import type { Entry, TownWorld } from './town-world.ts';

/** Throws (by expect) at the first rule that is broken. */
export async function checkBooks(
  town: Pick<TownWorld, 'world' | 'provider' | 'entries'>,
): Promise<void> {
  for (const id of paymentIds(town.entries)) {
    const payment = await town.world.payments.get(id);
    if (payment === undefined) throw new Error(`${id} has entries and is not there.`);
    const journal = await town.world.payments.journalOf(id);
    expect(auditBook({ of: 'payment', id, subject: payment, journal })).toEqual([]);
    checkDueDate(payment);
    for (const { step, actor } of journal) expect(whoTakes[step], step).toContain(actor);
    const moved = town.provider.movements().filter((each) => each.paymentId === id);
    checkMovements(payment, journal, moved);
  }
}

export function paymentIds(entries: readonly Entry[]): Payment['id'][] {
  const ids = entries.flatMap(({ subject }): Payment['id'][] =>
    subject.startsWith('pay_') ? [`pay_${subject.slice(4)}`] : [],
  );
  return [...new Set(ids)];
}

function checkDueDate(payment: Payment): void {
  expect(payment.dueAtMs === undefined, `due date of ${payment.state}`).toBe(
    isFinal(payment.state),
  );
}

/** Which movement at the provider each step writes down. */
const movementOf: Partial<Record<PaymentStep, Movement['kind']>> = {
  charged: 'charge',
  charged_late: 'charge',
  paid_out: 'payout',
  refunded: 'refund',
  disputed: 'dispute',
  disputed_while_held: 'dispute',
  dispute_won: 'dispute_won',
  dispute_won_while_held: 'dispute_won',
  payout_reversed: 'reversal',
};

/** States in which the provider may be ahead of us: it was asked, or its event is on its way. */
const mayLag: ReadonlySet<PaymentState> = new Set([
  'charging',
  'needs_action',
  'unknown',
  'paying_out',
  'refunding',
  'refund_failed',
  'disputed',
  'lost',
  'review',
]);

function checkMovements(
  payment: Payment,
  journal: readonly PaymentEntry[],
  moved: readonly Movement[],
): void {
  const count = (kind: Movement['kind']) => moved.filter((each) => each.kind === kind).length;
  const written = journal.flatMap(({ step }) => movementOf[step] ?? []);
  for (const kind of new Set(written)) {
    expect(count(kind), `${kind} of ${payment.state}`).toBeGreaterThanOrEqual(
      written.filter((each) => each === kind).length,
    );
  }
  expect(count('charge')).toBeLessThanOrEqual(1);
  expect(count('payout') - count('reversal')).toBeLessThanOrEqual(1);
  expect(count('refund') - count('refund_failed')).toBeLessThanOrEqual(1);
  if (count('refund') - count('refund_failed') === 1)
    expect(count('payout') - count('reversal'), 'refunded and paid out').toBe(0);
  if (!mayLag.has(payment.state)) {
    for (const kind of ['charge', 'payout', 'refund', 'reversal'] as const)
      expect(count(kind), `${kind} in ${payment.state}`).toBe(
        written.filter((each) => each === kind).length,
      );
  }
}
