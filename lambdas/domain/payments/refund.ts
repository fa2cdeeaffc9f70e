// Gives a payer their money back and follows the refund until it has arrived or a human must look.
import type { World } from '../world.ts';
import { isAskedTooOften } from './ask-again.ts';
import { changePayment } from './change-payment.ts';
import { asksSoFar } from './due-dates.ts';
import { withSpendingGivenBack } from './linked-changes.ts';
import type { Payment, PaymentId } from './payment.ts';
import type { PaymentChange, RefundAnswer } from './ports.ts';
import { totalOf } from './postings.ts';
import { takeStep } from './take-step.ts';

export type RefundWorld = Pick<World, 'payments' | 'provider' | 'clock' | 'settings'>;

/** Asks for the refund of a payment in `refunding`, or asks how it goes. Under one key for ever: never refunded twice. */
export async function continueRefund(world: RefundWorld, payment: Payment): Promise<void> {
  await settleRefund(world, payment, await askForRefund(world, payment));
}

async function askForRefund(world: RefundWorld, payment: Payment): Promise<RefundAnswer> {
  const { chargeId, refundId } = payment.trail;
  if (refundId !== undefined) {
    const found = await world.provider.lookUp.refund(refundId);
    if (found.kind === 'found') return found.thing.answer;
    return { kind: 'unknown', why: found.kind };
  }
  if (chargeId === undefined) throw new Error(`Payment ${payment.id} refunds without a charge.`);
  return world.provider.refund({ paymentId: payment.id, chargeId, total: totalOf(payment) });
}

/** Moves `refunding`, or a refund that fails after it looked done, on by the provider's answer. */
export async function settleRefund(
  world: Pick<World, 'payments' | 'clock' | 'settings'>,
  subject: PaymentId | Payment,
  answer: RefundAnswer,
): Promise<void> {
  await changePayment(world, subject, (payment) => stepFor(world, payment, answer));
}

async function stepFor(
  world: Pick<World, 'payments' | 'clock' | 'settings'>,
  payment: Payment,
  answer: RefundAnswer,
): Promise<PaymentChange | undefined> {
  if (payment.state === 'refunded') return afterItLookedDone(world, payment, answer);
  if (payment.state !== 'refunding') return undefined;
  const taken = { actor: 'provider', nowMs: world.clock.now(), settings: world.settings } as const;
  switch (answer.kind) {
    case 'done':
      return withSpendingGivenBack(
        world,
        takeStep(payment, { ...taken, step: 'refunded', changes: noted(payment, answer.refundId) }),
      );
    case 'pending':
      return askedAgain(
        payment,
        { ...taken, changes: noted(payment, answer.refundId) },
        'refund_pending_too_long',
      );
    case 'declined':
      return takeStep(payment, { ...taken, step: 'refund_failed', reason: answer.why });
    case 'unknown':
      return askedAgain(payment, taken, 'refund_never_known');
  }
}

function askedAgain(
  payment: Payment,
  taken: Omit<Parameters<typeof takeStep>[1], 'step'>,
  tooLong: string,
): PaymentChange {
  return isAskedTooOften(asksSoFar(payment) + 1)
    ? takeStep(payment, { ...taken, step: 'sent_to_review', reason: tooLong })
    : takeStep(payment, { ...taken, step: 'refund_asked' });
}

/** Stripe can report a refund as succeeded and later as failed: the money is back with us, the payer has nothing. */
function afterItLookedDone(
  world: Pick<World, 'clock' | 'settings'>,
  payment: Payment,
  answer: RefundAnswer,
): PaymentChange | undefined {
  if (answer.kind !== 'declined') return undefined;
  return takeStep(payment, {
    step: 'refund_failed',
    actor: 'provider',
    nowMs: world.clock.now(),
    settings: world.settings,
    reason: answer.why,
  });
}

function noted(payment: Payment, refundId: string) {
  return { trail: { ...payment.trail, refundId } };
}
