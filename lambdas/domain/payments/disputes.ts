// A payer's bank takes the money back: hold what is held, reverse what was paid out, follow the dispute to its end.
import { isReadyToBePaid } from '../people/person.ts';
import { RetryLater } from '../retry-later.ts';
import type { World } from '../world.ts';
import { changePayment } from './change-payment.ts';
import { type Payment, type PaymentId, payeeId } from './payment.ts';
import type { DisputeStatus, PaymentChange } from './ports.ts';
import { hearOfPayOut } from './pay-out.ts';
import { isInOurHands } from './postings.ts';
import { takeStep } from './take-step.ts';

export type DisputeWorld = Pick<World, 'payments' | 'people' | 'provider' | 'clock' | 'settings'>;

/**
 * Takes its state from the dispute itself, never from the name of an event about it. Throws RetryLater while the payment
 * is in the middle of a step, or of another dispute, that has to end first.
 */
export async function followDispute(
  world: DisputeWorld,
  paymentId: PaymentId,
  dispute: { readonly disputeId: string; readonly status: DisputeStatus },
): Promise<void> {
  const payment = await world.payments.get(paymentId);
  if (payment !== undefined) {
    // Its next look may be a day away, and this hint comes again for minutes only.
    await hearOfPayOut(world, payment);
    await hearOfEarlierDispute(world, payment, dispute);
  }
  const opened = await changePayment(world, paymentId, (payment) =>
    openStep(world, payment, dispute.disputeId),
  );
  if (opened === undefined) return;
  if (opened.isOurs) await takeBackFromPayee(world, opened.payment);
  if (dispute.status === 'open') return;
  await hearOfReversal(world, paymentId);
  await changePayment(world, paymentId, (payment) => closeStep(world, payment, dispute));
}

/**
 * News of a second dispute may be quicker than the end of the first, which is looked up then. One that was won took
 * nothing in the end: it may as well be an old one, and waits for nobody.
 */
async function hearOfEarlierDispute(
  world: DisputeWorld,
  { id, state, trail }: Payment,
  told: { readonly disputeId: string; readonly status: DisputeStatus },
): Promise<void> {
  const { disputeId } = trail;
  if (state !== 'disputed' || disputeId === undefined) return;
  if (disputeId === told.disputeId || told.status === 'won') return;
  const found = await world.provider.lookUp.dispute(disputeId);
  if (found.kind !== 'found' || found.thing.status === 'open')
    throw new RetryLater('row_not_there_yet');
  await followDispute(world, id, { disputeId, status: found.thing.status });
}

function openStep(
  world: DisputeWorld,
  payment: Payment,
  disputeId: string,
): PaymentChange | undefined {
  // The same dispute was followed to its end before: a late event about it opens nothing.
  if (payment.trail.disputeId === disputeId) return undefined;
  const taken = {
    actor: 'provider',
    nowMs: world.clock.now(),
    settings: world.settings,
    changes: { trail: { ...payment.trail, disputeId } },
  } as const;
  switch (payment.state) {
    case 'held':
      return takeStep(payment, { ...taken, step: 'disputed_while_held' });
    case 'paid':
      return takeStep(payment, { ...taken, step: 'disputed' });
    // The payer may get the money twice, from us and from their bank: a human stops one of them.
    case 'refunding':
    case 'refunded':
      return takeStep(payment, {
        ...taken,
        step: 'sent_to_review',
        reason: 'disputed_after_refund',
      });
    case 'charging':
    case 'needs_action':
    case 'unknown':
    case 'paying_out':
      throw new RetryLater('row_not_there_yet');
    case 'draft':
    case 'cancelled':
    case 'declined':
    case 'refund_failed':
    case 'disputed':
    case 'lost':
    case 'review':
      return undefined;
  }
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

/**
 * We asked for the payout back and may not know the answer: whose the money is decides what the end of the dispute means,
 * so the payout is looked up first. Throws RetryLater while nobody can tell.
 */
async function hearOfReversal(world: DisputeWorld, id: PaymentId): Promise<void> {
  const payment = await world.payments.get(id);
  const { payOutId, reversalId } = payment?.trail ?? {};
  if (payment?.state !== 'disputed' || payOutId === undefined || reversalId !== undefined) return;
  const found = await world.provider.lookUp.payOut(payOutId);
  if (found.kind === 'unknown') throw new RetryLater('provider_unknown');
  if (found.kind !== 'found' || !found.thing.isReversed) return;
  await takeBackFromPayee(world, payment);
  const now = await world.payments.get(id);
  if (now?.state === 'disputed' && now.trail.reversalId === undefined)
    throw new RetryLater('provider_unknown');
}

async function closeStep(
  world: DisputeWorld,
  payment: Payment,
  { disputeId, status }: { readonly disputeId: string; readonly status: DisputeStatus },
): Promise<PaymentChange | undefined> {
  // A late event about an earlier dispute ends nothing.
  if (payment.state !== 'disputed' || payment.trail.disputeId !== disputeId) return undefined;
  const taken = { actor: 'provider', nowMs: world.clock.now(), settings: world.settings } as const;
  if (status === 'lost') return takeStep(payment, { ...taken, step: 'dispute_lost' });
  if (!isInOurHands(payment)) return takeStep(payment, { ...taken, step: 'dispute_won' });
  // The money is with us again: it goes to the recipient once more, under a new attempt.
  const { payOutId: _paidOnce, reversalId: _takenBack, ...trail } = payment.trail;
  const payee = payeeId(payment);
  const recipient = payee === undefined ? undefined : await world.people.byId(payee);
  return takeStep(payment, {
    ...taken,
    step: 'dispute_won_while_held',
    isPayeeReady: recipient !== undefined && isReadyToBePaid(recipient),
    changes: { trail, payOutAttempt: payment.payOutAttempt + 1 },
  });
}
