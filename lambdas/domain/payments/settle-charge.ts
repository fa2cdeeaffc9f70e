// Turns a provider's answer about a charge into the payment's next step, whoever brought the answer.
import type { Actor } from '../journal/entry.ts';
import { isSameMoney } from '../money/money.ts';
import { isReadyToBePaid } from '../people/person.ts';
import type { World } from '../world.ts';
import { isAskedTooOften } from './ask-again.ts';
import { changePayment } from './change-payment.ts';
import { asksSoFar, dayMs } from './due-dates.ts';
import { withRequestStep, withSpendingGivenBack } from './linked-changes.ts';
import { type Payment, type PaymentId, payeeId } from './payment.ts';
import type { ChargeAnswer, FoundCharge, PaymentChange } from './ports.ts';
import { totalOf } from './postings.ts';
import { noticeReadyPayee } from './ready-payee.ts';
import { type StepChanges, takeStep } from './take-step.ts';

export type SettleWorld = Pick<World, 'payments' | 'people' | 'requests' | 'clock' | 'settings'>;

/** The same answer twice, or an older one late, changes nothing: the payment only moves forward. */
export async function settleCharge(
  world: SettleWorld,
  subject: PaymentId | Payment,
  told: { readonly answer: ChargeAnswer; readonly actor: Actor },
): Promise<Payment | undefined> {
  const changed = await changePayment(world, subject, (payment) =>
    isAwaitingCharge(payment) ? stepFor(world, payment, told) : lateStep(world, payment, told),
  );
  if (changed?.isOurs !== true) return changed?.payment;
  return noticeReadyPayee(world, changed.payment);
}

const amountMismatch = { kind: 'unknown', why: 'amount_mismatch' } as const;

/** What a look-up says of a charge; one of another amount than we asked for is never taken for ours. */
export function answerOf(payment: Payment, found: FoundCharge): ChargeAnswer {
  return isSameMoney(totalOf(payment), found.total) ? found.answer : amountMismatch;
}

function isAwaitingCharge(payment: Payment): boolean {
  return ['charging', 'needs_action', 'unknown'].includes(payment.state);
}

/** Nobody keeps money that came after the payer was told that it would not. */
function lateStep(
  world: SettleWorld,
  payment: Payment,
  { answer, actor }: { readonly answer: ChargeAnswer; readonly actor: Actor },
): PaymentChange | undefined {
  if (answer.kind !== 'done' || payment.state !== 'declined') return undefined;
  return takeStep(payment, {
    step: 'charged_late',
    actor,
    nowMs: world.clock.now(),
    settings: world.settings,
    changes: { trail: { ...payment.trail, intentId: answer.intentId, chargeId: answer.chargeId } },
  });
}

async function stepFor(
  world: SettleWorld,
  payment: Payment,
  told: { readonly answer: ChargeAnswer; readonly actor: Actor },
): Promise<PaymentChange | undefined> {
  const { answer, actor } = told;
  const taken = { actor, nowMs: world.clock.now(), settings: world.settings };
  switch (answer.kind) {
    case 'done':
      return charged(world, payment, { ...taken, answer });
    case 'declined': {
      const change = takeStep(payment, {
        ...taken,
        step: 'charge_declined',
        reason: answer.reason,
        changes: intentNoted(payment, answer.intentId),
      });
      return withRequestStep(world, await withSpendingGivenBack(world, change), 'reopened');
    }
    case 'needs_action':
      if (payment.state === 'needs_action') return undefined;
      return takeStep(payment, {
        ...taken,
        step: 'action_needed',
        changes: intentNoted(payment, answer.intentId),
      });
    case 'pending':
      return notKnown(payment, { ...taken, changes: intentNoted(payment, answer.intentId) });
    case 'unknown':
      // Asking again would not change the amount: only a human can say what happened.
      return answer.why === amountMismatch.why
        ? takeStep(payment, { ...taken, step: 'sent_to_review', reason: answer.why })
        : notKnown(payment, taken);
  }
}

async function charged(
  world: SettleWorld,
  payment: Payment,
  taken: {
    actor: Actor;
    nowMs: number;
    settings: World['settings'];
    answer: { intentId: string; chargeId: string };
  },
): Promise<PaymentChange> {
  const { answer, ...rest } = taken;
  // The payer was reminded of their bank; the payee has not been reminded of anything.
  const { remindedAtMs: _ofTheirBank, ...unreminded } = payment;
  const payee = payeeId(payment);
  const recipient = payee === undefined ? undefined : await world.people.byId(payee);
  const change = takeStep(unreminded, {
    ...rest,
    step: 'charged',
    isPayeeReady: recipient !== undefined && isReadyToBePaid(recipient),
    changes: {
      heldAtMs: taken.nowMs,
      claimBeforeMs: taken.nowMs + world.settings.claimDays * dayMs,
      trail: { ...payment.trail, intentId: answer.intentId, chargeId: answer.chargeId },
    },
  });
  return withRequestStep(world, change, 'fulfilled');
}

/** A payer in the middle of 3-D Secure is not unknown: their bank is still asking. */
function notKnown(
  payment: Payment,
  taken: { actor: Actor; nowMs: number; settings: World['settings']; changes?: StepChanges },
): PaymentChange | undefined {
  if (payment.state === 'needs_action') return undefined;
  if (payment.state === 'charging') return takeStep(payment, { ...taken, step: 'charge_unknown' });
  return isAskedTooOften(asksSoFar(payment) + 1)
    ? takeStep(payment, { ...taken, step: 'sent_to_review', reason: 'charge_never_known' })
    : takeStep(payment, { ...taken, step: 'charge_asked' });
}

function intentNoted(payment: Payment, intentId: string | undefined): StepChanges {
  return intentId === undefined ? {} : { trail: { ...payment.trail, intentId } };
}
