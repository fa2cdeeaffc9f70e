// What a payment's due date asks for, in each state: the sweeper's and the due worker's one question.
import { isReadyToBePaid } from '../people/person.ts';
import type { World } from '../world.ts';
import { isAskedTooOften, isWithinKeyLife } from './ask-again.ts';
import { changePayment } from './change-payment.ts';
import { chargeRequestFor } from './confirm-payment.ts';
import { followDispute, takeBackFromPayee } from './disputes.ts';
import { asksSoFar, claimReminderAt } from './due-dates.ts';
import { withRequestStep } from './linked-changes.ts';
import { continuePayOut, payOut } from './pay-out.ts';
import { type Payment, type PaymentId, payeeId } from './payment.ts';
import type { PaymentStep } from './payment-steps.ts';
import type { ChargeAnswer } from './ports.ts';
import { continueRefund } from './refund.ts';
import { answerOf, settleCharge } from './settle-charge.ts';
import { takeStep } from './take-step.ts';

export type AdvanceWorld = Pick<
  World,
  'payments' | 'people' | 'requests' | 'provider' | 'clock' | 'settings' | 'publicUrl'
>;

/** Does what is due now; early, late, twice or from two sides at once makes no difference. */
export async function advancePayment(world: AdvanceWorld, id: PaymentId): Promise<void> {
  const payment = await world.payments.get(id);
  if (payment?.dueAtMs === undefined) return;
  if (payment.dueAtMs > world.clock.now()) return advanceEarly(world, payment);
  switch (payment.state) {
    case 'draft':
      return expireDraft(world, payment);
    case 'charging':
    case 'unknown':
      return askAboutCharge(world, payment);
    case 'needs_action':
      return lookAfterOpenAction(world, payment);
    case 'held':
      return advanceHeld(world, payment);
    case 'paying_out':
      return continuePayOut(world, payment);
    case 'refunding':
      return continueRefund(world, payment);
    case 'refund_failed':
      return take(world, payment, { step: 'sent_to_review', reason: 'refund_failed' });
    case 'disputed':
      return askAboutDispute(world, payment);
    case 'paid':
    case 'declined':
    case 'cancelled':
    case 'refunded':
    case 'lost':
    case 'review':
      return undefined;
  }
}

/** Woken ahead of its date: only a payee who has become ready meanwhile makes that worth a look. */
async function advanceEarly(world: AdvanceWorld, payment: Payment): Promise<void> {
  const recipientId = payment.state === 'held' ? payeeId(payment) : undefined;
  const recipient = recipientId === undefined ? undefined : await world.people.byId(recipientId);
  if (recipient !== undefined) await payOut(world, payment, recipient);
}

async function expireDraft(world: AdvanceWorld, payment: Payment): Promise<void> {
  await changePayment(world, payment, (now) => {
    if (now.state !== 'draft') return undefined;
    const change = takeStep(now, {
      step: 'draft_expired',
      actor: 'clock',
      nowMs: world.clock.now(),
      settings: world.settings,
    });
    return withRequestStep(world, change, 'reopened');
  });
}

/** Asking is the same request under the same key, or a look-up by the provider's id once we have one. */
async function askAboutCharge(world: AdvanceWorld, payment: Payment): Promise<void> {
  const answer = await answerAboutCharge(world, payment);
  await settleCharge(world, payment, { answer, actor: 'provider' });
}

async function answerAboutCharge(world: AdvanceWorld, payment: Payment): Promise<ChargeAnswer> {
  const payer = await world.people.byId(payment.payerId);
  if (payer === undefined) return { kind: 'unknown', why: 'payer_gone' };
  const { intentId } = payment.trail;
  if (intentId === undefined && isWithinKeyLife(payment.confirmedAtMs ?? 0, world.clock.now())) {
    return world.provider.charge(chargeRequestFor(world, payment, payer));
  }
  const found =
    intentId === undefined
      ? await world.provider.lookUp.chargeOf(payment.id, payer.customerId ?? '')
      : await world.provider.lookUp.charge(intentId);
  if (found.kind === 'found') return answerOf(payment, found.thing);
  // The provider is sure that nothing was charged, and its key has lapsed: nothing will be.
  return found.kind === 'not_found' ? { kind: 'declined', reason: 'try_again_later' } : found;
}

