// What follows from a step for the people themselves: who has paid whom, and how well we know them.
import { changePerson } from '../people/change-person.ts';
import type { World } from '../world.ts';
import { isReadyToBePaid, type Person } from '../people/person.ts';
import { undoEndsAt } from './due-dates.ts';
import { type Payment, payeeId } from './payment.ts';
import type { PaymentEntry } from './ports.ts';

export interface StepTaken {
  readonly entry: PaymentEntry;
  readonly payment: Payment;
  readonly payer: Person;
  readonly payee: Person | undefined;
}

/** Twice is once: derived from the entry, and safe to repeat. */
export async function afterStep(
  world: Pick<World, 'people' | 'contacts' | 'dueQueue' | 'clock' | 'settings'>,
  { entry, payment, payer, payee: recipient }: StepTaken,
): Promise<void> {
  const payee = payeeId(payment);
  const isWaiting = entry.step === 'charged' || entry.step === 'claimed';
  if (isWaiting && recipient !== undefined && isReadyToBePaid(recipient))
    await wakeWhenUndoEnds(world, payment);
  if (entry.step !== 'paid_out' || payee === undefined) return;
  await world.contacts.remember(payment.payerId, { personId: payee, lastPaidAtMs: entry.atMs });
  await changePerson(world, payer, (now) =>
    now.level === 'new' ? { ...now, level: 'known' } : undefined,
  );
}

/** For a payee who became ready at the very moment of the charge, when neither side saw the other. */
async function wakeWhenUndoEnds(
  world: Pick<World, 'dueQueue' | 'clock' | 'settings'>,
  payment: Payment,
): Promise<void> {
  const inMs = undoEndsAt(payment, world.settings) - world.clock.now();
  if (payment.state !== 'held' || (payment.dueAtMs ?? 0) <= undoEndsAt(payment, world.settings))
    return;
  await world.dueQueue.wake(payment.id, Math.max(0, Math.ceil(inMs / 1000)));
}
