// Stops a payment that has not reached its recipient: the payer cancels or undoes it, the payee declines it.
import type { PersonId } from '../people/person.ts';
import type { World } from '../world.ts';
import { changePayment } from './change-payment.ts';
import { withRequestStep } from './linked-changes.ts';
import { type Payment, type PaymentId, payeeId } from './payment.ts';
import type { PaymentChange } from './ports.ts';
import { takeStep } from './take-step.ts';

export type StopPaymentOutcome =
  /** Nothing had been charged. */
  | { readonly kind: 'cancelled'; readonly payment: Payment }
  /** Charged: the money is on its way back. */
  | { readonly kind: 'refunding'; readonly payment: Payment }
  | { readonly kind: 'already_stopped'; readonly payment: Payment }
  /** The payer's bank waits for the payer: nothing is charged unless they go on. */
  | { readonly kind: 'at_the_bank'; readonly payment: Payment }
  /** The card is being charged this moment: it can be undone once we know. */
  | { readonly kind: 'too_early'; readonly payment: Payment }
  | { readonly kind: 'too_late'; readonly payment: Payment }
  | { readonly kind: 'not_yours' }
  | { readonly kind: 'not_found' };

/** Confirm, undo, decline, expiry and payout race for one conditional write; whoever loses is told what won. */
export async function stopPayment(
  world: Pick<World, 'payments' | 'requests' | 'clock' | 'settings'>,
  said: { readonly paymentId: PaymentId; readonly personId: PersonId },
): Promise<StopPaymentOutcome> {
  let isTheirs = true;
  const changed = await changePayment(world, said.paymentId, async (payment) => {
    const role = roleOf(payment, said.personId);
    isTheirs = role !== undefined;
    if (role === undefined) return undefined;
    return stopStep(world, payment, role);
  });
  if (changed === undefined) return { kind: 'not_found' };
  if (!isTheirs) return { kind: 'not_yours' };
  return outcomeOf(changed.payment, changed.isOurs);
}

function roleOf(payment: Payment, personId: PersonId): 'payer' | 'payee' | undefined {
  if (payment.payerId === personId) return 'payer';
  return payeeId(payment) === personId ? 'payee' : undefined;
}

async function stopStep(
  world: Pick<World, 'requests' | 'clock' | 'settings'>,
  payment: Payment,
  role: 'payer' | 'payee',
): Promise<PaymentChange | undefined> {
  const taken = { actor: role, nowMs: world.clock.now(), settings: world.settings };
  if (payment.state === 'held') {
    return takeStep(payment, { ...taken, step: role === 'payer' ? 'undone' : 'refused' });
  }
  // A draft is not the payee's business: they have not been told of it.
  if (payment.state !== 'draft' || role !== 'payer') return undefined;
  return withRequestStep(
    world,
    takeStep(payment, { ...taken, step: 'draft_cancelled' }),
    'reopened',
  );
}

function outcomeOf(payment: Payment, isOurs: boolean): StopPaymentOutcome {
  switch (payment.state) {
    case 'cancelled':
      return { kind: isOurs ? 'cancelled' : 'already_stopped', payment };
    case 'refunding':
      return { kind: isOurs ? 'refunding' : 'already_stopped', payment };
    case 'refunded':
    case 'refund_failed':
    case 'declined':
      return { kind: 'already_stopped', payment };
    case 'needs_action':
      return { kind: 'at_the_bank', payment };
    case 'charging':
    case 'unknown':
      return { kind: 'too_early', payment };
    case 'draft':
      return { kind: 'not_yours' };
    case 'held':
    case 'paying_out':
    case 'paid':
    case 'disputed':
    case 'lost':
    case 'review':
      return { kind: 'too_late', payment };
  }
}
