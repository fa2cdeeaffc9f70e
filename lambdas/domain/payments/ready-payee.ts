// A payee who became ready while a payment was being charged, claimed or still undoable is paid when the undo window ends.
import { isReadyToBePaid } from '../people/person.ts';
import type { World } from '../world.ts';
import { changePayment } from './change-payment.ts';
import { undoEndsAt } from './due-dates.ts';
import { type Payment, payeeId } from './payment.ts';
import type { PaymentChange } from './ports.ts';
import { takeStep } from './take-step.ts';

/**
 * Becoming ready is written before what is held is looked for, and a payment is held before its payee is looked at
 * again: whichever comes last sees the other.
 */
export async function noticeReadyPayee(
  world: Pick<World, 'payments' | 'people' | 'clock' | 'settings'>,
  payment: Payment,
): Promise<Payment> {
  const payee = payeeId(payment);
  if (payee === undefined || !isDueTooLate(world, payment)) return payment;
  const person = await world.people.byId(payee);
  if (person === undefined || !isReadyToBePaid(person)) return payment;
  const changed = await changePayment(world, payment.id, (now) => dueWhenUndoEnds(world, now));
  return changed?.payment ?? payment;
}

/** No need to wait for the payee's reminder: undefined where it is due by then anyway. */
export function dueWhenUndoEnds(
  world: Pick<World, 'clock' | 'settings'>,
  payment: Payment,
): PaymentChange | undefined {
  if (!isDueTooLate(world, payment)) return undefined;
  return takeStep(payment, {
    step: 'payee_ready',
    actor: 'payee',
    nowMs: world.clock.now(),
    settings: world.settings,
    isPayeeReady: true,
  });
}

function isDueTooLate(world: Pick<World, 'settings'>, payment: Payment): boolean {
  return payment.state === 'held' && (payment.dueAtMs ?? 0) > undoEndsAt(payment, world.settings);
}