/** A payer who left 3-D Secure open is reminded once; then the charge is given up at the provider. */
async function lookAfterOpenAction(world: AdvanceWorld, payment: Payment): Promise<void> {
  const { intentId } = payment.trail;
  if (intentId === undefined) return askAboutCharge(world, payment);
  const found = await world.provider.lookUp.charge(intentId);
  // The payer has done their part, and their bank takes its time: nobody is reminded, and nothing is given up.
  if (found.kind === 'found' && found.thing.answer.kind === 'pending')
    return askAgainLater(world, payment);
  if (found.kind === 'found' && found.thing.answer.kind !== 'needs_action') {
    const answer = answerOf(payment, found.thing);
    await settleCharge(world, payment, { answer, actor: 'provider' });
    return;
  }
  if (payment.remindedAtMs === undefined) {
    const remindedAtMs = world.clock.now();
    return take(world, payment, { step: 'action_reminded', changes: { remindedAtMs } });
  }
  return giveUpCharge(world, payment, intentId);
}

async function giveUpCharge(
  world: AdvanceWorld,
  payment: Payment,
  intentId: string,
): Promise<void> {
  const answer = await world.provider.abandonCharge(intentId);
  if (answer.kind === 'unknown') return askAgainLater(world, payment);
  if (answer.kind !== 'done') {
    await settleCharge(world, payment, { answer, actor: 'clock' });
    return;
  }
  // It was quicker than its end, and only a look-up tells how much was taken.
  const found = await world.provider.lookUp.charge(intentId);
  if (found.kind !== 'found') return askAgainLater(world, payment);
  await settleCharge(world, payment, { answer: answerOf(payment, found.thing), actor: 'clock' });
}

function askAgainLater(world: AdvanceWorld, payment: Payment): Promise<void> {
  return isAskedTooOften(asksSoFar(payment) + 1)
    ? take(world, payment, { step: 'sent_to_review', reason: 'action_never_ended' })
    : take(world, payment, { step: 'action_asked' });
}

async function advanceHeld(world: AdvanceWorld, payment: Payment): Promise<void> {
  const recipientId = payeeId(payment);
  const recipient = recipientId === undefined ? undefined : await world.people.byId(recipientId);
  if (recipient !== undefined && isReadyToBePaid(recipient))
    return payOut(world, payment, recipient);
  const nowMs = world.clock.now();
  if (nowMs >= (payment.claimBeforeMs ?? 0)) return take(world, payment, { step: 'claim_expired' });
  if (payment.remindedAtMs === undefined && nowMs >= claimReminderAt(payment)) {
    return take(world, payment, { step: 'claim_reminded', changes: { remindedAtMs: nowMs } });
  }
  // Their account was ready when this was charged and is not any more: due again when it is, or at their reminder.
  return take(world, payment, { step: 'payout_postponed' });
}

async function askAboutDispute(world: AdvanceWorld, payment: Payment): Promise<void> {
  const { disputeId } = payment.trail;
  if (disputeId === undefined)
    throw new Error(`Payment ${payment.id} is disputed without a dispute.`);
  await takeBackFromPayee(world, payment);
  const found = await world.provider.lookUp.dispute(disputeId);
  if (found.kind !== 'found' || found.thing.status === 'open') {
    return take(world, payment, { step: 'dispute_asked' });
  }
  await followDispute(world, payment.id, { disputeId, status: found.thing.status });
}

/** One step by the clock, if nothing has moved since it was due. */
async function take(
  world: AdvanceWorld,
  payment: Payment,
  taken: Pick<Parameters<typeof takeStep>[1], 'changes' | 'reason'> & {
    readonly step: PaymentStep;
  },
): Promise<void> {
  await changePayment(world, payment, (now) => {
    if (now.version !== payment.version) return undefined;
    return takeStep(now, {
      ...taken,
      actor: 'clock',
      nowMs: world.clock.now(),
      settings: world.settings,
    });
  });
}
