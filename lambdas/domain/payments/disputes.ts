// A payer's bank takes the money back: hold what is held, reverse what was paid out, follow the dispute to its end.
import type { World } from '../world.ts';
import { changePayment } from './change-payment.ts';
import type { Payment, PaymentId } from './payment.ts';
import type { DisputeStatus, PaymentChange } from './ports.ts';
import { isInOurHands } from './postings.ts';
import { takeStep } from './take-step.ts';

export type DisputeWorld = Pick<World, 'payments' | 'provider' | 'clock' | 'settings'>;

/** Takes its state from the dispute itself, never from the name of an event about it. */
export async function followDispute(
  world: DisputeWorld,
  paymentId: PaymentId,
  dispute: { readonly disputeId: string; readonly status: DisputeStatus },
): Promise<void> {
  const opened = await changePayment(world, paymentId, (payment) =>
    openStep(world, payment, dispute.disputeId),
  );
  if (opened === undefined) return;
  if (opened.isOurs) await takeBackFromPayee(world, opened.payment);
  if (dispute.status === 'open') return;
  await changePayment(world, paymentId, (payment) => closeStep(world, payment, dispute.status));
}

function openStep(
  world: DisputeWorld,
  payment: Payment,
  disputeId: string,
): PaymentChange | undefined {
  if (payment.state !== 'held' && payment.state !== 'paid') return undefined;
  // The same dispute was followed to its end before: a late event about it opens nothing.
  if (payment.trail.disputeId === disputeId) return undefined;
  return takeStep(payment, {
    step: payment.state === 'held' ? 'disputed_while_held' : 'disputed',
    actor: 'provider',
    nowMs: world.clock.now(),
    settings: world.settings,
    changes: { trail: { ...payment.trail, disputeId } },
  });
}

/** Asks for the payout back. A recipient who has spent it keeps it: then the loss is ours if the dispute is lost. */
export async function takeBackFromPayee(world: DisputeWorld, payment: Payment): Promise<void> {
  const { payOutId, reversalId } = payment.trail;
  if (payment.state !== 'disputed' || payOutId === undefined || reversalId !== undefined) return;
  const answer = await world.provider.reversePayOut({
    paymentId: payment.id,
    payOutId,
    amount: payment.amount,
  });
  if (answer.kind !== 'done') return;
  await changePayment(world, payment.id, (now) => {
    if (now.state !== 'disputed' || now.trail.reversalId !== undefined) return undefined;
    return takeStep(now, {
      step: 'payout_reversed',
      actor: 'provider',
      nowMs: world.clock.now(),
      settings: world.settings,
      changes: { trail: { ...now.trail, reversalId: answer.reversalId } },
    });
  });
}

function closeStep(
  world: DisputeWorld,
  payment: Payment,
  status: DisputeStatus,
): PaymentChange | undefined {
  if (payment.state !== 'disputed' || status === 'open') return undefined;
  const taken = { actor: 'provider', nowMs: world.clock.now(), settings: world.settings } as const;
  if (status === 'lost') return takeStep(payment, { ...taken, step: 'dispute_lost' });
  if (!isInOurHands(payment)) return takeStep(payment, { ...taken, step: 'dispute_won' });
  // The money is with us again: it goes to the recipient once more, under a new attempt.
  const { payOutId: _paidOnce, reversalId: _takenBack, ...trail } = payment.trail;
  return takeStep(payment, {
    ...taken,
    step: 'dispute_won_while_held',
    isPayeeReady: true,
    changes: { trail, payOutAttempt: payment.payOutAttempt + 1 },
  });
}
